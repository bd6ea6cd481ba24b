"""How a sheet becomes a page: languages side by side, what is missing said, nothing fetched from outside."""

import importlib
import sys
import urllib.request
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import page
import pytest
from pypdf import PdfReader

from programmes.models import BilingualText
from programmes.models.narrative import digest
from programmes.quantities import NA, PENDING, Sum
from reporting import passages, rendering
from reporting.imprint import Imprint
from reporting.rendering import PangoMissing, _engine, render_html, render_pdf, self_contained, warm_up
from reporting.status_sheet import build_status_sheet
from reporting.status_sheet.values import DisbursementLine, ResultLine

AS_OF = date(2011, 10, 31)


@pytest.fixture
def sheet(panama):
    return build_status_sheet(panama, AS_OF)


def words(html):
    return " ".join(html.split())


def pages(pdf):
    return PdfReader(BytesIO(pdf)).pages


def is_accessible(pdf):
    return page.is_pdf_compliant_bytes(pdf, profile="ua1")


# ------------------------------------------------------------------ languages


def test_two_languages_stand_in_pairs(sheet):
    html = words(render_html(sheet, ("es", "en")))
    assert (
        '<h2 class="es" lang="es" data-outline="Resumen · Summary">Resumen</h2><h2 class="en" lang="en">Summary' in html
    )


def test_one_language_does_not_speak_the_other(sheet):
    html = render_html(sheet, ("en",))
    assert 'lang="es"' not in html
    assert "Reducción" not in html


def test_texts_are_paired_paragraph_against_paragraph():
    rows = passages.paired("<p>Uno</p><ul><li>dos</li></ul>", "<p>One</p><ul><li>two</li></ul>")
    assert [(left.html, right.html) for left, right in rows] == [("Uno", "One"), ("dos", "two")]


def test_texts_that_are_built_differently_make_one_pair():
    ((left, right),) = passages.paired("<p>Uno</p><p>dos</p>", "<ul><li>One</li><li>two</li></ul>")
    assert left.html == "<p>Uno</p><p>dos</p>"
    assert right.html == "<ul><li>One</li><li>two</li></ul>"


def in_gender(sheet, text):
    (section,) = sheet.gender
    return replace(sheet, gender=(replace(section, text=text),))


def test_a_text_without_translation_falls_back_with_a_boxed_mark_and_its_language(sheet):
    html = words(render_html(in_gender(sheet, BilingualText(es="<p>Solo español</p>")), ("en",)))
    assert '<span class="tag fallback">es</span></p><div lang="es"><p>Solo español</p></div>' in html


def test_beside_its_source_a_missing_translation_is_named_and_not_repeated(sheet):
    html = words(render_html(in_gender(sheet, BilingualText(es="<p>Solo español</p>")), ("es", "en")))
    assert html.count("Solo español") == 1
    assert '<span class="tag">not translated</span>' in html


def test_a_short_text_without_translation_falls_back_too(sheet):
    (first, *others) = sheet.results
    alone = replace(sheet, results=(replace(first, statement=BilingualText(es="Solo español")), *others))
    html = words(render_html(alone, ("en",)))
    assert '<span lang="es">Solo español</span> <span class="tag fallback">es</span>' in html


def test_a_translation_that_fell_behind_is_marked(sheet):
    stale = BilingualText(es="<p>Nuevo</p>", en="<p>Old</p>", confirmed=digest("<p>Viejo</p>"))
    assert "out of date: the Spanish changed" in render_html(in_gender(sheet, stale), ("es", "en"))
    unconfirmed = render_html(in_gender(sheet, replace(stale, confirmed="")), ("es", "en"))
    assert "translation not confirmed yet" in unconfirmed
    assert "out of date" not in unconfirmed
    current = replace(stale, confirmed=digest("<p>Nuevo</p>"))
    assert "out of date: the Spanish changed" not in render_html(in_gender(sheet, current), ("es", "en"))


# ------------------------------------------------------------------ missing is not zero


