"""What tests of edit pages ask for: an officer, a colleague of the same office, and both on one page."""

import pytest

from programmes.models import Membership, Role, User
from tests.programmes.browsing import form_on
from tests.programmes.two_people import EN, address


@pytest.fixture
def rco(client_of, rco_panama, panama):
    return client_of(rco_panama)


@pytest.fixture
def colleague(client_of, rco_panama, panama):
    user = User.objects.create_user("raul@panama.example", "una-clave-larga-2011", name="Raúl Ortega")
    Membership.objects.create(user=user, role=Role.RCO, country=panama.country)
    return client_of(user)


@pytest.fixture
def both(rco, colleague):
    """``both(section, theirs, mine)``: two people open a block, one saves, then the other: that answer."""

    def edited(section, theirs, mine, language="en"):
        opened = form_on(rco.get(address(section), headers={"accept-language": language}))
        other = form_on(colleague.get(address(section), headers=EN))
        first = colleague.post(address(section), _changed(other, theirs), headers=EN)
        assert first.status_code == 303, first.context and first.context["page"].errors
        return rco.post(address(section), _changed(opened, mine), headers={"accept-language": language})

    return edited


def _changed(data, changes):
    """A dict of changes, or a function that makes the new form of the old one."""
    return changes(data) if callable(changes) else data | changes
