"""Agreed figures: between net and complete gross, for one date, until other submissions count."""

import re
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from beneficiaries.agreeing import Moved, NotAgreed, basis_at
from beneficiaries.models import AgreedFigure
from beneficiaries.totals import to_date
from beneficiaries.totals.agreed import Kind, Lapse, Printed, women_share
from beneficiaries.withdrawing import effect_of, withdraw
from programmes.access import MissingRight
from programmes.quantities import ND, Quantity, Sum
from tests.beneficiaries.agreements import DECEMBER, INSTITUTIONS, MEN, TODAY, WHY, WOMEN, agree, all_send, printed
from tests.beneficiaries.test_totals_loading import submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(panama):
    """Gross 618 women and 319 men; net is what the base alone counted."""
    return all_send(panama)


def refused(*arguments, **others):
    with pytest.raises(NotAgreed) as refusal:
        agree(*arguments, **others)
    return refusal.value.problems


def test_the_agreed_figure_is_printed_in_place_of_the_gross(panama, rco_panama, sent):
    span = basis_at(panama, DECEMBER).span(*WOMEN)
    assert (span.least, span.most) == (518, 618)
    assert agree(panama, rco_panama, {WOMEN: 600, MEN: 300}) == 2
    totals = to_date(panama, DECEMBER)
    assert [totals.printed[key].sum.known for key in (WOMEN, MEN, ("persons", "direct"))] == [600, 300, 900]
    assert totals.printed["persons", "direct"].kind == Kind.AGREED
    assert totals.row("women").direct.known == 618
    assert str(totals.printed_women_share["direct"].value) == "66.7"


def test_persons_add_what_is_printed_and_a_share_of_two_kinds_is_nd(panama, rco_panama, sent):
    agree(panama, rco_panama, {WOMEN: 600})
    totals = to_date(panama, DECEMBER)
    persons = totals.printed["persons", "direct"]
    assert (persons.sum.known, persons.kind) == (600 + 319, Kind.MIXED)
    assert totals.printed_women_share["direct"] == ND
    assert totals.printed_women_share["indirect"] == totals.women_share_indirect


@pytest.mark.parametrize("value", [517, 619])
def test_a_figure_out_of_its_range_is_refused_with_the_range(panama, rco_panama, sent, value):
    problems = refused(panama, rco_panama, {WOMEN: value, MEN: 300})
    assert list(problems) == [WOMEN]
    assert re.findall(r"\d+", problems[WOMEN]) == ["518", "618"]
    assert not AgreedFigure.objects.exists()


def test_without_a_complete_gross_nothing_is_agreed_and_who_is_missing_is_said(panama, rco_panama):
    all_send(panama, agencies=("FAO", "UNIDO"))
    [sentence] = refused(panama, rco_panama, {WOMEN: 520}).values()
    assert "UNDP (2011-S2)" in sentence or "PNUD (2011-S2)" in sentence
    assert "FAO" not in sentence


def test_while_net_is_nd_nothing_is_agreed(panama, rco_panama):
    submit(panama, "FAO", "2011-S2", basis="cumulative", counts=[("cocle", "women", 700)])
    assert list(refused(panama, rco_panama, {WOMEN: 520})) == [WOMEN]
    assert list(refused(panama, rco_panama, {INSTITUTIONS: 0})) == [INSTITUTIONS]


def test_a_reason_a_right_and_a_day_that_has_come_are_needed(panama, rco_panama, secretariat, focal_point_fao, sent):
    assert list(refused(panama, rco_panama, {WOMEN: 600}, reason=" ")) == [None]
    assert list(refused(panama, rco_panama, {WOMEN: 600}, today=date(2011, 12, 30))) == [WOMEN]
    for person in (secretariat, focal_point_fao):
        with pytest.raises(MissingRight):
            agree(panama, person, {WOMEN: 600})


def test_it_is_for_its_date_and_later_ones_where_what_is_missing_is_said(panama, rco_panama, sent):
    agree(panama, rco_panama, {WOMEN: 600})
    assert printed(panama, as_of=date(2011, 12, 30)).kind == Kind.GROSS
    later = printed(panama, as_of=date(2012, 6, 30))
    assert (later.kind, later.sum) == (Kind.AGREED, Sum(600, 0, 5, DECEMBER))


