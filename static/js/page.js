// Small conveniences of every page; each page works without them.

// The error summary takes focus, so a screen reader hears first what to mend.
document.querySelector("[data-takes-focus]")?.focus();

// The section that is being read is marked in the navigation, also after a saved block has brought a new one.
const picker = document.querySelector("[data-section-picker]");
let seen;
function watchSections() {
  const links = new Map([...document.querySelectorAll("[data-sections] a[href^='#']")].map((link) => [link.hash.slice(1), link]));
  seen?.disconnect();
  seen = new IntersectionObserver(
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
}
watchSections();
document.addEventListener("htmx:afterSettle", watchSections);

// Choosing a section closes the picker.
picker?.addEventListener("click", (event) => {
  if (event.target.closest("a")) picker.open = false;
});

// A select that filters a list sends its form at once; without this, its button does.
for (const control of document.querySelectorAll("[data-sends-form]")) {
  control.addEventListener("change", () => control.form.requestSubmit());
}

// Signing out takes along what this browser kept of the person's unsaved text.
const { person } = document.body.dataset;
for (const form of document.querySelectorAll("form[data-signs-out]")) {
  form.addEventListener("submit", () => {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(`ficha.draft.${person}/`)) localStorage.removeItem(key);
    }
  });
}
