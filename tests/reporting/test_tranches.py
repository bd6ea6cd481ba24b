"""The next tranche: how far the last release is committed, and which agency holds it back by how much."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils.translation import override

from programmes.quantities import BLANK, NA, ND, PENDING, Quantity, total
from reporting.status_sheet.values import AgencyMoney, DisbursementLine, Label
from reporting.tranches import is_all_released, parts, tranche

SEVENTY = Decimal("0.7")
MADE_ON = date(2010, 1, 1)


def usd(value):
    return value if isinstance(value, Quantity) else Quantity(Decimal(value))


def agency(name, transferred, release, committed):
    """Received ``transferred`` in all, ``release`` of it with the last disbursement."""
    return AgencyMoney(
        name, Label(name, name), Label(name, name), Decimal(0), usd(transferred), usd(committed), BLANK, None, "",
        usd(release),
    )  # fmt: skip


def sheet_of(*agencies, paid=(200, 1000), announced=1, stated=5000):
    lines = [DisbursementLine(n, MADE_ON, None, Quantity(Decimal(amount)), None) for n, amount in enumerate(paid, 1)]
    lines += [DisbursementLine(len(paid) + n, None, None, PENDING, None) for n in range(1, announced + 1)]
    money = SimpleNamespace(
        agencies=agencies,
        committed=total(line.committed for line in agencies),
        stated_usd=None if stated is None else Decimal(stated),
    )
    return SimpleNamespace(
        money=money,
        disbursements=SimpleNamespace(lines=tuple(lines), transferred_usd=sum(map(Decimal, paid), Decimal(0))),
    )


def part(*values):
    (found,) = parts(sheet_of(agency("FAO", *values)), SEVENTY)
    return found


def test_the_rate_is_of_the_last_release_and_names_what_is_short():
    meter = tranche(sheet_of(agency("FAO", 700, 600, 500), agency("UNDP", 500, 400, 300)), SEVENTY)
    assert (meter.rate, meter.short, meter.is_reached) == (Quantity(Decimal("60.0")), usd("100.00"), False)
    assert (meter.ordinal, meter.next_ordinal) == (2, 3)


def test_seventy_per_cent_is_enough_and_above_a_hundred_stays_what_it_is():
    meter = tranche(sheet_of(agency("FAO", 1200, 1000, 900)), SEVENTY)
    assert (meter.rate, meter.short, meter.is_reached) == (Quantity(Decimal("70.0")), usd("0.00"), True)
    meter = tranche(sheet_of(agency("FAO", 1200, 1000, 2200)), SEVENTY)
    assert (meter.rate, meter.is_reached) == (Quantity(Decimal("200.0")), True)


def test_the_fund_s_own_share_decides():
    meter = tranche(sheet_of(agency("FAO", 1200, 1000, 900)), Decimal("0.8"))
    assert (meter.is_reached, meter.short) == (False, usd("100.00"))


def test_what_earlier_releases_lack_is_short_too():
    meter = tranche(sheet_of(agency("FAO", 1200, 1000, 150)), SEVENTY)
    assert (meter.rate, meter.short) == (Quantity(Decimal("0.0")), usd("750.00"))


@pytest.mark.parametrize("silent", [BLANK, ND, PENDING])
def test_while_an_agency_has_not_said_there_is_no_rate_and_nothing_is_called_short(silent):
    meter = tranche(sheet_of(agency("FAO", 700, 600, 500), agency("UNDP", 500, 400, silent)), SEVENTY)
    assert (meter.rate, meter.short, meter.is_reached, meter.is_above_already) == (ND, ND, False, False)
    assert (meter.committed.known, [name.en for name in meter.missing]) == (300, ["UNDP"])


def test_what_is_known_may_lie_above_the_threshold_whatever_the_others_say():
    assert tranche(sheet_of(agency("FAO", 700, 600, 900), agency("UNDP", 500, 400, BLANK)), SEVENTY).is_above_already
    below = tranche(sheet_of(agency("FAO", 700, 600, "899.99"), agency("UNDP", 500, 400, BLANK)), SEVENTY)
    assert not below.is_above_already


def test_nothing_is_committed_by_nobody_only_when_all_say_zero():
    assert tranche(sheet_of(agency("FAO", 1200, 1000, BLANK)), SEVENTY).committed.known is None
    zero = tranche(sheet_of(agency("FAO", 1200, 1000, 0), paid=(1200,)), SEVENTY)
    assert (zero.rate, zero.short) == (Quantity(Decimal("0.0")), usd("840.00"))


def test_there_is_no_meter_before_the_first_disbursement_nor_after_the_last():
    assert tranche(sheet_of(agency("FAO", PENDING, PENDING, BLANK), paid=()), SEVENTY) is None
    assert tranche(sheet_of(paid=(), announced=0), SEVENTY) is None
    released = sheet_of(agency("FAO", 1200, 1000, 0), announced=0, stated=1200)
    assert is_all_released(released)
    assert tranche(released, SEVENTY) is None


@pytest.mark.parametrize(("announced", "stated"), [(1, 1200), (0, 1201), (0, None)])
def test_as_long_as_something_is_announced_or_not_paid_there_is_a_next_one(announced, stated):
    sheet = sheet_of(agency("FAO", 1200, 1000, 0), announced=announced, stated=stated)
    assert not is_all_released(sheet)
    assert tranche(sheet, SEVENTY).next_ordinal == 3


# One agency


def test_an_agency_s_part_counts_from_its_own_shares():
    found = part(700, 600, 400)
    assert (found.release, found.committed, found.rate) == (usd(600), usd("300.00"), Quantity(Decimal("50.0")))
    assert (found.target, found.still, found.holds_back) == (usd("420.0"), usd("120.00"), True)


def test_an_agency_that_is_ahead_holds_nothing_back():
    found = part(700, 600, 800)
    assert (found.rate, found.still, found.holds_back) == (Quantity(Decimal("116.7")), usd("0.00"), False)


def test_an_agency_that_owes_for_earlier_releases_makes_up_for_them():
    found = part(700, 600, 40)
    assert (found.committed, found.still) == (usd("0.00"), usd("480.00"))


def test_an_agency_without_a_part_in_the_release_has_nothing_to_commit():
    found = part(100, 0, 100)
    assert (found.rate, found.still) == (NA, usd("0.00"))


def test_to_whom_it_does_not_apply_nothing_is_missing():
    found = part(700, 600, NA)
    assert (found.committed, found.still, found.why) == (NA, NA, "")


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ((700, 600, BLANK), "it has not reported what it committed"),
        ((700, 600, ND), "it has no data on what it committed"),
        ((ND, ND, 500), "its share of the disbursements is not recorded"),
        ((ND, 600, 500), "its share of the disbursements is not recorded"),
        ((ND, ND, BLANK), "its share of the disbursements is not recorded, and it has not reported what it committed"),
    ],
)
def test_what_is_not_known_is_nd_and_says_why(values, why):
    found = part(*values)
    with override("en"):
        assert (found.still, found.holds_back, found.why) == (ND, False, why)


def test_who_has_most_to_commit_comes_first_and_who_is_not_known_last():
    sheet = sheet_of(
        agency("UNWTO", 400, 300, BLANK), agency("FAO", 400, 300, 400), agency("UNDP", 400, 300, 100),
        agency("UNIDO", 400, 300, 200),
    )  # fmt: skip
    assert [found.agency for found in parts(sheet, SEVENTY)] == ["UNDP", "UNIDO", "FAO", "UNWTO"]
