// Whether a PDF is one of the files that were issued: its SHA-256 is worked out here, and the file goes nowhere.

const place = document.querySelector("[data-verify]");
const verdict = place?.querySelector("[data-verdict]");

function say(text, kind) {
  verdict.textContent = text;
  verdict.className = kind;
}

async function check(file) {
  if (!file) return;
  for (const line of document.querySelectorAll("[data-sha256]")) line.classList.remove("same");
  try {
    const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
    const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const line = document.querySelector(`[data-sha256="${hex}"]`);
    line?.classList.add("same");
    const name = line?.querySelector("b").textContent;
    say(line ? `${place.dataset.same} ${name}.` : place.dataset.other, line ? "is-same" : "is-other");
  } catch {
    say(place.dataset.unreadable, "is-other");
  }
}

// Without a secure connection browsers do not offer it: the hashes below remain.
if (place && window.crypto?.subtle) {
  const field = place.querySelector("input");
  place.hidden = false;
  field.addEventListener("change", () => check(field.files[0]));
  place.addEventListener("dragover", (event) => event.preventDefault());
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    check(event.dataTransfer.files[0]);
  });
}
