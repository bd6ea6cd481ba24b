"""What an uploaded file must not be: the check of a workbook's container before anything opens it.

Plain standard library: it runs inside the bounded child process.
"""

import re
import struct

from beneficiaries.spreadsheets import biff
from beneficiaries.spreadsheets.archive import Archive, Damaged
from beneficiaries.spreadsheets.delimited import utf_16

MAX_ENTRIES = 2000
MAX_EXPANDED = 300 * 2**20
MAX_RATIO = 200
MAX_MANIFEST = 2**20
RATIO_FROM = 2**20  # small parts of a workbook compress well and harm nobody
OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_SIGNATURE = b"PK\x03\x04"
NOT_SPREADSHEETS = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"BM": "BMP",
    b"{\\rtf": "RTF",
    b"\x1f\x8b": "GZIP",
    b"7z\xbc\xaf": "7-Zip",
    b"Rar!": "RAR",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
}
ODS_TYPES = (
    b"application/vnd.oasis.opendocument.spreadsheet",
    b"application/vnd.oasis.opendocument.spreadsheet-template",
)


class Refused(Exception):
    """The file is not read; ``code`` says why, ``found`` what was seen."""

    def __init__(self, code, found=""):
        super().__init__(code)
        self.code = code
        self.found = found


def held_in(data):
    """The bytes that a file holds: those its container announces, never less than its own."""
    try:
        announced = sum(entry.file_size for entry in Archive(data).entries) if data.startswith(ZIP_SIGNATURE) else 0
    except Damaged:
        announced = 0
    return max(announced, len(data))


def kind_of(data, name):
    """``xlsx``, ``xlsb``, ``ods``, ``xls`` or ``text``, by content; the name only tells what the person believes."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Refused("empty_file")
    for signature, label in NOT_SPREADSHEETS.items():
        if data.startswith(signature) and (signature != b"BM" or b"\x00" in data[:30]):
            raise Refused("not_a_spreadsheet", label)
    if data.startswith(ZIP_SIGNATURE):
        return _kind_of_zip(data)
    if data.startswith(OLE_SIGNATURE):
        return _kind_of_ole(data)
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    if _is_binary(data):
        raise Refused(
            "corrupt_file" if suffix in ("xlsx", "xlsm", "xlsb", "xls", "ods") else "not_a_spreadsheet", suffix
        )
    if suffix in ("xlsx", "xlsm", "xlsb", "xls", "ods"):
        markup = re.match(
            rb"\s*<(!doctype|html|\?xml|table|workbook)", data[:200].removeprefix(b"\xef\xbb\xbf"), re.IGNORECASE
        )
        raise Refused("markup_named_as_workbook" if markup else "text_named_as_workbook", f".{suffix}")
    return "text"


def _is_binary(data):
    """Control characters that no text has; UTF-16 is told by its mark or by where its zeros are."""
    if utf_16(data):
        return False
    head = data[:4096]
    return b"\x00" in head or sum(byte < 9 or (13 < byte < 32 and byte != 27) for byte in head) > len(head) // 50


def _kind_of_ole(data):
    if "EncryptedPackage".encode("utf-16-le") in data or "EncryptionInfo".encode("utf-16-le") in data:
        raise Refused("encrypted")
    if "WordDocument".encode("utf-16-le") in data:
        raise Refused("not_a_spreadsheet", "Word")
    if "PowerPoint Document".encode("utf-16-le") in data:
        raise Refused("not_a_spreadsheet", "PowerPoint")
    try:
        stream = biff.workbook_stream(data)
    except (struct.error, IndexError) as error:
        raise Refused("corrupt_file") from error
    if not stream:
        raise Refused("not_a_spreadsheet", "OLE")
    if biff.is_encrypted(stream):
        raise Refused("encrypted")
    return "xls"


def _kind_of_zip(data):
    try:
        return _kind_of_archive(Archive(data))
    except Damaged as error:
        raise Refused("corrupt_file") from error


def _kind_of_archive(archive):
    names = archive.by_name.keys()
    _check_size(archive.entries, len(names))
    if any(entry.encrypted for entry in archive.entries):
        raise Refused("encrypted")
    if "xl/workbook.bin" in names:
        if not {"[Content_Types].xml", "xl/_rels/workbook.bin.rels"} <= names:
            raise Refused("corrupt_file")
        _check_markup(archive)
        return "xlsb"
    if "xl/workbook.xml" in names:
        if "[Content_Types].xml" not in names:
            raise Refused("corrupt_file")
        _check_markup(archive)
        return "xlsx"
    if "mimetype" in names:
        declared = archive.read("mimetype", 100).strip()
        if declared in ODS_TYPES and "content.xml" in names:
            _check_ods(archive)
            _check_markup(archive)
            return "ods"
        raise Refused("not_a_spreadsheet", "OpenDocument")
    if "word/document.xml" in names:
        raise Refused("not_a_spreadsheet", "Word")
    if "ppt/presentation.xml" in names:
        raise Refused("not_a_spreadsheet", "PowerPoint")
    raise Refused("not_a_spreadsheet", "ZIP")


def _check_size(entries, distinct):
    """Announced sizes are checked here; the child's own limits hold when they lie."""
    if len(entries) > MAX_ENTRIES or distinct != len(entries):
        raise Refused("expands_too_far")
    if sum(entry.file_size for entry in entries) > MAX_EXPANDED:
        raise Refused("expands_too_far")
    for entry in entries:
        if entry.file_size > RATIO_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise Refused("expands_too_far")
        if entry.filename.lower().endswith((".zip", ".xlsx", ".xlsb", ".ods", ".7z", ".rar", ".gz")):
            raise Refused("archive_inside")


def _check_ods(archive):
    manifest = "META-INF/manifest.xml"
    if manifest in archive and b"encryption-data" in archive.read(manifest, MAX_MANIFEST):
        raise Refused("encrypted")


def _check_markup(archive):
    """No part may declare entities: that is how a few bytes become gigabytes, or fetch another file."""
    for entry in archive.entries:
        if entry.filename.lower().endswith((".xml", ".rels")):
            head = archive.read(entry.filename, 4096)
            if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
                head = head.decode("utf-16", "replace").encode()
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                raise Refused("external_entities")
