// After a filter or a step replaced the page's body, the reader stands where the results begin.
document.addEventListener("htmx:afterSettle", () => {
  const count = document.querySelector(".listing__count");
  if (count) {
    count.tabIndex = -1;
    count.focus();
  }
});
// Whatever went wrong, the page itself says it best.
for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, (event) => {
    location.assign(event.detail.pathInfo.finalRequestPath);
  });
}
