// What people paste from Word: its pseudo-bullets become list items, bold, italics and links stay, the rest drops.

const BULLETS = /^[\s\u00a0]*(?:[•·▪§o–-]|\(?(\d{1,3}|[a-z])[.)])[\s\u00a0]+/i;

// Styles are read as text: the strict policy of the page keeps the browser from applying those of what is pasted.
const styleOf = (node) => node.getAttribute("data-style") || "";
const withoutStyles = (html) =>
  html
    .replace(/<!--\[if[\s\S]*?<!\[endif\]-->/gi, "") // hold the bullets once more
    .replace(/<style\b[\s\S]*?<\/style>/gi, "")
    .replace(/\sstyle\s*=/gi, " data-style=");

const isListParagraph = (node) => /mso-list\s*:/i.test(styleOf(node)) || /^MsoListParagraph/i.test(node.className);

// Word puts the bullet itself into a span that says "Ignore"; older versions leave it as text.
function takeMarker(paragraph) {
  let marker = "";
  for (const span of paragraph.querySelectorAll("span")) {
    if (/mso-list\s*:\s*Ignore/i.test(styleOf(span))) {
      marker += span.textContent;
      span.remove();
    }
  }
  const first = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT).nextNode();
  if (!marker && first) {
    const found = BULLETS.exec(first.data);
    if (found) {
      marker = found[0];
      first.data = first.data.slice(marker.length);
    }
  }
  return marker.trim();
}

function gatherLists(body) {
  for (const paragraph of [...body.querySelectorAll("p")]) {
    if (!isListParagraph(paragraph)) continue;
    const kind = /^\(?(\d|[a-z][.)])/i.test(takeMarker(paragraph)) ? "ol" : "ul";
    const item = document.createElement("li");
    item.append(...paragraph.childNodes);
    const before = paragraph.previousElementSibling;
    const list = before?.dataset.pasted === kind ? before : document.createElement(kind);
    list.dataset.pasted = kind;
    if (list !== before) paragraph.before(list);
    list.append(item);
    paragraph.remove();
  }
}

function nameEmphasis(body) {
  for (const span of [...body.querySelectorAll("span, b")]) {
    const weight = /font-weight\s*:\s*(\w+)/i.exec(styleOf(span))?.[1] || "";
    const names = [];
    // Some editors wrap everything in <b style="font-weight:normal">.
    if (/^(bold|bolder|[6-9]00)$/i.test(weight) || (span.localName === "b" && !weight)) names.push("strong");
    if (/font-style\s*:\s*italic/i.test(styleOf(span))) names.push("em");
    let inner = [...span.childNodes];
    for (const name of names) {
      const mark = document.createElement(name);
      mark.append(...inner);
      inner = [mark];
    }
    span.replaceWith(...inner);
  }
}

export function cleanPasted(html) {
  const page = new DOMParser().parseFromString(withoutStyles(html), "text/html");
  for (const node of page.querySelectorAll("style, script, meta, link, title, xml, img, o\\:p")) node.remove();
  gatherLists(page.body);
  nameEmphasis(page.body);
  for (const node of page.body.querySelectorAll("*")) {
    for (const { name } of [...node.attributes]) {
      if (!(node.localName === "a" && name === "href")) node.removeAttribute(name);
    }
  }
  for (const paragraph of page.body.querySelectorAll("p")) {
    if (!paragraph.textContent.trim()) paragraph.remove();
  }
  return page.body.innerHTML;
}
