"""The money of a programme, agency by agency: rates that name their formula, who holds the next tranche back."""

import re
from datetime import date

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programmes.models import (
    Agency,
    AgencyBudget,
    Disbursement,
    DisbursementShare,
    FinancialReport,
    Fund,
    Programme,
)
from reporting import money
from reporting.status_sheet import build_status_sheet

pytestmark = pytest.mark.django_db

ADDRESS = "/programmes/MDGF-2097/money/"
SHARES = {
    1: {"UNWTO": 203_649, "FAO": 600_000, "UNIDO": 500_000, "UNCTAD": 230_000, "UNDP": 500_000},
    2: {"UNWTO": 389_466, "FAO": 700_000, "UNIDO": 800_000, "UNCTAD": 200_000, "UNDP": 1_000_000},
}
AS_OF = date(2011, 10, 31)


def page(client, language="en"):
    return " ".join(client.get(ADDRESS, headers={"accept-language": language}).text.split())


def rows(text, table=0):
    """Agency → its cells as words, of one of the page's tables."""
    body = re.findall(r"<tbody>(.*?)</tbody>", text)[table]
    found = {}
    for row in re.findall(r"<tr.*?</tr>", body):
        cells = [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)]
        found[cells[0].split()[0]] = cells[1:]
    return found


@pytest.fixture
def shared_out(panama):
    for ordinal, shares in SHARES.items():
        disbursement = panama.disbursements.get(ordinal=ordinal)
        for acronym, amount in shares.items():
            agency = Agency.objects.get(acronym_en=acronym)
            DisbursementShare.objects.create(disbursement=disbursement, agency=agency, amount_usd=amount)
    return panama


def report(programme, acronym, committed, spent=None, basis="estimated"):
    FinancialReport.objects.create(
        programme=programme,
        agency=Agency.objects.get(acronym_en=acronym),
        as_of_on=date(2011, 9, 30),
        committed_usd=committed,
        committed_state="nd" if committed is None else "reported",
        spent_usd=spent,
        spent_state="nd" if spent is None else "reported",
        basis=basis,
    )
    caches["sheets"].clear()


def test_each_agency_says_what_was_approved_transferred_committed_and_spent(client_of, rco_panama, shared_out):
    report(shared_out, "FAO", 1_200_000, 900_000, "certified")
    report(shared_out, "UNCTAD", None)
    found = rows(page(client_of(rco_panama)))
    assert list(found) == ["UNWTO", "FAO", "UNIDO", "UNCTAD", "UNDP"]
    assert found["FAO"] == [
        *("1,839,500", "1,300,000", "1,200,000", "900,000", "65.2 %", "69.2 %"),
        "September 30, 2011 certified",
    ]
    assert found["UNCTAD"][2:] == ["nd", "nd", "nd", "nd", "September 30, 2011 estimated"]
    assert found["UNWTO"][1:] == ["593,115", "blank", "blank", "nd", "nd", "not reported"]


def test_totals_say_how_many_agencies_are_missing(client_of, rco_panama, shared_out):
    report(shared_out, "FAO", 1_200_000, 900_000)
    report(shared_out, "UNDP", 0)
    text = page(client_of(rco_panama))
    foot = re.search(r"<tfoot>(.*?)</tfoot>", text)[1]
    assert '≥ 1,200,000<small class="coverage">3 of 5 agencies missing</small>' in foot
    assert '≥ 900,000<small class="coverage">4 of 5 agencies missing</small>' in foot
    assert "stated total: 8,000,000" in foot
    assert foot.count('<abbr class="nd"') == 2  # no rate of incomplete sums


def test_nothing_reported_is_nd_and_never_zero(client_of, rco_panama, panama):
    text = page(client_of(rco_panama))
    assert "≥" not in text
    foot = re.search(r"<tfoot>(.*?)</tfoot>", text)[1]
    assert foot.count('<abbr class="nd"') == 4
    assert "No agency has reported what it committed of disbursement 2; 70.0 % releases disbursement 3." in text


def test_in_spanish_acronyms_dates_and_heads_are_spanish_and_the_amounts_the_same(client_of, rco_panama, shared_out):
    report(shared_out, "UNIDO", 800_000, 400_000)
    text = page(client_of(rco_panama), "es")
    found = rows(text)
    assert list(found) == ["OMT", "FAO", "ONUDI", "UNCTAD", "PNUD"]
    assert found["ONUDI"][:4] == ["2,067,168", "1,300,000", "800,000", "400,000"]
    assert found["ONUDI"][6].startswith("Septiembre 30, 2011")
    assert found["OMT"][2] == "vacío"
    assert '<html lang="es">' in text
    assert "Aprobado, USD" in text


def test_rates_name_their_formula(client_of, rco_panama):
    text = page(client_of(rco_panama))
    for formula in ("Committed / approved", "Spent / transferred"):
        assert f'class="num m-r">{formula}</th>' in text
        assert f"<dt>{formula}</dt>" in text


def test_without_shares_what_each_received_and_still_has_to_commit_is_nd_and_the_page_says_why(
    client_of, rco_panama, focal_point_fao, panama
):
    text = page(client_of(rco_panama))
    assert "Disbursements 1 and 2 were recorded without a share for each agency" in text
    assert "What each agency still has to commit is not known" in text
    assert text.count("<tbody>") == 1
    assert "Enter the shares" in text
    assert "Enter the shares" not in page(client_of(focal_point_fao))


