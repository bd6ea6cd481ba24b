"""Withdrawing loaded figures: the previous revision returns, everybody sees who did it and why, nothing is deleted."""

from datetime import date

import pytest

from beneficiaries.models import ProgrammeTotal, Submission
from beneficiaries.spreadsheets import loading
from beneficiaries.spreadsheets.messages import Refused
from beneficiaries.totals import to_date
from beneficiaries.withdrawing import Moved, effect_of, withdraw
from programmes.access import MissingRight
from tests.beneficiaries.sending import TODAY, load, period, receive, template

pytestmark = pytest.mark.django_db
WHY = "Counted twice."


def women(programme):
    return to_date(programme, TODAY).row("women").direct.known


def refusal(verb):
    with pytest.raises(Refused) as refused:
        verb()
    return [problem.code for problem in refused.value.problems]


@pytest.fixture
def first(panama, focal_point_fao):
    return load(panama, focal_point_fao, {"C10": 40})


@pytest.fixture
def second(panama, focal_point_fao, first):
    return load(panama, focal_point_fao, {"C10": 55, "C11": 5})


def test_the_previous_revision_returns(panama, focal_point_fao, second):
    assert women(panama) == 518 + 60
    withdraw(second, by=focal_point_fao, today=TODAY, reason=WHY)
    assert women(panama) == 518 + 40
    assert second.counts.count() > 0


def test_withdrawing_a_superseded_revision_changes_no_total(panama, focal_point_fao, first, second):
    effect = effect_of(first, TODAY)
    assert (effect.counts_now, effect.returns.pk, effect.changes_totals) == (False, second.pk, False)
    withdraw(first, by=focal_point_fao, today=TODAY, reason=WHY)
    assert women(panama) == 518 + 60
    withdraw(second, by=focal_point_fao, today=TODAY, reason=WHY)
    assert women(panama) == 518


def test_who_when_and_why_stay_with_it_and_in_the_history(panama, focal_point_fao, first):
    version = panama.version
    withdraw(first, by=focal_point_fao, today=TODAY, reason=f" {WHY} ")
    kept = Submission.objects.get(pk=first.pk)
    assert (kept.withdrawn_by, kept.withdrawn_reason) == (focal_point_fao, WHY)
    last = kept.history.first()
    assert (last.status, last.history_user, last.history_change_reason) == ("withdrawn", focal_point_fao, WHY)
    assert kept.history.filter(status="accepted").exists()
    panama.refresh_from_db()
    assert panama.version > version


def test_the_kept_totals_are_counted_in_the_same_transaction(panama, focal_point_fao, first):
    withdraw(first, by=focal_point_fao, today=TODAY, reason=WHY)
    panama.refresh_from_db()
    kept = ProgrammeTotal.objects.get(programme=panama, category__code="women", reach="direct")
    assert (kept.known, kept.version) == (518, panama.version)


def test_the_same_file_can_be_loaded_again_as_a_new_revision(panama, focal_point_fao, first):
    withdraw(first, by=focal_point_fao, today=TODAY, reason=WHY)
    again = receive(panama, focal_point_fao, template(panama, {"C10": 40}))
    assert not again.unchanged
    loading.confirm(again, by=focal_point_fao, today=TODAY, against=0)
    assert (again.revision, women(panama)) == (2, 558)


def test_it_is_withdrawn_once_and_never_before_it_was_loaded(panama, focal_point_fao, first):
    as_seen = Submission.objects.get(pk=first.pk)
    withdraw(first, by=focal_point_fao, today=TODAY, reason=WHY)
    again = lambda: withdraw(as_seen, by=focal_point_fao, today=TODAY, reason="Another")  # noqa: E731
    assert refusal(again) == ["withdrawn_already"]
    assert Submission.objects.get(pk=first.pk).withdrawn_reason == WHY
    waiting = receive(panama, focal_point_fao, template(panama, {"C10": 41}))
    assert refusal(lambda: withdraw(waiting, by=focal_point_fao, today=TODAY, reason=WHY)) == ["not_loaded"]


def test_without_a_reason_nothing_is_withdrawn(focal_point_fao, first):
    assert refusal(lambda: withdraw(first, by=focal_point_fao, today=TODAY, reason="  ")) == ["withdrawal_reason"]
    assert Submission.objects.get(pk=first.pk).status == "accepted"


def test_nobody_withdraws_what_is_not_theirs(panama, focal_point_fao, rco_panama, secretariat, first):
    theirs = load(panama, rco_panama, {"C10": 4}, of="UNIDO")
    base = panama.submissions.get(agency=None)
    for submission, person in ((theirs, focal_point_fao), (base, focal_point_fao), (first, secretariat)):
        with pytest.raises(MissingRight):
            withdraw(submission, by=person, today=TODAY, reason=WHY)


def test_in_a_closed_period_only_rco_staff_withdraw(focal_point_fao, rco_panama, first):
    closed = period()
    closed.closed_on = date(2012, 1, 15)
    closed.save()
    first.period.refresh_from_db()
    assert refusal(lambda: withdraw(first, by=focal_point_fao, today=TODAY, reason=WHY)) == ["period_closed"]
    withdraw(first, by=rco_panama, today=TODAY, reason=WHY)


def test_what_was_shown_is_what_happens(panama, focal_point_fao, first, second):
    seen = effect_of(second, TODAY).digest
    load(panama, focal_point_fao, {"C10": 56})
    with pytest.raises(Moved):
        withdraw(second, by=focal_point_fao, today=TODAY, reason=WHY, seen=seen)
    assert Submission.objects.get(pk=second.pk).status == "accepted"
    withdraw(second, by=focal_point_fao, today=TODAY, reason=WHY, seen=effect_of(second, TODAY).digest)


def test_the_effect_names_totals_areas_and_findings(panama, focal_point_fao, first, second):
    effect = effect_of(second, TODAY)
    changed = {row.label_en: total for row in effect.rows for total in row.by_reach.values() if not total.is_same}
    assert [(label, total.before.known, total.after.known) for label, total in changed.items()] == [("Women", 578, 558)]
    [first_area, second_area] = effect.areas
    assert (first_area.total.before.known, first_area.total.after.known) == (55, 40)
    assert (second_area.total.before.known, second_area.total.after.known) == (5, None)
    assert effect_of(first, TODAY).areas == ()


def test_an_agency_falls_silent_when_nothing_remains(panama, focal_point_fao, first):
    effect = effect_of(first, TODAY)
    lapsing, arising = effect.findings({})
    assert effect.returns is None
    assert "silent_agency" in {finding.code for finding in arising}
    assert {finding.code for finding in lapsing} <= {"silent_agency", "overlaps_base"}
    assert ("FAO" in effect.before.silent, "FAO" in effect.after.silent) == (False, True)


def test_the_effect_is_none_when_somebody_else_has_withdrawn_the_last_one_meanwhile(panama, focal_point_fao):
    seen = load(panama, focal_point_fao, {"C10": 40})
    withdraw(Submission.objects.get(pk=seen.pk), by=focal_point_fao, today=TODAY, reason="Counted twice")
    effect = effect_of(seen, TODAY)
    assert (effect.returns, effect.changes_totals) == (None, False)