def test_what_is_missing_is_printed_as_what_it_is(sheet):
    women, men = (row for row in sheet.beneficiaries.rows if row.unit == "persons")
    rows = (replace(women, direct=Sum(518, 2, 1)), replace(men, direct=Sum(None, 0, 0), indirect=Sum(None, 0, 2)))
    html = words(render_html(replace(sheet, beneficiaries=replace(sheet.beneficiaries, rows=rows)), ("en",)))
    assert '≥ 518<small class="coverage">1 of 3 missing</small>' in html
    assert '<span class="nd">not applicable</span>' in html
    assert html.count('title="asked, no data">nd</abbr>') == 1


def test_the_legend_of_nd_is_printed_only_where_nd_is_used(sheet):
    assert "it is not zero" in render_html(sheet, ("en",))
    rows = tuple(replace(row, indirect=Sum(1, 1, 0)) for row in sheet.beneficiaries.rows)
    complete = replace(sheet, beneficiaries=replace(sheet.beneficiaries, rows=rows))
    assert "it is not zero" not in render_html(complete, ("en",))


def test_a_disbursement_that_was_not_made_is_pending_even_when_it_is_announced(sheet):
    line = DisbursementLine(3, None, date(2012, 3, 1), PENDING, Decimal(1_500_000))
    announced = replace(sheet, disbursements=replace(sheet.disbursements, lines=(line,)))
    html = words(render_html(announced, ("en",)))
    assert "planned for March 1, 2012" in html
    assert '1,500,000</span> <span class="pend">pending</span>' in html


def test_a_rate_without_a_denominator_is_not_printed_as_zero(sheet):
    without = replace(sheet, disbursements=replace(sheet.disbursements, share=NA))
    assert "\u00a0%" not in render_html(without, ("en",)).split("Budget by agency")[0]
    assert "Transferred, 64.0\u00a0%" in render_html(sheet, ("en",))


def test_an_assessment_of_every_kind_has_a_shape_of_its_own(sheet):
    shapes = set()
    for performance in ("", "on_track", "needs_attention", "delayed", "stalled", "reformulation", "completed"):
        html = render_html(replace(sheet, status=replace(sheet.status, performance=performance)), ("en",))
        mark = html.split('<svg class="status-mark"')[1].split("</svg>")[0].split("</title>")[1]
        shapes.add(" ".join(mark.split()))
    assert len(shapes) == 7


# ------------------------------------------------------------------ drafts


def test_a_draft_says_so_with_its_date_and_lists_what_is_open(sheet):
    html = words(render_html(sheet, ("en",)))
    assert 'data-mark="MDGF-2097 · DRAFT"' in html
    assert "Data as of October 31, 2011" in html
    gaps = html.split("Before issuing")[1]
    assert "The agencies add up to USD 54,000 less than the stated total" in gaps
    assert "Is it June 18, 2013?" in gaps
    assert "Blank: Coordinator, Innovative elements in accountability and External factors" in gaps


def test_a_sheet_that_is_no_draft_says_nothing_of_it(sheet):
    html = render_html(sheet, ("en",), imprint=Imprint(3, date(2011, 11, 30), "http://testserver/verify/abc/"))
    assert "DRAFT" not in html
    assert "Before issuing" not in html


# ------------------------------------------------------------------ hostile and outsized


def test_markup_in_names_and_texts_is_only_text(sheet):
    hostile = in_gender(sheet, BilingualText(es="<script>alert(1)</script><p>Hola</p>", en="<p onclick='x'>Hi</p>"))
    hostile = replace(hostile, parties=replace(hostile.parties, coordinator_name="<b>Ana</b>"))
    html = render_html(hostile, ("es", "en"))
    assert "alert(1)" not in html
    assert "onclick" not in html
    assert "&lt;b&gt;Ana&lt;/b&gt;" in html


def test_nothing_is_fetched_from_the_disk_or_the_network(monkeypatch, tmp_path):
    secret = tmp_path / "secret.css"
    secret.write_text("p { color: red }")
    opened = []
    monkeypatch.setattr(
        urllib.request.OpenerDirector, "open", lambda self, request, *rest, **kw: opened.append(request) or 1 / 0
    )
    pdf = render_pdf(
        f"""<!doctype html><html lang="en"><head><title>x</title><link rel="stylesheet" href="{secret.as_uri()}">
        <link rel="attachment" href="{secret.as_uri()}"><style>@import url("http://example.org/a.css");
        @font-face {{ font-family: f; src: url("file:///etc/passwd") }}
        p {{ background: url("http://example.org/b.png") }}
        </style></head><body><p>Text <img src="{secret.as_uri()}" alt="a"><img src="https://example.org/c.png" alt="c">
        <a rel="attachment" href="{secret.as_uri()}">d</a></p></body></html>"""
    )
    assert opened == []
    assert b"EmbeddedFile" not in pdf
    assert "Text" in pages(pdf)[0].extract_text()


