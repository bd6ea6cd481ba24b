"""What counts now, as a file: xlsx, ods or csv, long or wide, readable back through the upload page unchanged."""

import csv
import io
import zipfile
from collections import defaultdict
from xml.sax.saxutils import escape

import tablib
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from beneficiaries.models import Count, Submission
from beneficiaries.spreadsheets import resource
from beneficiaries.spreadsheets.columns import DATA_SHEET, columns_of
from programmes.resources import SafeCSV, SafeXLSX

LAYOUTS = {"long": resource.long_table, "wide": resource.wide_table}


def counting(programme, agency=None, period=None):
    """``[(submission, its counts)]`` of what counts now: the latest revision of each agency and period.

    ``agency``: an acronym in English, ``programme`` for the programme's own figures, or everybody's.
    """
    accepted = Submission.objects.accepted().filter(programme=programme).select_related("agency", "period")
    if agency:
        accepted = accepted.filter(agency__acronym_en=agency) if agency != "programme" else accepted.filter(agency=None)
    if period:
        accepted = accepted.filter(period__code=period)
    accepted = accepted.defer("reading").order_by("period__starts_on", "agency__acronym_en", "revision")
    latest = {(submission.agency_id, submission.period_id): submission for submission in accepted}
    counts = defaultdict(list)
    for count in Count.objects.filter(submission__in=latest.values()).select_related("area", "category").order_by("pk"):
        counts[count.submission_id].append(count)
    for submission in latest.values():
        submission.programme = programme
    return [(submission, counts[submission.pk]) for submission in latest.values()]


def written(sent, columns, ending, language, layout="long", hxl=False):
    """The file's bytes."""
    table = LAYOUTS[layout](sent, columns, language)
    if hxl:
        tags = resource.tags_of(table.headers, columns, language)
        table = tablib.Dataset(tags, *table, headers=table.headers)
    return WRITERS[ending](table, language)


def export(programme, ending, language, *, agency=None, period=None, layout="long", hxl=False):
    """The file's bytes: three queries for the counts, three for the declaration."""
    sent = counting(programme, agency, period)
    return written(sent, columns_of(programme), ending, language, layout, hxl)


def _xlsx(table, language):
    return SafeXLSX().export_data(table)


def _csv(table, language):
    """With the delimiter that the spreadsheet of the language expects, and the mark by which it sees UTF-8.

    Programs find both by themselves.
    """
    text = SafeCSV().export_data(table, delimiter=";" if language == "es" else ",", quoting=csv.QUOTE_MINIMAL)
    return text.encode("utf-8-sig")


_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
_ODS_MANIFEST = (
    f'<manifest:manifest xmlns:manifest="{_NAMESPACE}:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="{ODS}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
_ODS_HEAD = (
    f'<office:document-content xmlns:office="{_NAMESPACE}:office:1.0" xmlns:table="{_NAMESPACE}:table:1.0" '
    f'xmlns:text="{_NAMESPACE}:text:1.0" office:version="1.2"><office:body><office:spreadsheet>'
)
_ODS_FOOT = "</office:spreadsheet></office:body></office:document-content>"


def _ods(table, language):
    """Every text is a string cell, so nothing in it is a formula."""
    rows = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in _all_rows(table))
    body = f'<table:table table:name="{DATA_SHEET[language]}">{rows}</table:table>'
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODS, zipfile.ZIP_STORED)
        archive.writestr("content.xml", f'<?xml version="1.0" encoding="UTF-8"?>{_ODS_HEAD}{body}{_ODS_FOOT}')
        archive.writestr("META-INF/manifest.xml", f'<?xml version="1.0" encoding="UTF-8"?>{_ODS_MANIFEST}')
    return saved.getvalue()


def _all_rows(table):
    yield table.headers
    yield from table


def _ods_cell(value):
    if value in (None, ""):
        return "<table:table-cell/>"
    if isinstance(value, int):
        stated = f'office:value-type="float" office:value="{value}"'
        return f"<table:table-cell {stated}><text:p>{value}</text:p></table:table-cell>"
    text = escape(ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", str(value)))
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


WRITERS = {"xlsx": _xlsx, "ods": _ods, "csv": _csv}
