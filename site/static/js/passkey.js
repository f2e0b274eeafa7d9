// Passkeys: what the page holds in JSON goes to the browser, what the device answers to the form.
// Buttons marked data-passkey are hidden until this runs: without JavaScript there is no passkey.
const fromText = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
const withId = (credential) => ({ ...credential, id: fromText(credential.id) });

const create = async ({ publicKey }) => {
  const made = await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: fromText(publicKey.challenge),
      user: withId(publicKey.user),
      excludeCredentials: (publicKey.excludeCredentials ?? []).map(withId),
    },
  });
  return answer(made, {
    attestationObject: toText(made.response.attestationObject),
    clientDataJSON: toText(made.response.clientDataJSON),
    transports: made.response.getTransports?.() ?? [],
  });
};

const get = async ({ publicKey }) => {
  const found = await navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: fromText(publicKey.challenge),
      allowCredentials: (publicKey.allowCredentials ?? []).map(withId),
    },
  });
  const { authenticatorData, clientDataJSON, signature, userHandle } = found.response;
  return answer(found, {
    authenticatorData: toText(authenticatorData),
    clientDataJSON: toText(clientDataJSON),
    signature: toText(signature),
    userHandle: userHandle ? toText(userHandle) : null,
  });
};

const answer = (credential, response) => ({
  id: credential.id,
  rawId: toText(credential.rawId),
  type: credential.type,
  clientExtensionResults: credential.getClientExtensionResults(),
  response,
});

const optionsFor = async (button) => {
  if (!button.dataset.options) {
    return JSON.parse(document.getElementById("cle-options").textContent);
  }
  const reply = await fetch(button.dataset.options, {
    headers: { Accept: "application/json" },
    credentials: "same-origin",
  });
  if (!reply.ok) throw new Error(String(reply.status));
  return (await reply.json()).request_options;
};

// The ticks of the form beside it (« Ordinateur partagé ») go with the passkey.
const carryTicks = (form) => {
  const beside = document.getElementById(form.dataset.beside ?? "");
  for (const box of beside?.querySelectorAll("input[type=checkbox]:checked") ?? []) {
    const copy = Object.assign(document.createElement("input"), { type: "hidden" });
    form.append(Object.assign(copy, { name: box.name, value: "on" }));
  }
};

const use = async (button) => {
  const form = document.getElementById(button.dataset.form);
  const failed = document.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  button.disabled = true;
  try {
    const options = await optionsFor(button);
    const credential = await (button.dataset.passkey === "create" ? create : get)(options);
    form.elements.credential.value = JSON.stringify(credential);
    carryTicks(form);
    form.submit();
  } catch {
    failed.hidden = false;
    button.disabled = false;
    button.focus();
  }
};

if (window.PublicKeyCredential) {
  for (const button of document.querySelectorAll("[data-passkey]")) {
    button.hidden = false;
    button.addEventListener("click", () => use(button));
  }
}
