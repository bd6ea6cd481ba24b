"""Several people at the same moment, each in a transaction of their own; and a mail server that does not answer."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.db import connection, transaction

from programmes.access import MissingRight
from programmes.actions import people
from programmes.models import Invitation, Membership, Role, User
from tests.at_once import patiently
from tests.programmes.inviting import AT, EMAIL, LATER, PASSWORD, focal_point_of, token_in

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*verbs):
    """What each answers: its result, or its refusal."""

    def run(verb):
        try:
            return patiently(verb)
        except (people.Refused, people.LinkClosed, MissingRight) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(verbs)) as threads:
        return list(threads.map(run, verbs))


def test_accepting_twice_at_once_makes_one_account_and_one_membership(rco_panama, panama):
    invitation = people.invite(email=EMAIL, language="en", by=rco_panama, at=AT, **focal_point_of(panama))

    def accept():
        return people.accept_as_new(invitation=invitation, name="Elena", password=PASSWORD, at=LATER)

    answers = at_once(accept, accept, accept, accept)
    assert sum(isinstance(answer, people.LinkClosed) for answer in answers) == 3
    assert User.objects.filter(email=EMAIL).count() == 1
    assert Membership.objects.filter(user__email=EMAIL).count() == 1


def test_accepting_twice_at_once_with_an_account_makes_one_membership(rco_panama, reader, panama):
    invitation = people.invite(email=reader.email, language="en", by=rco_panama, at=AT, **focal_point_of(panama))

    def accept():
        return people.accept(invitation=invitation, by=User.objects.get(pk=reader.pk), at=LATER)

    answers = at_once(accept, accept, accept)
    assert sum(isinstance(answer, people.LinkClosed) for answer in answers) == 2
    assert reader.memberships.filter(role=Role.FOCAL_POINT).count() == 1


def test_one_click_too_many_invites_once(rco_panama, panama):
    def invite():
        by = User.objects.get(pk=rco_panama.pk)
        return people.invite(email=EMAIL, language="en", by=by, at=AT, **focal_point_of(panama))

    answers = at_once(invite, invite, invite)
    assert sum(isinstance(answer, people.Refused) for answer in answers) == 2
    assert Invitation.objects.count() == 1


def test_two_colleagues_who_invite_the_same_person_at_once_invite_once(rco_panama, secretariat, panama):
    def invite(by):
        return lambda: people.invite(
            email=EMAIL, language="en", by=User.objects.get(pk=by.pk), at=AT, **focal_point_of(panama)
        )

    answers = at_once(invite(rco_panama), invite(secretariat))
    assert sum(isinstance(answer, people.Refused) for answer in answers) == 1
    assert Invitation.objects.count() == 1


def test_two_administrators_who_end_each_other_leave_one(administrator):
    other = User.objects.create_superuser("otra@ficha.example", PASSWORD, name="Otra")
    theirs, mine = other.memberships.get(), administrator.memberships.get()

    def end(membership, by):
        return lambda: people.end(membership=membership, by=User.objects.get(pk=by.pk), at=LATER)

    at_once(end(theirs, administrator), end(mine, other))
    assert Membership.objects.filter(role=Role.ADMINISTRATOR, ended_at__isnull=True).count() == 1


def test_two_administrators_who_switch_each_other_off_leave_one(administrator):
    other = User.objects.create_superuser("otra@ficha.example", PASSWORD, name="Otra")

    def switch_off(person, by):
        def verb():
            with transaction.atomic():
                refusal = people.why_not_switch_off(person, by)
                if not refusal:
                    time.sleep(0.1)
                    User.objects.filter(pk=person.pk).update(is_active=False)
                return refusal

        return verb

    answers = at_once(switch_off(other, administrator), switch_off(administrator, other))
    assert sorted(map(bool, answers)) == [False, True]
    assert User.objects.filter(memberships__role=Role.ADMINISTRATOR, is_active=True).count() == 1


def refuse(message, **_options):
    raise ConnectionRefusedError


def asked_for(email, panama):
    scope = focal_point_of(panama)["scope"]
    fields = {"email": email, "name": "", "role": "focal_point", "language": "en"}
    return fields | {column: row.pk for column, row in scope.items()}


def test_a_mail_server_that_does_not_answer_loses_no_invitation(client_of, rco_panama, panama, monkeypatch):
    """The page says that the mail did not go; the list sends it again."""
    fields = asked_for(EMAIL, panama)
    client = client_of(rco_panama)
    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", refuse)
        page = client.post("/people/invite/", fields, follow=True, headers={"accept-language": "en"})
    assert "The mail could not be sent just now." in page.text
    assert EMAIL in page.text
    client.post(f"/people/invitations/{Invitation.objects.get().pk}/resend/")
    assert Invitation.objects.with_token(token_in(mail.outbox[0])).exists()


def test_a_role_granted_at_once_of_which_no_mail_could_tell_is_not_to_be_sent_again(
    client_of, rco_panama, reader, panama, monkeypatch
):
    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    fields, english = asked_for(reader.email, panama), {"accept-language": "en"}
    page = client_of(rco_panama).post("/people/invite/", fields, follow=True, headers=english)
    assert reader.memberships.filter(role=Role.FOCAL_POINT, ended_at__isnull=True).exists()
    assert f"{reader.name} has the role from now on, but the mail that says so could not be sent" in page.text
    assert "send it again from the list" not in page.text
