"""Each block's form, as a person without JavaScript fills it in."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from programmes.forms.edit_page import EditPage
from programmes.models import (
    Agency,
    Country,
    Disbursement,
    Evaluation,
    FinancialReport,
    Fund,
    Mission,
    Programme,
    SectionText,
    StatusAssessment,
)
from programmes.models.narrative import TextSource, Translation
from programmes.quantities import State
from tests.programmes.browsing import form_on


@pytest.fixture
def edit(client_of, rco_panama, panama):
    """``edit(section, {field: value}, language)`` → the answer; what is not named stays as the page shows it."""
    client = client_of(rco_panama)

    def edit(section, changes=None, language="es", press=None):
        address = reverse("programmes:section_edit", args=["MDGF-2097", section])
        headers = {"accept-language": language}
        data = form_on(client.get(address, headers=headers))
        for button in press or []:
            data = form_on(client.post(address, data | {"list_action": button}, headers=headers))
        unknown = set(changes or {}) - set(data) - {name for name in changes or {} if name.endswith("_same")}
        assert not unknown - {"performance", "sustainability-answer", "rco-role-not_applicable"}, unknown
        return client.post(address, data | (changes or {}), headers=headers)

    return edit


def errors(answer):
    return [str(message) for _id, message in answer.context["page"].errors]


BOTH = pytest.mark.parametrize("language", ["es", "en"])


@BOTH
def test_title_window_code_and_life_cycle(edit, panama, language):
    window = panama.fund.windows.exclude(pk=panama.window_id).first()
    changes = {"title_en": "A new title", "title_same": "on", "window": window.pk, "registry_code": "MDGF-2097-X"}
    assert edit("programme", changes | {"life_cycle": "suspended"}, language).status_code == 303
    after = Programme.objects.get(pk=panama.pk)
    assert (after.title_en, after.window, after.registry_code) == ("A new title", window, "MDGF-2097-X")
    assert (after.life_cycle, after.title.state("en")) == ("suspended", Translation.CURRENT)


def test_a_window_of_another_fund_is_refused(edit, panama):
    other = Fund.objects.create(code="X", name_es="X", name_en="X", acronym_es="X", acronym_en="X")
    window = other.windows.create(slug="w", name_es="w", name_en="w")
    assert edit("programme", {"window": window.pk}).status_code == 422


@BOTH
@pytest.mark.parametrize("typed", ["2011-07-01", "01/07/2011", "1 de julio de 2011", "Julio 1, 2011", "July 1, 2011"])
def test_dates_are_typed_as_people_type_them(edit, panama, typed, language):
    if (typed, language) == ("01/07/2011", "en"):
        answer = edit("dates", {"starts_on": typed}, language)
        assert "can be July 1, 2011 or January 7, 2011" in errors(answer)[0]
        assert form_on(answer)["starts_on"] == typed
        return
    changes = {"starts_on": typed, "approved_on": "", "ends_on": "31/12/2013", "extended_to_on": "2013-06-18"}
    assert edit("dates", changes | {"extension_approved_on": typed}, language).status_code == 303
    assert Programme.objects.get(pk=panama.pk).starts_on == date(2011, 7, 1)
    assert list(panama.revisions.values_list("number", "approved_on", "ends_on")) == [
        (1, None, date(2013, 12, 31)),
        (2, date(2011, 7, 1), date(2013, 6, 18)),
    ]


def test_only_the_corrected_revision_has_a_new_line_in_the_history(edit, panama):
    edit("dates", {"extended_to_on": "2013-06-18"})
    assert [revision.history.count() for revision in panama.revisions.all()] == [1, 2]
    assert panama.history.count() == 1


@BOTH
def test_agencies_budgets_are_swapped_added_and_stated_as_they_are(edit, panama, language):
    fao, undp = Agency.objects.get(acronym_en="FAO"), Agency.objects.get(acronym_en="UNDP")
    ilo = Agency.objects.get(acronym_en="ILO")
    changes = {
        "total_budget_usd": "8.000.100",
        "budgets-1-agency": undp.pk,
        "budgets-4-agency": fao.pk,
        "budgets-4-amount_usd": "2 493 100",
        "budgets-5-agency": ilo.pk,
        "budgets-5-amount_usd": "1,234.50",
    }
    assert edit("budget", changes, language, press=["budgets:add"]).status_code == 303
    revision = panama.revisions.last()
    assert revision.total_budget_usd == Decimal("8000100")
    assert list(revision.agency_budgets.values_list("agency__acronym_en", "amount_usd"))[1:] == [
        ("UNDP", Decimal("1839500")),
        ("UNIDO", Decimal("2067168")),
        ("UNCTAD", Decimal("797732")),
        ("FAO", Decimal("2493100")),
        ("ILO", Decimal("1234.50")),
    ]
    assert panama.revisions.first().agency_budgets.get(agency=fao).amount_usd == Decimal("1839500")


def test_the_sum_and_its_difference_are_shown_as_typed(edit):
    answer = edit("budget", {"budgets-4-amount_usd": "2,493,100"}, "en", press=["sum"])
    assert answer.status_code == 303
    refused = edit("budget", {"budgets-4-amount_usd": "1.839"}, "en")
    assert "can be read as 1839 or as 1.84" in errors(refused)[0]
    assert refused.context["page"].sums["gap"] == Decimal("2493100")


def test_an_agency_stands_in_a_budget_once(edit):
    fao = Agency.objects.get(acronym_en="FAO")
    answer = edit("budget", {"budgets-4-agency": fao.pk}, "en")
    assert errors(answer) == ["Agency 5 – Agency: The agency already has a budget in this revision."]


@BOTH
def test_disbursements_are_made_planned_reordered_and_shared(edit, panama, language):
    fao = Agency.objects.get(acronym_en="FAO")
    changes = {
        "disbursements-2-state": "made",
        "disbursements-2-on": "2011-11-02",
        "disbursements-2-amount_usd": "1,500,000",
        f"disbursements-2-share_{fao.pk}": "500 000",
        "disbursements-3-state": "planned",
        "disbursements-3-amount_usd": "900,000",
    }
    assert edit("disbursements", changes, language, press=["disbursements:add"]).status_code == 303
    third, fourth = panama.disbursements.filter(ordinal__gte=3)
    assert (third.state, third.made_on, third.amount_usd) == ("made", date(2011, 11, 2), Decimal("1500000"))
    assert [(share.agency, share.amount_usd) for share in third.shares.all()] == [(fao, Decimal("500000"))]
    assert (fourth.transferred.state, fourth.amount_usd) == (State.PENDING, Decimal("900000"))
    assert edit("disbursements", press=["disbursements:up:3", "disbursements:remove:0"]).status_code == 303
    assert list(panama.disbursements.values_list("ordinal", "amount_usd")) == [
        (1, Decimal("3089466")),
        (2, Decimal("900000")),
        (3, Decimal("1500000")),
    ]


def test_a_disbursement_that_was_made_has_a_day_and_an_amount(edit, panama):
    answer = edit("disbursements", {"disbursements-2-state": "made"}, "en")
    assert errors(answer) == [
        "Disbursement 3 – Date: Write the day on which it was made, or choose “planned”.",
        "Disbursement 3 – Amount, USD: Write the amount that was paid, or choose “planned”.",
    ]
    future = {"disbursements-2-state": "made", "disbursements-2-on": "2199-01-01", "disbursements-2-amount_usd": "0"}
    assert set(errors(edit("disbursements", future, "en"))) == {
        "Disbursement 3 – Date: This day has not come yet: choose “planned”, or check the date.",
        "Disbursement 3: The amount must be above zero; leave it blank when it is not known yet.",
    }
    assert panama.disbursements.get(ordinal=3).state == Disbursement.State.PLANNED


@BOTH
def test_a_text_is_written_as_lines_and_stored_as_rich_text(edit, panama, language):
    changes = {"gender-text_es": "Una línea.\n- Uno\n- Dos", "gender-text_en": "A line.", "gender-text_same": "on"}
    assert edit("gender", changes, language).status_code == 303
    text = SectionText.objects.get(programme=panama, section__slug="gender").text
    assert text.es == "<p>Una línea.</p><ul><li><p>Uno</p></li><li><p>Dos</p></li></ul>"
    assert (text.en, text.state("en")) == ("<p>A line.</p>", Translation.CURRENT)


def test_a_changed_source_leaves_the_translation_out_of_date_until_it_is_confirmed(edit, panama):
    edit("gender", {"gender-text_es": "Otra línea."})
    text = SectionText.objects.get(programme=panama, section__slug="gender")
    assert text.text.state("en") == Translation.STALE
    edit("gender", {"gender-text_same": "on"})
    text.refresh_from_db()
    assert text.text.state("en") == Translation.CURRENT


def test_sub_heads_are_saved_together_and_only_the_changed_one_is_written(edit, panama):
    edit("paris-declaration", {"accountability-text_en": "Joint field visits."})
    texts = SectionText.objects.filter(programme=panama, section__parent__slug="paris-declaration")
    written = {text.section.slug: text.history.count() for text in texts}
    assert written["leadership"] == 1
    new = texts.get(section__slug="accountability").text
    assert (new.state("en"), new.state("es")) == (Translation.ORIGINAL, Translation.MISSING)


@BOTH
@pytest.mark.parametrize("answer", ["yes", "no", ""])
def test_a_plan_is_answered_yes_no_or_not_at_all(edit, panama, answer, language):
    edit("sustainability", {"sustainability-answer": answer}, language)
    assert SectionText.objects.get(programme=panama, section__slug="sustainability").answer == answer


def test_a_countrys_text_is_written_for_all_overridden_and_returned_to(edit, panama):
    other = Programme.objects.create(code="MDGF-1", country=panama.country, fund=panama.fund)
    edit("delivering-as-one", {"rco-role-text_es": "Para todos."})
    shared = SectionText.objects.get(section__slug="rco-role", country=panama.country)
    assert shared.text_es == "<p>Para todos.</p>"
    other.refresh_from_db()
    assert other.version == 2
    edit("delivering-as-one", {"rco-role-scope": "programme", "rco-role-text_es": "Solo aquí."})
    own = SectionText.objects.get(section__slug="rco-role", programme=panama)
    shared.refresh_from_db()
    assert (own.text_es, shared.text_es) == ("<p>Solo aquí.</p>", "<p>Para todos.</p>")
    edit("delivering-as-one", {"rco-role-scope": "return"})
    assert not SectionText.objects.filter(section__slug="rco-role", programme=panama).exists()


@pytest.mark.parametrize("typed", ["Para todos.", ""])
def test_who_writes_the_countrys_text_prints_it_instead_of_the_programmes_own(edit, panama, typed):
    edit("delivering-as-one", {"rco-role-scope": "programme", "rco-role-text_es": "Solo aquí."})
    edit("delivering-as-one", {"rco-role-scope": "country", "rco-role-text_es": typed})
    (printed,) = SectionText.objects.filter(section__slug="rco-role")
    assert (printed.country, printed.text_es) == (panama.country, typed and "<p>Para todos.</p>")
    removed = SectionText.history.filter(history_type="-").get()
    assert (removed.programme_id, removed.text_es) == (panama.pk, "<p>Solo aquí.</p>")


def test_a_countrys_text_is_locked_before_it_is_compared_and_its_programmes_in_one_order(edit, panama, monkeypatch):
    """On PostgreSQL two people who write it from two programmes then come one after the other."""
    for code in ("MDGF-1", "MDGF-2"):
        Programme.objects.create(code=code, country=panama.country, fund=panama.fund)
    locked = []
    lock, merged = QuerySet.select_for_update, EditPage._merged

    def noted(rows, *args, **kwargs):
        locked.append((rows.model.__name__, rows.query.order_by))
        return lock(rows, *args, **kwargs)

    monkeypatch.setattr(QuerySet, "select_for_update", noted)
    monkeypatch.setattr(EditPage, "_merged", lambda page: locked.append("compared") or merged(page))
    assert edit("delivering-as-one", {"rco-role-text_es": "Para todos."}).status_code == 303
    written = locked[locked.index(("Country", ())) :]
    assert written == [("Country", ()), ("Programme", ()), "compared", ("Programme", ()), ("Programme", ("pk",))]
    locked.clear()
    edit("summary", {"summary-text_es": "Solo aquí."})
    assert "Country" not in dict(entry for entry in locked if entry != "compared")


def test_not_applicable_does_not_stand_beside_a_text(edit):
    answer = edit("delivering-as-one", {"rco-role-not_applicable": "on"}, "en")
    assert errors(answer) == [
        "Role of the RCO and synergies with other JPs: There is a text: remove it, or leave this unticked."
    ]


@BOTH
def test_results_and_achievements_are_added_in_order(edit, panama, language):
    changes = {"results-4-statement_en": "A fifth result."}
    assert edit("results", changes, language, press=["results:add"]).status_code == 303
    fifth = panama.results.get(number=5)
    part = f"result{fifth.pk}"
    changes = {f"{part}-0-text_es": "Segundo.", f"{part}-1-text_es": "Primero."}
    assert edit("achievements", changes, language, press=[f"{part}:add", f"{part}:add"]).status_code == 303
    assert edit("achievements", {}, language, press=[f"{part}:down:0"]).status_code == 303
    assert [achieved.text_es for achieved in fifth.achievements.all()] == ["Primero.", "Segundo."]


@BOTH
def test_areas_and_targets(edit, panama, language):
    bocas = panama.country.areas.get(slug="bocas-del-toro")
    sdg = panama.programme_targets.model._meta.get_field("target").related_model.objects.get(framework="SDG", code="5")
    changes = {"areas-3-state": "planned", "areas-4-area": bocas.pk, "targets-1-target": sdg.pk}
    assert edit("areas", changes, language, press=["areas:add", "targets:add", "areas:up:3"]).status_code == 303
    assert [(str(row.area), row.state) for row in panama.programme_areas.all()][2:] == [
        ("Chiriquí", "deferred"),
        ("Veraguas", "planned"),
        ("Bocas del Toro", "active"),
    ]
    assert [str(row) for row in panama.programme_targets.all()] == ["MDG 1.B", "SDG 5"]


def test_an_area_of_another_country_is_refused(edit, panama):
    elsewhere = Country.objects.create(iso2="XX", iso3="XXX", name_es="Otro", name_en="Other")
    area = elsewhere.areas.create(slug="copan", name="Copán", kind="departamento")
    assert edit("areas", {"areas-0-area": area.pk}).status_code == 422


@BOTH
def test_a_new_status_is_a_new_assessment_with_its_reason(edit, panama, rco_panama, language):
    refused = edit("status", {"performance": "on_track", "assessed_on": "2012-02-01"}, "en")
    assert errors(refused) == ["Reason for the change: Say why the status changes: the Secretariat will read it."]
    changes = {"performance": "on_track", "assessed_on": "2012-02-01", "reason": "Las áreas volvieron a trabajar."}
    assert edit("status", changes, language).status_code == 303
    first, second = panama.status_assessments.order_by("pk")
    assert (first.performance, first.assessed_by) == ("delayed", None)
    assert (second.performance, second.reason) == ("on_track", "Las áreas volvieron a trabajar.")
    assert (second.assessed_by, second.assessed_on) == (rco_panama, date(2012, 2, 1))


def test_other_words_correct_the_stored_assessment(edit, panama):
    edit("status", {"narrative_es": "Otras palabras."})
    assessment = panama.status_assessments.get()
    assert (assessment.narrative_es, assessment.history.count()) == ("<p>Otras palabras.</p>", 2)


def test_a_status_is_not_assessed_in_the_future_nor_before_the_last_one(edit):
    assert errors(edit("status", {"assessed_on": "2199-01-01"}, "en")) == [
        "Assessed on: This day has not come yet: check the date."
    ]
    assert errors(edit("status", {"assessed_on": "2010-01-01"}, "en")) == [
        "Assessed on: The last assessment is of October 31, 2011: write that day or a later one."
    ]


@BOTH
def test_missions_know_their_month_or_their_day(edit, panama, language):
    changes = {"missions-2-held": "Noviembre 2011", "missions-2-members": "Ana Ruiz\nLuis Vega\n\nAna Ruiz"}
    changes |= {"missions-0-held": "18/02/2011", "members": "Paula Pelaez"}
    assert edit("missions", changes, language, press=["missions:add"]).status_code == 303
    held = {(mission.held_on, mission.precision) for mission in panama.missions.all()}
    assert held >= {(date(2011, 2, 18), "day"), (date(2011, 11, 1), "month")}
    assert len(held) == 3
    newest = panama.missions.get(held_on=date(2011, 11, 1))
    assert [member.name for member in newest.members.all()] == ["Ana Ruiz", "Luis Vega"]
    assert [member.name for member in panama.mission_members.filter(mission=None)] == ["Paula Pelaez"]


def test_a_mission_is_recorded_once_it_was_held(edit, panama, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: date(2012, 3, 14))
    for typed in ("2012-03-15", "April 2012"):
        answer = edit("missions", {"missions-3-held": typed}, "en", press=["missions:add"])
        assert errors(answer) == ["Mission 4 – Held on: This day has not come yet: check the date."]
    assert panama.missions.count() == 3
    changes = {"missions-3-held": "March 2012", "missions-1-held": "2012-03-14"}
    assert edit("missions", changes, "en", press=["missions:add"]).status_code == 303


@BOTH
def test_an_evaluation_is_known_pending_or_blank(edit, panama, language):
    assert edit("evaluations", {"evaluations-0-period_state": "reported"}, language).status_code == 422
    changes = {"evaluations-0-starts_on": "marzo 2012", "evaluations-0-ends_on": "05/2012"}
    changes |= {"evaluations-0-period_state": "reported", "evaluations-0-report_url": "example.org/informe"}
    assert edit("evaluations", changes, language).status_code == 303
    evaluation = panama.evaluations.get()
    assert (evaluation.starts_on, evaluation.ends_on) == (date(2012, 3, 1), date(2012, 5, 1))
    assert evaluation.report_url == "https://example.org/informe"
    answer = edit("evaluations", {"evaluations-0-ends_on": "01/2012"}, "en")
    assert errors(answer) == ["Evaluation 1: The evaluation must not end before it starts: check both months."]
    assert Evaluation.objects.get(programme=panama).ends_on == date(2012, 5, 1)


@BOTH
def test_finances_are_a_report_per_agency_and_date(edit, panama, language):
    fao = Agency.objects.get(acronym_en="FAO")
    row = f"agency-{fao.pk}"
    changes = {f"{row}-as_of_on": "2011-10-31", f"{row}-committed_usd": "486,200", f"{row}-spent_state": "nd"}
    assert edit("finances", changes, language).status_code == 303
    report = FinancialReport.objects.get(programme=panama)
    assert (report.agency, report.committed.value, report.spent.state) == (fao, Decimal("486200"), State.ND)
    edit("finances", {f"{row}-committed_usd": "486,300"}, language)
    edit("finances", {f"{row}-as_of_on": "2011-12-31", f"{row}-committed_usd": "500,000"}, language)
    reports = panama.financial_reports.order_by("as_of_on").values_list("as_of_on", "committed_usd")
    assert list(reports) == [(date(2011, 10, 31), Decimal("486300")), (date(2011, 12, 31), Decimal("500000"))]


def test_only_a_reported_figure_has_an_amount(edit, panama):
    row = f"agency-{Agency.objects.get(acronym_en='FAO').pk}"
    answer = edit("finances", {f"{row}-committed_usd": "5", f"{row}-committed_state": "nd"}, "en")
    assert errors(answer) == [
        "FAO – As of: Write the day up to which the figures count.",
        "FAO – Committed to date, USD: There is an amount, and “no data” is chosen: choose “reported” to keep the "
        "amount, or clear it.",
    ]
    assert not panama.financial_reports.exists()


def test_a_name_may_be_the_same_in_both_languages(edit, panama):
    edit("parties", {"entities-0-name_es": "AMPYME", "entities-0-name_en": "", "entities-0-name_source": "same"})
    name = panama.government_entities.first().name
    assert (name.es, name.en, name.source) == ("AMPYME", "AMPYME", TextSource.SAME)
    changes = {"entities-1-name_es": "Uno", "entities-1-name_en": "One", "entities-1-name_source": "same"}
    assert "The two languages differ." in errors(edit("parties", changes, "en"))[0]


def test_nothing_is_confirmed_before_it_is_written(edit, panama):
    answer = edit("status", {"narrative_en": "", "narrative_same": "on"}, "en")
    assert errors(answer) == ["Write the text in both languages first, or leave this unticked."]
    assert StatusAssessment.objects.get(programme=panama).history.count() == 1


def test_missions_that_go_take_their_members_along(edit, panama):
    edit("missions", {"missions-0-members": "Ana Ruiz"})
    gone = Mission.objects.filter(programme=panama).first()
    edit("missions", press=["missions:remove:0"])
    assert not Mission.objects.filter(pk=gone.pk).exists()
    assert not panama.mission_members.filter(name="Ana Ruiz").exists()
