"""What the administrator changes of a person: it is in the history, and on the sheets that name them."""

import pytest
from django.urls import reverse

from programmes.models import Membership, Programme, Role, User

ENGLISH = {"headers": {"accept-language": "en"}}


@pytest.fixture
def signed_in(client_of, administrator):
    return client_of(administrator)


def test_a_password_changed_by_the_administrator_is_in_the_history_under_their_name(signed_in, administrator, reader):
    password = "otra clave bastante larga"
    change = reverse("admin:auth_user_password_change", args=[reader.pk])
    signed_in.post(change, {"usable_password": "true", "password1": password, "password2": password})
    assert User.objects.get(pk=reader.pk).check_password(password)
    assert reader.history.first().history_user == administrator


def test_a_person_renamed_is_renamed_on_the_sheets_they_assessed(signed_in, rco_panama, panama):
    other = Programme.objects.create(code="MDGF-1", country=panama.country, fund=panama.fund)
    panama.status_assessments.update(assessed_by=rco_panama)
    data = {"email": rco_panama.email, "language": "es", "is_active": "on"}
    data |= {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}
    change = reverse("admin:programmes_user_change", args=[rco_panama.pk])
    for name in ("Inés Batista", "Inés Batista"):
        assert signed_in.post(change, data | {"name": name}).status_code == 302
    assert User.objects.get(pk=rco_panama.pk).name == "Inés Batista"
    versions = [Programme.objects.get(pk=programme.pk).version for programme in (panama, other)]
    assert versions == [panama.version + 1, other.version]


def person_data(person, **changes):
    data = {"email": person.email, "name": person.name, "language": "es", "is_active": "on"}
    data |= {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"} | changes
    return {name: value for name, value in data.items() if value is not None}


def colleague(role=Role.ADMINISTRATOR):
    person = User.objects.create_user("otra@ficha.example", "una-clave-larga-2011", name="Otra")
    Membership.objects.create(user=person, role=role)
    return person


def test_the_last_administrator_is_not_ended_where_others_are_granted_roles(signed_in, administrator):
    membership = administrator.memberships.get(role=Role.ADMINISTRATOR)
    address = reverse("admin:programmes_membership_change", args=[membership.pk])
    ended = {"ended_at_0": "2011-06-30", "ended_at_1": "10:00:00"}
    assert signed_in.post(address, {"user": administrator.pk, "role": "reader", **ended}).status_code == 403
    rows = {
        "memberships-TOTAL_FORMS": "1",
        "memberships-INITIAL_FORMS": "1",
        "memberships-0-id": membership.pk,
        "memberships-0-user": administrator.pk,
        "memberships-0-role": "reader",
        "memberships-0-ended_at_0": "2011-06-30",
        "memberships-0-ended_at_1": "10:00:00",
    }
    person = reverse("admin:programmes_user_change", args=[administrator.pk])
    assert signed_in.post(person, person_data(administrator, **rows)).status_code == 302
    membership.refresh_from_db()
    assert (membership.role, membership.ended_at) == (Role.ADMINISTRATOR, None)


def test_a_role_is_ended_on_its_own_page_to_which_the_administration_leads(signed_in, reader):
    membership = reader.memberships.get()
    ending = reverse("programmes:membership_end", args=[membership.pk])
    for address in (
        reverse("admin:programmes_membership_change", args=[membership.pk]),
        reverse("admin:programmes_user_change", args=[reader.pk]),
    ):
        assert f'href="{ending}"' in signed_in.get(address).text
    assert signed_in.get(ending).status_code == 200


def test_a_role_is_granted_on_the_persons_page(signed_in, reader, panama):
    rows = {
        "memberships-TOTAL_FORMS": "1",
        "memberships-INITIAL_FORMS": "0",
        "memberships-0-user": reader.pk,
        "memberships-0-role": "rco",
        "memberships-0-country": panama.country_id,
    }
    signed_in.post(reverse("admin:programmes_user_change", args=[reader.pk]), person_data(reader, **rows))
    assert reader.memberships.filter(role=Role.RCO, country=panama.country, ended_at__isnull=True).exists()


def test_nobody_switches_off_their_own_account_nor_the_last_administrators(client_of, administrator):
    change = reverse("admin:programmes_user_change", args=[administrator.pk])
    refused = client_of(administrator).post(change, person_data(administrator, is_active=None), **ENGLISH)
    assert "This is the last administrator" in refused.text
    other = colleague()
    refused = client_of(administrator).post(change, person_data(administrator, is_active=None), **ENGLISH)
    assert "This is your own account" in refused.text
    assert User.objects.get(pk=administrator.pk).is_active
    assert client_of(other).post(change, person_data(administrator, is_active=None)).status_code == 302
    assert not User.objects.get(pk=administrator.pk).is_active


def test_an_account_that_is_switched_off_is_signed_out_for_good(signed_in, client_of, reader):
    theirs = client_of(reader)
    change = reverse("admin:programmes_user_change", args=[reader.pk])
    for is_active in (None, "on"):
        assert signed_in.post(change, person_data(reader, is_active=is_active)).status_code == 302
    assert theirs.get("/").status_code == 302
