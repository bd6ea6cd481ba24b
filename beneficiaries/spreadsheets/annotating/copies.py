"""A marked copy of a file that was sent: for reading only, nothing of it is stored."""

import json
import os
import struct
import subprocess
import sys
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import override

from beneficiaries.spreadsheets.annotating.listing import listing_of

SECONDS = 60
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MACROS = "application/vnd.ms-excel.sheet.macroEnabled.12"
_ENDINGS = {"es": "errores", "en": "errors"}


@dataclass(frozen=True, slots=True)
class Annotated:
    """``how``: the person's ``own`` workbook, its ``values`` drawn again, or the ``list`` alone."""

    how: str
    data: bytes
    name: str
    content_type: str


class _Stopped(Exception):
    """The file could not be marked within the time and memory there are for it."""


def annotate(data, file_name, found, language):
    """A marked copy of a file's bytes. ``found`` is its reading."""
    with override(language):
        listing = listing_of(found, file_name, language)
    try:
        how, kind, marked = _in_child(data, listing)
    except _Stopped:
        how, kind, marked = _in_child(b"", listing | {"alone": True})
    has_macros = "macroEnabled" in kind
    stem = (file_name.rpartition(".")[0] or file_name)[:150]
    name = f"{stem}_{_ENDINGS[language]}.{'xlsm' if has_macros else 'xlsx'}"
    return Annotated(how, marked, name, _MACROS if has_macros else XLSX)


def _in_child(data, listing):
    """As a file is read: bounded, and without any variable of ours."""
    said = json.dumps(listing).encode()
    command = [sys.executable, "-m", "beneficiaries.spreadsheets.annotating.child"]
    environment = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        ended = subprocess.run(
            command,
            input=struct.pack(">Q", len(said)) + said + data,
            capture_output=True,
            timeout=SECONDS,
            cwd=settings.ROOT,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _Stopped from None
    if ended.returncode != 0 or not ended.stdout:
        raise _Stopped
    size = struct.unpack(">Q", ended.stdout[:8])[0]
    how, kind = json.loads(ended.stdout[8 : 8 + size])
    return how, kind, ended.stdout[8 + size :]
