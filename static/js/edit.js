// Forms of the sheet, on a page of their own or in place: counts of characters, and a question before leaving with
// something unsaved.

const written = (text, numbers) => text.replace(/\{(\w+)\}/g, (_, name) => numbers[name].toLocaleString("en-US"));
const formOf = (event) => event.target.closest?.("form[data-edit]");

// From four fifths of the limit on, and whenever it is passed.
function count(form, field) {
  const limit = Number(field.dataset.limit);
  const text = field.dataset.readable ?? field.value;
  const length = [...text.trim()].length;
  const rich = field.closest("[data-rich]");
  const line = rich ? rich.querySelector("[data-count]") : lineUnder(field);
  const words = rich ? line.dataset : form.dataset;
  const over = length - limit;
  line.textContent = over > 0 || rich || length > limit * 0.8 ? written(over > 0 ? words.over : words.of, { count: length, limit, over }) : "";
  line.classList.toggle("over-by", over > 0);
}

function lineUnder(field) {
  if (field.nextElementSibling?.classList.contains("line-count")) return field.nextElementSibling;
  const line = document.createElement("p");
  line.className = "line-count";
  line.lang = document.documentElement.lang;
  field.after(line);
  return line;
}

document.addEventListener("input", (event) => {
  const form = formOf(event);
  if (!form) return;
  form.dataset.unsaved = "";
  if (event.target.matches("[data-limit]")) count(form, event.target);
});
// An amount that somebody writes is a reported one; clearing it brings back what was chosen before.
document.addEventListener("input", (event) => {
  const state = formOf(event)?.elements[event.target.name?.replace(/_usd$/, "_state")];
  if (!event.target.name?.endsWith("_usd") || state?.tagName !== "SELECT") return;
  if (!event.target.value.trim()) {
    state.value = state.dataset.before ?? state.value;
    delete state.dataset.before;
  } else if (state.value !== "reported" && [...state.options].some((option) => option.value === "reported")) {
    state.dataset.before = state.value;
    state.value = "reported";
  }
});
document.addEventListener("rich:ready", (event) => count(formOf(event), event.target));

// A form that a script sends stays unsaved until the answer says otherwise.
document.addEventListener("submit", (event) => {
  if (event.target.matches("form[data-edit]:not([hx-post])")) delete event.target.dataset.unsaved;
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-discard]:not([hx-get])")) delete formOf(event).dataset.unsaved;
});
window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-edit][data-unsaved]")) event.preventDefault();
});
