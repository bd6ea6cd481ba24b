"""The programme's own figures as a base, and agencies that owe theirs."""

from datetime import date

from beneficiaries.totals import count, totals_with
from programmes import figures
from programmes.quantities import ND, Sum
from tests.beneficiaries.totals_facts import facts, figure, report

OCTOBER_2011 = date(2011, 10, 31)
END_2012 = date(2012, 12, 31)
TWO = ("FAO", "UNDP")
BASE = report("", "2011-S2", 500, basis="cumulative", to=OCTOBER_2011)


def totals_of(*reports, as_of=END_2012, **others):
    return count(facts(*reports, agencies=TWO, **others), as_of)


def direct(totals):
    return totals.row("women").direct


def test_a_base_speaks_for_all_agencies():
    totals = totals_of(BASE)
    assert direct(totals) == Sum(500, 1, 0)
    assert (totals.has_base, totals.sources, totals.counted_to_on) == (True, ("",), OCTOBER_2011)


def test_what_agencies_counted_up_to_the_base_does_not_count_and_is_named():
    totals = totals_of(BASE, report("FAO", "2011-S1", 40), report("UNDP", "2011-S2", 9, to=OCTOBER_2011))
    assert direct(totals) == Sum(500, 1, 0)
    assert totals.covered == (("FAO", "2011-S1"), ("UNDP", "2011-S2"))


def test_later_new_figures_add_to_the_base():
    totals = totals_of(BASE, report("FAO", "2012-S1", 40), report("", "2012-S1", 3))
    assert direct(totals) == Sum(543, 3, 0)
    assert totals.sources == ("", "FAO")


def test_an_agency_s_later_cumulative_stands_beside_the_base():
    totals = totals_of(BASE, report("FAO", "2012-S1", 400, basis="cumulative"))
    assert direct(totals) == Sum(500, 1, 1, OCTOBER_2011)
    assert (totals.beside, totals.missing_agencies) == (("FAO",), ("FAO",))
    assert figures.in_words(direct(totals), "en") == "≥ 500 (1 of 2 missing after October 31, 2011)"


def test_after_a_base_the_silence_of_all_agencies_is_said_by_the_day_up_to_which_it_spoke():
    totals = totals_of(BASE, periods=("2011-S1", "2011-S2", "2012-S1"))
    assert direct(totals) == Sum(500, 0, 2, OCTOBER_2011)
    assert figures.in_words(direct(totals), "en") == "≥ 500 (2 of 2 missing after October 31, 2011)"
    assert direct(totals).quantity == ND


def test_it_says_so_too_while_a_later_cumulative_stands_beside_or_a_later_figure_is_nd():
    beside = totals_of(BASE, report("FAO", "2012-S1", 400, basis="cumulative"), periods=("2012-S1",))
    without = totals_of(BASE, report("FAO", "2012-S1", "nd"), periods=("2012-S1",))
    assert direct(beside) == direct(without) == Sum(500, 0, 2, OCTOBER_2011)


def test_what_the_programme_itself_added_later_moves_that_day():
    totals = totals_of(BASE, report("", "2012-S1", 3), periods=("2012-S1", "2012-S2"))
    assert direct(totals) == Sum(503, 0, 2, date(2012, 6, 30))


def test_as_soon_as_one_agency_reports_after_the_base_the_others_are_counted():
    totals = totals_of(BASE, report("FAO", "2012-S1", 40), periods=("2012-S1",))
    assert direct(totals) == Sum(540, 1, 1, OCTOBER_2011)
    assert figures.in_words(direct(totals), "en") == "≥ 540 (1 of 2 missing after October 31, 2011)"


def test_an_agency_that_gave_part_of_its_figures_after_the_base_is_not_missing_where_it_gave_one():
    given = [figure("cocle", 60), figure("herrera", "nd"), figure("", "nd", "men")]
    totals = totals_of(BASE, report("FAO", "2012-S1", *given), periods=("2012-S1",))
    assert direct(totals) == Sum(560, 1, 1, OCTOBER_2011)
    assert totals.persons.direct.missing == 1
    assert totals.row("men").direct == Sum(None, 0, 2)


