// What is kept in the browser against what is stored now, field by field, in the words of the form.

const INNER = /(^|-)(format|pk|count|started_from|focus|list_action|base)$/;

const plain = (html) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const item of page.querySelectorAll("li")) item.prepend("– ");
  return [...page.querySelectorAll("p, li")].map((found) => found.textContent).join("\n") || page.body.textContent;
};

const control = (form, name) => {
  const found = form.elements[name];
  return found instanceof RadioNodeList ? found[0] : found;
};

// A row that is only in the draft has the labels of the first one.
const like = (form, name) => control(form, name) || control(form, name.replace(/-\d+-/, "-0-"));

function label(form, name) {
  const field = like(form, name);
  const group = field?.closest("fieldset")?.querySelector("legend");
  const own = field?.type === "radio" ? group : field && form.querySelector(`label[for="${CSS.escape(field.id)}"]`);
  const language = /_(es|en)$/.exec(name)?.[1];
  const [, list, row] = /^(.+)-(\d+)-/.exec(name) || [];
  const title = list && form.querySelector(`#${CSS.escape(`list-${list}`)}`)?.dataset.rowTitle;
  const words = [title && `${title} ${Number(row) + 1}`, own?.textContent.trim() || name].filter(Boolean).join(" – ");
  return language ? `${words} (${language})` : words;
}

function said(form, name, value) {
  const field = like(form, name);
  if (value === undefined) return "";
  if (field?.type === "checkbox") return "✓";
  if (field?.tagName === "SELECT") return [...field.options].find((option) => option.value === value)?.textContent || value;
  if (field?.type === "radio") {
    const chosen = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)].find((found) => found.value === value);
    return chosen?.closest("label")?.textContent.trim() || value;
  }
  return field?.closest("[data-rich]") ? plain(value) : value.replaceAll("\r\n", "\n");
}

export function compared(form, draft) {
  const now = new Map(new FormData(form));
  const kept = new Map(draft);
  const names = [...new Set([...now.keys(), ...kept.keys()])].filter((name) => name !== "csrfmiddlewaretoken" && !INNER.test(name));
  return names
    .map((name) => ({ label: label(form, name), stored: said(form, name, now.get(name)), typed: said(form, name, kept.get(name)) }))
    .filter(({ stored, typed }) => stored.trim() !== typed.trim());
}
