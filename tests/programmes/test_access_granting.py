"""Who may make whom what, and where: the table of roles granted, literally, against the one the portal follows."""

from itertools import product

import pytest

from programmes.access import (
    ALLOWED,
    GRANTABLE,
    Right,
    grantable,
    grantable_roles,
    grantable_scopes,
    may_grant,
    require_grant,
)
from programmes.models import Agency, Country, Fund, Membership, Programme, Role, User

pytestmark = pytest.mark.django_db

ROLES = (Role.FOCAL_POINT, Role.RCO, Role.SECRETARIAT, Role.READER, Role.ADMINISTRATOR)
#: Granting role → role granted (in the order of ROLES): within the country, within the fund, anywhere, or not.
TABLE = """
                   focal_point   rco    secretariat   reader    administrator
    focal_point    -             -      -             -         -
    rco            country       -      -             country   -
    secretariat    fund          fund   fund          fund      -
    reader         -             -      -             -         -
    administrator  all           all    all           all       all
"""
CELLS = {
    (Role(row.split()[0]), granted): said
    for row in TABLE.strip().splitlines()[1:]
    for granted, said in zip(ROLES, row.split()[1:], strict=True)
}


@pytest.fixture
def places(panama):
    """Panama and Costa Rica, two funds, and a programme in each combination but the other fund in Panama."""
    other_country, _made = Country.objects.get_or_create(
        iso2="CR", iso3="CRI", name_es="Costa Rica", name_en="Costa Rica"
    )
    other_fund = Fund.objects.create(code="OTHER", name_es="Otro", name_en="Other", acronym_es="O", acronym_en="O")
    nowhere, _made = Country.objects.get_or_create(iso2="HN", iso3="HND", name_es="Honduras", name_en="Honduras")
    second = Programme.objects.create(code="MDGF-2", country=other_country, fund=panama.fund)
    third = Programme.objects.create(code="OTHER-1", country=other_country, fund=other_fund)
    return {
        "programme": [panama, second, third],
        "country": [panama.country, other_country, nowhere],
        "fund": [panama.fund, other_fund],
    }


def scopes_of(role, places):
    fao = Agency.objects.get(acronym_en="FAO")
    match role:
        case Role.FOCAL_POINT:
            return [{"programme": programme, "agency": fao} for programme in places["programme"]]
        case Role.READER:
            return [{"programme": programme} for programme in places["programme"]]
        case Role.RCO:
            return [{"country": country} for country in places["country"]]
        case Role.SECRETARIAT:
            return [{"fund": fund} for fund in places["fund"]]
    return [{}]


def expected(said, role, scope, panama):
    """The rule in words: own country; own fund, or a country where the fund has programmes; anywhere; nowhere."""
    programme, fund = scope.get("programme"), scope.get("fund")
    if said == "country":
        return programme.country == panama.country
    if said == "fund" and role == Role.RCO:
        return Programme.objects.filter(country=scope["country"], fund=panama.fund).exists()
    if said == "fund":
        return (programme.fund if programme else fund) == panama.fund
    return said == "all"


@pytest.fixture
def people(focal_point_fao, rco_panama, secretariat, reader, administrator):
    return dict(zip(ROLES, (focal_point_fao, rco_panama, secretariat, reader, administrator), strict=True))


def test_the_table_names_every_role_twice():
    assert set(CELLS) == set(product(Role, Role))
    assert set(GRANTABLE) == set(Role)
    assert {(by, granted) for by, roles in GRANTABLE.items() for granted in roles} == {
        cell for cell, said in CELLS.items() if said != "-"
    }


def test_who_grants_anything_is_who_has_the_right_to_invite():
    assert {role for role, granted in GRANTABLE.items() if granted} == set(ALLOWED[Right.INVITE_PEOPLE])


@pytest.mark.parametrize(("by", "granted"), CELLS, ids=lambda role: role.value)
def test_what_each_person_may_grant_in_every_scope(by, granted, people, places, panama):
    said, person = CELLS[by, granted], people[by]
    for scope in scopes_of(granted, places):
        allowed = expected(said, granted, scope, panama)
        assert may_grant(person, granted, scope) == allowed, scope
        if allowed:
            require_grant(person, granted, scope)


@pytest.mark.parametrize(("by", "granted"), CELLS, ids=lambda role: role.value)
def test_the_list_shows_exactly_what_may_be_granted(by, granted, people, places):
    other = User.objects.create_user("otra@example.org", "una-clave-larga-2011", name="Otra")
    for scope in scopes_of(granted, places):
        Membership.objects.create(user=other, role=granted, **scope)
    listed = set(other.memberships.filter(grantable(people[by])))
    assert listed == {held for held in other.memberships.all() if may_grant(people[by], granted, held.scope)}


@pytest.mark.parametrize("by", ROLES, ids=lambda role: role.value)
def test_the_form_offers_exactly_the_scopes_of_some_role_that_may_be_granted(by, people, places):
    person = people[by]
    for column, found in places.items():
        offered = set(type(found[0]).objects.filter(grantable_scopes(person, column)))
        assert offered & set(found) == {
            held
            for held in found
            for role in grantable_roles(person)
            for scope in scopes_of(role, {**places, column: [held]})
            if column in scope and may_grant(person, role, scope)
        }


def test_a_closed_account_grants_nothing(people, panama):
    for person in people.values():
        person.is_active = False
        assert grantable_roles(person) == []
        assert not may_grant(person, Role.READER, {"programme": panama})
        assert not Membership.objects.filter(grantable(person)).exists()
