"""Women and men by area on the sheet: bars that say what is missing, on screen and on paper, in one language or two."""

import json
import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import page
import pikepdf
import pytest
from django.core.management import call_command

from programmes.models import StatusAssessment
from programmes.quantities import Sum
from reporting.changes import changes
from reporting.rendering import render_html, render_pdf
from reporting.status_sheet import build_status_sheet, from_json, to_json
from reporting.status_sheet.reached import AgreedLine, AreaPersons
from tests.beneficiaries.sending import load

pytestmark = pytest.mark.django_db
AS_OF = date(2012, 1, 20)
AREAS = (
    AreaPersons("Coclé", Sum(120, 1, 0), Sum(60, 2, 1)),
    AreaPersons("Herrera", Sum(0, 1, 0), Sum(None, 0, 1)),
    AreaPersons("", Sum(5, 1, 0), Sum(7, 1, 0)),
)
LANGUAGES = [("es",), ("en",), ("es", "en")]


@pytest.fixture
def sheet(panama):
    return build_status_sheet(panama, AS_OF)


def by_area(sheet, *areas, **others):
    return replace(sheet, beneficiaries=replace(sheet.beneficiaries, areas=areas, **others))


def chart_in(html):
    return html.split('<div class="chart by-area"')[1].split("</section>")[0]


def area_of(chart, name):
    return chart.split(f">{name}</text>")[1].split('font-weight="600"')[0]


def figures(pdf):
    with pikepdf.open(BytesIO(pdf)) as document:
        assert document.check_pdf_syntax() == []
        tagged = [thing for thing in document.objects if isinstance(thing, pikepdf.Dictionary)]
        return [str(thing.get("/Alt", "")) for thing in tagged if thing.get("/S") == "/Figure"]


def test_the_value_has_women_and_men_of_each_area_in_the_sheets_order(panama, focal_point_fao):
    load(panama, focal_point_fao, {"C12": 30, "C10": 120, "D10": "nd"})
    areas = build_status_sheet(panama, AS_OF).beneficiaries.areas
    assert [area.name for area in areas] == ["Coclé", "Veraguas", ""]
    assert (areas[0].women, areas[1].women.known) == (Sum(120, 1, 0), 30)
    assert areas[0].men.known is None
    assert areas[2].women.known == 518


def test_while_nothing_is_known_by_area_the_sheet_is_as_before(sheet):
    assert sheet.beneficiaries.areas == ()
    assert "by-area" not in render_html(sheet, ("es", "en"))


def test_a_sheet_frozen_before_there_were_areas_is_read_and_printed_as_before(sheet):
    old = json.loads(to_json(sheet))
    del old["beneficiaries"]["areas"]
    assert from_json(json.dumps(old)) == sheet
    drawn = by_area(sheet, *AREAS)
    assert from_json(to_json(drawn)) == drawn


def test_one_area_alone_is_not_drawn(sheet):
    assert "by-area" not in render_html(by_area(sheet, AREAS[0], AREAS[2]), ("es",))


@pytest.mark.parametrize("languages", LANGUAGES)
def test_a_part_that_is_missing_is_hatched_and_no_data_is_a_dashed_box_and_never_a_bar(sheet, languages):
    chart = chart_in(render_html(by_area(sheet, *AREAS), languages))
    assert "<path d=" in area_of(chart, "Coclé")
    assert "≥ 60</text>" in area_of(chart, "Coclé")
    herrera = area_of(chart, "Herrera")
    assert ">0</text>" in herrera
    assert 'stroke-dasharray="2 2"/><text x="14"' in herrera
    assert "#0b5563" not in herrera
    assert "<path" not in herrera


def test_in_two_languages_it_stands_once_with_the_words_of_both(sheet):
    html = render_html(by_area(sheet, *AREAS), ("es", "en"))
    chart = chart_in(html)
    assert html.count('class="chart by-area"') == 1
    assert 'mujeres<span class="other" lang="en"> · women</span>' in chart or (
        'mujeres · <span class="other" lang="en">women</span>' in chart
    )
    assert ">Sin área · No area</text>" in chart
    (title,) = re.findall(r"<title[^>]*>(.*?)</title>", chart)
    assert "Coclé: mujeres 120, hombres ≥ 60." in title
    assert "Coclé: women 120, men ≥ 60." in title


@pytest.mark.parametrize("languages", LANGUAGES)
def test_on_paper_it_is_a_figure_that_says_its_numbers_and_the_same_file_twice(sheet, languages):
    html = render_html(by_area(sheet, *AREAS), languages)
    pdf = render_pdf(html)
    report = page.validate_pdf_bytes(pdf, profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    (said,) = [alt for alt in figures(pdf) if "Coclé" in alt]
    assert {"es": "Herrera: mujeres 0, hombres nd.", "en": "Herrera: women 0, men nd."}[languages[-1]] in said
    assert render_pdf(html) == pdf


def test_very_many_areas_fill_pages_that_break_between_images(sheet):
    many = [AreaPersons(f"Distrito {n}", Sum(n, 1, 0), Sum(2 * n, 1, 0)) for n in range(60)]
    html = render_html(by_area(sheet, *many), ("en",))
    assert "36 more areas have figures; those with most persons are drawn." in html
    assert len(re.findall(r"Distrito \d+</text>", html)) == 24
    assert len([alt for alt in figures(render_pdf(html)) if "Distrito" in alt]) == 4


def test_where_a_figure_was_agreed_the_chart_says_that_it_shows_sums(sheet):
    sentence = "By area the sums over the agencies, not the agreed figures."
    women = sheet.beneficiaries.rows[1]
    agreed = AgreedLine(women.category, women.label, "direct", 100, AS_OF, "Padrón")
    assert sentence not in render_html(by_area(sheet, *AREAS), ("en",))
    assert sentence in render_html(by_area(sheet, *AREAS, agreed=(agreed,)), ("en",))


def test_the_workspace_draws_it_in_the_language_of_the_sheet_and_describes_it(
    client_of, rco_panama, panama, focal_point_fao
):
    load(panama, focal_point_fao, {"C10": 120, "D10": "nd", "C11": 8})
    StatusAssessment.objects.create(programme=panama, assessed_on=AS_OF, performance="on_track")
    answer = client_of(rco_panama).get("/programmes/MDGF-2097/", headers={"accept-language": "en"})
    chart = chart_in(answer.text)
    assert "<title" in chart
    assert "Coclé" not in chart.split("<title")[1].split("</title>")[0]
    assert "Coclé: women 120, men nd." in chart.split("<desc")[1].split("</desc>")[0]


def test_the_command_writes_the_areas(panama, focal_point_fao, tmp_path):
    load(panama, focal_point_fao, {"C10": 120, "C11": 8})
    file = tmp_path / "sheet.json"
    call_command("render_sheet", "MDGF-2097", "--format", "json", "--as-of", "2012-01-20", "--output", str(file))
    areas = json.loads(file.read_text("utf-8"))["beneficiaries"]["areas"]
    assert [(area["name"], area["women"]["known"]) for area in areas] == [("Coclé", 120), ("Herrera", 8), ("", 518)]


def test_another_figure_of_an_area_is_one_change(sheet):
    other = by_area(sheet, replace(AREAS[0], women=Sum(140, 1, 0)), *AREAS[1:])
    (part,) = changes(by_area(sheet, *AREAS), other)
    (change,) = part.changes
    assert (change.block, change.difference) == ("beneficiaries", "+20")
