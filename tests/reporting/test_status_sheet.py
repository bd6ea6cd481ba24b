"""What the sheet of MDGF-2097 says as a value, and that it is the same after a journey through JSON."""

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from programmes.models import (
    Achievement,
    Agency,
    AgencyBudget,
    Area,
    Disbursement,
    DisbursementShare,
    FinancialReport,
    GovernmentEntity,
    Mission,
    ProgrammeArea,
    Result,
    SectionText,
)
from programmes.quantities import BLANK, ND, PENDING, Quantity, State
from reporting.status_sheet import build_status_sheet, from_json, live_sheet, to_json

AS_OF = date(2011, 10, 31)


@pytest.fixture
def sheet(panama):
    return build_status_sheet(panama, AS_OF)


def test_the_stated_total_and_the_sum_are_both_kept(sheet):
    assert (sheet.money.stated_usd, sheet.money.agencies_sum_usd) == (Decimal(8_000_000), Decimal(7_946_000))
    assert sheet.money.gap_usd == Decimal(54_000)
    assert [line.agency for line in sheet.money.agencies] == ["UNWTO", "FAO", "UNIDO", "UNCTAD", "UNDP"]


def test_the_third_disbursement_is_pending_and_not_zero(sheet):
    assert [line.transferred for line in sheet.disbursements.lines] == [
        Quantity(Decimal(2_033_649)),
        Quantity(Decimal(3_089_466)),
        PENDING,
    ]
    assert sheet.disbursements.transferred_usd == Decimal(5_123_115)
    assert sheet.disbursements.share == Quantity(Decimal("64.0"))


def test_what_does_not_add_up_is_noted_where_it_is_printed(sheet):
    assert [(note.number, note.code) for note in sheet.notes] == [(1, "extension_before_end"), (2, "budget_gap")]
    assert sheet.notes[1].text.en == "Total and sum differ by USD 54,000; both are printed."
    assert "54,000" in sheet.notes[1].text.es


def test_nobody_knows_how_the_agencies_shared_the_disbursements(sheet):
    assert {line.transferred for line in sheet.money.agencies} == {ND}
    assert {line.committed for line in sheet.money.agencies} == {BLANK}


def test_shares_of_every_disbursement_make_what_an_agency_received(panama):
    fao = Agency.objects.get(acronym_en="FAO")
    first, second, _third = Disbursement.objects.filter(programme=panama)
    DisbursementShare.objects.create(disbursement=first, agency=fao, amount_usd=100)
    assert received(panama, "FAO") == ND
    DisbursementShare.objects.create(disbursement=second, agency=fao, amount_usd=50)
    assert received(panama, "FAO") == Quantity(Decimal(150))


def test_without_a_share_an_agency_received_nothing_only_where_the_shares_add_up(panama):
    fao = Agency.objects.get(acronym_en="FAO")
    first, second, _third = Disbursement.objects.filter(programme=panama)
    DisbursementShare.objects.create(disbursement=first, agency=fao, amount_usd=first.amount_usd)
    part = DisbursementShare.objects.create(disbursement=second, agency=fao, amount_usd=50)
    assert received(panama, "UNDP") == ND
    part.amount_usd = second.amount_usd
    part.save()
    assert received(panama, "UNDP") == Quantity(Decimal(0))


def received(programme, acronym):
    lines = build_status_sheet(programme, AS_OF).money.agencies
    return next(line.transferred for line in lines if line.agency == acronym)


def test_a_report_counts_from_its_date(panama):
    fao = Agency.objects.get(acronym_en="FAO")
    report = {"programme": panama, "agency": fao, "committed_state": State.REPORTED, "spent_state": State.ND}
    FinancialReport.objects.create(as_of_on=date(2011, 6, 30), committed_usd=512_400, **report)
    FinancialReport.objects.create(as_of_on=date(2011, 12, 31), committed_usd=900_000, **report)
    money = build_status_sheet(panama, AS_OF).money
    line = next(line for line in money.agencies if line.agency == "FAO")
    assert (line.committed, line.spent, line.reported_on) == (Quantity(Decimal(512_400)), ND, date(2011, 6, 30))
    assert (money.committed.known, money.committed.missing) == (Decimal(512_400), 4)


