// Shows the records that look like the one being typed.
const form = document.querySelector("[data-alike-url]");
const shown = document.querySelector("[data-alike]");
if (form && shown) {
  let timer = 0;
  let asked = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const number = ++asked;
      const query = new URLSearchParams();
      for (const name of ["name", "acronym", "phone"]) query.set(name, form.elements[name].value);
      const answer = await fetch(`${form.dataset.alikeUrl}?${query}`, {
        credentials: "same-origin",
      });
      if (answer.ok && number === asked) shown.innerHTML = await answer.text();
    }, 400);
  });
}
