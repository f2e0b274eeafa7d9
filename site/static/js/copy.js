// Buttons that put what stands in a field where one pastes from.
for (const copy of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(copy.dataset.copy);
  const said = copy.querySelector("[data-done]");
  copy.hidden = false;
  copy.querySelector("button").addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      // Not on a page without https, nor where the person said no: the old way, on what is selected.
      if (!document.execCommand("copy")) return;
    }
    said.textContent = said.dataset.done;
  });
}
