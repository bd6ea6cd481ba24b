"""Verbs: all or nothing, in a person's name, and only what changed is written."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError

from programmes.actions import (
    budgets,
    disbursements,
    finances,
    missions,
    narrative,
    places,
    programmes,
    results,
    status,
)
from programmes.actions.writing import writing
from programmes.models import (
    Achievement,
    AgencyBudget,
    Disbursement,
    FinancialReport,
    Mission,
    Programme,
    ProgrammeTarget,
    Result,
    SectionText,
    StatusAssessment,
)


def fail_after_writing(programme, by):
    with writing(programme, by):
        Programme.objects.filter(pk=programme.pk).update(coordinator_name="Nadie")
        raise RuntimeError


def test_writing_moves_the_version_once_and_undoes_everything_when_it_fails(panama, rco_panama):
    with writing(panama, rco_panama):
        panama.coordinator_name = "Inés Batista"
        panama.save()
    assert panama.version == 2
    with pytest.raises(RuntimeError):
        fail_after_writing(panama, rco_panama)
    stored = Programme.objects.get(pk=panama.pk)
    assert (stored.coordinator_name, stored.version) == ("Inés Batista", 2)


def test_results_change_places_although_their_numbers_are_unique(panama, rco_panama):
    first, second, third, fourth = panama.results.all()
    new = Result(statement_es="Nuevo")
    results.arrange_all(programme=panama, results=[fourth, new, first, third], by=rco_panama, reason="Orden nuevo")
    assert [result.pk for result in panama.results.all()] == [fourth.pk, new.pk, first.pk, third.pk]
    assert [result.number for result in panama.results.all()] == [1, 2, 3, 4]
    assert first.history.count() == 2
    assert Result.history.filter(id=second.pk).first().history_type == "-"
    assert first.history.first().history_change_reason == "Orden nuevo"
    assert not Result.history.filter(number__gt=100).exists()


def test_an_untouched_list_writes_nothing(panama, rco_panama):
    results.arrange_all(programme=panama, results=list(panama.results.all()), by=rco_panama)
    results.arrange_achievements(
        programme=panama,
        achievements={result: list(result.achievements.all()) for result in panama.results.all()},
        by=rco_panama,
    )
    assert Result.history.count() == 4
    assert Achievement.history.count() == 10


def test_agencies_swap_their_budgets(panama, rco_panama):
    revision = panama.revisions.last()
    rows = list(revision.agency_budgets.all())
    rows[0].agency, rows[1].agency = rows[1].agency, rows[0].agency
    before = {budget.agency_id: budget.pk for budget in revision.agency_budgets.all()}
    budgets.state(programme=panama, revision=revision, agency_budgets=rows, by=rco_panama)
    after = {budget.agency_id: budget.pk for budget in revision.agency_budgets.all()}
    assert after == before
    assert [budget.amount_usd for budget in revision.agency_budgets.all()][:2] == [802500, 1839500]
    assert AgencyBudget.history.filter(revision=revision, history_type="-").count() == 0


def test_shares_of_a_disbursement_are_added_corrected_and_removed(panama, rco_panama):
    fao, undp = (panama.revisions.last().agency_budgets.get(agency__acronym_en=name).agency for name in ("FAO", "UNDP"))
    listed = list(panama.disbursements.all())

    def arrange(shares):
        disbursements.arrange_all(
            programme=panama, disbursements=listed, shares=[shares, {}, {}], by=rco_panama, reason="Aviso"
        )
        return {share.agency: share.amount_usd for share in listed[0].shares.all()}

    assert arrange({fao: Decimal(5), undp: Decimal(7)}) == {fao: 5, undp: 7}
    assert arrange({fao: Decimal(6)}) == {fao: 6}
    assert arrange({}) == {}
    assert Disbursement.history.count() == 3


def test_a_disbursement_that_the_database_refuses_changes_nothing(panama, rco_panama):
    listed = list(panama.disbursements.all())
    listed[0].amount_usd = Decimal(1)
    listed[1].amount_usd = Decimal(-1)
    with pytest.raises(IntegrityError):
        disbursements.arrange_all(programme=panama, disbursements=listed, shares=[{}, {}, {}], by=rco_panama)


def test_a_countrys_text_moves_the_version_of_every_programme_of_the_country(panama, rco_panama):
    sibling = Programme.objects.create(code="MDGF-1", country=panama.country, fund=panama.fund)
    shared = SectionText.objects.get(section__slug="rco-role", country=panama.country)
    shared.text_es = "<p>Nuevo.</p>"
    narrative.write(programme=panama, texts=[shared], by=rco_panama)
    sibling.refresh_from_db()
    assert (panama.version, sibling.version) == (2, 2)


def test_a_judgement_on_another_day_is_another_assessment(panama, rco_panama):
    assessment = panama.status_assessments.get()
    assessment.assessed_on = date(2012, 1, 31)
    status.assess(programme=panama, assessment=assessment, by=rco_panama)
    first, second = panama.status_assessments.all()
    assert (first.assessed_on, first.assessed_by) == (date(2011, 10, 31), None)
    assert (second.assessed_by, second.narrative) == (rco_panama, first.narrative)


def test_the_first_assessment_of_a_programme(panama, rco_panama):
    fresh = Programme.objects.create(code="MDGF-1", country=panama.country, fund=panama.fund)
    given = StatusAssessment(programme=fresh, assessed_on=date(2011, 1, 1), performance="on_track")
    assert status.assess(programme=fresh, assessment=given, by=rco_panama).assessed_by == rco_panama


def test_members_who_stay_are_not_written_again(panama, rco_panama):
    held = list(panama.missions.all())
    for names in (["Ana Ruiz", "Luis Vega"], ["Ana Ruiz"]):
        missions.arrange_all(
            programme=panama,
            missions=held,
            members=[names, *([] for _ in held[1:])],
            members_of_unknown_mission=[],
            by=rco_panama,
        )
    ana = held[0].members.get()
    assert (ana.name, ana.history.count(), Mission.history.count()) == ("Ana Ruiz", 1, len(held))


def test_a_report_for_the_same_date_is_corrected(panama, rco_panama, focal_point_fao):
    agency = focal_point_fao.current_memberships[0].agency
    for spent in (5, 6):
        given = FinancialReport(agency=agency, as_of_on=date(2011, 10, 31), spent_usd=spent, spent_state="reported")
        finances.report(programme=panama, reports=[given], by=focal_point_fao)
    report = panama.financial_reports.get()
    assert (report.spent.value, report.history.count()) == (6, 2)
    assert report.history.first().history_user == focal_point_fao


def test_a_target_that_is_replaced_is_one_gone_and_one_added(panama, rco_panama):
    target = panama.programme_targets.get()
    other = type(target.target).objects.exclude(pk=target.target_id).first()
    places.arrange_all(
        programme=panama,
        areas=list(panama.programme_areas.all()),
        targets=[ProgrammeTarget(target=other)],
        by=rco_panama,
    )
    assert [row.target for row in panama.programme_targets.all()] == [other]
    assert ProgrammeTarget.history.filter(history_type="-").get().target == target.target


def test_dates_of_revisions_are_corrected_each_on_its_own(panama, rco_panama):
    revisions = list(panama.revisions.all())
    revisions[1].ends_on = date(2013, 6, 18)
    programmes.set_dates(programme=panama, changed=panama, revisions=revisions, by=rco_panama)
    assert [revision.history.count() for revision in revisions] == [1, 2]


def test_a_page_writes_its_own_columns_only(panama, rco_panama):
    """Two pages save the programme's row: one must not bring back the other's older values."""
    read_before = Programme.objects.get(pk=panama.pk)
    Programme.objects.filter(pk=panama.pk).update(registry_code="MDGF-2097-X", starts_on="2010-01-01")
    read_before.coordinator_name = "Inés Batista"
    programmes.set_parties(programme=panama, changed=read_before, government_entities=[], by=rco_panama)
    stored = Programme.objects.get(pk=panama.pk)
    assert (stored.coordinator_name, stored.registry_code, stored.starts_on) == (
        "Inés Batista", "MDGF-2097-X", date(2010, 1, 1)
    )  # fmt: skip
