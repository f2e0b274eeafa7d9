// Keeps what somebody types on a long form: sent as a draft some seconds after the last change.
const form = document.querySelector("[data-draft-url]");
if (form) {
  const status = form.querySelector("[data-draft-status]");
  const PAUSE = 4000; // milliseconds
  let timer = 0;
  let sending = false;
  let again = false;

  const send = async () => {
    if (sending) {
      again = true;
      return;
    }
    sending = true;
    const data = new FormData(form);
    for (const input of form.querySelectorAll("input[type=file]")) data.delete(input.name);
    try {
      const answer = await fetch(form.dataset.draftUrl, {
        method: "POST",
        body: data,
        credentials: "same-origin",
        redirect: "error",
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const { saved_at: time } = await answer.json();
      status.textContent = `${form.dataset.draftSaid} ${time}`;
    } catch {
      status.textContent = form.dataset.draftFailed;
    }
    sending = false;
    if (again) {
      again = false;
      send();
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
}
