"""The catalogue of translations: read as text, and compiled to what gettext loads.

gettext's own tools are not on every machine; this needs only Python, so a fresh
clone speaks Spanish. Run as a module it compiles every catalogue that changed.
"""

import ast
import os
import struct
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEYWORDS = ("msgctxt", "msgid_plural", "msgid", "msgstr")


@dataclass
class Entry:
    """One message: its texts by keyword (msgid, msgid_plural, msgstr[0], …) and its flags (fuzzy)."""

    line: int
    texts: dict[str, str] = field(default_factory=dict)
    flags: set[str] = field(default_factory=set)

    @property
    def msgid(self):
        return self.texts.get("msgid", "")

    @property
    def translations(self):
        """The forms in order: one, or one per plural."""
        return [text for name, text in sorted(self.texts.items()) if name.startswith("msgstr")]

    @property
    def is_fuzzy(self):
        return "fuzzy" in self.flags

    @property
    def is_complete(self):
        return bool(self.translations) and all(self.translations)


def parse(text):
    """Every entry of a .po file, the header (empty msgid) first; obsolete ones (#~) are left out."""
    entries, entry, current = [], None, None
    for number, line in enumerate(text.splitlines(), start=1):
        line = line.strip()
        if entry is None or (current and current.startswith("msgstr") and not line.startswith(("msgstr", '"'))):
            if entry is not None and entry.texts:
                entries.append(entry)
            entry, current = Entry(number), None
        if line.startswith("#,"):
            entry.flags.update(flag.strip() for flag in line[2:].split(","))
        elif line.startswith(KEYWORDS):
            current, literal = line.split(None, 1)
            entry.texts[current] = ast.literal_eval(literal)
        elif line.startswith('"') and current:
            entry.texts[current] += ast.literal_eval(line)
    if entry is not None and entry.texts:
        entries.append(entry)
    return entries


def _record(entry):
    """Key and value as gettext looks them up: context and plural forms joined by control characters."""
    key = entry.msgid
    if "msgid_plural" in entry.texts:
        key += "\0" + entry.texts["msgid_plural"]
    if "msgctxt" in entry.texts:
        key = entry.texts["msgctxt"] + "\4" + key
    return key.encode(), "\0".join(entry.translations).encode()


def binary(entries):
    """The bytes of a .mo file. What is fuzzy or not translated stays out, so the English shows."""
    usable = [entry for entry in entries if entry.is_complete and not (entry.is_fuzzy and entry.msgid)]
    records = sorted(_record(entry) for entry in usable)
    keys_at, values_at = 28, 28 + 8 * len(records)
    offset = values_at + 8 * len(records)
    tables = {0: [], 1: []}
    blob = b""
    for column in (0, 1):
        for record in records:
            tables[column] += [len(record[column]), offset + len(blob)]
            blob += record[column] + b"\0"
    header = struct.pack("<7I", 0x950412DE, 0, len(records), keys_at, values_at, 0, offset)
    numbers = tables[0] + tables[1]
    return header + struct.pack(f"<{len(numbers)}I", *numbers) + blob


def compile_catalogues(root=ROOT / "locale"):
    """Compile each .po that is newer than its .mo; two at once do not disturb each other."""
    for source in sorted(Path(root).glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        draft = target.with_suffix(f".{os.getpid()}.draft")
        draft.write_bytes(binary(parse(source.read_text(encoding="utf-8"))))
        draft.replace(target)


if __name__ == "__main__":
    compile_catalogues()
