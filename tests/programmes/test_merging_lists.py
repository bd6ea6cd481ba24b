"""Two people on one list: rows added, removed, moved and changed on both sides."""

import pytest
from django.db.models import F

from programmes.models import Achievement, GovernmentEntity, Result
from tests.programmes.browsing import form_on
from tests.programmes.two_people import EN, address, choices, choosing, said


def without(prefix, number):
    """The form after a row was removed by its button."""

    def changed(data):
        count = int(data[f"{prefix}-count"])
        rows = [_row(data, prefix, n) for n in range(count) if n != number]
        return _with_rows(data, prefix, rows)

    return changed


def moved(prefix, order):
    return lambda data: _with_rows(data, prefix, [_row(data, prefix, n) for n in order])


def added(prefix, **values):
    def changed(data):
        rows = [_row(data, prefix, n) for n in range(int(data[f"{prefix}-count"]))]
        return _with_rows(data, prefix, [*rows, values])

    return changed


def then(*changes):
    def changed(data):
        for change in changes:
            data = change(data) if callable(change) else data | change
        return data

    return changed


def _row(data, prefix, number):
    start = f"{prefix}-{number}-"
    return {key.removeprefix(start): value for key, value in data.items() if key.startswith(start)}


def _with_rows(data, prefix, rows):
    start = f"{prefix}-"
    kept = {k: v for k, v in data.items() if not (k.startswith(start) and k[len(start)].isdigit())}
    for number, row in enumerate(rows):
        kept |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return kept | {f"{prefix}-count": str(len(rows))}


def names(panama):
    return [entity.name_es.split()[0] for entity in panama.government_entities.all()]


@pytest.fixture
def five(panama):
    """Five institutions called A to E."""
    panama.government_entities.update(name_confirmed="")
    for entity, name in zip(panama.government_entities.all(), "ABCDE", strict=True):
        GovernmentEntity.objects.filter(pk=entity.pk).update(
            name_es=name, name_en=name, name_source="same", name_confirmed=""
        )
    return panama


def test_rows_that_both_added_are_both_kept(both, five):
    new = {"name_source": "es"}
    answer = both("parties", added("entities", name_es="T", **new), added("entities", name_es="M", **new))
    assert answer.status_code == 303
    assert sorted(names(five)) == ["A", "B", "C", "D", "E", "M", "T"]


def test_a_row_that_both_added_is_added_once(both, five):
    same = added("entities", name_es="T", name_source="es")
    assert both("parties", same, same).status_code == 303
    assert names(five) == ["A", "B", "C", "D", "E", "T"]


def test_different_rows_changed_by_two_people_are_both_kept_and_alone_in_the_history(both, five):
    before = GovernmentEntity.history.count()
    theirs = {"entities-0-name_es": "T", "entities-0-name_en": "T"}
    assert both("parties", theirs, {"entities-1-name_es": "M", "entities-1-name_en": "M"}).status_code == 303
    assert names(five) == list("TMCDE")
    assert GovernmentEntity.history.count() == before + 2


@pytest.mark.parametrize(("theirs", "mine"), [(without("entities", 0), {}), ({}, without("entities", 0))])
def test_a_row_that_one_removed_and_the_other_left_alone_is_removed(theirs, mine, both, five):
    assert both("parties", theirs, mine).status_code == 303
    assert names(five) == ["B", "C", "D", "E"]


def test_removed_by_both_is_removed(both, five):
    assert both("parties", without("entities", 0), without("entities", 0)).status_code == 303
    assert names(five) == ["B", "C", "D", "E"]


@pytest.mark.parametrize(("which", "left"), [("theirs", "BCDE"), ("mine", "MBCDE")])
def test_a_row_they_removed_and_i_changed_is_asked(which, left, both, rco, five):
    answer = both("parties", without("entities", 0), {"entities-0-name_es": "M", "entities-0-name_source": "es"})
    assert (answer.status_code, said(answer)) == (409, ["gone"])
    assert "Raúl Ortega removed this on" in answer.content.decode()
    assert names(five) == list("BCDE")
    assert rco.post(address("parties"), form_on(answer)).status_code == 409
    assert rco.post(address("parties"), choosing(answer, which)).status_code == 303
    assert names(five) == list(left)


@pytest.mark.parametrize(("which", "left"), [("theirs", "TBCDE"), ("mine", "BCDE")])
def test_a_row_i_removed_and_they_changed_is_asked(which, left, both, rco, five):
    changed = {"entities-0-name_es": "T", "entities-0-name_en": "T"}
    answer = both("parties", changed, without("entities", 0))
    assert (answer.status_code, said(answer)) == (409, ["removed"])
    assert names(five) == list("TBCDE")
    assert rco.post(address("parties"), form_on(answer)).status_code == 409
    assert rco.post(address("parties"), choosing(answer, which)).status_code == 303
    assert names(five) == list(left)


@pytest.mark.parametrize(
    ("theirs", "mine", "order"),
    [
        (moved("entities", [1, 0, 2, 3, 4]), {}, "BACDE"),
        ({}, moved("entities", [0, 1, 2, 4, 3]), "ABCED"),
        (moved("entities", [1, 0, 2, 3, 4]), moved("entities", [1, 0, 2, 3, 4]), "BACDE"),
        (added("entities", name_es="T", name_source="es"), moved("entities", [4, 0, 1, 2, 3]), "ETABCD"),
        (moved("entities", [4, 0, 1, 2, 3]), added("entities", name_es="M", name_source="es"), "EMABCD"),
    ],
)
def test_an_order_that_one_changed_is_kept(theirs, mine, order, both, five):
    assert both("parties", theirs, mine).status_code == 303
    assert names(five) == list(order)


