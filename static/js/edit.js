// Edit pages: counts of characters, and a question before leaving with something unsaved.

const form = document.querySelector("form[data-edit]");
const written = (text, numbers) => text.replace(/\{(\w+)\}/g, (_, name) => numbers[name].toLocaleString("en-US"));

// From four fifths of the limit on, and whenever it is passed.
function count(field) {
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

if (form) {
  let unsaved = form.hasAttribute("data-unsaved");
  form.addEventListener("input", (event) => {
    unsaved = true;
    if (event.target.matches("[data-limit]")) count(event.target);
  });
  form.addEventListener("rich:ready", (event) => count(event.target));
  form.addEventListener("submit", () => (unsaved = false));
  form.querySelector("[data-discard]").addEventListener("click", () => (unsaved = false));
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
}
