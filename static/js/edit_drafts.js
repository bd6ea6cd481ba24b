// What is typed and not saved yet is kept in this browser, by person and block, and offered back when the block opens.

import { compared } from "./edit_compare.js";
import { whenRich } from "./edit_place.js";

const PREFIX = "ficha.draft.";
const DAYS = 30;
const keyOf = (form) => PREFIX + form.dataset.draft;
const titleOf = (form) => form.querySelector("h1, .block-head h2")?.textContent || "";
const waiting = new Map(); // form → timer
let signingOut = false;

export const carried = (form) =>
  [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken" && form.elements[name]?.type !== "password");

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function keep(form) {
  clearTimeout(waiting.get(form));
  waiting.delete(form);
  if (signingOut || !form.isConnected || form.dataset.undecided !== undefined) return;
  try {
    localStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), title: titleOf(form), data: carried(form) }));
  } catch {
    // Full or switched off: the question before leaving remains.
  }
}

function keepSoon(form) {
  clearTimeout(waiting.get(form));
  waiting.set(form, setTimeout(keep, 400, form));
}

function forget(form) {
  clearTimeout(waiting.get(form));
  waiting.delete(form);
  localStorage.removeItem(keyOf(form));
}

const formOf = (event) => event.target.closest?.("form[data-draft]");
for (const name of ["input", "change"]) {
  document.addEventListener(name, (event) => formOf(event) && keepSoon(formOf(event)));
}
document.addEventListener("edit:keep", (event) => keep(event.target));
document.addEventListener("edit:saved", (event) => forget(event.target));
document.addEventListener("edit:discarded", (event) => forget(event.target));
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-discard]:not([hx-get])") && formOf(event)) forget(formOf(event));
});
document.addEventListener("submit", (event) => {
  // page.js asks first, then forgets; nothing is kept after that
  if (event.target.matches("[data-signs-out]") && !event.defaultPrevented) signingOut = true;
});
window.addEventListener("pagehide", () => [...waiting.keys()].forEach(keep));
document.addEventListener("visibilitychange", () => document.hidden && [...waiting.keys()].forEach(keep));

// Opening a block again

document.addEventListener("htmx:load", (event) => {
  const swapped = event.detail.elt;
  const form = swapped.matches("form[data-draft]") ? swapped : swapped.querySelector("form[data-draft]");
  if (form) whenRich(form, () => look(form));
  if (!form || swapped === document.body) mark();
});

function look(form) {
  if ("unsaved" in form.dataset) return keep(form);
  const draft = read(keyOf(form));
  if (!draft) return;
  const changes = compared(form, draft.data);
  if (changes.length) offer(form, draft, changes);
  else forget(form); // it was saved after all
}

function moment(at) {
  const language = document.documentElement.lang;
  const part = (options) => new Intl.DateTimeFormat(language, options).format(at);
  const month = part({ month: "long" });
  return `${month[0].toUpperCase()}${month.slice(1)} ${new Date(at).getDate()}, ${part({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" })}`;
}

// Until it is decided, nothing can be typed over what is kept.
function offer(form, draft, changes) {
  const place = form.querySelector("[data-kept]");
  place.replaceChildren(form.querySelector("template[data-draft-found]").content.cloneNode(true));
  const band = place.firstElementChild;
  const title = band.querySelector("[data-when]");
  title.textContent = title.dataset.when.replace("{day}", moment(draft.at));
  const heads = band.querySelectorAll("thead th");
  band.querySelector("[data-compared]").append(...changes.map((change) => line(heads, change)));
  hold(form, true);
  band.querySelector("[data-restore]").addEventListener("click", () => restore(form, draft));
  band.querySelector("[data-forget]").addEventListener("click", () => {
    hold(form, false);
    forget(form);
    band.remove();
    form.querySelector("[data-parts]").querySelector("input:not([type=hidden]), select, textarea, [role=textbox]")?.focus();
  });
  band.focus();
}

function hold(form, undecided) {
  form.querySelector("[data-parts]").inert = undecided;
  form.querySelector("[data-save]").disabled = undecided;
  if (undecided) form.dataset.undecided = "";
  else delete form.dataset.undecided;
}

function line(heads, { label, stored, typed }) {
  const row = document.createElement("tr");
  row.append(Object.assign(document.createElement("th"), { scope: "row", textContent: label }));
  [stored, typed].forEach((text, place) => {
    const cell = Object.assign(document.createElement("td"), { textContent: text || "–" });
    cell.dataset.head = heads[place + 1].textContent; // shown where the columns stand one under the other
    row.append(cell);
  });
  return row;
}

// The portal builds the form again from what was typed, rows and all; it still says which version it started from.
function restore(form, draft) {
  const values = Object.fromEntries(draft.data);
  const target = form.closest(".editing") || form;
  hold(form, false);
  form.dataset.unsaved = "";
  const sender = document.createElement("form");
  sender.hidden = true;
  for (const [name, value] of Object.entries({ ...values, list_action: "restore" })) {
    const field = document.createElement("textarea"); // keeps line breaks
    Object.assign(field, { name, value });
    sender.append(field);
  }
  form.after(sender);
  const select = target === form ? `#${form.id}` : undefined;
  htmx.ajax("POST", form.getAttribute("hx-post"), { source: sender, target, swap: "outerHTML", select }).finally(() => sender.remove());
}

// What is kept is marked on the sheet

function mark() {
  const paper = document.querySelector("[data-drafts-of]");
  for (const link of paper?.querySelectorAll("[data-opens]") || []) {
    const name = new URL(link.href).pathname.split("/").at(-3);
    const found = read(`${PREFIX}${paper.dataset.draftsOf}${decodeURIComponent(name)}`);
    let tag = link.querySelector("[data-draft-tag]");
    if (!found) tag?.remove();
    else if (!tag) {
      tag = document.createElement("span");
      tag.className = "tag";
      tag.dataset.draftTag = "";
      tag.textContent = paper.dataset.draftWord;
      link.append(" ", tag);
    }
  }
}

for (const key of Object.keys(localStorage)) {
  if (key.startsWith(PREFIX) && !(read(key)?.at > Date.now() - DAYS * 24 * 3600 * 1000)) localStorage.removeItem(key);
}
// A page that a script did not bring says by its message which block was saved.
for (const message of document.querySelectorAll(".message[class*='saved-']")) {
  const name = [...message.classList].find((found) => found.startsWith("saved-")).slice("saved-".length);
  const paper = document.querySelector("[data-drafts-of]");
  if (paper) localStorage.removeItem(`${PREFIX}${paper.dataset.draftsOf}${name}`);
}