def test_who_holds_the_next_tranche_back_and_by_how_much(client_of, rco_panama, shared_out):
    for acronym, committed in {"UNWTO": 203_649, "FAO": 1_200_000, "UNIDO": 800_000, "UNDP": 1_100_000}.items():
        report(shared_out, acronym, committed)
    report(shared_out, "UNCTAD", 430_000)
    text = page(client_of(rco_panama))
    # 3,733,649 less the first release of 2,033,649 is 55.0 % of the second, 3,089,466
    assert "55.0 % of disbursement 2 is committed; 70.0 % releases disbursement 3." in text
    assert "USD 462,626.20 still to be committed, all agencies together." in text
    found = rows(text, 1)
    assert list(found) == ["UNWTO", "UNIDO", "UNDP", "FAO", "UNCTAD"]
    assert found["UNIDO"] == ["800,000", "300,000", "37.5 %", "560,000", "260,000"]
    assert found["UNWTO"] == ["389,466", "0", "0.0 %", "272,626.20", "272,626.20"]
    assert found["FAO"][-1] == "0"


def test_the_fund_s_setting_decides(client_of, rco_panama, shared_out):
    Fund.objects.filter(pk=shared_out.fund_id).update(tranche_share="0.5")
    text = page(client_of(rco_panama))
    assert "50.0 % releases disbursement 3" in text
    assert "50.0 % of the share, USD" in text


def test_before_the_first_disbursement_everything_transferred_is_pending(client_of, rco_panama, panama):
    Disbursement.objects.filter(programme=panama).update(state="planned", made_on=None)
    text = page(client_of(rco_panama))
    assert "Nothing has been disbursed yet" in text
    assert rows(text)["FAO"][1] == "pending"
    assert "Who holds the next tranche back" in text
    assert 'class="meter"' not in text


def test_when_everything_is_released_nobody_holds_anything_back(client_of, rco_panama, panama):
    panama.disbursements.filter(ordinal=3).update(state="made", made_on=date(2011, 9, 1), amount_usd=2_876_885)
    assert "there is no further tranche" in page(client_of(rco_panama))


def test_a_programme_without_budgets_says_so(client_of, rco_panama, panama):
    AgencyBudget.objects.filter(revision__programme=panama).delete()
    assert "No agency has a budget yet." in page(client_of(rco_panama))


def test_a_budget_of_zero_has_no_rate(panama):
    AgencyBudget.objects.filter(revision__programme=panama, agency__acronym_en="FAO").update(amount_usd=0)
    report(panama, "FAO", 5)
    line = next(line for line in money.lines(build_status_sheet(panama, AS_OF)) if line.money.agency == "FAO")
    assert str(line.committed_of_approved.state) == "na"


# Who reports


def test_a_focal_point_sees_where_their_agency_stands_and_reports_from_there(client_of, focal_point_fao):
    text = page(client_of(focal_point_fao))
    own = re.search(r'<tr class="own">(.*?)</tr>', text)[1]
    assert "FAO" in own
    assert "your agency" in own
    assert '<a href="/programmes/MDGF-2097/sections/finances/edit/">Report your figures</a>' in own
    assert text.count('<tr class="own">') == 1
    assert "your agency" not in text.split("</tbody>")[1]


def test_a_focal_point_finds_their_agency_among_those_that_hold_the_tranche_back(
    client_of, focal_point_fao, shared_out
):
    report(shared_out, "FAO", 700_000)
    held = page(client_of(focal_point_fao)).split("<tbody>")[2]
    assert re.search(r'<tr class="own"><th scope="row">FAO <span class="sub">your agency</span>', held)
    assert '<td class="num holds" data-label="Still to commit, USD"><span>390,000' in held


def test_only_who_may_report_is_led_to_the_form(client_of, rco_panama, secretariat):
    assert "sections/finances/edit/" in page(client_of(rco_panama))
    assert "sections/finances/edit/" not in page(client_of(secretariat))


def test_the_workspace_leads_there_from_the_budget_and_from_the_meter(client_of, rco_panama):
    workspace = client_of(rco_panama).get("/programmes/MDGF-2097/").text
    assert f'<a href="{ADDRESS}">' in workspace
    assert f'<a href="{ADDRESS}#tranche">' in workspace


def test_it_takes_as_many_queries_for_thirty_agencies_as_for_five(client_of, rco_panama, shared_out):
    client = client_of(rco_panama)

    def queries():
        caches["sheets"].clear()
        with CaptureQueriesContext(connection) as found:
            assert client.get(ADDRESS).status_code == 200
        return len(found)

    queries()
    few = queries()
    revision = Programme.objects.get(pk=shared_out.pk).revisions.order_by("number").last()
    for number in range(25):
        agency = Agency.objects.create(
            acronym_en=f"A{number}", acronym_es=f"A{number}", name_en=f"Agency {number}", name_es=f"Agencia {number}"
        )
        AgencyBudget.objects.create(revision=revision, agency=agency, amount_usd=10)
        report(shared_out, agency.acronym_en, 5, 4)
    assert queries() == few
    with CaptureQueriesContext(connection) as when_kept:
        client.get(ADDRESS)
    assert len(when_kept) <= 6
