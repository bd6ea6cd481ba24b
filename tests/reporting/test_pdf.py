"""The PDF of MDGF-2097 says everything the sheet of 2011 said, in order; it is accessible, and the same file twice."""

import os
import re
import subprocess
import sys
from datetime import date
from functools import cache
from io import BytesIO

import page
import pikepdf
import pytest
from pypdf import PdfReader

from programmes.models import Programme
from reporting.before_issuing import LANGUAGE_CHOICES
from reporting.rendering import render_html, render_pdf
from reporting.status_sheet import build_status_sheet
from tests.reporting.golden import FACTS
from tests.test_repository import ROOT

PRINTED = {"es": ["es"], "en": ["en"], "both": ["es", "en"]}


@pytest.fixture
def printed(db):
    """Language → the PDF of the seeded programme: rendered once in a process, it is the same for every test."""
    return _printed


@cache
def _printed(choice):
    return render_pdf(_html(choice))


@cache
def _html(choice):
    sheet = build_status_sheet(Programme.objects.get(code="MDGF-2097"), date(2011, 10, 31))
    return render_html(sheet, LANGUAGE_CHOICES[choice])


@cache
def _text(choice):
    pages = PdfReader(BytesIO(_printed(choice))).pages
    return " ".join(" ".join(one.extract_text() for one in pages).split())


def _pattern(fact, choice):
    """Its words one after the other; where two languages share a line, the other one's may stand between."""
    between = r"\s+" if choice != "both" else r"(?:\s+.{0,40}?\s*|\s+)"
    words = [re.escape(word).replace("\\-", "-\\s*") for word in fact.split()]  # a line may end after a hyphen
    return re.compile(between.join(words))


@cache
def _positions(choice, language):
    """Field → where its fact stands in the text, each looked for after the one before; ``None``: not found."""
    found, at = {}, 0
    for field, es, en in FACTS:
        match = _pattern({"es": es, "en": en}[language], choice).search(_text(choice), at)
        found[field] = match and match.start()
        at = match.end() if match else at
    return found


@pytest.mark.parametrize("field", [fact[0] for fact in FACTS])
@pytest.mark.parametrize(("choice", "language"), [(c, one) for c, languages in PRINTED.items() for one in languages])
def test_the_sheet_says_every_fact_in_order(printed, choice, language, field):
    assert _positions(choice, language)[field] is not None


def test_every_field_of_the_table_is_named_once():
    assert len({fact[0] for fact in FACTS}) == len(FACTS)


