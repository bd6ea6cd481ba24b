"""The findings of a whole programme, from its sheet."""

import ast
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.cache import caches

from beneficiaries.totals import to_date
from programmes.blocks import Block
from programmes.models import (
    Achievement,
    Disbursement,
    DisbursementShare,
    FinancialReport,
    Programme,
    StatusAssessment,
    Target,
)
from programmes.quantities import Quantity, Sum
from reporting.findings import check, live_findings
from reporting.status_sheet import build_status_sheet

AS_OF = date(2011, 10, 31)


@pytest.fixture(autouse=True)
def no_kept_sheets():
    """What another test has built of a programme's version is not this test's."""
    caches["sheets"].clear()


@pytest.fixture
def sheet(panama):
    return build_status_sheet(panama, AS_OF)


def codes(found):
    return [finding.code for finding in found]


def found_in(panama, as_of=AS_OF):
    panama.refresh_from_db()
    return check(build_status_sheet(panama, as_of), to_date(panama, as_of))


def test_the_findings_of_the_panama_sheet(panama):
    assert [(finding.level.value, finding.code, finding.where) for finding in found_in(panama)] == [
        ("warning", "extension_before_end", "dates"),
        ("warning", "budget_gap", "budget"),
        ("note", "no_coordinator", "parties"),
        ("note", "finances_not_reported", "budget"),
        ("note", "areas_without_counts", "beneficiaries"),
        ("note", "doubtful_zero", "beneficiaries"),
        ("note", "doubtful_zero", "beneficiaries"),
        ("note", "blank_section", "accountability"),
        ("note", "blank_section", "external-factors"),
        ("note", "mission_before_start", "missions"),
        ("note", "evaluation_without_period", "evaluations"),
        ("note", "evaluation_without_report", "evaluations"),
    ]


def test_the_two_discrepancies_of_the_sheet_are_said_exactly(panama):
    extension, gap = found_in(panama)[:2]
    assert extension.in_language("en").title == "The extension falls before the end. Is it June 18, 2013?"
    assert gap.in_language("en").title == "The agencies add up to USD 54,000 less than the stated total"
    assert (gap.anchor, gap.suggested.meant) == ("UNDP", Decimal(2493100))
    assert "PNUD" in gap.in_language("es").suggestion


def test_without_totals_the_sheet_alone_is_checked(sheet):
    assert {finding.where for finding in check(sheet)}.isdisjoint({Block.BENEFICIARIES.value})
    assert codes(check(sheet))[:2] == ["extension_before_end", "budget_gap"]


def test_errors_come_first_then_printing_order(sheet):
    wrong = replace(
        sheet,
        dates=replace(sheet.dates, starts_on=date(2013, 1, 1)),
        status=replace(sheet.status, performance=""),
    )
    found = check(wrong)
    assert codes(found)[0] == "start_after_end"
    warnings = [finding.where for finding in found if finding.level == "warning"]
    printed = [block.value for block in Block]
    assert warnings == sorted(warnings, key=printed.index)
    assert warnings[-1] == "status"


def test_every_finding_stands_at_a_place_of_the_sheet_and_speaks_both_languages(panama):
    for finding in found_in(panama, date(2013, 6, 30)):
        for language in ("es", "en"):
            words = finding.in_language(language)
            assert words.title
            assert words.place
        assert finding.seen


def test_money_findings_read_the_sheet(sheet):
    fao = replace(sheet.money.agencies[1], committed=Quantity(Decimal(10)), spent=Quantity(Decimal(11)))
    money = replace(sheet.money, agencies=(fao, *sheet.money.agencies[2:]), committed=Sum(Decimal(9_000_000), 5, 0))
    lines = (
        replace(sheet.disbursements.lines[0], shares_usd=Decimal(5)),
        replace(sheet.disbursements.lines[1], made_on=date(2009, 1, 1)),
        replace(sheet.disbursements.lines[2], planned_on=date(2011, 6, 1)),
    )
    disbursements = replace(sheet.disbursements, lines=lines, transferred_usd=Decimal(8_000_001))
    found = set(codes(check(replace(sheet, money=money, disbursements=disbursements))))
    assert found >= {
        "spent_above_committed",
        "committed_above_transferred",
        "shares_do_not_match",
        "disbursement_before_start",
        "disbursements_out_of_order",
        "disbursement_overdue",
        "disbursed_above_budget",
    }


def test_shares_of_a_disbursement_come_from_the_database(panama):
    first = panama.disbursements.get(ordinal=1)
    agency = panama.revisions.last().agency_budgets.first().agency
    share = DisbursementShare.objects.create(disbursement=first, agency=agency, amount_usd=Decimal(5))
    assert "shares_do_not_match" in codes(found_in(panama))
    share.amount_usd = first.amount_usd
    share.save()
    assert "shares_do_not_match" not in codes(found_in(panama))


