// Moves focus to the summary of errors where the browser does not honour autofocus on it.
const summary = document.getElementById("erreurs");
if (summary && document.activeElement !== summary) {
  summary.focus();
}
