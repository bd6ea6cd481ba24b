"""Findings on texts, results, status and evaluations; and how a finding speaks."""

import pickle
from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from programmes.findings import Finding, Level, Name, Suggested, say
from programmes.findings.monitoring import (
    evaluation_incomplete,
    no_assessment,
    no_results,
    on_track_at_standstill,
    results_without_achievements,
)
from programmes.findings.narrative import blank_sections, no_coordinator, translations
from programmes.models.narrative import BilingualText, digest
from programmes.quantities import ND, Quantity, Sum

PLACE = Name("Resumen", "Summary")
LINK = "https://www.undp.org/informe.pdf"


def codes(found):
    return [finding.code for finding in found]


def fields(texts):
    return [(f"id_{row}", text) for row, text in enumerate(texts)]


def test_a_programme_without_coordinator_gets_a_note():
    (finding,) = no_coordinator("")
    assert (finding.level, finding.where) == (Level.NOTE, "parties")
    assert finding.in_language("en").message == ""
    assert no_coordinator("", "Ana Mora")[0].in_language("en").message == "Only the RCO contact is given."
    assert no_coordinator("Ana Mora") == []


def test_blank_sections_are_noted_by_name():
    sections = [("external-factors", Name("Factores externos", "External factors"), True), ("summary", PLACE, False)]
    (finding,) = blank_sections(sections)
    assert (finding.where, finding.level) == ("external-factors", Level.NOTE)
    assert finding.in_language("en").title == "“External factors” is blank"
    assert finding.in_language("es").place == "Factores externos"


def test_missing_translations_are_a_note_and_stale_ones_a_warning():
    texts = [
        BilingualText("hola", ""),
        BilingualText("uno", ""),
        BilingualText("dos", "two", confirmed=digest("2")),
        BilingualText("tres", "three", confirmed=digest("tres")),
        BilingualText("Isla", "", source="same"),
        BilingualText(),
    ]
    stale, missing = translations("summary", PLACE, fields(texts))
    assert (missing.code, missing.level, missing.seen[:5]) == ("translation_missing", Level.NOTE, "en=2;")
    assert (stale.code, stale.level, stale.seen[:5]) == ("translation_stale", Level.WARNING, "en=1;")
    assert (missing.field, stale.field) == ("id_0_en", "id_2_en")
    assert missing.in_language("en").title == "English is missing in 2 texts"
    assert stale.in_language("en").title == "The English of one text is out of date"


def test_a_translation_that_nobody_confirmed_is_not_called_out_of_date():
    first, stale = BilingualText("uno", "one"), BilingualText("dos", "two", confirmed=digest("2"))
    behind, waiting = translations("summary", PLACE, fields([first, stale]))
    assert (behind.code, behind.field) == ("translation_stale", "id_1_en")
    assert (waiting.code, waiting.level, waiting.field) == ("translation_unconfirmed", Level.WARNING, "id_0_en")
    said = waiting.in_language("en")
    assert said.title == "The English of one text is not confirmed yet"
    assert "has changed" not in said.message


def test_a_text_written_in_english_misses_its_spanish():
    (finding,) = translations("summary", PLACE, fields([BilingualText("", "hello", source="en")]))
    assert finding.anchor == "es"


def test_another_text_that_falls_behind_is_another_finding():
    one, two = (translations("summary", PLACE, fields([BilingualText(text, "")]))[0] for text in ("uno", "dos"))
    assert one.key != two.key
    assert one.key == translations("summary", PLACE, fields([BilingualText("uno", "")]))[0].key


def test_translations_that_are_current_are_quiet():
    assert translations("summary", PLACE, fields([BilingualText("uno", "one", confirmed=digest("uno"))])) == []


def test_results_without_achievements():
    (finding,) = results_without_achievements([("R1", 3), ("R3", 0)])
    assert (finding.anchor, finding.where) == ("R3", "achievements")


def test_a_programme_without_results():
    assert codes(no_results([])) == ["no_results"]
    assert no_results([("R1", 0)]) == []


def test_a_status_that_nobody_assessed():
    assert codes(no_assessment("")) == ["no_assessment"]
    assert no_assessment("delayed") == []


@pytest.mark.parametrize(
    ("performance", "made_on", "is_fully_paid", "expected"),
    [
        ("on_track", date(2010, 10, 30), False, ["on_track_at_standstill"]),
        ("on_track", date(2010, 10, 31), False, []),  # a year ago to the day
        ("on_track", date(2010, 10, 30), True, []),
        ("on_track", None, False, []),
        ("delayed", date(2010, 10, 30), False, []),
    ],
)
def test_on_track_while_money_stands_still(performance, made_on, is_fully_paid, expected):
    found = on_track_at_standstill(performance, made_on, is_fully_paid, date(2011, 10, 31))
    assert codes(found) == expected


@pytest.mark.parametrize(
    ("evaluation", "expected"),
    [
        (("mid_term", "pending", "", ""), ["evaluation_without_period", "evaluation_without_report"]),
        (("mid_term", "blank", LINK, LINK), ["evaluation_without_period"]),
        (("mid_term", "reported", "", ""), ["evaluation_without_report"]),
        (("mid_term", "reported", LINK, ""), ["evaluation_without_plan"]),
        (("final", "reported", LINK, LINK), []),
    ],
)
def test_evaluations_without_period_or_report(evaluation, expected):
    assert codes(evaluation_incomplete([evaluation])) == expected


# How a finding speaks


def test_a_finding_says_its_values_as_each_language_writes_them():
    message = say(
        _("%(day)s %(amount)s %(count_)s %(figure)s %(sum)s %(names)s %(level)s"),
        day=date(2013, 6, 18),
        amount=Decimal("54000"),
        count_=1242,
        figure=ND,
        sum=Sum(518, 2, 1),
        names=(Name("PNUD", "UNDP"), "FAO"),
        level=Quantity(3),
    )
    assert message.in_language("en") == "June 18, 2013 USD 54,000 1,242 nd ≥ 518 (1 of 3 missing) UNDP and FAO 3"
    assert message.in_language("es") == "Junio 18, 2013 USD 54,000 1,242 nd ≥ 518 (falta 1 de 3) PNUD y FAO 3"


def test_a_finding_speaks_the_active_language_and_can_be_kept():
    finding = Finding(
        Level.NOTE, "code", "budget", "seen", say(_("%(day)s"), day=date(2013, 6, 18)), stands_in=Name("Aquí", "Here")
    )
    kept = pickle.loads(pickle.dumps(finding))
    with override("es"):
        assert (kept.title, kept.place, kept.message, kept.suggestion) == ("Junio 18, 2013", "Aquí", "", "")
    with override("en"):
        assert (kept.title, kept.place) == ("June 18, 2013", "Here")


def test_a_suggested_figure_of_another_length_is_all_changed():
    assert Suggested(Decimal(99), Decimal(100)).parts == (("100", True),)
