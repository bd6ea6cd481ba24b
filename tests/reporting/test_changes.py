"""What changed between two sheets: nothing if they are equal, one change for one other value; by key or by words."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programmes.models import Programme
from programmes.models.narrative import BilingualText
from programmes.quantities import ND, Quantity, Sum
from reporting.changes import changes
from reporting.status_sheet import build_status_sheet, from_json, to_json
from tests.reporting.altering import full, others_of, places, put

pytestmark = pytest.mark.django_db
BUILT = []


@pytest.fixture
def sheet(panama):
    if not BUILT:
        BUILT.append(full(build_status_sheet(Programme.objects.get(pk=panama.pk), date(2011, 10, 31))))
    return BUILT[0]


def all_of(earlier, later):
    return [change for part in changes(earlier, later) for change in part.changes]


def test_between_equal_sheets_nothing_changed(sheet):
    assert changes(sheet, from_json(to_json(sheet))) == ()


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=st.integers(0, 9999), which=st.integers(0, 1))
def test_one_other_value_is_one_change_in_both_directions(sheet, one, which):
    said = list(places(sheet))
    path, name, value = said[one % len(said)]
    new = others_of(name, value)
    other = put(sheet, path, new[which % len(new)])
    assert len(all_of(sheet, other)) == 1, path
    assert len(all_of(other, sheet)) == 1, path


LISTS = [
    ("money", "agencies"), ("areas",), ("targets",), ("disbursements", "lines"), ("missions", "lines"), ("notes",),
    ("observations",), ("parties", "government_entities"), ("results", 0, "achievements"), ("results", 0, "indicators"),
    ("beneficiaries", "rows"),
]  # fmt: skip


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path[-1])
def test_the_first_of_a_list_vanishes_and_its_neighbours_are_known_again(sheet, path):
    held = sheet
    for step in path:
        held = held[step] if isinstance(step, int) else getattr(held, step)
    gone = [each for each in all_of(sheet, put(sheet, path, held[1:])) if each.kind == "vanished"]
    sub_heads = len(getattr(held[0], "sub_heads", ()))
    inner = sum(len(getattr(held[0], name, ())) for name in ("targets", "readings"))
    assert len(gone) == len(all_of(sheet, put(sheet, path, held[1:]))) == 1 + sub_heads + inner
    assert {each.kind for each in all_of(put(sheet, path, held[1:]), sheet)} == {"appeared"}


def test_a_result_that_moved_up_is_known_by_its_words(sheet):
    _first, second, *others = sheet.results
    moved = [replace(row, label=f"R{number}") for number, row in enumerate([second, *others], start=1)]
    found = all_of(sheet, replace(sheet, results=tuple(moved)))
    relabelled = [each for each in found if each.kind == "text"]
    assert [each.where for each in relabelled] == [(row.label,) for row in moved]
    assert len({each.name for each in relabelled}) == 1
    assert next(each.after for each in found if each.kind == "vanished" and each.block == "results") == "R1"


def test_a_reworded_achievement_is_one_change_and_another_one_is_two(sheet):
    path = ("results", 0, "achievements", 0)
    old = sheet.results[0].achievements[0]
    reworded = put(sheet, path, replace(old, es=f"{old.es} Además, dos redes."))
    assert [each.kind for each in all_of(sheet, reworded)] == ["text"]
    another = put(sheet, path, BilingualText("Nada que ver.", "Something else entirely."))
    assert sorted(each.kind for each in all_of(sheet, another)) == ["appeared", "vanished"]


def test_another_order_is_said_once(sheet):
    turned = replace(sheet, areas=tuple(reversed(sheet.areas)))
    assert [each.kind for each in all_of(sheet, turned)] == ["order"]


@pytest.mark.parametrize(
    ("before", "after", "difference"),
    [
        (Sum(518, 1, 0), Sum(586, 1, 0), "+68"),
        (Sum(586, 1, 0), Sum(571, 1, 0), "−15"),
        (Sum(None, 0, 1), Sum(586, 1, 0), None),
        (Sum(518, 1, 0), Sum(586, 1, 1), None),
    ],
)
def test_a_difference_is_taken_from_complete_figures_only(sheet, before, after, difference):
    path = ("beneficiaries", "rows", 0, "direct")
    (change,) = all_of(put(sheet, path, before), put(sheet, path, after))
    assert change.difference == difference


def test_a_share_differs_by_points_and_nd_stays_nd(sheet):
    path = ("disbursements", "share")
    (change,) = all_of(put(sheet, path, Quantity(25)), put(sheet, path, Quantity(64)))
    assert (change.difference, change.unit) == ("+39.0", "rate")
    (change,) = all_of(put(sheet, path, Quantity(25)), put(sheet, path, ND))
    assert (change.after.shown.es, change.difference) == ("nd", None)


def test_a_text_is_compared_word_by_word_in_both_languages(sheet):
    path = ("status", "narrative")
    old = BilingualText("<p>Dos redes nuevas en la costa.</p>", "<p>Two new networks on the coast.</p>")
    new = replace(old, es="<p>Tres redes nuevas en la costa.</p>")
    (change,) = all_of(put(sheet, path, old), put(sheet, path, new))
    assert [(piece.kind, piece.text) for piece in change.pieces["es"]][:2] == [("gone", "Dos"), ("new", "Tres")]
    assert {piece.kind for piece in change.pieces["en"]} == {"same"}
    (change,) = all_of(
        put(sheet, path, old), put(sheet, path, replace(old, es=old.es.replace("redes", "<em>redes</em>")))
    )
    assert change.kind == "layout"


def test_the_changes_stand_in_the_order_of_the_sheet(sheet):
    other = put(put(sheet, ("status", "reason"), "Otra"), ("identity", "code"), "MDGF-1")
    other = put(other, ("results", 0, "achievements"), ())
    assert [part.block.value for part in changes(sheet, other)] == ["programme", "status", "achievements"]


def test_a_sheet_of_long_ago_says_nothing_of_what_came_later(sheet):
    old = json.loads(to_json(sheet))
    del (
        old["accepted"],
        old["beneficiaries"]["women_share_direct"],
        old["identity"]["window"],
        old["status"]["narrative"],
    )
    for row in old["results"]:
        del row["indicators"], row["rating"]
    read = from_json(json.dumps(old))
    assert read.beneficiaries.women_share_direct.state == "blank"
    assert (read.accepted, read.identity.window, read.results[0].indicators) == ((), None, ())
    assert all_of(read, sheet)