@pytest.mark.parametrize(("which", "order"), [("theirs", "BACDE"), ("mine", "ABCED")])
def test_an_order_that_both_changed_is_asked(which, order, both, rco, five):
    answer = both("parties", moved("entities", [1, 0, 2, 3, 4]), moved("entities", [0, 1, 2, 4, 3]))
    assert (answer.status_code, said(answer)) == (409, ["order"])
    assert rco.post(address("parties"), form_on(answer)).status_code == 409
    assert rco.post(address("parties"), choosing(answer, which)).status_code == 303
    assert names(five) == list(order)


def test_a_removed_row_can_still_be_brought_back_after_the_question(both, rco, five):
    mine = {"entities-0-removed": "yes", "coordinator_name": "M"}
    answer = both("parties", {"coordinator_name": "T"}, mine)
    again = rco.post(address("parties"), form_on(answer) | {"list_action": "entities:undo:0"})
    assert rco.post(address("parties"), choosing(again, "mine")).status_code == 303
    assert names(five) == list("ABCDE")


def test_a_row_removed_with_its_button_and_changed_by_them_is_asked(both, rco, five):
    mine = {"entities-0-removed": "yes"}
    answer = both("parties", {"entities-0-name_es": "T", "entities-0-name_en": "T"}, mine)
    assert (answer.status_code, said(answer)) == (409, ["removed"])
    assert rco.post(address("parties"), form_on(answer)).status_code == 409
    assert rco.post(address("parties"), choosing(answer, "theirs")).status_code == 303
    assert names(five) == list("TBCDE")


def test_a_question_follows_its_row_when_the_row_is_moved(both, rco, five):
    mine = {"entities-1-name_es": "M", "entities-1-name_en": "M"}
    answer = both("parties", {"entities-1-name_es": "T", "entities-1-name_en": "T"}, mine)
    up = rco.post(address("parties"), form_on(answer) | {"list_action": "entities:up:1"})
    assert set(choices(up)) == {"entities-0-name_es-choice", "entities-0-name_en-choice"}
    assert rco.post(address("parties"), choosing(up, "mine")).status_code == 303
    assert names(five) == list("MACDE")


def test_an_amount_of_one_agency_that_both_changed_is_asked_and_the_other_agencys_kept(both, rco, panama):
    answer = both(
        "budget",
        {"budgets-0-amount_usd": "1,000", "budgets-1-amount_usd": "2,000"},
        {"budgets-0-amount_usd": "3,000", "budgets-2-amount_usd": "4,000"},
    )
    (clash,) = answer.context["page"].conflict
    assert (answer.status_code, clash.conflict.row_title) == (409, "Agency 1")
    assert rco.post(address("budget"), choosing(answer, "mine")).status_code == 303
    amounts = [int(budget.amount_usd) for budget in panama.revisions.last().agency_budgets.all()]
    assert amounts[:3] == [3000, 2000, 4000]


def test_a_budget_corrected_while_the_programme_was_revised_is_asked(rco, colleague, panama):
    mine = form_on(rco.get(address("budget"))) | {"budgets-0-amount_usd": "3,000"}
    decision = {"approved_on": "15 November 2011", "decision": "Six months more.", "ends_on": "30 June 2012"}
    decided = colleague.post(
        address("revision"), form_on(colleague.get(address("revision"), headers=EN)) | decision, headers=EN
    )
    assert decided.status_code == 303
    answer = rco.post(address("budget"), mine)
    assert (answer.status_code, said(answer)) == (409, ["field"])


def test_an_achievement_written_under_a_result_that_is_gone_is_shown(both, rco, panama):
    first = panama.results.get(number=1)
    mine = {f"result{first.pk}-0-text_es": "Lo que yo escribí."}
    opened = form_on(rco.get(address("achievements"))) | mine
    Result.objects.filter(pk=first.pk).delete()
    Result.objects.filter(programme=panama).update(number=F("number") + 10)
    answer = rco.post(address("achievements"), opened, headers=EN)
    assert (answer.status_code, said(answer)) == (409, ["part"])
    assert "Lo que yo escribí." in answer.content.decode()
    assert "Somebody else has removed what this belongs to" in answer.content.decode()
    assert rco.post(address("achievements"), form_on(answer)).status_code == 409
    assert rco.post(address("achievements"), choosing(answer, "theirs")).status_code == 303
    assert not Achievement.objects.filter(text_es="Lo que yo escribí.").exists()


def test_achievements_under_a_result_that_somebody_added_are_left_alone(both, rco, colleague, panama):
    mine = form_on(rco.get(address("achievements")))
    fifth = Result.objects.create(programme=panama, number=5, statement_es="Cinco")
    Achievement.objects.create(result=fifth, text_es="Logro")
    assert rco.post(address("achievements"), mine).status_code == 303
    assert fifth.achievements.count() == 1


def test_removing_a_result_asks_again_when_somebody_has_written_under_it(rco, colleague, panama):
    removed = form_on(rco.get(address("results"))) | {"list_action": "results:remove:0"}
    removed = form_on(rco.post(address("results"), removed)) | {"removal_is_meant": "on"}
    first = panama.results.get(number=1)
    Achievement.objects.create(result=first, text_es="Nuevo logro")
    answer = rco.post(address("results"), removed)
    assert (answer.status_code, said(answer)) == (409, ["removed"])
    assert rco.post(address("results"), choosing(answer, "theirs")).status_code == 303
    assert Achievement.objects.filter(result=first, text_es="Nuevo logro").exists()
