// The form of an event: fills what is empty, says the dates back, adds a date without a round trip.
// Everything works without it: the server does the same when the form is sent.
const form = document.querySelector("[data-dates-url]");

const isEmpty = (control) =>
  control.type === "checkbox" ? !control.checked : control.value.trim() === "";

const fillIn = (fields) => {
  const done = [];
  for (const [name, value] of Object.entries(fields)) {
    for (const control of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (!isEmpty(control)) continue;
      if (control.type === "checkbox") {
        control.checked = Array.isArray(value) ? value.includes(control.value) : Boolean(value);
        if (!control.checked) continue;
      } else {
        control.value = value;
      }
      done.push(control.closest(".field, label")?.querySelector("label, .field__label")?.firstChild);
    }
  }
  return done.map((node) => node?.textContent?.trim()).filter(Boolean);
};

const ask = async (query) => {
  const answer = await fetch(`${form.dataset.fillUrl}?${new URLSearchParams(query)}`, {
    credentials: "same-origin",
  });
  return answer.ok ? answer.json() : { fields: {}, said: "" };
};

const watchFilling = () => {
  form.elements.filled.value = "on";
  const told = form.querySelector("[data-filled]");
  form.elements.organisation?.addEventListener("change", async (event) => {
    const { fields } = await ask({ organisme: event.target.value });
    const done = fillIn(fields);
    told.textContent = done.length ? `${form.dataset.filledSaid} ${done.join(", ")}` : "";
  });
  const place = form.querySelector("[data-place-said]");
  form.elements.where?.addEventListener("change", async (event) => {
    const { fields, said } = await ask({ lieu: event.target.value });
    fillIn(fields);
    place.textContent = said;
  });
};

const watchDates = () => {
  const block = form.querySelector("[data-timings]");
  const shown = form.querySelector("[data-dates]");
  let timer = 0;
  let asked = 0;
  const say = async () => {
    const number = ++asked;
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (name.startsWith("timings-") && typeof value === "string") query.append(name, value);
    }
    const answer = await fetch(`${form.dataset.datesUrl}?${query}`, {
      credentials: "same-origin",
    });
    if (!answer.ok || number !== asked) return;
    shown.innerHTML = await answer.text();
    form.elements.seen.value = shown.querySelector("[data-seen]")?.dataset.seen ?? "";
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(say, 500);
  };
  block.addEventListener("input", later);
  const check = form.querySelector("[data-check]");
  check.addEventListener("click", async (event) => {
    event.preventDefault();
    await say();
    // Nothing to say back: the server says what is to be corrected.
    if (shown.textContent.trim() === "") form.requestSubmit(check);
  });
  block.addEventListener("change", (event) => {
    if (event.target.matches('[name$="-back"]') && event.target.value === "other") {
      event.target.closest("[data-timing]").querySelector("[data-more]").open = true;
    }
  });
};

// One more block: a copy of the last one, with its hours and without its date.
const watchAdding = () => {
  const total = form.elements["timings-TOTAL_FORMS"];
  const most = Number(form.elements["timings-MAX_NUM_FORMS"]?.value ?? 60);
  form.querySelector("[data-add]").addEventListener("click", (event) => {
    const blocks = form.querySelectorAll("[data-timing]");
    const number = Number(total.value);
    // The first block has no way to take it away: the second comes from the server.
    if (blocks.length < 2 || number >= most) return;
    event.preventDefault();
    const last = blocks[blocks.length - 1];
    const copy = last.cloneNode(true);
    const old = new RegExp(`timings-${number - 1}-`, "g");
    for (const node of copy.querySelectorAll("*")) {
      for (const name of ["name", "id", "for", "aria-describedby"]) {
        const value = node.getAttribute(name);
        if (value) node.setAttribute(name, value.replace(old, `timings-${number}-`));
      }
    }
    for (const error of copy.querySelectorAll(".field__error")) error.remove();
    for (const control of copy.querySelectorAll("input, select")) {
      const keep = /-(start_time|end_time)$/.test(control.name);
      if (control.type === "checkbox") control.checked = false;
      else if (control.type === "radio") control.checked = control.value === "once";
      else if (!keep) control.value = "";
    }
    copy.querySelector("[data-more]").open = false;
    const legend = copy.querySelector("legend");
    legend.textContent = legend.textContent.replace(/\d+/, String(number + 1));
    last.after(copy);
    total.value = String(number + 1);
    copy.querySelector('input[type="date"]').focus();
  });
};

if (form) {
  watchFilling();
  watchDates();
  watchAdding();
  // After a refusal or a question, what is to be read takes focus.
  document.getElementById("dates-dites")?.focus();
}