def test_results_and_status_read_the_sheet(panama):
    Achievement.objects.filter(result__programme=panama, result__number=3).delete()
    StatusAssessment.objects.filter(programme=panama).delete()
    found = {finding.code: finding for finding in found_in(panama)}
    assert found["result_without_achievements"].anchor == "R3"
    assert "no_assessment" in found


def test_on_track_while_money_stands_still(panama):
    StatusAssessment.objects.create(programme=panama, assessed_on=date(2012, 6, 1), performance="on_track")
    assert "on_track_at_standstill" in codes(found_in(panama, date(2012, 6, 30)))
    Disbursement.objects.filter(programme=panama, ordinal=3).update(
        state="made", made_on=date(2012, 2, 1), amount_usd=1000
    )
    assert "on_track_at_standstill" not in codes(found_in(panama, date(2012, 6, 30)))


def test_texts_without_translation_are_found_where_they_are_edited(panama):
    result = panama.results.get(number=2)
    result.statement_en = ""
    result.heading_es += " (nuevo)"
    result.save()
    panama.title_en = ""
    panama.save()
    found = [(f.code, f.where, f.field) for f in found_in(panama) if f.code.startswith("translation")]
    assert found == [
        ("translation_stale", "results", "id_results-1-heading_en"),
        ("translation_missing", "programme", "id_title_en"),
        ("translation_missing", "results", "id_results-1-statement_en"),
    ]


def test_what_texts_and_lists_refer_to_is_read_from_the_sheet(panama):
    target = Target.objects.create(framework="MDG", goal=1, code="1.Z", name_es="x", name_en="x")
    panama.programme_targets.create(target=target, position=9)
    panama.evaluations.update(report_url="http://informe")
    text = panama.section_texts.get(section__slug="summary")
    text.text_es = "<p>Con la WTO, por el ODM 9.</p>"
    text.save()
    found = {finding.code: finding for finding in live_findings(Programme.objects.get(pk=panama.pk), AS_OF)}
    assert found["unknown_target"].field == "id_targets-1-target"
    assert found["unknown_target_in_text"].seen == "ODM=9"
    assert found["ambiguous_acronym"].field == "id_summary-text_es"
    assert found["broken_link"].where == Block.EVALUATIONS


def test_money_against_time_reads_the_sheet(panama):
    for budget in panama.revisions.get(number=2).agency_budgets.all():
        FinancialReport.objects.create(
            programme=panama, agency=budget.agency, as_of_on=date(2010, 6, 30),
            committed_usd=100, committed_state="reported", spent_usd=100, spent_state="reported",
        )  # fmt: skip
    StatusAssessment.objects.create(programme=panama, assessed_on=date(2011, 4, 1), performance="on_track")
    StatusAssessment.objects.filter(programme=panama).exclude(performance="on_track").delete()
    panama.evaluations.all().delete()
    assert set(codes(found_in(panama))) >= {
        "delivery_behind_time", "on_track_behind_time", "finances_old", "assessment_old", "no_evaluation",
    }  # fmt: skip


def test_dates_and_missions_read_the_sheet(panama):
    panama.revisions.filter(number=1).update(approved_on=date(2010, 2, 1))
    panama.missions.create(held_on=date(2011, 12, 1), precision="month")
    last = panama.disbursements.get(ordinal=2)
    last.made_on = date(2013, 1, 1)
    last.save()
    assert {"approved_after_start", "mission_in_future"} <= set(codes(found_in(panama)))
    assert {"disbursement_after_end", "past_its_end"} <= set(codes(found_in(panama, date(2013, 6, 30))))


def test_live_findings_are_worked_out_once_for_each_version(panama, django_assert_num_queries):
    first = live_findings(panama, AS_OF)
    with django_assert_num_queries(0):
        assert codes(live_findings(panama, AS_OF)) == codes(first)
    panama.coordinator_name = "Ana Mora"
    panama.version += 1
    panama.save()
    assert "no_coordinator" not in codes(live_findings(panama, AS_OF))


def declared():
    """The codes that the checks give, read from their source."""
    makers = {
        "Finding",
        "beneficiary_finding",
        "_disbursement",
        "_evaluation",
        "_mission",
        "_by_area",
        "_delivery",
        "_Gap",
    }
    found = set()
    for app in ("programmes", "beneficiaries"):
        for path in (settings.ROOT / app / "findings").glob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in makers:
                    said = [argument.value for argument in node.args[:2] if isinstance(argument, ast.Constant)]
                    found |= {value for value in said if isinstance(value, str)}
    return found


def test_every_check_is_named_in_a_test():
    tests = (settings.ROOT / "tests").rglob("test_*find*.py")
    written = "\n".join(path.read_text(encoding="utf-8") for path in tests)
    assert len(declared()) >= 50
    assert {code for code in declared() if f'"{code}"' not in written} == set()
