"""Inviting, accepting, granting and ending: what each verb writes, refuses and sends."""

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override

from programmes.access import MissingRight
from programmes.actions import people
from programmes.models import Country, Fund, Invitation, InvitationState, Membership, Programme, Role, User
from programmes.models.invitations import digest_of
from tests.programmes.inviting import AT, EMAIL, EXPIRED, LATER, PASSWORD, focal_point_of, invited, reader_of, token_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def capture(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


@pytest.fixture
def elsewhere(panama):
    country, _made = Country.objects.get_or_create(iso2="CR", iso3="CRI", name_es="Costa Rica", name_en="Costa Rica")
    fund = Fund.objects.create(code="OTHER", name_es="Otro", name_en="Other", acronym_es="O", acronym_en="O")
    return Programme.objects.create(code="OTHER-1", country=country, fund=fund)


def again(user):
    return User.objects.get(pk=user.pk)


# ------------------------------------------------------------------ inviting


def test_the_mail_goes_after_the_rest_is_kept_and_holds_the_only_copy_of_the_secret(rco_panama, panama, capture):
    with capture() as later:
        invitation = people.invite(email=EMAIL, language="en", by=rco_panama, at=AT, **focal_point_of(panama))
    assert mail.outbox == []
    later[0]()
    (message,) = mail.outbox
    token = token_in(message)
    assert message.to == [EMAIL]
    assert message.reply_to == [rco_panama.email]
    assert f"http://testserver/invitation/{token}/" in message.body
    assert invitation.token_digest == digest_of(token)
    assert token not in str(Invitation.objects.values().get(pk=invitation.pk))
    assert token not in str(invitation.history.values())


@pytest.mark.parametrize(
    ("language", "subject", "title", "until"),
    [
        ("es", "punto focal de agencia · MDGF-2097 · UNCTAD", "Red de Oportunidades", "Marzo 5, 2026"),
        ("en", "agency focal point · MDGF-2097 · UNCTAD", "Entrepreneurial Opportunities", "March 5, 2026"),
    ],
)
def test_the_mail_speaks_the_language_that_was_chosen_for_it(
    rco_panama, panama, capture, language, subject, title, until
):
    with override("en" if language == "es" else "es"):
        invited(rco_panama, panama, capture, language=language, **focal_point_of(panama, "UNCTAD"))
    (message,) = mail.outbox
    assert message.subject.endswith(subject)
    assert title in message.body
    assert until in message.body
    assert "10:30" in message.body, "the time of the portal's zone"


def test_a_name_with_line_breaks_adds_no_header(rco_panama, panama, capture):
    rco_panama.name = "Ana\r\nBcc: all@example.org"
    rco_panama.save()
    invited(rco_panama, panama, capture, name="Elena\nBcc: more@example.org")
    sent = mail.outbox[0].message()
    assert sent.get_all("Bcc") is None
    assert sent.get_all("To") == [EMAIL]


def test_who_invites_and_when_are_in_the_history(rco_panama, panama, capture):
    invitation, _token = invited(rco_panama, panama, capture)
    (line,) = invitation.history.all()
    assert (line.history_type, line.history_user) == ("+", rco_panama)


def test_capitals_of_the_address_do_not_make_another_person(rco_panama, panama, capture):
    invited(rco_panama, panama, capture)
    with pytest.raises(people.Refused, match="invited to this already"):
        invited(rco_panama, panama, capture, email=EMAIL.upper())


def test_an_expired_invitation_is_sent_again_and_not_doubled(rco_panama, panama, capture):
    first, old = invited(rco_panama, panama, capture)
    again, new = invited(rco_panama, panama, capture, at=EXPIRED)
    assert (first.pk, again.state_at(EXPIRED)) == (again.pk, InvitationState.OPEN)
    assert not Invitation.objects.with_token(old).exists()
    assert Invitation.objects.with_token(new).exists()


def test_the_database_itself_refuses_a_second_open_invitation_to_the_same(rco_panama, panama, capture):
    invitation, _token = invited(rco_panama, panama, capture)
    invitation.pk, invitation.token_digest, invitation.email = None, "other", EMAIL.upper()
    with pytest.raises(IntegrityError), transaction.atomic():
        invitation.save(force_insert=True)
    Invitation.objects.update(revoked_at=LATER)
    invitation.save(force_insert=True)


def test_who_has_the_role_is_not_invited_to_it(rco_panama, focal_point_fao, panama, capture):
    with pytest.raises(people.Refused, match="has this role already"):
        invited(rco_panama, panama, capture, email=focal_point_fao.email)
    assert mail.outbox == []


def test_nobody_invites_themselves(rco_panama, panama, capture):
    with pytest.raises(people.Refused, match="cannot invite yourself"):
        invited(rco_panama, panama, capture, email=rco_panama.email.upper())


def test_inviting_beyond_ones_scope_names_the_missing_right(rco_panama, focal_point_fao, elsewhere, capture, panama):
    for by, asked in (
        (rco_panama, focal_point_of(elsewhere)),
        (rco_panama, {"role": Role.RCO, "scope": {"country": panama.country}}),
        (focal_point_fao, reader_of(panama)),
    ):
        with pytest.raises(MissingRight, match="invite people and grant scopes for"):
            invited(by, panama, capture, **asked)
    assert not Invitation.objects.exists()


# ------------------------------------------------------------------ sending again, revoking


def test_sending_again_replaces_the_link_and_starts_the_72_hours_anew(rco_panama, secretariat, panama, capture):
    invitation, old = invited(rco_panama, panama, capture)
    with capture(execute=True):
        people.resend(invitation=invitation, by=secretariat, at=LATER)
    invitation.refresh_from_db()
    assert invitation.invited_by == secretariat
    assert invitation.expires_at - LATER == EXPIRED - AT
    assert not Invitation.objects.with_token(old).exists()
    assert Invitation.objects.with_token(token_in(mail.outbox[-1])).get() == invitation


def test_a_revoked_invitation_is_closed_and_stays(rco_panama, panama, capture):
    invitation, _token = invited(rco_panama, panama, capture)
    revoked = people.revoke(invitation=invitation, by=rco_panama, at=LATER)
    assert people.why_closed(revoked, LATER) == InvitationState.REVOKED
    with pytest.raises(people.LinkClosed):
        people.accept_as_new(invitation=invitation, name="Elena", password=PASSWORD, at=LATER)
    for verb in (people.resend, people.revoke):
        with pytest.raises(people.Refused, match="revoked in the meantime"):
            verb(invitation=invitation, by=rco_panama, at=LATER)


def test_what_was_accepted_is_neither_sent_again_nor_revoked(rco_panama, panama, capture):
    invitation, _token = invited(rco_panama, panama, capture)
    people.accept_as_new(invitation=invitation, name="Elena", password=PASSWORD, at=LATER)
    for verb in (people.resend, people.revoke):
        with pytest.raises(people.Refused, match="has accepted in the meantime"):
            verb(invitation=invitation, by=rco_panama, at=LATER)


def test_another_country_s_office_neither_sends_nor_revokes(rco_panama, stranger, panama, capture):
    invitation, _token = invited(rco_panama, panama, capture)
    for verb in (people.resend, people.revoke):
        with pytest.raises(MissingRight):
            verb(invitation=invitation, by=stranger, at=LATER)


# ------------------------------------------------------------------ accepting


def test_a_new_person_gets_an_account_and_the_role_under_their_own_name(rco_panama, panama, capture):
    invitation, _token = invited(rco_panama, panama, capture)
    membership = people.accept_as_new(invitation=invitation, name="Elena Castillo", password=PASSWORD, at=LATER)
    person = again(membership.user)
    assert person.check_password(PASSWORD)
    assert (person.email, person.name) == (EMAIL, "Elena Castillo")
    assert [str(address) for address in person.emailaddress_set.filter(verified=True, primary=True)] == [EMAIL]
    assert membership.granted_at == LATER
    assert {line.history_user for line in (*person.history.all(), *membership.history.all())} == {person}
    invitation.refresh_from_db()
    assert (invitation.accepted_at, invitation.accepted_by) == (LATER, person)


def test_a_link_works_for_72_hours_and_no_minute_longer(rco_panama, panama, capture):
    invitation, _token = invited(rco_panama, panama, capture)
    assert invitation.expires_at == EXPIRED
    with pytest.raises(people.LinkClosed):
        people.accept_as_new(invitation=invitation, name="Elena", password=PASSWORD, at=EXPIRED)
    assert not User.objects.filter(email=EMAIL).exists()


def test_a_link_works_once(rco_panama, panama, reader, capture):
    invitation, _token = invited(rco_panama, panama, capture, email=reader.email)
    people.accept(invitation=invitation, by=reader, at=LATER)
    with pytest.raises(people.LinkClosed):
        people.accept(invitation=invitation, by=reader, at=LATER)
    assert reader.memberships.filter(role=Role.FOCAL_POINT).count() == 1


def test_nobody_accepts_what_was_sent_to_another_address(rco_panama, panama, reader, capture):
    invitation, _token = invited(rco_panama, panama, capture)
    with pytest.raises(people.Refused, match=EMAIL):
        people.accept(invitation=invitation, by=reader, at=LATER)


def test_a_link_is_worth_what_its_sender_may_still_grant(rco_panama, panama, capture):
    invitation, _token = invited(rco_panama, panama, capture)
    rco_panama.memberships.update(ended_at=LATER)
    assert people.why_closed(invitation, LATER) == InvitationState.REVOKED
    with pytest.raises(people.LinkClosed):
        people.accept_as_new(invitation=invitation, name="Elena", password=PASSWORD, at=LATER)


def test_an_account_made_in_the_meantime_is_not_made_twice(rco_panama, panama, capture):
    invitation, _token = invited(rco_panama, panama, capture)
    User.objects.create_user(EMAIL, PASSWORD, name="Elena")
    with pytest.raises(people.Refused, match="sign in with it"):
        people.accept_as_new(invitation=invitation, name="Elena", password="otra clave larga", at=LATER)
    assert User.objects.get(email=EMAIL).check_password(PASSWORD)


def test_a_role_held_by_now_is_not_held_twice(rco_panama, reader, panama, capture):
    invitation, _token = invited(rco_panama, panama, capture, email=reader.email)
    held = people.grant(user=reader, by=rco_panama, at=AT, **focal_point_of(panama))
    assert people.accept(invitation=invitation, by=reader, at=LATER) == held


# ------------------------------------------------------------------ granting


def test_a_granted_role_holds_at_once_and_a_mail_says_so(rco_panama, reader, panama, capture):
    with capture(execute=True):
        membership = people.grant(user=reader, by=rco_panama, at=AT, language="en", **focal_point_of(panama))
    assert membership in again(reader).current_memberships
    assert membership.history.get().history_user == rco_panama
    (message,) = mail.outbox
    assert (message.to, message.subject) == (
        [reader.email],
        "Your new role in Ficha: agency focal point · MDGF-2097 · FAO",
    )
    with pytest.raises(people.Refused, match="has this role already"):
        people.grant(user=reader, by=rco_panama, at=AT, **focal_point_of(panama))


def test_granting_follows_the_table_and_not_to_oneself(rco_panama, secretariat, reader, panama):
    with pytest.raises(MissingRight):
        people.grant(user=reader, by=rco_panama, at=AT, role=Role.SECRETARIAT, scope={"fund": panama.fund})
    with pytest.raises(people.Refused, match="to yourself"):
        people.grant(user=secretariat, by=secretariat, at=AT, role=Role.RCO, scope={"country": panama.country})


# ------------------------------------------------------------------ ending


def test_ending_a_role_keeps_it_in_the_books_and_closes_every_session(
    rco_panama, focal_point_fao, reader, client_of, panama
):
    membership = focal_point_fao.memberships.get()
    theirs, others = client_of(focal_point_fao), client_of(reader)
    now = timezone.now()
    people.end(membership=membership, by=rco_panama, at=now)
    membership.refresh_from_db()
    assert membership.ended_at == now
    assert membership.history.first().history_user == rco_panama
    assert theirs.get("/")["Location"].startswith("/accounts/login/")
    assert others.get("/").status_code == 200
    assert Session.objects.count() == 1


def test_other_roles_of_the_person_still_hold(rco_panama, focal_point_fao, panama):
    kept = people.grant(user=focal_point_fao, by=rco_panama, at=AT, **reader_of(panama))
    people.end(membership=focal_point_fao.memberships.get(role=Role.FOCAL_POINT), by=rco_panama, at=LATER)
    assert again(focal_point_fao).current_memberships == [kept]


def test_ending_twice_changes_nothing(rco_panama, focal_point_fao):
    membership = focal_point_fao.memberships.get()
    people.end(membership=membership, by=rco_panama, at=AT)
    people.end(membership=membership, by=rco_panama, at=LATER)
    assert Membership.objects.get(pk=membership.pk).ended_at == AT


def test_nobody_ends_what_they_may_not_grant(rco_panama, secretariat, focal_point_fao, stranger):
    for by, whose in ((rco_panama, secretariat), (focal_point_fao, rco_panama), (stranger, focal_point_fao)):
        with pytest.raises(MissingRight):
            people.end(membership=whose.memberships.get(), by=by, at=AT)
    assert not Membership.objects.filter(ended_at__isnull=False).exists()


def test_ones_own_last_role_is_not_ended(secretariat, panama):
    membership = secretariat.memberships.get()
    with pytest.raises(people.Refused, match="your own last role"):
        people.end(membership=membership, by=secretariat, at=AT)
    Membership.objects.create(user=secretariat, role=Role.READER, programme=panama)
    assert people.end(membership=membership, by=secretariat, at=AT).ended_at == AT


def test_the_last_administrator_stays_and_a_closed_account_does_not_count(administrator, reader):
    membership = administrator.memberships.get()
    Membership.objects.create(user=administrator, role=Role.RCO, country=Country.objects.first())
    closed = User.objects.create_superuser("cerrada@ficha.example", PASSWORD, name="Cerrada", is_active=False)
    with pytest.raises(people.Refused, match="the last administrator"):
        people.end(membership=membership, by=again(administrator), at=AT)
    people.end(membership=closed.memberships.get(), by=again(administrator), at=AT)
    Membership.objects.create(user=reader, role=Role.ADMINISTRATOR)
    assert people.end(membership=membership, by=again(administrator), at=AT).ended_at == AT
