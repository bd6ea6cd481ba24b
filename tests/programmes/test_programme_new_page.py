"""The page that makes a programme: who may, for which country and fund, and that a refusal keeps everything typed."""

from datetime import date
from decimal import Decimal

import pytest

from programmes.forms.creation import NewProgrammePage
from programmes.models import Agency, Country, Fund, Membership, Programme, Role
from tests.programmes.browsing import form_on

ADDRESS = "/programmes/new/"
TYPED = {
    "programme-title_es": "Agua para todos",
    "programme-title_en": "Water for all",
    "programme-title_source": "es",
    "programme-code": "mdgf-3001-",
    "main-nothing": "",
    "approved_on": "3 de mayo de 2010",
    "starts_on": "",
    "ends_on": "31 de diciembre de 2012",
    "total_budget_usd": "1,500,000",
    "budgets-count": "2",
    "budgets-0-amount_usd": "1,000,000",
    "budgets-1-amount_usd": "500,000",
    "results-count": "1",
    "results-0-statement_es": "Las comunidades tienen agua segura.",
    "results-0-statement_en": "",
    "results-0-statement_source": "es",
    "results-0-heading_source": "es",
    "results-0-rating_source": "es",
}


def honduras():
    names = {"iso3": "HND", "name_es": "Honduras", "name_en": "Honduras"}
    return Country.objects.get_or_create(iso2="HN", defaults=names)[0]


@pytest.fixture
def typed(panama):
    fao, undp = Agency.objects.get(acronym_en="FAO"), Agency.objects.get(acronym_en="UNDP")
    return TYPED | {
        "programme-country": str(panama.country_id),
        "programme-fund": str(panama.fund_id),
        "budgets-0-agency": str(fao.pk),
        "budgets-1-agency": str(undp.pk),
    }


@pytest.fixture
def rco(client_of, rco_panama, panama):
    return client_of(rco_panama)


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("reader", 403),
        ("focal_point_fao", 403),
        ("rco_panama", 200),
        ("secretariat", 200),
        ("administrator", 200),
    ],
)
def test_who_may_create_a_programme(person, status, request, client_of, panama):
    assert client_of(request.getfixturevalue(person)).get(ADDRESS).status_code == status


def test_a_programme_is_created_with_its_approval_agencies_and_results(rco, typed, rco_panama):
    answer = rco.post(ADDRESS, typed)
    made = Programme.objects.get(code="MDGF-3001")
    assert (answer.status_code, answer.url) == (303, made.get_absolute_url())
    revision = made.revisions.get()
    assert (revision.number, revision.approved_on, revision.ends_on) == (1, date(2010, 5, 3), date(2012, 12, 31))
    assert revision.total_budget_usd == Decimal("1500000")
    assert [budget.agency.acronym_en for budget in revision.agency_budgets.all()] == ["FAO", "UNDP"]
    assert [(result.label, result.statement_es) for result in made.results.all()] == [
        ("R1", "Las comunidades tienen agua segura.")
    ]
    assert made.history.get().history_user == rco_panama


def test_its_workspace_and_its_pdf_page_open_at_once(rco, typed):
    answer = rco.post(ADDRESS, typed, follow=True)
    assert answer.status_code == 200
    assert "MDGF-3001" in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "id_of_field"),
    [
        ("programme-code", "MDGF-2097", "id_programme-code"),
        ("programme-code", "new", "id_programme-code"),
        ("programme-code", "MDGF/3001", "id_programme-code"),
        ("programme-code", "", "id_programme-code"),
        ("programme-title_es", "", "id_programme-title_es"),
        ("ends_on", "", "id_ends_on"),
        ("ends_on", "31/02/2012", "id_ends_on"),
        ("total_budget_usd", "1.839", "id_total_budget_usd"),
        ("total_budget_usd", "-5", "id_total_budget_usd"),
        ("programme-country", "", "id_programme-country"),
        ("budgets-1-amount_usd", "x", "id_budgets-1-amount_usd"),
    ],
)
def test_a_refusal_names_the_field_makes_nothing_and_keeps_what_was_typed(rco, typed, field, value, id_of_field):
    sent = typed | {field: value} | ({"programme-title_en": ""} if "title" in field else {})
    answer = rco.post(ADDRESS, sent)
    assert answer.status_code == 422
    assert f'href="#{id_of_field}"' in answer.content.decode()
    assert form_on(answer)["results-0-statement_es"] == TYPED["results-0-statement_es"]
    assert list(Programme.objects.values_list("code", flat=True)) == ["MDGF-2097"]


def test_a_code_that_somebody_took_at_the_same_moment_is_refused_and_nothing_is_lost(rco, typed, panama, monkeypatch):
    judged = NewProgrammePage.is_valid

    def is_valid(page):
        valid = judged(page)
        Programme.objects.create(code="MDGF-3001", title_es="x", country=panama.country, fund=panama.fund)
        return valid

    monkeypatch.setattr(NewProgrammePage, "is_valid", is_valid)
    answer = rco.post(ADDRESS, typed, headers={"accept-language": "en"})
    assert answer.status_code == 422
    assert 'href="#id_programme-code">The programme – Code: There is already a programme with' in answer.text
    assert form_on(answer)["results-0-statement_es"] == TYPED["results-0-statement_es"]
    assert Programme.objects.get(code="MDGF-3001").title_es == "x"


def test_rco_staff_are_offered_their_own_country_only(rco, client_of, secretariat):
    honduras()
    assert ">Honduras</option>" not in rco.get(ADDRESS).content.decode()
    assert ">Honduras</option>" in client_of(secretariat).get(ADDRESS).content.decode()


def test_a_country_outside_ones_scope_is_refused_although_it_was_sent(rco, typed):
    other = honduras()
    assert rco.post(ADDRESS, typed | {"programme-country": str(other.pk)}).status_code == 422
    assert not Programme.objects.filter(country=other).exists()


def test_two_scopes_do_not_add_up_to_a_third(client_of, rco_panama, typed, panama):
    """RCO staff of Panama who are the Secretariat of another fund may not join Honduras with Panama's fund."""
    other_fund = Fund.objects.create(code="OTHER", name_es="Otro", name_en="Other", acronym_es="O", acronym_en="O")
    Membership.objects.create(user=rco_panama, role=Role.SECRETARIAT, fund=other_fund)
    other = honduras()
    answer = client_of(rco_panama).post(ADDRESS, typed | {"programme-country": str(other.pk)})
    assert answer.status_code == 422
    assert 'href="#id_programme-country"' in answer.content.decode()


def test_a_list_button_brings_the_page_back_with_everything_typed(rco, typed):
    answer = rco.post(ADDRESS, typed | {"list_action": "results:add"})
    assert answer.status_code == 200
    shown = form_on(answer)
    assert shown["results-count"] == "2"
    assert shown["programme-title_es"] == "Agua para todos"
