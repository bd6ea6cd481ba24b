"""What the administrator changes of a person: it is in the history, and on the sheets that name them."""

import pytest
from django.urls import reverse

from programmes.models import Programme, User


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