def test_where_the_base_has_no_figure_an_agency_that_gave_one_is_not_missing():
    base = report("", "2011-S2", "nd", basis="cumulative", to=OCTOBER_2011)
    assert direct(totals_of(base, report("FAO", "2012-S1", 1), periods=("2012-S1",))) == Sum(1, 1, 1)


def test_it_is_known_to_which_day_each_source_counts():
    totals = totals_of(BASE, report("FAO", "2012-S1", 40), report("UNDP", "2011-S1", 9))
    assert totals.counted_to == {"": OCTOBER_2011, "FAO": date(2012, 6, 30)}


def test_a_base_without_data_stays_nd_however_many_are_silent():
    totals = totals_of(report("", "2011-S2", "nd", basis="cumulative", to=OCTOBER_2011), periods=("2012-S1",))
    assert figures.in_words(direct(totals), "en") == "nd"
    assert direct(totals).complete_to is None


def test_a_base_with_a_gap_of_its_own_is_complete_to_no_day():
    base = report("", "2011-S2", ("cocle", 5), ("herrera", "nd"), basis="cumulative", to=OCTOBER_2011)
    assert direct(totals_of(base, periods=("2012-S1",))) == Sum(5, 0, 2)


def test_without_a_base_the_silence_of_all_is_counted():
    totals = totals_of(report("", "2011-S1", 7), periods=("2011-S2",))
    assert direct(totals) == Sum(7, 0, 2)


def test_an_agency_is_missing_only_in_the_categories_it_left_out():
    sent = [BASE, report("FAO", "2012-S1", figure("", 40), figure("", "nd", "men")), report("UNDP", "2012-S1", 2)]
    totals = totals_of(*sent, periods=("2012-S1",))
    assert direct(totals) == Sum(542, 3, 0)
    men = totals.row("men").direct
    assert (men.known, men.missing) == (None, 1)


def test_the_base_is_replaced_once_every_agency_has_a_later_cumulative():
    later = [report(agency, "2012-S1", value, basis="cumulative") for agency, value in (("FAO", 400), ("UNDP", 150))]
    totals = totals_of(BASE, *later)
    assert direct(totals) == Sum(550, 2, 0)
    assert (totals.has_base, totals.sources, totals.beside) == (False, TWO, ())


def test_the_base_is_not_replaced_by_cumulatives_up_to_its_date():
    later = [report(agency, "2011-S2", 400, basis="cumulative", to=OCTOBER_2011) for agency in TWO]
    assert direct(totals_of(BASE, *later)) == Sum(500, 1, 0)


def test_a_newer_base_takes_the_place_of_the_older_one():
    totals = totals_of(BASE, report("FAO", "2012-S1", 40), report("", "2012-S2", 600, basis="cumulative"))
    assert direct(totals) == Sum(600, 1, 0)


def test_a_newer_base_without_data_leaves_the_older_one_as_a_lower_bound():
    assert direct(totals_of(BASE, report("", "2012-S1", "nd", basis="cumulative"))) == Sum(500, 1, 1)


def test_before_its_date_there_is_no_base():
    totals = totals_of(BASE, report("FAO", "2011-S1", 40), as_of=date(2011, 9, 30))
    assert direct(totals) == Sum(40, 1, 0)
    assert not totals.has_base


# Who owes figures


def test_an_agency_without_a_submission_is_missing():
    agencies = ("FAO", "ILO", "UNDP", "UNICEF", "WHO")
    sent = [report(agency, "2011-S1", value) for agency, value in (("FAO", 300), ("UNDP", 200), ("WHO", 18))]
    totals = count(facts(*sent, agencies=agencies, periods=("2011-S1",)), date(2011, 6, 30))
    assert totals.silent == ("ILO", "UNICEF")
    assert direct(totals) == Sum(518, 3, 2)
    assert figures.in_words(direct(totals), "en") == "≥ 518 (2 of 5 missing)"


def test_persons_count_a_missing_agency_once():
    sent = report("FAO", "2011-S1", figure("", 5), figure("", 6, "men"))
    assert totals_of(sent, periods=("2011-S1",)).persons.direct == Sum(11, 1, 1)


