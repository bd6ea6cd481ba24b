"""P1: what a warm process saves on a PDF. P4: that it is the same file everywhere, sound and accessible."""

import hashlib
import os
import re
import subprocess
import sys
import tempfile
from datetime import date
from io import BytesIO
from pathlib import Path

import page
import pikepdf
import weasyprint
from django.conf import settings

from programmes.models import Programme
from reporting.before_issuing import LANGUAGE_CHOICES
from reporting.rendering import STATIC_BASE, render_html, render_pdf
from reporting.status_sheet import build_status_sheet
from tests.bench.__main__ import Measured, at_most, ratio_of_medians

AS_OF = date(2011, 10, 31)
PROGRAM = """
import django, sys
django.setup()
from pathlib import Path
from reporting.rendering import render_pdf
Path("sheet.pdf").write_bytes(render_pdf(Path("sheet.html").read_text("utf-8")))
"""


def run():
    sheet = build_status_sheet(Programme.objects.get(code="MDGF-2097"), AS_OF)
    pages = {choice: render_html(sheet, languages) for choice, languages in LANGUAGE_CHOICES.items()}
    yield at_most("P1 bilingual sheet to PDF, warm, over plain WeasyPrint", against_plain(pages["both"]), 0.75)
    files = {choice: render_pdf(html) for choice, html in pages.items()}
    yield same_elsewhere(pages["both"], files["both"])
    yield sound(files)
    yield accessible(files)
    yield languages_declared(pages["both"], files["both"])


def against_plain(html):
    """The plain way reads the same page, stylesheet and fonts from the disk each time."""
    on_disk = html.replace(STATIC_BASE, f"{(settings.ROOT / 'static').as_uri()}/")

    def ours():
        render_pdf(html)

    def plain():
        weasyprint.HTML(string=on_disk).write_pdf(pdf_variant="pdf/ua-1")

    return ratio_of_medians(ours, plain)


def same_elsewhere(html, pdf):
    """Another process, in another folder, whose strings hash differently."""
    digests = {hashlib.sha256(pdf).hexdigest()}
    for seed in ("1", "2"):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "sheet.html").write_text(html, encoding="utf-8")
            environment = os.environ | {"PYTHONPATH": str(settings.ROOT), "PYTHONHASHSEED": seed}
            subprocess.run([sys.executable, "-c", PROGRAM], cwd=folder, env=environment, check=True)
            digests.add(hashlib.sha256(Path(folder, "sheet.pdf").read_bytes()).hexdigest())
    return Measured("P4 digests of one sheet in three processes", str(len(digests)), "1", len(digests) == 1)


def sound(files):
    problems = 0
    for pdf in files.values():
        with pikepdf.open(BytesIO(pdf)) as document:
            problems += len(document.check_pdf_syntax())
    return Measured("P4 problems qpdf finds in es, en and both", str(problems), "0", problems == 0)


def accessible(files):
    rules = [page.validate_pdf_bytes(pdf, profile="ua1").rules for pdf in files.values()]
    fewest = min(rule.passed for rule in rules)
    total = rules[0].total
    return Measured("P4 PDF/UA-1 rules kept", f"{fewest}/{total}", "104/104", fewest == total == 104)


def languages_declared(html, pdf):
    """English headings of the page that the structure tree declares English."""
    written = len(re.findall(r'<h[234] class="en[^"]*" lang="en"', html))
    with pikepdf.open(BytesIO(pdf)) as document:
        declared = sum(
            isinstance(thing, pikepdf.Dictionary)
            and str(thing.get("/S")) in ("/H2", "/H3", "/H4")
            and str(thing.get("/Lang")) == "en"
            for thing in document.objects
        )
    met = declared == written > 0
    return Measured("P4 English headings declared English", f"{declared}/{written}", f"{written}/{written}", met)
