"""Marking in the bounded child process: a list and a file's bytes on its input, a workbook on its output.

It knows no settings, no database and no secret.
"""

import json
import re
import resource
import struct
import sys
import zipfile
import zlib

from beneficiaries.spreadsheets import child, guard
from beneficiaries.spreadsheets.annotating import errors_sheet, own_workbook, plain
from beneficiaries.spreadsheets.annotating.markup import Odd

MEMORY_BYTES = 1024 * 2**20
CPU_SECONDS = 40
_ODD = (Odd, LookupError, ValueError, TypeError, AttributeError, zipfile.BadZipFile, zlib.error, NotImplementedError)
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


def bound_this_process():
    """As for reading; a workbook that is written again is held twice."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def annotated(data, name, listing):
    """``(how, content type, bytes)``: ``own`` workbook, ``values`` drawn again, or the ``list`` alone."""
    if listing.get("alone"):
        return _drawn([], listing, "list")
    if guard.kind_of(data, name) == "xlsx":
        try:
            marked, content_type = own_workbook.annotated(data, listing | {"further": listing["further"]["own"]})
        except _ODD:
            pass  # Built in a way that is better left alone: the values are drawn again.
        else:
            return "own", content_type, marked
    sheets = [sheet for sheet in child.read(data, name)["sheets"] if not errors_sheet.is_ours(sheet["rows"])]
    if not sheets or sum(len(row) for sheet in sheets for row in sheet["rows"]) > plain.MAX_CELLS:
        return _drawn([], listing, "list")
    return _drawn(sheets, listing, "values")


def _drawn(sheets, listing, how):
    """Without any other sheet the list stands alone, and there is nothing to lead to."""
    sheets, listing = _named(sheets, listing | {"further": listing["further"][how]})
    alone = {"name": errors_sheet.NAMES[listing["language"]], "rows": [[*[None] * 5, errors_sheet.MARK]]}
    marked, content_type = own_workbook.annotated(plain.workbook_of(sheets or [alone]), listing)
    return how, content_type, marked


def _named(sheets, listing):
    """Sheets whose names fit into a workbook; the list follows where one had to be changed."""
    names, taken = {}, set()
    for sheet in sheets:
        name = _NOT_IN_NAMES.sub(" ", sheet["name"]).strip("' ")[:31] or "Hoja"
        while name.casefold() in taken:
            name = f"{name[:28]} {len(taken)}"
        taken.add(name.casefold())
        names[sheet["name"]] = name
    marks = {names.get(name, name): places for name, places in listing["marks"].items()}
    lines = [line | {"sheet": names.get(line["sheet"], line["sheet"])} for line in listing["lines"]]
    return [sheet | {"name": names[sheet["name"]]} for sheet in sheets], listing | {"marks": marks, "lines": lines}


def main():
    bound_this_process()
    size = struct.unpack(">Q", sys.stdin.buffer.read(8))[0]
    listing = json.loads(sys.stdin.buffer.read(size))
    how, content_type, marked = annotated(sys.stdin.buffer.read(), listing["file"], listing)
    head = json.dumps([how, content_type]).encode()
    sys.stdout.buffer.write(struct.pack(">Q", len(head)) + head + marked)


if __name__ == "__main__":
    main()
