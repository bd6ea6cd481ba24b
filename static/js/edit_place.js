// Blocks that open, save and come back in their place: where the focus goes, and what is said when a save does not arrive.

const answers = new Set([409, 422]);
const cookie = (name) => document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
const formBehind = (element) => element?.closest?.("form[data-edit][hx-post]");
const signedOut = (form, address) => new URL(address, location.href).pathname === form.dataset.signIn;

// Focus

const shown = (field) => field.type !== "hidden" && !field.disabled && field.getClientRects().length > 0;

function firstField(inside) {
  return [...inside.querySelectorAll("input, select, textarea, [role=textbox]")].find((field) => shown(field) && !field.closest("[inert]"));
}

// The editor stands for the text area that it has taken the place of; a list, for its first field or its button.
function fieldOf(target) {
  if (target?.matches("[data-rich] textarea")) return target.closest("[data-rich]").querySelector("[role=textbox]") || target;
  if (!target || target.matches("input, select, textarea, button, [data-takes-focus]")) return target;
  return firstField(target) || target.querySelector("button") || target;
}

function focusOn(element) {
  element?.focus({ preventScroll: true });
  const box = element?.getBoundingClientRect();
  if (box && (box.top < 8 || box.bottom > window.innerHeight - 90)) element.scrollIntoView({ block: "center" });
}

let asked = ""; // the sub-head that was asked for
function settle(form) {
  const place = form.closest(".editing");
  const takes = form.querySelector("[data-takes-focus]") || form.querySelector("[autofocus]");
  const inner = asked && document.getElementById(asked);
  asked = "";
  if (takes || inner) return focusOn(fieldOf(takes || inner));
  if (!place) return;
  const field = firstField(form.querySelector("[data-parts]"));
  field?.focus({ preventScroll: true });
  const top = place.getBoundingClientRect().top;
  if (top < 56 || top > window.innerHeight / 2) place.scrollIntoView();
}

// A page of its own, come to by a link to one of its fields or lists; a translation begins in its editor.
function arrive(form) {
  if (form.querySelector("[data-takes-focus]")) return;
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (form.contains(target)) focusOn(fieldOf(target));
  else if (form.querySelector("[data-begins]")) focusOn(firstField(form.querySelector("[data-begins]")));
}

document.addEventListener("htmx:load", (event) => {
  const swapped = event.detail.elt;
  const form = swapped.matches("form[data-edit]") ? swapped : swapped.querySelector("form[data-edit]");
  if (form) whenRich(form, () => (swapped === document.body ? arrive(form) : settle(form)));
});

// The editors take the place of text areas first: otherwise the focus would go to one that is about to vanish.
export function whenRich(form, act) {
  const waits = () => form.querySelector("[data-rich]:not([data-started])");
  if (!waits()) return act();
  const stop = () => {
    form.removeEventListener("rich:ready", look);
    clearTimeout(patience);
    act();
  };
  const look = () => waits() || stop();
  const patience = setTimeout(stop, 3000);
  form.addEventListener("rich:ready", look);
}

// Saved: the block stands there again as it will print

document.addEventListener("htmx:afterSettle", (event) => {
  const config = event.detail.requestConfig;
  const opener = config?.elt;
  if (!opener?.matches("form[data-edit], [data-discard], [data-restored]")) return;
  const block = document.getElementById(event.detail.target.id);
  if (!block || block.matches(".editing, form")) return;
  const words = [...block.querySelectorAll("[data-says]")].map((message) => message.textContent).join(" ");
  document.querySelector("[data-said]").textContent = words;
  const verb = block.querySelector("[data-opens]");
  focusOn(verb || document.getElementById("main"));
  if (block.getBoundingClientRect().top < 0) block.scrollIntoView();
});

// A form that is open elsewhere on the page is not replaced by what somebody else's save brings along.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const target = event.detail.target;
  if (target.matches(".editing") || target.querySelector(".editing")) event.detail.shouldSwap = false;
});

// Sending

document.addEventListener("htmx:configRequest", (event) => {
  const { elt, headers, parameters, verb } = event.detail;
  if (elt.matches("[data-opens]")) asked = elt.hash.slice(1);
  const token = cookie("csrftoken");
  if (verb === "get" || !token) return;
  headers["X-CSRFToken"] = token; // signing in again has changed it
  parameters.csrfmiddlewaretoken = token;
});