def test_it_lapses_with_later_figures(panama, rco_panama, sent):
    agree(panama, rco_panama, {WOMEN: 600})
    submit(panama, "FAO", "2012-S1", counts=[("cocle", "women", 5)])
    found = printed(panama, as_of=date(2012, 6, 30))
    assert (found.kind, found.agreed, found.because) == (Kind.GROSS, None, Lapse.LATER)
    assert (found.sum.known, found.lapsed.value) == (623, 600)
    assert printed(panama).agreed.value == 600


def test_it_lapses_with_a_revision_and_holds_again_when_that_is_withdrawn(panama, rco_panama, sent):
    agree(panama, rco_panama, {WOMEN: 600})
    second = submit(panama, "FAO", "2011-S2", revision=2, counts=[("cocle", "women", 22), ("cocle", "men", 10)])
    assert (printed(panama).kind, printed(panama).because) == (Kind.GROSS, Lapse.CHANGED)
    [change] = effect_of(second, TODAY).agreed
    assert (change.category.code, change.figure.value, change.lapses) == ("women", 600, False)
    withdraw(second, by=rco_panama, today=TODAY, reason="Wrong")
    assert printed(panama).agreed.value == 600
    [change] = effect_of(sent[1], TODAY).agreed
    assert change.lapses


def test_what_lies_before_the_base_changes_nothing(panama, rco_panama, sent):
    agree(panama, rco_panama, {WOMEN: 600})
    submit(panama, "FAO", "2011-S1", counts=[("cocle", "women", 5)])
    assert printed(panama).kind == Kind.AGREED


def test_replaced_removed_and_unchanged(panama, rco_panama, sent):
    version = panama.version
    agree(panama, rco_panama, {WOMEN: 600})
    panama.refresh_from_db()
    assert panama.version == version + 1
    assert agree(panama, rco_panama, {WOMEN: 600}) == 0
    assert agree(panama, rco_panama, {WOMEN: 590, MEN: None}, reason="Counted again") == 1
    assert (printed(panama).agreed.value, printed(panama).agreed.reason) == (590, "Counted again")
    assert agree(panama, rco_panama, {WOMEN: None}, reason="No agreement") == 1
    assert printed(panama).kind == Kind.GROSS
    kept = AgreedFigure.objects.order_by("set_at", "pk")
    assert [(figure.value, figure.removed_at is None) for figure in kept] == [(600, False), (590, False)]
    last = kept[1].history.first()
    assert (last.history_user, last.history_change_reason) == (rco_panama, "No agreement")


def test_known_at_reads_the_history(panama, rco_panama, sent):
    agree(panama, rco_panama, {WOMEN: 600})
    figure = AgreedFigure.objects.get()
    agreed_at = figure.history.first().history_date
    agree(panama, rco_panama, {WOMEN: None}, reason="No agreement")
    figure.history.filter(removed_at__isnull=False).update(history_date=agreed_at + timedelta(hours=1))
    at = (-1, 30, 90)
    kinds = [printed(panama, known_at=agreed_at + timedelta(minutes=minutes)).kind for minutes in at]
    assert kinds == [Kind.GROSS, Kind.AGREED, Kind.GROSS]


def test_two_people_at_once(panama, rco_panama, sent):
    seen = basis_at(panama, DECEMBER).seen
    agree(panama, rco_panama, {WOMEN: 600}, seen=seen)
    with pytest.raises(Moved):
        agree(panama, rco_panama, {WOMEN: 610}, seen=seen)
    assert printed(panama).agreed.value == 600
    stored = AgreedFigure.objects.get()
    stored.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        stored.save()


def test_agreed_figures_cost_no_further_query(panama, rco_panama, sent, django_assert_num_queries):
    agree(panama, rco_panama, {WOMEN: 600, MEN: 300}, reason=WHY)
    with django_assert_num_queries(3):
        totals = to_date(panama, DECEMBER)
    assert totals.printed[MEN].sum.quantity == Quantity(300)


def test_agreed_women_are_no_share_of_persons_that_were_only_added_up():
    women = Printed(Sum(100, 1, 0), Kind.AGREED)
    assert women_share(women, Printed(Sum(190, 2, 0))) == ND
    assert women_share(women, Printed(Sum(200, 2, 0), Kind.AGREED)).value == 50