@pytest.mark.parametrize("choice", PRINTED)
def test_the_sheet_is_accessible(printed, choice):
    report = page.validate_pdf_bytes(printed(choice), profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert (report.rules.passed, report.rules.total) == (104, 104)


@pytest.mark.parametrize("choice", PRINTED)
def test_the_file_is_sound(printed, choice):
    with pikepdf.open(BytesIO(printed(choice))) as document:
        assert document.check_pdf_syntax() == []


def test_the_same_sheet_is_the_same_file_twice(printed):
    assert render_pdf(_html("both")) == printed("both")


def test_another_process_in_another_folder_writes_the_same_file(printed, tmp_path):
    (tmp_path / "sheet.html").write_text(_html("both"), encoding="utf-8")
    program = (
        "import django; django.setup(); from pathlib import Path; from reporting.rendering import render_pdf;"
        "Path('sheet.pdf').write_bytes(render_pdf(Path('sheet.html').read_text('utf-8')))"
    )
    environment = {"PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "tests.settings", "PATH": os.environ["PATH"]}
    subprocess.run([sys.executable, "-c", program], cwd=tmp_path, env=environment, check=True)
    assert (tmp_path / "sheet.pdf").read_bytes() == printed("both")


@pytest.mark.parametrize(
    ("choice", "language", "title"),
    [
        ("es", "es", "Ficha de estado MDGF-2097"),
        ("en", "en", "Status sheet MDGF-2097"),
        ("both", "es", "Ficha de estado · Status sheet MDGF-2097"),
    ],
)
def test_the_file_says_what_it_is(printed, choice, language, title):
    with pikepdf.open(BytesIO(printed(choice))) as document:
        assert str(document.Root.Lang) == language
        assert str(document.docinfo["/Title"]) == title
        with document.open_metadata() as metadata:
            assert metadata["dc:title"] == title
        assert str(document.docinfo["/CreationDate"]) == "D:20111031"


@pytest.mark.parametrize("choice", PRINTED)
def test_every_font_is_our_own_and_inside_the_file(printed, choice):
    names = set()
    with pikepdf.open(BytesIO(printed(choice))) as document:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
                names.add(str(thing["/FontName"]).split("+")[-1])
                assert "/FontFile2" in thing or "/FontFile3" in thing
    assert names
    assert all(name.startswith(("/Source", "Source", "/SourceS")) or "Source" in name for name in names), names


def _outline(items, level=0):
    for item in items:
        if isinstance(item, list):
            yield from _outline(item, level + 1)
        else:
            yield level, item.title


def test_the_outline_names_the_blocks_in_printing_order(printed):
    titles = [title for level, title in _outline(PdfReader(BytesIO(printed("en"))).outline) if level == 1]
    assert titles == [
        "Programme",
        "Budget by agency",
        "Disbursements",
        "Summary",
        "Results",
        "Areas and targets",
        "Beneficiaries to date",
        "Status",
        "Gender",
        "Main achievements",
        "Observations",
        "Secretariat missions",
        "Mid-term evaluation",
        "Before issuing",
    ]


def test_the_outline_of_two_languages_names_each_block_once_in_both(printed):
    titles = [title for level, title in _outline(PdfReader(BytesIO(printed("both"))).outline) if level == 1]
    assert titles.count("Resumen · Summary") == 1
    assert "Summary" not in titles


def _elements(node, language):
    """``(structure type, language in force)`` of the tree, in reading order."""
    for kid in node if isinstance(node, pikepdf.Array) else [node]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            own = str(kid.get("/Lang", language))
            yield str(kid["/S"])[1:], own
            if "/K" in kid:
                yield from _elements(kid["/K"], own)


def test_every_heading_is_declared_in_its_own_language(printed):
    written = [(tag.upper(), lang) for tag, lang in re.findall(r'<(h[234]) class="[^"]*" lang="(..)"', _html("both"))]
    with pikepdf.open(BytesIO(printed("both"))) as document:
        tree = [*_elements(document.Root.StructTreeRoot["/K"], "es")]
    shared = {"Presupuesto por agencia", "Desembolsos", "Beneficiarios a la fecha"}
    declared = [(kind, lang) for kind, lang in tree if kind in ("H2", "H3", "H4")]
    assert len(declared) == len(written) + len(shared)
    assert sum(lang == "en" for _kind, lang in declared) == sum(lang == "en" for _tag, lang in written) > 20


@pytest.mark.parametrize(("choice", "languages"), [("es", {"es"}), ("en", {"en"}), ("both", {"es", "en"})])
def test_passages_are_declared_in_the_languages_of_the_sheet(printed, choice, languages):
    with pikepdf.open(BytesIO(printed(choice))) as document:
        tree = [*_elements(document.Root.StructTreeRoot["/K"], str(document.Root.Lang))]
    assert {lang for kind, lang in tree if kind == "P"} == languages
    if choice == "both":
        kinds = [lang for kind, lang in tree if kind == "P"]
        assert abs(kinds.count("es") - kinds.count("en")) < 25


def _lowest(one):
    """Where the text of a page ends, in points from its foot; the running foot lies below 48."""
    heights = []
    one.extract_text(visitor_text=lambda text, cm, tm, *_font: text.strip() and heights.append(cm[5] + cm[3] * tm[5]))
    return min(height for height in heights if height > 48)


@pytest.mark.parametrize("choice", PRINTED)
def test_no_section_leaves_a_quarter_of_a_page_blank_before_it(printed, choice):
    pages = PdfReader(BytesIO(printed(choice))).pages[:-1]
    assert max(_lowest(one) for one in pages) < 842 / 4
