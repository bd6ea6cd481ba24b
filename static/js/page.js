// Small conveniences of every page; each page works without them.

// The error summary takes focus, so a screen reader hears first what to mend.
document.querySelector("[data-takes-focus]")?.focus();

// The section that is being read is marked in the navigation.
const links = new Map([...document.querySelectorAll("[data-sections] a[href^='#']")].map((link) => [link.hash.slice(1), link]));
const picker = document.querySelector("[data-section-picker]");
const seen = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting || !links.has(entry.target.id)) continue;
      for (const link of links.values()) link.removeAttribute("aria-current");
      const link = links.get(entry.target.id);
      link.setAttribute("aria-current", "true");
      const name = picker?.querySelector("[data-section-name]");
      if (name) name.textContent = link.querySelector("[data-name]").textContent;
    }
  },
  { rootMargin: "-10% 0px -75% 0px" },
);
for (const id of links.keys()) {
  const block = document.getElementById(id);
  if (block) seen.observe(block);
}

// Choosing a section closes the picker.
picker?.addEventListener("click", (event) => {
  if (event.target.closest("a")) picker.open = false;
});

// A select that filters a list sends its form at once; without this, its button does.
for (const control of document.querySelectorAll("[data-sends-form]")) {
  control.addEventListener("change", () => control.form.requestSubmit());
}
