"""The cycle of a sheet: who may do what when, what is frozen, and that it never changes again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from hashlib import sha256

import pytest
from django.core import mail
from django.db import connection
from django.utils.translation import override

from programmes.access import MissingRight
from programmes.models import Agency, Period, Result, Section, User
from reporting import commenting, issued_files, issuing, published, rendering
from reporting.models import MOVES, RIGHT_TO, IssueState, Move, SheetIssue
from reporting.status_sheet import from_json, to_json
from tests.at_once import patiently
from tests.reporting.submitting import AS_OF, AT, issue, submit


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def quick(monkeypatch):
    """Typesetting is tested elsewhere: here the page that would be set is what the file holds."""
    monkeypatch.setattr(rendering, "render_pdf", lambda html: b"%PDF" + html.encode())


@pytest.fixture
def submitted(panama, rco_panama, quick):
    return submit(panama, rco_panama)


def contents(sheet):
    return {file.language: issued_files.path_of(file.sha256).read_bytes() for file in sheet.files.all()}


# ------------------------------------------------------------------ the moves


def test_every_state_says_where_it_leads_and_every_move_of_a_person_has_its_right():
    assert set(MOVES) == set(IssueState)
    assert {move for moves in MOVES.values() for move in moves} == set(Move)
    assert set(RIGHT_TO) == set(Move) - {Move.SUPERSEDE}


@pytest.mark.parametrize("state", IssueState)
@pytest.mark.parametrize("move", [Move.SEND_BACK, Move.ISSUE, Move.WITHDRAW])
def test_what_the_table_does_not_allow_is_refused_and_changes_nothing(submitted, secretariat, state, move):
    number = {"number": 9, "token": "t", "issued_at": AT} if state not in ("draft", "submitted", "sent_back") else {}
    withdrawn = {"withdrawn_at": AT, "withdrawn_reason": "x"} if state == "withdrawn" else {}
    if state == IssueState.ISSUED:
        SheetIssue.objects.filter(number=1).update(state="superseded")
    SheetIssue.objects.filter(pk=submitted.pk).update(state=state, **number, **withdrawn)
    given = {"issue": submitted, "by": secretariat, "at": AT}
    verbs = {
        Move.SEND_BACK: lambda: issuing.send_back(comments={"budget": "Why?"}, **given),
        Move.ISSUE: lambda: issuing.issue(seen_digest=submitted.frozen.digest, **given),
        Move.WITHDRAW: lambda: issuing.withdraw(reason="A wrong total.", **given),
    }
    if move in MOVES[state]:
        assert verbs[move]().state == MOVES[state][move]
    else:
        with pytest.raises(issuing.NotNow):
            verbs[move]()
        assert SheetIssue.objects.get(pk=submitted.pk).state == state


def test_who_may_move_a_sheet(submitted, rco_panama, secretariat, focal_point_fao, administrator, panama):
    given = {"issue": submitted, "at": AT}
    for person in (rco_panama, focal_point_fao, administrator):
        with pytest.raises(MissingRight):
            issuing.send_back(comments={"budget": "Why?"}, by=person, **given)
        with pytest.raises(MissingRight):
            issuing.issue(seen_digest=submitted.frozen.digest, by=person, **given)
        with pytest.raises(MissingRight):
            issuing.withdraw(reason="x", by=person, **given)
    with pytest.raises(MissingRight):
        submit(panama, secretariat)


# ------------------------------------------------------------------ submitting


def test_submitting_freezes_the_value_and_records_the_endorsement(submitted, rco_panama, panama):
    assert submitted.state == IssueState.SUBMITTED
    assert (submitted.resident_coordinator, submitted.endorsed_on) == ("Ana Real", date(2012, 1, 12))
    assert sha256(submitted.frozen.value.encode()).hexdigest() == submitted.frozen.digest
    assert to_json(from_json(submitted.frozen.value)) == submitted.frozen.value
    assert submitted.history.get().history_user == rco_panama


def test_open_warnings_stop_it_until_they_are_accepted(panama, rco_panama):
    with pytest.raises(issuing.Incomplete) as refused:
        issuing.submit(
            programme=panama, period=Period.objects.get(code="2011-S2"), languages="both", endorsement=None,
            seen_version=panama.version, as_of=AS_OF, by=rco_panama, at=AT,
        )  # fmt: skip
    assert {finding.code for finding in refused.value.findings} == {"budget_gap", "extension_before_end"}
    assert not panama.sheet_issues.open().exists()


def test_a_language_that_is_incomplete_stops_only_what_is_issued_in_it(panama, rco_panama):
    Result.objects.filter(programme=panama, number=1).update(statement_en="")
    type(panama).objects.filter(pk=panama.pk).update(version=99)
    panama.refresh_from_db()
    for languages in ("both", "en"):
        with pytest.raises(issuing.Incomplete) as refused:
            submit(panama, rco_panama, languages=languages)
        assert [finding.code for finding in refused.value.findings] == ["translation_missing"]
    assert submit(panama, rco_panama, languages="es").languages == "es"


def test_a_period_is_submitted_once_and_a_closed_one_with_a_reason(submitted, panama, rco_panama):
    with pytest.raises(issuing.NotNow, match="submitted"):
        submit(panama, rco_panama)
    Period.objects.filter(code="2011-S1").update(closed_on=date(2011, 9, 1))
    with pytest.raises(issuing.Refused, match="2011-S1 is closed"):
        submit(panama, rco_panama, period="2011-S1")
    late = submit(panama, rco_panama, period="2011-S1", reason="The first one never arrived.")
    assert late.history.get().history_change_reason == late.reason


def test_what_has_changed_since_the_page_was_opened_is_looked_at_again(panama, rco_panama):
    with pytest.raises(issuing.Refused, match="has changed since"):
        submit(panama, rco_panama, seen_version=1)


# ------------------------------------------------------------------ sending back


def test_it_is_sent_back_with_comments_which_are_answered_and_resolved(submitted, secretariat, rco_panama, panama):
    with pytest.raises(issuing.Refused, match="at least one comment"):
        issuing.send_back(issue=submitted, comments={"budget": "  "}, by=secretariat, at=AT)
    issuing.send_back(issue=submitted, comments={"budget": "Why?", "summary": "Long"}, by=secretariat, at=AT)
    first, second = submitted.comments.all()
    done = commenting.answer(comment=first, text="Mended.", is_resolved=True, by=rco_panama, at=AT)
    assert (done.answer, done.answered_by, done.resolved_by) == ("Mended.", rco_panama, rco_panama)
    with pytest.raises(issuing.Refused, match="Write an answer"):
        commenting.answer(comment=second, text="", is_resolved=False, by=rco_panama, at=AT)
    assert commenting.answer(comment=first, text="", is_resolved=False, by=secretariat, at=AT).is_open
    again = submit(panama, rco_panama)
    assert (again.pk, again.state, again.comments.count()) == (submitted.pk, IssueState.SUBMITTED, 2)


def test_an_answer_is_written_while_the_sheet_is_on_its_way(submitted, secretariat, rco_panama, focal_point_fao):
    comment = submitted.comments.create(block="budget", text="Why?", by=secretariat, at=AT)
    with pytest.raises(MissingRight):
        commenting.answer(comment=comment, text="I say.", is_resolved=False, by=focal_point_fao, at=AT)
    issue(submitted, secretariat)
    with pytest.raises(issuing.NotNow):
        commenting.answer(comment=comment, text="Late.", is_resolved=True, by=rco_panama, at=AT)


# ------------------------------------------------------------------ issuing


def test_issuing_gives_the_next_number_and_supersedes_what_was_in_force(submitted, secretariat, panama):
    issued = issue(submitted, secretariat)
    first = panama.sheet_issues.get(number=1)
    assert (issued.number, issued.state, first.state) == (2, IssueState.ISSUED, IssueState.SUPERSEDED)
    assert first.superseded_by == issued
    assert set(contents(issued)) == {"es", "en", "both"}
    for file in issued.files.all():
        assert sha256(issued_files.path_of(file.sha256).read_bytes()).hexdigest() == file.sha256
    assert b"Status sheet no. 2" in contents(issued)["en"]
    assert f"testserver/verify/{issued.token}/".encode() in contents(issued)["both"]


def test_what_is_issued_in_one_language_has_one_file(panama, rco_panama, secretariat, quick):
    assert set(contents(issue(submit(panama, rco_panama, languages="es"), secretariat))) == {"es"}


def test_a_sheet_that_was_submitted_anew_meanwhile_is_not_issued_unseen(submitted, secretariat):
    with pytest.raises(issuing.Refused, match="submitted this sheet anew"):
        issuing.issue(issue=submitted, seen_digest="0" * 64, by=secretariat, at=AT)


def test_without_its_files_nothing_is_issued(submitted, secretariat, monkeypatch):
    def fails(html):
        raise rendering.PangoMissing

    monkeypatch.setattr(rendering, "render_pdf", fails)
    with pytest.raises(rendering.PangoMissing):
        issue(submitted, secretariat, at=AT.replace(day=21))
    submitted.refresh_from_db()
    assert (submitted.state, submitted.number, submitted.files.count()) == (IssueState.SUBMITTED, None, 0)
    assert SheetIssue.objects.get(number=1).state == IssueState.ISSUED


def test_the_same_page_is_not_set_twice(quick, monkeypatch):
    first = issued_files.rendered("<p>Una vez</p>")
    monkeypatch.setattr(rendering, "render_pdf", None)
    assert issued_files.rendered("<p>Una vez</p>") == first


def test_nothing_that_changes_later_changes_an_issued_sheet(submitted, secretariat, rco_panama, panama):
    issued = issue(submitted, secretariat)
    pages = {choice: published.paper(issued, choice, "en") for choice in ("es", "en", "both")}
    files = contents(issued)
    Agency.objects.update(name_es="Otra", name_en="Another", acronym_es="XX")
    Section.objects.filter(fund=panama.fund).update(label_es="Otro título", label_en="Another title", position=1)
    Result.objects.filter(programme=panama).update(statement_es="Otro resultado", statement_en="Another result")
    panama.country.name_es = "Otro país"
    panama.country.save()
    panama.disbursements.all().delete()
    panama.submissions.update(status="withdrawn")
    summary = panama.section_texts.get(section__slug="summary")
    summary.text_es, summary.text_en = "<p>Otro resumen</p>", "<p>Another summary</p>"
    summary.save()
    type(panama).objects.filter(pk=panama.pk).update(title_es="Otro", title_en="Other", version=500)
    published.caches["sheets"].clear()
    again = SheetIssue.objects.get(pk=issued.pk)
    assert {choice: published.paper(again, choice, "en") for choice in pages} == pages
    assert "Another" not in pages["en"]
    reprinted = issuing.print_files(again, issuing.Imprint(2, date(2012, 1, 20), issuing.verify_address(again.token)))
    assert contents(again) == files
    assert {language: digest for language, (digest, _size) in reprinted.items()} == {
        file.language: file.sha256 for file in again.files.all()
    }


def test_a_frozen_sheet_of_before_a_value_was_added_is_still_read(submitted):
    text = submitted.frozen.value
    old = "\n".join(line for line in text.splitlines() if '"shares_usd"' not in line)
    assert old != text
    assert from_json(old).disbursements.lines[0].shares_usd is None


def test_withdrawing_needs_a_reason_and_leaves_the_one_before_superseded(submitted, secretariat, panama):
    issued = issue(submitted, secretariat)
    with pytest.raises(issuing.Refused, match="Say why"):
        issuing.withdraw(issue=issued, reason=" ", by=secretariat, at=AT)
    issuing.withdraw(issue=issued, reason="A wrong total.", by=secretariat, at=AT)
    assert [*panama.sheet_issues.numbered().values_list("number", "state")] == [(2, "withdrawn"), (1, "superseded")]
    assert published.in_force([panama]) == {}


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_give_one_number_each(panama, rco_panama, secretariat, quick):
    sheets = [submit(panama, rco_panama, period=period) for period in ("2011-S1", "2011-S2")]

    def give(sheet):
        try:
            return patiently(lambda: issue(sheet, User.objects.get(pk=secretariat.pk))).number
        except issuing.NotNow:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        numbers = list(threads.map(give, [*sheets, *sheets]))
    assert sorted(number for number in numbers if number) == [2, 3]
    assert numbers.count(None) == 2
    assert panama.sheet_issues.filter(state=IssueState.ISSUED).count() == 1


def test_those_who_must_act_get_a_letter(panama, rco_panama, secretariat, quick, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        sheet = submit(panama, rco_panama)
    with django_capture_on_commit_callbacks(execute=True):
        issuing.send_back(issue=sheet, comments={"budget": "Why?"}, by=secretariat, at=AT)
    assert [letter.to for letter in mail.outbox] == [[secretariat.email], [rco_panama.email]]
    assert f"/programmes/MDGF-2097/sheets/review/{sheet.pk}/" in mail.outbox[0].body
