"""Findings on what texts and lists refer to: goals, agencies, links."""

import pytest

from programmes.findings import Level, Name
from programmes.findings.mentions import (
    ambiguous_acronyms,
    ambiguous_agencies,
    broken_links,
    broken_links_in_texts,
    can_be_followed,
    goal_exists,
    unknown_targets,
    unknown_targets_in_texts,
)
from programmes.models import Agency
from programmes.models.narrative import BilingualText
from reporting.finding_facts import ambiguous_names

PLACE = Name("Resumen", "Summary")
TOURISM = Agency(
    acronym_en="UNWTO", acronym_es="OMT", name_en="World Tourism Organization",
    name_es="Organización Mundial del Turismo", aliases=["WTO", "UN Tourism"],
)  # fmt: skip
TRADE = Agency(
    acronym_en="WTO", acronym_es="OMC", name_en="World Trade Organization",
    name_es="Organización Mundial del Comercio", aliases=[],
)  # fmt: skip
WTO = ambiguous_names([TOURISM, TRADE])


def written(es="", en=""):
    return [("id_text", BilingualText(es, en))]


def codes(found):
    return [finding.code for finding in found]


@pytest.mark.parametrize("code", ["1", "1.B", "1B", "7.D", "8.F"])
def test_millennium_goals_that_exist(code):
    assert goal_exists("MDG", code)


@pytest.mark.parametrize("code", ["1.Z", "0", "9", "2.B", "1.2", "", "B", "1.B.2"])
def test_millennium_goals_that_do_not(code):
    assert not goal_exists("MDG", code)


@pytest.mark.parametrize(("code", "exists"), [("17.19", True), ("17.a", False), ("5.c", True), ("5.7", False)])
def test_sustainable_goals(code, exists):
    assert goal_exists("SDG", code) == exists


def test_a_target_that_does_not_exist_is_an_error_at_its_row():
    (finding,) = unknown_targets([("MDG", "1.B"), ("MDG", "1.Z")])
    assert (finding.level, finding.code, finding.field) == (Level.ERROR, "unknown_target", "id_targets-1-target")
    assert finding.in_language("en").title == "There is no target MDG 1.Z"
    assert unknown_targets([("MDG", "1.B"), ("SDG", "8.5")]) == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("<p>Contribuye al ODM 1.Z.</p>", "ODM=1.Z"),
        ("<p>MDG1 :T9X;</p>", "MDG=9X"),
        ("<p>los ODS 18 y otros</p>", "ODS=18"),
        ("<p>Contribuye al ODM 1.B. Y más.</p>", None),
        ("<p>MDG1 :T1B;</p>", None),
        ("<p>ODS 2030, MDG-F, SDG 16.1.2</p>", None),
    ],
)
def test_goals_that_a_text_names(text, named):
    found = unknown_targets_in_texts("summary", PLACE, written(es=text))
    assert [finding.seen for finding in found] == ([named] if named else [])
    assert all(finding.field == "id_text_es" for finding in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>Con apoyo de la WTO.</p>", ["ambiguous_acronym"]),
        ("<p>Organización Mundial<br>del Turismo (WTO)</p>", []),
        ("<p>Organización Mundial del Turismo (WTO)</p>", []),
        ("<p>WTO/OMC</p>", []),
        ("<p>UNWTO, WTO-FAO</p>", []),
        ("<p>OMT</p>", []),
    ],
)
def test_an_acronym_of_several_agencies_is_asked_about_unless_the_text_says_which(text, expected):
    assert codes(ambiguous_acronyms("summary", PLACE, written(es=text), WTO)) == expected


def test_both_agencies_are_named_in_the_language_of_the_sentence():
    (finding,) = ambiguous_acronyms("summary", PLACE, written(en="<p>With the WTO</p>"), WTO)
    assert finding.in_language("en").title == "Which agency is WTO?"
    assert "World Tourism Organization and World Trade Organization" in finding.in_language("en").message
    assert "Organización Mundial del Turismo" in finding.in_language("es").message
    assert finding.field == "id_text_en"


def test_an_agency_of_the_budget_that_may_be_read_as_another():
    (finding,) = ambiguous_agencies([("FAO", "FAO"), ("WTO", "WTO")], WTO)
    assert (finding.code, finding.anchor, finding.field) == ("ambiguous_agency", "WTO", "id_budgets-1-agency")
    assert ambiguous_agencies([("UNWTO", "UNWTO")], WTO) == []


@pytest.mark.parametrize(
    "link", ["https://www.undp.org/a.pdf", "http://mdtf.undp.org:8080/x?y=1", "mailto:ana@undp.org"]
)
def test_links_that_can_be_followed(link):
    assert can_be_followed(link)
    assert broken_links("evaluations", PLACE, [("id_x", link), ("id_y", "")]) == []


@pytest.mark.parametrize(
    "link", ["http://informe", "http://C:/Informe.doc", "htp://undp.org", "#", "https://undp.org/mi informe.pdf",
             "https://undp.org…", "mailto:ana", "http://[", "http://undp..org"],
)  # fmt: skip
def test_links_that_lead_nowhere(link):
    (finding,) = broken_links("evaluations", PLACE, [("id_evaluations-0-report_url", link)])
    assert (finding.code, finding.field) == ("broken_link", "id_evaluations-0-report_url")


def test_a_link_inside_a_text():
    text = written(es='<p><a href="http://informe">a</a> <a href="https://undp.org/a?b=1&amp;c=2">b</a></p>')
    (finding,) = broken_links_in_texts("summary", PLACE, text)
    assert finding.field == "id_text_es"
    assert finding.in_language("en").message == "It is written “http://informe”."
