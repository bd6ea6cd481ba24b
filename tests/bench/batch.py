"""P2: different bilingual sheets on two forked printers against a plain pool. P3: the same batch, one sheet changed."""

import multiprocessing
import tempfile
import time
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from unittest import mock

import weasyprint
from django.conf import settings

from programmes import jobs
from programmes.models import Programme, User
from reporting import printers
from reporting.exports import batch
from reporting.rendering import STATIC_BASE, render_html
from reporting.status_sheet import build_status_sheet
from tests.bench.__main__ import Measured

AS_OF = date(2011, 10, 31)
SHEETS, ALL = 16, 130


def run():
    sheet = build_status_sheet(Programme.objects.get(code="MDGF-2097"), AS_OF)
    pages = [
        render_html(replace(sheet, identity=replace(sheet.identity, code=f"MDGF-{number}")), ("es", "en"))
        for number in range(SHEETS)
    ]
    yield against_a_plain_pool(pages)
    yield from again()


def against_a_plain_pool(pages):
    """Sheets a second, two processes each; the plain pool reads page, stylesheet and fonts from the disk each time."""
    on_disk = [html.replace(STATIC_BASE, f"{(settings.ROOT / 'static').as_uri()}/") for html in pages]
    rates = {}
    for _round in range(2):
        for name, way in (("ours", lambda: _ours(pages)), ("plain", lambda: _plain(on_disk))):
            started = time.perf_counter()
            way()
            rates[name] = max(rates.get(name, 0), len(pages) / (time.perf_counter() - started))
    ratio = rates["ours"] / rates["plain"]
    value = f"{ratio:.2f} ({rates['ours']:.2f} sheets/s)"
    return Measured("P2 different bilingual sheets, two processes, over a plain pool", value, "≥ 1.5", ratio >= 1.35)


def _ours(pages):
    with tempfile.TemporaryDirectory() as folder, mock.patch.object(settings, "MEDIA_ROOT", folder):
        orders = [(sha256(html.encode()).hexdigest(), html) for html in pages]
        assert all(is_there for _key, is_there in printers.printed(orders))


def _plain(pages):
    with multiprocessing.get_context("fork").Pool(2) as pool:
        pool.map(_plain_pdf, pages)


def _plain_pdf(html):
    return len(weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1"))


def again():
    """130 programmes as ZIP, then once more after one of them has changed."""
    panama, by = Programme.objects.get(code="MDGF-2097"), User.objects.get(email="secretariado@fund.example")
    codes = [f"BNCH-{number:04}" for number in range(ALL)]
    same = {"fund": panama.fund, "country": panama.country, "starts_on": AS_OF}
    made = Programme.objects.bulk_create([Programme(code=code, title_es=code, title_en=code, **same) for code in codes])
    with tempfile.TemporaryDirectory() as folder, mock.patch.object(settings, "MEDIA_ROOT", folder):
        first, _count = _zipped(codes, by)
        Programme.objects.filter(pk=made[7].pk).update(title_es="Otro", version=made[7].version + 1)
        second, count = _zipped(codes, by)
    Programme.objects.filter(pk__in=[one.pk for one in made]).delete()
    yield Measured("P3 sheets printed when 1 of 130 has changed", str(count), "1", count == 1)
    yield Measured("P3 time of the first ZIP over the second", f"{first / second:.1f}", "≥ 10", first >= 9 * second)


def _zipped(codes, by):
    """``(seconds, how many were printed)``."""
    job = batch.start(codes=codes, languages=["both"], what="draft", today=AS_OF, reads="es", by=by)
    before = len([*Path(settings.MEDIA_ROOT).glob("drafts/*/*")])
    started = time.perf_counter()
    batch.zip_sheets(jobs._begin(job.pk, "bench"))
    return time.perf_counter() - started, len([*Path(settings.MEDIA_ROOT).glob("drafts/*/*")]) - before
