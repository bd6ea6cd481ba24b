// List buttons without losing one's place, on pages whose form no other script sends: the page is asked for as usual,
// only its lists and sums are replaced.

const form = document.querySelector("form[data-edit]:not([hx-post])");

async function act(button) {
  const data = new FormData(form);
  data.append(button.name, button.value);
  const answer = await fetch(form.action, { method: "POST", body: data, credentials: "same-origin" });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("form[data-edit] [data-parts]");
  if (!fresh) throw new Error("no form");
  const open = new Set([...form.querySelectorAll("details[open]")].map((found) => found.closest(".edit-row")?.id));
  form.querySelector("[data-parts]").replaceWith(fresh);
  for (const id of open) fresh.querySelector(`[id="${id}"] details`)?.setAttribute("open", "");
  (fresh.querySelector("[autofocus]") || fresh.querySelector(`[value="${button.value}"]`))?.focus();
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

form?.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button?.name !== "list_action" || form.dataset.slow || form.querySelector("[data-rich]")) return;
  event.preventDefault();
  act(button).catch(() => {
    // The plain way always works: the page comes back whole.
    form.dataset.slow = "yes";
    button.click();
  });
});
