"""Receiving and confirming: nothing counts before it is confirmed, and then all of it or nothing."""

from datetime import date

import pytest

from beneficiaries.models import Basis, Count, Submission
from beneficiaries.spreadsheets import loading, writing_counts
from beneficiaries.spreadsheets.messages import Refused
from programmes.access import MissingRight
from tests.beneficiaries.files import csv_bytes, ods, rows_of, xlsx
from tests.beneficiaries.sending import TODAY, load, period, receive, template

pytestmark = pytest.mark.django_db
FIGURES = {"B10": 2, "C10": 40, "D10": 30, "C11": "nd", "C14": 0}


def refusal(call, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        call(*args, **kwargs)
    return [problem.code for problem in refused.value.problems]


def state():
    """Everything that an upload may change."""
    return (
        list(Submission.objects.order_by("pk").values_list("pk", "status", "revision", "content_digest")),
        Count.objects.count(),
        Submission.history.count(),
    )


def test_a_received_file_is_kept_and_nothing_of_it_counts(panama, focal_point_fao):
    counts = Count.objects.count()
    data = template(panama, FIGURES)
    submission = receive(panama, focal_point_fao, data)
    assert (submission.status, submission.revision, Count.objects.count()) == ("uploaded", None, counts)
    with submission.file.open("rb") as kept:
        assert kept.read() == data
    assert (submission.file_name, len(submission.file_sha256), submission.uploaded_by) == (
        "f.xlsx",
        64,
        focal_point_fao,
    )


def test_confirmed_it_is_the_first_revision_with_every_count_and_its_cell(panama, focal_point_fao):
    version = panama.version
    submission = load(panama, focal_point_fao, FIGURES)
    stored = {
        (count.area.name if count.area else None, count.category.code, count.reach): (
            count.value,
            count.state,
            count.cell,
        )
        for count in submission.counts.select_related("area", "category")
    }
    assert (submission.status, submission.revision, submission.unchanged) == ("accepted", 1, False)
    assert stored["Coclé", "women", "direct"] == (40, "reported", "Beneficiarios!C10")
    assert stored["Herrera", "women", "direct"] == (None, "nd", "Beneficiarios!C11")
    assert stored[None, "women", "direct"] == (0, "reported", "Beneficiarios!C14")
    assert stored["Herrera", "men", "direct"] == (None, "blank", "Beneficiarios!D11")
    assert not any(area == "Veraguas" for area, _category, _reach in stored)
    panama.refresh_from_db()
    assert panama.version == version + 1


def test_the_history_says_who_confirmed_and_why(panama, focal_point_fao, rco_panama):
    submission = receive(panama, focal_point_fao, template(panama, FIGURES))
    loading.confirm(submission, by=rco_panama, today=TODAY, reason="Revisado por la OCR")
    last = submission.history.first()
    assert (last.history_user, last.history_change_reason, last.status) == (
        rco_panama,
        "Revisado por la OCR",
        "accepted",
    )


@pytest.mark.parametrize("make", [ods, csv_bytes, xlsx])
def test_the_same_figures_again_change_nothing_whatever_the_format(panama, focal_point_fao, make):
    first = load(panama, focal_point_fao, FIGURES)
    before = state()
    again = receive(panama, focal_point_fao, make(rows_of(template(panama, FIGURES))), name="otro.dat")
    assert (again.pk, again.unchanged, state()) == (first.pk, True, before)


def test_the_same_submission_confirmed_twice_is_loaded_once(panama, focal_point_fao):
    submission = receive(panama, focal_point_fao, template(panama, FIGURES))
    loading.confirm(submission, by=focal_point_fao, today=TODAY)
    before = state()
    again = loading.confirm(submission, by=focal_point_fao, today=TODAY)
    assert (again.unchanged, state()) == (True, before)


def test_a_new_revision_supersedes_and_deletes_nothing(panama, focal_point_fao):
    first = load(panama, focal_point_fao, FIGURES)
    second = load(panama, focal_point_fao, FIGURES | {"C10": 41})
    first.refresh_from_db()
    assert (second.revision, first.status, first.counts.count()) == (2, "accepted", second.counts.count())


def test_going_back_to_earlier_figures_is_a_revision_of_its_own(panama, focal_point_fao):
    load(panama, focal_point_fao, FIGURES)
    load(panama, focal_point_fao, FIGURES | {"C10": 41})
    assert load(panama, focal_point_fao, FIGURES).revision == 3


def test_the_second_of_two_people_is_told_that_something_else_was_loaded(panama, focal_point_fao, rco_panama):
    mine = receive(panama, focal_point_fao, template(panama, FIGURES))
    theirs = receive(panama, rco_panama, template(panama, FIGURES | {"C10": 99}))
    loading.confirm(theirs, by=rco_panama, today=TODAY, against=0)
    before = state()
    with pytest.raises(loading.Outdated) as outdated:
        loading.confirm(mine, by=focal_point_fao, today=TODAY, against=0)
    assert (outdated.value.current, state()) == (theirs, before)
    assert loading.confirm(mine, by=focal_point_fao, today=TODAY, against=1).revision == 2


def test_a_failure_in_the_middle_loads_nothing(panama, focal_point_fao, monkeypatch):
    submission = receive(panama, focal_point_fao, template(panama, FIGURES))
    before, version = state(), panama.version

    def fail(*args, **kwargs):
        raise RuntimeError("the database went away")

    monkeypatch.setattr(writing_counts, "write", fail)
    with pytest.raises(RuntimeError):
        loading.confirm(submission, by=focal_point_fao, today=TODAY)
    panama.refresh_from_db()
    assert (state(), panama.version) == (before, version)


def test_a_file_with_problems_keeps_its_preview_and_cannot_be_confirmed(panama, focal_point_fao):
    submission = receive(panama, focal_point_fao, template(panama, FIGURES | {"C10": -1, "D11": "doce"}))
    assert len(submission.reading["problems"]) == 2
    before = state()
    assert refusal(loading.confirm, submission, by=focal_point_fao, today=TODAY) == ["negative", "not_a_number"]
    assert state() == before


def test_an_open_question_is_answered_from_the_kept_file(panama, focal_point_fao):
    submission = receive(panama, focal_point_fao, template(panama, FIGURES | {"C10": "1.839"}))
    assert refusal(loading.confirm, submission, by=focal_point_fao, today=TODAY) == ["unanswered"]
    answers = {"numbers:women_direct": "1839"}
    loading.answer(submission, answers=answers, by=focal_point_fao, today=TODAY)
    confirmed = loading.confirm(submission, by=focal_point_fao, today=TODAY)
    assert confirmed.counts.filter(value=1839).count() == 1


def test_an_answer_does_not_change_what_was_confirmed_while_it_was_read(panama, focal_point_fao, monkeypatch):
    submission = receive(panama, focal_point_fao, template(panama, FIGURES | {"C10": "1.839"}))
    examine = loading.examine

    def meanwhile(*arguments):
        Submission.objects.filter(pk=submission.pk).update(status="accepted", revision=1, content_digest="confirmed")
        return examine(*arguments)

    monkeypatch.setattr(loading, "examine", meanwhile)
    answers = {"numbers:women_direct": "1839"}
    answered = loading.answer(submission, answers=answers, by=focal_point_fao, today=TODAY)
    assert (answered.status, answered.content_digest) == ("accepted", "confirmed")
    stored = Submission.objects.get(pk=submission.pk)
    assert (stored.content_digest, stored.reading["answers"]) == ("confirmed", {})


def test_a_file_whose_history_cannot_be_written_is_not_kept_at_all(
    panama, focal_point_fao, monkeypatch, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    data, before = template(panama, FIGURES), state()
    monkeypatch.setattr(Submission.history.model, "save", lambda *_arguments, **_options: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        receive(panama, focal_point_fao, data)
    assert (state(), [path for path in tmp_path.rglob("*") if path.is_file()]) == (before, [])


def test_a_nul_deep_in_a_text_becomes_a_mark_that_can_be_kept(panama, focal_point_fao):
    rows = [["Área", "Mujeres (directo)"], *[["Coclé", ""]] * 600, ["Co\0clé", 4]]
    submission = receive(panama, focal_point_fao, csv_bytes(rows), name="f.csv")
    assert "\0" not in str(submission.reading)
    assert "Co\N{REPLACEMENT CHARACTER}clé" in str(submission.reading)


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.4",
        b"",
        xlsx([["Cédula", "Mujeres (directo)"], ["8-123-456", 1]]),
        xlsx([["Área", "Mujeres (directo)", "Nombre completo"], ["Coclé", 1, "Ana"]]),
    ],
)
def test_what_cannot_or_must_not_be_kept_leaves_no_trace(panama, focal_point_fao, data, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    before = state()
    refusal(receive, panama, focal_point_fao, data)
    assert (state(), list(tmp_path.rglob("*"))) == (before, [])


def test_a_cumulative_figure_that_falls_needs_a_reason(panama, focal_point_fao):
    load(panama, focal_point_fao, {"C10": 40}, basis=Basis.CUMULATIVE, code="2011-S1")
    data = template(panama, {"C10": 30})
    lower = receive(panama, focal_point_fao, data, basis=Basis.CUMULATIVE)
    assert refusal(loading.confirm, lower, by=focal_point_fao, today=TODAY) == ["reason_for_fall"]
    confirmed = loading.confirm(lower, by=focal_point_fao, today=TODAY, reason="Contadas dos veces")
    assert (confirmed.revision, confirmed.reason) == (1, "Contadas dos veces")


def test_new_figures_may_be_fewer_than_the_last_ones(panama, focal_point_fao):
    load(panama, focal_point_fao, {"C10": 40}, code="2011-S1")
    assert load(panama, focal_point_fao, {"C10": 4}).revision == 1


def test_who_may_send_for_whom(panama, focal_point_fao, rco_panama, secretariat, administrator, reader, stranger):
    data = template(panama, FIGURES, "UNIDO")
    for person in (focal_point_fao, secretariat, administrator, reader, stranger):
        with pytest.raises(MissingRight):
            receive(panama, person, data, of="UNIDO")
    with pytest.raises(MissingRight):
        receive(panama, focal_point_fao, template(panama, FIGURES, "programme"), of="programme")
    assert receive(panama, rco_panama, data, of="UNIDO").pk
    assert receive(panama, rco_panama, template(panama, FIGURES, "programme"), of="programme").pk


def test_nobody_confirms_what_another_agency_sent(panama, focal_point_fao, rco_panama):
    submission = receive(panama, rco_panama, template(panama, FIGURES, "UNIDO"), of="UNIDO")
    with pytest.raises(MissingRight):
        loading.confirm(submission, by=focal_point_fao, today=TODAY)


def test_an_agency_that_does_not_take_part_is_refused(panama, rco_panama):
    assert refusal(receive, panama, rco_panama, b"x", of="UNICEF") == ["agency_not_in_programme"]


def test_a_period_that_has_not_started_is_refused(panama, rco_panama):
    assert refusal(receive, panama, rco_panama, b"x", today=date(2011, 6, 30)) == ["period_not_started"]


def test_figures_reach_to_a_day_of_the_period_that_has_come(panama, rco_panama):
    data = template(panama, FIGURES)
    assert refusal(receive, panama, rco_panama, data, today=date(2011, 9, 1)) == ["counted_to_outside_period"]
    assert receive(panama, rco_panama, data, today=date(2011, 9, 1), counted_to_on=date(2011, 8, 31)).pk


def test_in_a_closed_period_only_rco_staff_revise_and_say_why(panama, focal_point_fao, rco_panama):
    closed = period()
    closed.closed_on = date(2012, 1, 10)
    closed.save()
    data = template(panama, FIGURES)
    assert refusal(receive, panama, focal_point_fao, data) == ["period_closed"]
    submission = receive(panama, rco_panama, data)
    assert refusal(loading.confirm, submission, by=rco_panama, today=TODAY) == ["period_closed_reason"]
    assert loading.confirm(submission, by=rco_panama, today=TODAY, reason="Llegó tarde").revision == 1


def test_loading_takes_as_many_queries_for_four_areas_as_for_one(
    panama, focal_point_fao, django_assert_max_num_queries
):
    every = {f"{letter}{row}": 5 for letter in "BCDEFGHI" for row in range(10, 14)}
    submission = receive(panama, focal_point_fao, template(panama, every))
    with django_assert_max_num_queries(32):
        loading.confirm(submission, by=focal_point_fao, today=TODAY)
    assert submission.counts.count() == 32
