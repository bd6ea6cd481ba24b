// One key confirms a translation: Ctrl and Enter (⌘ and Enter), from inside the editor too.
const form = document.querySelector("form[data-edit]");
form?.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    form.requestSubmit(form.querySelector(".stickyfoot button:not([name])"));
  },
  { capture: true },
);
