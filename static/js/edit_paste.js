// What people paste from Word: its pseudo-bullets become list items, a table's row one paragraph; bold, italics and
// links stay, the rest drops. programmes/pasted.py does the same for what reaches the server otherwise.

const GAP = "[\\s\\u00a0]";
const MARKER = new RegExp(`^${GAP}*(?:([•·▪§o–-])|\\(?(\\d{1,3}|[a-z])[.)])${GAP}+`);
const UNMISTAKABLE = new RegExp(`^${GAP}*(?:[•·▪§]${GAP}+|o\\u00a0${GAP}+)\\S`);
const DROPPED = "style, script, meta, link, title, xml, img, del, [class*=MsoComment], [data-style*='mso-element:comment']";
const WRAPPERS = "section, article, blockquote, center, font, u, ins, dl";
const BLOCKS = "p, div, ul, ol, li, table, tr, td, th, h1, h2, h3, h4, h5, h6, blockquote, pre";

// Styles are read as text: the strict policy of the page keeps the browser from applying those of what is pasted.
const withoutStyles = (html) => html.replace(/<style\b[\s\S]*?<\/style>/gi, "").replace(/\sstyle\s*=/gi, " data-style=");
const styleOf = (node) => node.getAttribute("data-style") || "";
const styled = (node, name) => new RegExp(`(?:^|[;\\s])${name}\\s*:\\s*([\\w-]+)`, "i").exec(styleOf(node))?.[1].toLowerCase();
const each = (root, selector, act) => [...root.querySelectorAll(selector)].forEach(act);
const unwrap = (node) => node.replaceWith(...node.childNodes);

function renamed(node, name) {
  const made = document.createElement(name);
  made.append(...node.childNodes);
  node.replaceWith(made);
  return made;
}

function dropComments(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
  const comments = [];
  while (walker.nextNode()) comments.push(walker.currentNode);
  comments.forEach((comment) => comment.remove());
}

// A row is a paragraph, its cells apart; a table of one column is a frame around paragraphs.
function openTables(body) {
  each(body, "tr", (row) => {
    const cells = [...row.children].filter((cell) => cell.textContent.trim());
    if (row.children.length < 2 && row.querySelector(BLOCKS)) return;
    const line = document.createElement("p");
    cells.forEach((cell, place) => {
      each(cell, BLOCKS, (block) => {
        block.before(" ");
        unwrap(block);
      });
      line.append(...(place ? [" · "] : []), ...cell.childNodes);
    });
    row.replaceWith(line);
  });
  each(body, "table, tbody, thead, tfoot, tr, td, th, caption, colgroup", (part) => unwrap(part));
}

// Word puts the bullet itself into a span that says "Ignore"; older versions leave it as text.
function takeMarker(paragraph) {
  let marker = "";
  each(paragraph, "span", (span) => {
    if (/mso-list\s*:\s*Ignore/i.test(styleOf(span))) {
      marker += span.textContent;
      span.remove();
    }
  });
  const found = marker ? null : MARKER.exec(paragraph.textContent);
  let left = found?.[0].length ?? 0;
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  while (left && walker.nextNode()) {
    const text = walker.currentNode;
    const cut = Math.min(left, text.data.length);
    text.data = text.data.slice(cut);
    left -= cut;
  }
  return (marker || found?.[0] || "").trim();
}

function gatherLists(body) {
  each(body, "p", (paragraph) => {
    const level = styled(paragraph, "mso-list");
    const isListed = level && level !== "none";
    const looksListed = /^MsoList/i.test(paragraph.className) && MARKER.test(paragraph.textContent);
    if (!isListed && !looksListed && !UNMISTAKABLE.test(paragraph.textContent)) return;
    const list = document.createElement(/^\(?(\d|[a-z][.)])/i.test(takeMarker(paragraph)) ? "ol" : "ul");
    paragraph.replaceWith(list);
    list.append(paragraph);
    renamed(paragraph, "li");
  });
}

// Lists that Word or Word Online cut into one per item.
function joinLists(body) {
  each(body, "ul, ol", (list) => {
    const between = list.previousSibling;
    if (between?.nodeType === Node.TEXT_NODE && !between.data.trim()) between.remove();
    const before = list.previousSibling;
    if (before?.localName === list.localName) {
      before.append(...list.childNodes);
      list.remove();
    }
  });
}

// Some editors wrap everything in <b style="font-weight:normal">; "mso-bidi-font-weight" is about Arabic.
function nameEmphasis(body) {
  each(body, "b, strong, i, em, span, a, p", (node) => {
    const weight = styled(node, "font-weight");
    const slant = styled(node, "font-style");
    const isBold = weight ? /^(bold|bolder|[6-9]00)$/.test(weight) : /^(b|strong)$/.test(node.localName);
    const isItalic = slant ? /^(italic|oblique)$/.test(slant) : /^(i|em)$/.test(node.localName);
    for (const name of [isBold && "strong", isItalic && "em"].filter(Boolean)) {
      const mark = document.createElement(name);
      mark.append(...node.childNodes);
      node.append(mark);
    }
    if (!/^(a|p)$/.test(node.localName)) unwrap(node);
  });
}

export function cleanPasted(html) {
  const { body } = new DOMParser().parseFromString(withoutStyles(html), "text/html");
  dropComments(body);
  each(body, DROPPED, (node) => node.remove());
  each(body, "*", (node) => node.localName.includes(":") && unwrap(node)); // o:p, w:sdt
  openTables(body);
  gatherLists(body);
  nameEmphasis(body);
  each(body, "h1, h2, h3, h4, h5, h6, pre, dt, dd", (block) => renamed(block, "p"));
  each(body, "div", (block) => (block.querySelector(BLOCKS) ? unwrap(block) : renamed(block, "p")));
  each(body, WRAPPERS, (node) => unwrap(node));
  joinLists(body);
  each(body, "*", (node) => {
    if (node.localName === "a" && !/^(https?|mailto):/i.test(node.getAttribute("href") || "")) return unwrap(node);
    for (const { name } of [...node.attributes]) if (name !== "href") node.removeAttribute(name);
  });
  each(body, "p, li", (block) => block.textContent.trim() || block.remove());
  return body.innerHTML.replaceAll("&nbsp;", " ");
}

// A list goes between paragraphs: its first item does not run on in the words before it.
export function pasteList(view, event, slice) {
  if (event.clipboardData?.getData("text/html").includes("data-pm-slice")) return false;
  let holdsList = false;
  slice.content.forEach((node) => (holdsList ||= node.type.name.endsWith("List")));
  const transaction = view.state.tr.deleteSelection();
  const { $from } = transaction.selection;
  if (!holdsList || $from.depth !== 1) return false;
  const [start, end, at] = [$from.before(), $from.after(), $from.pos];
  const isEmpty = start + 2 === end;
  const isWithin = at > start + 1 && at < end - 1;
  if (isWithin) transaction.split(at);
  const place = isEmpty || at === start + 1 ? start : isWithin ? at + 1 : end;
  transaction.replaceWith(place, isEmpty ? end : place, slice.content);
  const last = transaction.doc.resolve(place + slice.content.size);
  transaction.setSelection(view.state.selection.constructor.near(last, -1));
  view.dispatch(transaction.scrollIntoView());
  return true;
}