function say(form, trouble) {
  const place = form.querySelector("[data-kept]");
  const words = form.querySelector(`template[data-trouble="${trouble}"]`).content.cloneNode(true);
  place.replaceChildren(words);
  form.dataset.unsaved = "";
  form.dispatchEvent(new CustomEvent("edit:keep", { bubbles: true }));
  focusOn(place.firstElementChild);
}

// A refusal may mean that the session ended with everything else, that its token is an old one, or that the right is gone.
async function whyRefused(form) {
  try {
    const answer = await fetch(form.action, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
    if (signedOut(form, answer.url)) return say(form, "session");
    if (!answer.ok || form.dataset.again) return say(form, "refused");
    form.dataset.again = "yes";
    form.requestSubmit();
  } catch {
    say(form, "connection");
  }
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig } = event.detail;
  const form = formBehind(requestConfig.elt);
  if (requestConfig.elt.matches("[data-opens]") && (xhr.status !== 200 || !xhr.responseText.includes("data-edit"))) {
    event.detail.shouldSwap = false;
    location.assign(requestConfig.elt.href); // the page of its own says what is wrong
  } else if (form && xhr.status < 400 && signedOut(form, xhr.responseURL)) {
    event.detail.shouldSwap = false;
    say(form, "session");
  } else if (form && answers.has(xhr.status)) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  } else if (form && xhr.status < 400 && !xhr.responseText.includes("data-edit")) {
    saved(form);
  }
});

function saved(form) {
  delete form.dataset.unsaved;
  form.dispatchEvent(new CustomEvent("edit:saved", { bubbles: true }));
}

document.addEventListener("htmx:beforeOnLoad", (event) => {
  const form = formBehind(event.detail.requestConfig?.elt);
  if (form && event.detail.xhr.getResponseHeader("HX-Redirect")) saved(form);
});

document.addEventListener("htmx:responseError", (event) => {
  const form = formBehind(event.detail.requestConfig.elt);
  const status = event.detail.xhr.status;
  if (form && !answers.has(status)) status === 403 ? whyRefused(form) : say(form, { 400: "long", 404: "refused" }[status] || "portal");
});

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => {
    const opener = event.detail.requestConfig.elt;
    const form = formBehind(opener);
    if (form) say(form, "connection");
    else if (opener.matches("[data-opens]")) notOpened(opener);
  });
}

function notOpened(opener) {
  const block = opener.closest(".block, .observation");
  const line = block.querySelector("[data-not-opened-here]") || document.createElement("p");
  line.className = "message error";
  line.dataset.notOpenedHere = "";
  line.setAttribute("role", "alert");
  line.textContent = opener.closest("[data-not-opened]").dataset.notOpened;
  opener.closest(".block-head, .observation > *, .foot").after(line);
}

// Discarding asks when something is unsaved

function ask(link, goOn) {
  const foot = link.closest("[data-foot]");
  const question = foot.querySelector("[data-ask]");
  const [line] = foot.children;
  const back = () => {
    question.hidden = true;
    line.hidden = false;
    link.focus();
  };
  line.hidden = true;
  question.hidden = false;
  question.querySelector("[data-ask-no]").onclick = back;
  question.querySelector("[data-ask-yes]").onclick = goOn;
  question.querySelector("[data-ask-no]").focus();
}

document.addEventListener("htmx:confirm", (event) => {
  const link = event.detail.elt;
  if (!link.matches("[data-discard]")) return;
  const form = link.closest("form");
  const goOn = () => {
    form.dispatchEvent(new CustomEvent("edit:discarded", { bubbles: true }));
    event.detail.issueRequest(true);
  };
  event.preventDefault();
  if ("unsaved" in form.dataset) ask(link, goOn);
  else event.detail.issueRequest(true);
});

document.addEventListener("keydown", (event) => {
  const place = event.key === "Escape" && !event.defaultPrevented && event.target.closest?.(".editing");
  if (!place || event.target.closest(".address")) return;
  const no = event.target.closest("[data-ask]")?.querySelector("[data-ask-no]");
  (no || place.querySelector("[data-discard]")).click();
});