def test_the_template_decides_the_sections_and_their_order(sheet):
    assert [section.slug for section in sheet.observations] == [
        "paris-declaration",
        "delivering-as-one",
        "sustainability",
        "scalability",
        "external-factors",
        "communication",
        "monitoring-evaluation",
    ]
    assert [len(section.sub_heads) for section in sheet.observations] == [4, 3, 0, 0, 0, 0, 0]
    sections = {section.slug: section for section in sheet.observations}
    assert sections["sustainability"].answer == "no"
    assert sections["external-factors"].is_blank


def test_a_countrys_text_is_printed_unless_the_programme_writes_its_own(panama):
    shared = monitoring_text(panama)
    assert shared.en.startswith("<ul>")
    own = SectionText.objects.get(section__slug="monitoring-evaluation", country=panama.country)
    SectionText.objects.create(section=own.section, programme=panama, text_es="<p>Nuestro</p>", text_en="<p>Ours</p>")
    assert monitoring_text(panama).en == "<p>Ours</p>"


def monitoring_text(programme):
    sections = build_status_sheet(programme, AS_OF).observations
    return next(section.text for section in sections if section.slug == "monitoring-evaluation")


def test_beneficiaries_are_the_totals(sheet):
    rows = {row.category: row for row in sheet.beneficiaries.rows}
    assert rows["institutions"].direct.known == 83
    assert rows["institutions"].indirect.quantity == ND
    assert rows["ethnic_groups"].direct.quantity == Quantity(0)
    assert (sheet.beneficiaries.persons.direct.known, sheet.beneficiaries.persons.indirect.known) == (787, 2190)
    assert sheet.beneficiaries.women_share_direct == Quantity(Decimal("65.8"))


# ------------------------------------------------------------------ as JSON


def test_json_and_back_is_the_same_sheet(sheet):
    text = to_json(sheet)
    assert from_json(text) == sheet
    assert to_json(from_json(text)) == text


def test_json_keeps_a_state_beside_an_empty_number(sheet):
    assert '"state": "pending",\n' in to_json(sheet)
    assert '"value": "2033649.00"' in to_json(sheet)
    assert '"as_of_on": "2011-10-31"' in to_json(sheet)


def kinds(value):
    """The type of every leaf, in order."""
    if is_dataclass(value):
        for field in fields(value):
            yield from kinds(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from kinds(item)
    else:
        yield str if isinstance(value, str) else type(value)


def test_json_and_back_keeps_whole_numbers_whole_and_amounts_exact(sheet):
    assert list(kinds(from_json(to_json(sheet)))) == list(kinds(sheet))


# ------------------------------------------------------------------ queries and cache


def queries(programme, **moment):
    with CaptureQueriesContext(connection) as captured:
        build_status_sheet(programme, AS_OF, **moment)
    return len(captured)


def grow(programme):
    """Many times more of everything."""
    revision = programme.revisions.last()
    for number in range(30):
        agency = Agency.objects.create(acronym_en=f"A{number}", acronym_es=f"A{number}", name_es="a", name_en="a")
        AgencyBudget.objects.create(revision=revision, agency=agency, amount_usd=1)
        FinancialReport.objects.create(programme=programme, agency=agency, as_of_on=date(2011, 1, 1))
        result = Result.objects.create(programme=programme, number=10 + number)
        Achievement.objects.create(result=result, text_es="x")
        GovernmentEntity.objects.create(programme=programme, name_es="n")
        Mission.objects.create(programme=programme, held_on=date(2011, 3, 1))
        area = Area.objects.create(country=programme.country, slug=f"a{number}", name="a", kind="distrito")
        ProgrammeArea.objects.create(programme=programme, area=area)


def test_the_number_of_queries_does_not_grow_with_the_programme(panama):
    now, then = queries(panama), queries(panama, known_at=timezone.now())
    grow(panama)
    assert queries(panama) == now <= 22
    assert queries(panama, known_at=timezone.now()) == then


def test_a_built_sheet_is_kept_for_its_version_and_date(panama):
    caches["sheets"].clear()
    first = live_sheet(panama, AS_OF)
    with CaptureQueriesContext(connection) as captured:
        assert live_sheet(panama, AS_OF) == first
    assert len(captured) == 0
    panama.version += 1
    with CaptureQueriesContext(connection) as captured:
        live_sheet(panama, AS_OF)
        live_sheet(panama, date(2011, 9, 30))
    assert len(captured) > 10