def test_only_the_sheets_own_static_files_have_an_address():
    fetcher = _engine().fetcher
    assert fetcher.fetch("https://static.ficha.invalid/css/tokens.css").read().startswith(b"/* Ficha")
    for address in ("https://static.ficha.invalid/../manage.py", "https://static.ficha.invalid/css/app.css"):
        with pytest.raises(ValueError, match="disallowed"):
            fetcher.fetch(address)


def test_a_text_of_ten_pages_runs_over_them_and_keeps_its_end(sheet):
    long = "<p>" + "Una frase que se repite para llenar la hoja. " * 900 + "Fin del texto.</p>"
    also = "<p>" + "A sentence that is repeated to fill the page. " * 900 + "End of the text.</p>"
    pdf = render_pdf(render_html(in_gender(sheet, BilingualText(es=long, en=also)), ("es", "en")))
    text = " ".join(" ".join(one.extract_text() for one in pages(pdf)).split())
    assert len(pages(pdf)) > 10
    assert "Fin del texto." in text
    assert "End of the text." in text
    assert is_accessible(pdf)


def test_thirty_results_with_their_achievements_fit(sheet):
    text = BilingualText(es="Un logro del programa.", en="An achievement of the programme.")
    results = tuple(ResultLine(f"R{n}", text, text, BilingualText(), (text,) * 5, ()) for n in range(1, 31))
    pdf = render_pdf(render_html(replace(sheet, results=results), ("es", "en")))
    assert "R30" in " ".join(one.extract_text() for one in pages(pdf))
    assert is_accessible(pdf)


def test_lists_inside_lists_and_links_stay_accessible(sheet):
    nested = "<p>Ver <a href='https://example.org/a'>aquí</a></p><ol><li><p>a</p><ul><li><p>b</p></li></ul></li></ol>"
    for languages in (("es",), ("es", "en")):
        pdf = render_pdf(render_html(in_gender(sheet, BilingualText(es=nested, en=nested)), languages))
        assert is_accessible(pdf)


# ------------------------------------------------------------------ around it


def test_the_page_as_a_file_carries_its_stylesheet(sheet):
    html = self_contained(render_html(sheet, ("en",)))
    assert "<style>" in html
    assert "<link" not in html
    assert "@page" in html


def test_without_pango_the_line_to_type_is_said(monkeypatch):
    class NoPango:
        """Stands where WeasyPrint's import would fail on a machine without the library."""

        def find_spec(self, name, path=None, target=None):
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [NoPango(), *sys.meta_path])
    _engine.cache_clear()
    try:
        with pytest.raises(PangoMissing, match="apt-get install"):
            render_pdf("<p>x</p>")
    finally:
        _engine.cache_clear()


def test_a_web_server_makes_what_printing_needs_before_anybody_asks():
    _engine.cache_clear()
    warm_up().join()
    assert _engine.cache_info().currsize == 1


def test_without_pango_a_web_server_starts_in_silence(monkeypatch):
    def missing():
        raise PangoMissing

    monkeypatch.setattr(rendering, "_engine", missing)
    warm_up().join()  # what a thread raises fails the test


def test_the_door_of_the_web_server_warms_up(monkeypatch):
    started = []
    monkeypatch.setattr(rendering, "warm_up", lambda: started.append(True))
    monkeypatch.delitem(sys.modules, "config.wsgi", raising=False)
    importlib.import_module("config.wsgi")
    assert started == [True]


def test_an_amount_is_never_rounded_away(sheet):
    (first, *others) = sheet.money.agencies
    cents = replace(sheet.money, agencies=(replace(first, approved_usd=Decimal("802500.25")), *others))
    assert "802,500.25" in render_html(replace(sheet, money=cents), ("en",))
