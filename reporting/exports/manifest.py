"""What lies in a ZIP of sheets, file by file, and what could not be produced and why: for people and for programs."""

import csv
import io
import json
import re
import zlib
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from django.utils.translation import gettext_lazy as _

COLUMNS = ("programme", "number", "language", "file", "pages", "sha256", "problem", "reason")
PROBLEMS = {
    "unknown": _("There is no such programme, or it is none of yours."),
    "no_right": _("You may read issued sheets of this programme, not drafts."),
    "not_issued": _("No sheet of this programme is in force."),
    "other_language": _("The sheet in force was not issued in this language."),
    "no_file": _("The file is not in the file store. Tell the administrator of the portal."),
    "not_printed": _("The sheet could not be printed. Open its draft PDF to see whether it can by itself."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One programme in one language: a file, or the code of why there is none. A draft has no number."""

    code: str
    language: str
    number: int | None = None
    name: str = ""
    path: Path | None = None
    pages: int | None = None
    sha256: str = ""
    problem: str = ""

    def described(self, pages, digest):
        return replace(self, pages=pages, sha256=digest)

    @property
    def row(self):
        """Blank where there is nothing to say, never 0."""
        reason = str(PROBLEMS[self.problem]) if self.problem else ""
        values = (self.code, self.number, self.language, self.name, self.pages, self.sha256, self.problem, reason)
        return dict(zip(COLUMNS, values, strict=True))


def as_json(lines):
    return json.dumps([line.row for line in lines], ensure_ascii=False, indent=1)


def as_csv(lines):
    """With the mark by which spreadsheets know UTF-8."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, COLUMNS)
    writer.writeheader()
    writer.writerows(line.row for line in lines)
    return "\ufeff" + file.getvalue()


def pages_of(content):
    """How many pages a PDF of the renderer has; ``None`` for one whose page tree cannot be read."""
    found = [int(count) for tree in _TREE.findall(_readable(content)) for count in _COUNT.findall(tree)]
    return max(found, default=None)


_TREE, _COUNT = re.compile(rb"<<[^<>]*/Type\s*/Pages\b[^<>]*>>"), re.compile(rb"/Count\s+(\d+)")
_OBJECTS = re.compile(rb"/ObjStm\b[^<>]*>>\s*stream\r?\n")


def _readable(content):
    """The page tree may lie in a compressed stream of objects."""
    parts = [content]
    for start in (match.end() for match in _OBJECTS.finditer(content)):
        with suppress(zlib.error):
            parts.append(zlib.decompressobj().decompress(content[start:]))
    return b"\n".join(parts)