def test_an_agency_that_reported_earlier_and_owes_a_period_now_is_missing_once():
    sent = [report("FAO", "2011-S1", 5), report("UNDP", "2011-S1", 4), report("UNDP", "2011-S2", 3)]
    totals = totals_of(*sent, periods=("2011-S1", "2011-S2"))
    assert totals.silent == ("FAO",)
    assert figures.in_words(direct(totals), "en") == "≥ 12 (1 of 2 missing)"


def test_beside_a_missing_agency_one_with_a_gap_speaks_and_cells_are_not_counted():
    sent = report("FAO", "2011-S1", ("cocle", 5), ("herrera", "nd"), ("veraguas", "nd"))
    assert direct(totals_of(sent)) == Sum(5, 1, 2)
    assert direct(totals_of(sent, periods=("2011-S1",))) == Sum(5, 1, 1)


def test_the_programme_s_own_figures_speak_for_every_agency_that_is_not_missing():
    sent = [BASE, report("FAO", "2011-S2", 4), report("FAO", "2012-S1", 3)]
    totals = totals_of(*sent, periods=("2011-S2", "2012-S1"))
    assert totals.silent == ("UNDP",)
    assert direct(totals) == Sum(507, 1, 1, OCTOBER_2011)


def test_a_skipped_period_is_missing():
    sent = [report("FAO", "2011-S1", 5), report("FAO", "2012-S1", 5), report("UNDP", "2012-S1", 9, basis="cumulative")]
    totals = totals_of(*sent, periods=("2011-S1", "2011-S2", "2012-S1"))
    assert totals.owed == {"FAO": ("2011-S2",)}
    assert not direct(totals).is_complete


def test_a_later_cumulative_makes_up_for_a_skipped_period():
    sent = [report(agency, "2012-S1", 5, basis="cumulative") for agency in TWO]
    assert totals_of(*sent, periods=("2011-S1", "2011-S2", "2012-S1")).silent == ()


def test_nobody_is_silent_before_the_period_has_ended():
    assert totals_of(periods=("2011-S1",), as_of=date(2011, 6, 29)).silent == ()
    assert totals_of(periods=("2011-S1",), as_of=date(2011, 6, 30)).silent == TWO


def test_nobody_owes_periods_before_the_start_or_after_the_end():
    totals = totals_of(
        periods=("2010-S1", "2010-S2", "2011-S1", "2011-S2", "2012-S1"),
        starts_on=date(2010, 12, 18),
        ends_on=date(2011, 7, 15),
    )
    assert totals.owed["FAO"] == ("2010-S2", "2011-S1", "2011-S2")


def test_with_a_base_agencies_owe_only_what_ended_after_it():
    periods = ("2011-S1", "2011-S2", "2012-S1")
    assert totals_of(BASE, periods=periods, as_of=OCTOBER_2011).silent == ()
    assert totals_of(BASE, periods=periods, as_of=date(2012, 6, 30)).owed["FAO"] == ("2011-S2", "2012-S1")


def test_the_programme_s_own_new_figures_speak_for_the_period():
    totals = totals_of(BASE, report("", "2011-S2", 500, basis="cumulative"), report("", "2012-S1", 4),
                       periods=("2011-S2", "2012-S1"))  # fmt: skip
    assert totals.silent == ()


# Before and after a file is loaded


def test_a_draft_takes_the_place_of_what_its_agency_had_sent_for_the_period():
    before = totals_of(report("FAO", "2011-S1", 10), report("UNDP", "2011-S1", 4))
    after = totals_with(before, report("FAO", "2011-S1", 13))
    assert (direct(before), direct(after)) == (Sum(14, 2, 0), Sum(17, 2, 0))


def test_a_draft_of_a_silent_agency_ends_its_silence():
    before = totals_of(report("FAO", "2011-S1", 10), periods=("2011-S1",))
    after = totals_with(before, report("UNDP", "2011-S1", 4))
    assert (before.silent, after.silent) == (("UNDP",), ())
    assert direct(after) == Sum(14, 2, 0)
