"""The list of people, the form that invites, and the page that ends a role."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programmes.actions import people
from programmes.models import Agency, Invitation, Membership, Programme, Role, User
from programmes.views.people import PAGE
from tests.programmes.inviting import AT, EMAIL, focal_point_of, invited, reader_of

pytestmark = pytest.mark.django_db

LIST = "/people/"
INVITE = "/people/invite/"


@pytest.fixture
def capture(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


@pytest.fixture
def fields(panama):
    """What the form sends to invite a focal point of FAO."""
    fao = Agency.objects.get(acronym_en="FAO")
    return {
        "email": EMAIL,
        "name": "",
        "role": "focal_point",
        "language": "en",
        "programme": panama.pk,
        "agency": fao.pk,
    }


@pytest.fixture
def office(client_of, rco_panama):
    client = client_of(rco_panama)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def main_of(page):
    return page.text.split("<main")[1]


# ------------------------------------------------------------------ the list


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("rco_panama", {"fao", "onudi", "lector"}),
        ("secretariat", {"fao", "onudi", "lector", "oficina.cr", "secretariado"}),
        ("administrator", {"fao", "onudi", "lector", "oficina.cr", "secretariado", "administracion"}),
        ("stranger", set()),
    ],
)
def test_the_list_shows_whose_role_one_may_end(who, seen, client_of, request, panama):
    page = main_of(client_of(request.getfixturevalue(who)).get(LIST))
    everybody = ("fao", "onudi", "lector", "oficina.cr", "secretariado", "administracion")
    assert {name for name in everybody if f">{name}@" in page} == seen


def test_a_focal_point_is_told_which_right_is_missing(client_of, focal_point_fao):
    page = client_of(focal_point_fao).get(LIST, headers={"accept-language": "en"})
    assert page.status_code == 403
    assert "You are not allowed to invite people and grant scopes." in page.text


def test_people_leads_from_the_bar_of_whoever_may_invite(office, client_of, focal_point_fao):
    assert 'href="/people/"' in office.get("/").text
    assert 'href="/people/?programme=MDGF-2097"' in office.get("/programmes/MDGF-2097/").text
    assert "/people/" not in client_of(focal_point_fao).get("/").text


def test_a_list_without_anybody_says_what_to_do(office, panama):
    Membership.objects.exclude(role=Role.RCO).delete()
    page = main_of(office.get(LIST))
    assert "Nobody has a role here yet." in page
    assert f'href="{INVITE}"' in page


def test_ended_roles_and_answered_invitations_are_not_listed(office, rco_panama, panama, focal_point_fao, capture):
    first, _token = invited(rco_panama, panama, capture)
    invited(rco_panama, panama, capture, email="otro@example.org")
    people.revoke(invitation=first, by=rco_panama, at=AT)
    people.end(membership=focal_point_fao.memberships.get(), by=rco_panama, at=AT)
    page = main_of(office.get(LIST))
    assert "otro@example.org" in page
    assert EMAIL not in page
    assert focal_point_fao.email not in page


def test_the_list_of_one_programme_has_its_people_its_office_and_its_secretariat(client_of, administrator, panama):
    elsewhere = Programme.objects.create(code="MDGF-9", country=panama.country, fund=panama.fund)
    other = User.objects.create_user("otra@example.org", "una-clave-larga-2011", name="Otra")
    Membership.objects.create(user=other, role=Role.READER, programme=elsewhere)
    page = main_of(client_of(administrator).get(f"{LIST}?programme=MDGF-2097"))
    assert all(f">{name}@" in page for name in ("fao", "lector", "oficina.cr", "secretariado"))
    assert ">otra@" not in page
    assert ">administracion@" not in page
    for unknown in ("NONE", "%00"):
        assert ">otra@" in main_of(client_of(administrator).get(f"{LIST}?programme={unknown}"))


def test_a_longer_list_costs_no_more_queries_and_has_pages(office, rco_panama, panama, capture):
    invited(rco_panama, panama, capture)
    with CaptureQueriesContext(connection) as few:
        office.get(LIST)
    for number in range(PAGE + 5):
        person = User.objects.create(email=f"p{number}@example.org", name=f"Persona {number}")
        Membership.objects.create(user=person, role=Role.READER, programme=panama)
        invited(rco_panama, panama, capture, email=f"i{number}@example.org")
    with CaptureQueriesContext(connection) as many:
        page = office.get(LIST)
    assert len(many) == len(few)
    assert "Page 1 of 2" in page.text
    assert "Page 2 of 2" in office.get(f"{LIST}?page=2").text


# ------------------------------------------------------------------ inviting


def test_an_invitation_is_sent_and_listed(office, fields, capture):
    with capture(execute=True):
        page = office.post(INVITE, fields | {"name": "Elena Castillo"}, follow=True)
    assert page.redirect_chain == [(LIST, 303)]
    assert f"The invitation is on its way to {EMAIL}." in page.text
    assert "Elena Castillo" in main_of(page)
    assert [message.to for message in mail.outbox] == [[EMAIL]]


def test_the_programme_of_the_address_is_chosen_already(client_of, secretariat, panama):
    Programme.objects.create(code="MDGF-1", country=panama.country, fund=panama.fund)
    client = client_of(secretariat)

    def chosen(address):
        return re.findall(
            r'value="(\d+)" selected', client.get(address).text.split('id="id_programme"')[1].split("</select>")[0]
        )

    assert chosen(f"{INVITE}?programme=MDGF-2097") == [str(panama.pk)]
    assert chosen(INVITE) == []


@pytest.mark.parametrize(
    ("who", "roles"),
    [
        ("rco_panama", ["focal_point", "reader"]),
        ("secretariat", ["focal_point", "rco", "secretariat", "reader"]),
        ("administrator", ["focal_point", "rco", "secretariat", "reader", "administrator"]),
    ],
)
def test_only_roles_that_one_may_grant_are_offered(who, roles, client_of, request):
    page = client_of(request.getfixturevalue(who)).get(INVITE).text
    assert [role for role in Role if f'name="role" value="{role.value}"' in page] == roles


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"email": ""}, "Write the e-mail address."),
        ({"email": "elena en fao"}, "Enter a valid email address."),
        ({"email": "elena@fao.example\nBcc: all@example.org"}, "Enter a valid email address."),
        ({"role": ""}, "Choose the role."),
        ({"programme": ""}, "Choose the programme."),
        ({"agency": ""}, "Choose the agency they speak for."),
        ({"programme": "999999"}, "Select a valid choice."),
        ({"language": "fr"}, "Select a valid choice."),
        ({"name": "x" * 121}, "shorten it by 1 character."),
        ({"email": "oficina.cr@panama.example"}, "You cannot invite yourself"),
        ({"email": "fao@panama.example"}, "has this role already"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_typed_is_lost(office, fields, capture, changed, said):
    with capture(execute=True):
        page = office.post(INVITE, {"name": "Elena Castillo"} | fields | changed)
    assert said in page.text
    assert page.text.count('class="field has-error"') == 1
    assert not Invitation.objects.exists()
    assert mail.outbox == []
    if "email" not in changed:
        assert f'value="{EMAIL}"' in page.text


def test_an_agency_that_does_not_take_part_has_no_focal_point(client_of, administrator, panama, fields):
    unicef = Agency.objects.exclude(budgets__revision__programme=panama).first()
    other = Programme.objects.create(code="MDGF-1", country=panama.country, fund=panama.fund)
    revision = other.revisions.create(number=1, total_budget_usd=1, ends_on="2012-01-01")
    revision.agency_budgets.create(agency=unicef, amount_usd=1)
    client = client_of(administrator)
    page = client.post(INVITE, fields | {"agency": unicef.pk}, headers={"accept-language": "en"})
    assert f"{unicef.acronym_en} does not take part in MDGF-2097. Those who do:" in page.text
    assert not Invitation.objects.exists()


def test_what_does_not_belong_to_the_role_is_left_aside(office, fields):
    office.post(INVITE, fields | {"role": "reader"})
    invitation = Invitation.objects.get()
    assert (invitation.role, invitation.agency) == (Role.READER, None)


def test_a_role_beyond_ones_own_is_refused_with_the_missing_right(office, fields):
    page = office.post(INVITE, fields | {"role": "secretariat"})
    assert page.status_code == 403
    assert "You are not allowed to invite people and grant scopes for Secretariat." in page.text


def test_the_page_does_not_tell_whether_an_address_has_an_account(office, stranger, fields, capture):
    answers = []
    for email in (stranger.email, "nobody@nowhere.example"):
        page = office.post(INVITE, fields | {"email": email}, follow=True)
        answers.append(page.text.replace(email, "·").split("<main")[0].split("messages")[1])
    assert answers[0] == answers[1]


def test_somebody_of_the_list_gets_the_role_at_once(office, reader, fields, capture):
    with capture(execute=True):
        page = office.post(INVITE, fields | {"email": reader.email}, follow=True)
    assert "has the role from now on" in page.text
    assert reader.memberships.filter(role=Role.FOCAL_POINT, agency__acronym_en="FAO").exists()
    assert not Invitation.objects.exists()
    assert [message.to for message in mail.outbox] == [[reader.email]]


# ------------------------------------------------------------------ sending again, revoking, ending


def test_an_invitation_is_sent_again_and_revoked_from_the_list(office, rco_panama, panama, capture):
    invitation, _token = invited(rco_panama, panama, capture)
    with capture(execute=True):
        page = office.post(f"/people/invitations/{invitation.pk}/resend/", follow=True)
    assert "the earlier one no longer works" in page.text
    assert len(mail.outbox) == 2
    page = office.post(f"/people/invitations/{invitation.pk}/revoke/", follow=True)
    assert "is revoked" in page.text
    page = office.post(f"/people/invitations/{invitation.pk}/revoke/", follow=True)
    assert "was revoked in the meantime" in page.text


def test_invitations_and_roles_beyond_ones_scope_are_not_there(client_of, stranger, rco_panama, panama, capture):
    invitation, _token = invited(rco_panama, panama, capture)
    client = client_of(stranger)
    for address in (f"invitations/{invitation.pk}/resend", f"invitations/{invitation.pk}/revoke"):
        assert client.post(f"/people/{address}/").status_code == 404
    for whose in (rco_panama, stranger):
        assert client.get(f"/people/memberships/{whose.memberships.get().pk}/end/").status_code == 404
    assert client.get(f"/people/memberships/{10**30}/end/").status_code == 404


def test_ending_a_role_asks_with_what_it_means(office, focal_point_fao, rco_panama, panama, reading_only):
    membership = focal_point_fao.memberships.get()
    address = f"/people/memberships/{membership.pk}/end/"
    with reading_only():
        asked = main_of(office.get(address))
    assert "It is their only role" in asked
    assert "agency focal point · MDGF-2097 · FAO" in asked
    page = office.post(address, follow=True)
    assert "is no longer agency focal point" in page.text
    assert focal_point_fao.email not in main_of(page)
    assert office.post(address).status_code == 404


def test_the_other_roles_of_the_person_are_mentioned(office, rco_panama, focal_point_fao, panama):
    people.grant(user=focal_point_fao, by=rco_panama, at=AT, **reader_of(panama))
    membership = focal_point_fao.memberships.get(role=Role.FOCAL_POINT)
    assert "Their other roles stay" in office.get(f"/people/memberships/{membership.pk}/end/").text


@pytest.mark.parametrize(
    ("who", "said"),
    [("secretariat", "This is your own last role"), ("administrator", "This is the last administrator")],
)
def test_what_cannot_be_ended_is_said_before_and_after(who, said, client_of, request):
    person = request.getfixturevalue(who)
    client = client_of(person)
    address = f"/people/memberships/{person.memberships.get().pk}/end/"
    page = client.get(address, headers={"accept-language": "en"})
    assert said in page.text
    assert "btn danger" not in page.text
    assert said in client.post(address, headers={"accept-language": "en"}).text
    assert person.memberships.filter(ended_at__isnull=True).exists()


def test_whoever_ends_a_role_of_their_own_is_signed_out_too(client_of, secretariat, panama):
    membership = secretariat.memberships.get()
    Membership.objects.create(user=secretariat, role=Role.READER, programme=panama)
    client = client_of(secretariat)
    assert client.post(f"/people/memberships/{membership.pk}/end/").status_code == 303
    assert client.get(LIST)["Location"].startswith("/accounts/login/")


def test_agencies_are_those_of_the_programmes_on_offer(office, panama):
    page = main_of(office.get(INVITE))
    offered = set(Agency.objects.filter(budgets__revision__programme=panama).distinct())
    assert all(f'value="{agency.pk}">{agency.acronym_en} ·' in page for agency in offered)
    assert page.split('name="agency"')[1].split("</select>")[0].count("<option") == len(offered) + 1
    assert focal_point_of(panama)["scope"]["agency"] in offered
