// The rich text editor in place of the text area, which goes on carrying the text to the server.

import { cleanPasted, pasteList } from "./edit_paste.js";

function button(tools, html, label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.innerHTML = html;
  made.setAttribute("aria-label", label);
  made.title = label;
  made.setAttribute("aria-pressed", "false");
  made.addEventListener("click", act);
  tools.append(made);
  return made;
}

function separator(tools) {
  const line = document.createElement("span");
  line.className = "sep";
  tools.append(line);
}

// One tab stop; arrow keys move between the buttons.
function roving(tools) {
  const buttons = [...tools.querySelectorAll("button")];
  buttons.forEach((made, place) => (made.tabIndex = place ? -1 : 0));
  tools.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const to = buttons[(buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length];
    buttons.forEach((made) => (made.tabIndex = made === to ? 0 : -1));
    to.focus();
  });
}

// What begins with no scheme is taken for a web address; what no browser could open is none.
function addressIn(href) {
  const address = /^(https?|mailto):/i.test(href) ? href : `https://${href}`;
  const [, host] = /^https?:\/\/(?:www\.)?([^\s/?#]+)/i.exec(address) || [];
  const isWeb = host && /^[\p{L}\p{N}.-]+\.[\p{L}\p{N}-]{2,}(:\d+)?$/u.test(host) && URL.canParse(address);
  return isWeb || /^mailto:[^\s@]+@[^\s@]+\.[^\s@]+$/i.test(address) ? address : "";
}

function addressLine(box, editor) {
  const line = document.createElement("div");
  line.className = "address";
  line.hidden = true;
  const input = Object.assign(document.createElement("input"), { type: "url", id: `${box.id || editor.options.element.id}-address` });
  const label = Object.assign(document.createElement("label"), { htmlFor: input.id, textContent: box.dataset.address });
  const set = Object.assign(document.createElement("button"), { type: "button", className: "btn second", textContent: box.dataset.set });
  const unset = Object.assign(document.createElement("button"), { type: "button", className: "btn link", textContent: box.dataset.unset });
  const refusal = Object.assign(document.createElement("p"), { className: "err", id: `${input.id}-error` });
  refusal.setAttribute("role", "alert");
  const refuse = (words) => {
    refusal.textContent = words;
    input.setAttribute("aria-invalid", String(Boolean(words)));
    input.setAttribute("aria-describedby", refusal.id);
  };
  const close = () => {
    refuse("");
    line.hidden = true;
    editor.commands.focus();
  };
  const apply = () => {
    const href = input.value.trim();
    const address = addressIn(href);
    if (href && !address) {
      refuse(box.dataset.noAddress);
      return input.focus();
    }
    const chain = editor.chain().focus().extendMarkRange("link");
    if (!href) chain.unsetLink().run();
    else {
      if (editor.state.selection.empty && !editor.isActive("link")) {
        chain.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href: address } }] }).run();
      } else chain.setLink({ href: address }).run();
    }
    close();
  };
  set.addEventListener("click", apply);
  unset.addEventListener("click", () => {
    editor.chain().focus().extendMarkRange("link").unsetLink().run();
    close();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault(); // the page's own save button would answer
      apply();
    } else if (event.key === "Escape") close();
  });
  line.append(label, input, set, unset, refusal);
  return { line, open: () => { line.hidden = false; input.value = editor.getAttributes("link").href || ""; input.focus(); } };
}

function toolbar(box, editor) {
  const words = box.dataset;
  const tools = document.createElement("div");
  tools.className = "tools";
  tools.setAttribute("role", "toolbar");
  tools.setAttribute("aria-label", words.tools);
  tools.lang = document.documentElement.lang;
  const address = addressLine(box, editor);
  const spanish = tools.lang.startsWith("es");
  const marks = {
    bold: button(tools, `<strong>${spanish ? "N" : "B"}</strong>`, words.bold, () => editor.chain().focus().toggleBold().run()),
    italic: button(tools, `<em>${spanish ? "C" : "I"}</em>`, words.italic, () => editor.chain().focus().toggleItalic().run()),
  };
  separator(tools);
  marks.bulletList = button(tools, "", words.bullets, () => editor.chain().focus().toggleBulletList().run());
  marks.bulletList.textContent = `• ${words.bullets}`;
  marks.orderedList = button(tools, "", words.numbers, () => editor.chain().focus().toggleOrderedList().run());
  marks.orderedList.textContent = `1. ${words.bullets}`;
  separator(tools);
  marks.link = button(tools, "", words.link, address.open);
  marks.link.textContent = words.link;
  roving(tools);
  const show = () => {
    for (const [name, made] of Object.entries(marks)) made.setAttribute("aria-pressed", String(editor.isActive(name)));
  };
  editor.on("transaction", show);
  show();
  return [tools, address.line];
}

function start(box, prose) {
  const area = box.querySelector("textarea");
  const format = box.querySelector("input[type=hidden]");
  const label = document.querySelector(`label[for="${area.id}"]`);
  const notes = area.getAttribute("aria-describedby");
  const place = document.createElement("div");
  place.id = `${area.id}-editor`;
  label.id = `${area.id}-label`;
  const html = format.value === "html" ? area.value : box.dataset.html;
  const attributes = { class: "rich", role: "textbox", "aria-multiline": "true", "aria-labelledby": label.id, lang: area.lang };
  if (notes) attributes["aria-describedby"] = notes;
  if (area.getAttribute("aria-invalid")) attributes["aria-invalid"] = "true";
  const editor = new prose.Editor({
    element: place,
    content: html,
    injectCSS: false, // the portal's own sheet has the rules: no inline style is allowed
    extensions: [
      prose.Document, prose.Paragraph, prose.Text, prose.HardBreak, prose.Bold, prose.Italic,
      prose.BulletList, prose.OrderedList.configure({ enableListAttributes: false }), prose.ListItem, prose.History,
      prose.Link.configure({ openOnClick: false, enableTarget: false, autolink: true, protocols: ["http", "https", "mailto"] }),
    ],
    editorProps: { attributes, transformPastedHTML: cleanPasted, handlePaste: pasteList },
    onUpdate: () => {
      area.value = editor.isEmpty ? "" : editor.getHTML();
      area.dataset.readable = editor.state.doc.textContent;
      area.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  area.value = html;
  area.dataset.readable = editor.state.doc.textContent;
  format.value = "html";
  area.hidden = true;
  box.querySelector("[data-plain-hint]").hidden = true;
  area.before(...toolbar(box, editor), place);
  label.addEventListener("click", () => editor.commands.focus());
  // Links of the error summary point to the text area, which is out of sight now.
  document.querySelectorAll(`a[href="#${area.id}"]`).forEach((link) =>
    link.addEventListener("click", (event) => {
      event.preventDefault();
      editor.commands.focus();
      place.scrollIntoView({ block: "center" });
    }),
  );
  area.dispatchEvent(new CustomEvent("rich:ready", { bubbles: true }));
}

// Once for the page, and again for every form that comes into it.
document.addEventListener("htmx:load", async ({ detail: { elt } }) => {
  const boxes = [...elt.querySelectorAll("[data-rich]:not([data-started])")];
  if (!boxes.length) return;
  const prose = await import(boxes[0].closest("form").dataset.editor);
  for (const box of boxes) {
    if (!box.isConnected || "started" in box.dataset) continue;
    box.dataset.started = "";
    start(box, prose);
  }
});
