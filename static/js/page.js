// Small conveniences of every page; each page works without them.

// The error summary takes focus, so a screen reader hears first what to mend.
document.querySelector("[data-takes-focus]")?.focus();

// The section that is being read is marked in the navigation, also after a saved block has brought a new one.
const picker = document.querySelector("[data-section-picker]");
let seen;
function markSection(links, id) {
  for (const link of links.values()) link.removeAttribute("aria-current");
  const link = links.get(id);
  link.setAttribute("aria-current", "true");
  const name = picker?.querySelector("[data-section-name]");
  if (name) name.textContent = link.querySelector("[data-name]").textContent;
}
function sectionBeingEdited(links) {
  let place = document.activeElement?.closest(".editing");
  while (place && !links.has(place.id)) place = place.parentElement;
  return place?.id;
}
function sectionLinks() {
  return new Map([...document.querySelectorAll("[data-sections] a[href^='#']")].map((link) => [link.hash.slice(1), link]));
}
function watchSections() {
  const links = sectionLinks();
  seen?.disconnect();
  seen = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting || !links.has(entry.target.id)) continue;
        markSection(links, sectionBeingEdited(links) || entry.target.id);
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
document.addEventListener("focusin", () => {
  const links = sectionLinks();
  const id = sectionBeingEdited(links);
  if (id) markSection(links, id);
});

// Choosing a section closes the picker.
picker?.addEventListener("click", (event) => {
  if (event.target.closest("a")) picker.open = false;
});

// A select that filters a list sends its form at once; without this, its button does.
for (const control of document.querySelectorAll("[data-sends-form]")) {
  control.addEventListener("change", () => control.form.requestSubmit());
}

// Signing out asks what becomes of unsaved text that this browser keeps: it stays only where the person says so.
const { person } = document.body.dataset;
const drafts = () => Object.keys(localStorage).filter((key) => key.startsWith(`ficha.draft.${person}/`));
const question = document.querySelector("[data-asks-about-drafts]");

function keepWhatIsTyped() {
  for (const form of document.querySelectorAll("form[data-draft][data-unsaved]")) {
    form.dispatchEvent(new CustomEvent("edit:keep", { bubbles: true }));
  }
}

for (const form of document.querySelectorAll("form[data-signs-out]")) {
  form.addEventListener("submit", (event) => {
    keepWhatIsTyped();
    if (drafts().length && !form.contains(question)) {
      event.preventDefault();
      for (const kept of document.querySelectorAll("form[data-draft][data-unsaved]")) delete kept.dataset.unsaved;
      location.assign(form.getAttribute("action"));
    } else if (!event.submitter?.matches("[data-keeps]")) {
      drafts().forEach((key) => localStorage.removeItem(key));
    }
  });
}

if (question && drafts().length) {
  for (const key of drafts()) {
    const [, programme, block] = key.split("/");
    let title = "";
    try {
      ({ title } = JSON.parse(localStorage.getItem(key)));
    } catch {
      // Unreadable, and yet somebody's text: it is named by its block.
    }
    const item = Object.assign(document.createElement("li"), { textContent: `${title || block} (${programme})` });
    question.querySelector("ul").append(item);
  }
  question.hidden = false;
  question.closest("form").querySelector("[data-nothing-kept]").hidden = true;
  question.focus();
}

// A page that the browser had put by shows what was true then.
window.addEventListener("pageshow", (event) => {
  if (event.persisted && !document.querySelector("form[data-edit]")) location.reload();
});
