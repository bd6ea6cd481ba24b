"""Who belongs: invited by mail, granted a role, and released from it. Nothing is deleted."""

import secrets

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext as _

from programmes import mail
from programmes.access import may_grant, require_grant
from programmes.history import acting
from programmes.models import Invitation, InvitationState, Membership, Role, User
from programmes.models.invitations import LIFETIME, digest_of


class Refused(Exception):
    """What was asked cannot be done: the sentence says why, and what to do."""


class LinkClosed(Exception):
    """The link of an invitation no longer works: it was used, revoked, is too old, or who sent it lost the right."""


def invite(*, email, role, scope, language, by, at, name=""):
    """Ask somebody to take a role; the link goes by mail. An expired invitation to the same is sent again."""
    email = email.lower()
    with transaction.atomic(), acting(by):
        _lock_scope(role, scope)
        require_grant(by, role, scope)
        if email == by.email.lower():
            raise Refused(_("You cannot invite yourself: a colleague with the right can."))
        if _held(email, role, scope).exists():
            raise Refused(_("This address has this role already: nothing to invite to."))
        invitation = Invitation.objects.waiting().filter(email=email, role=role, **scope).select_for_update().first()
        if invitation is None:
            invitation = Invitation(email=email, role=role, **scope)
        elif invitation.state_at(at) == InvitationState.OPEN:
            raise Refused(_("This address has been invited to this already: send that invitation again."))
        invitation.name, invitation.language = name, language
        return _send(invitation, by, at)


def resend(*, invitation, by, at):
    """A new link, again for 72 hours; the one in the earlier mail stops working."""
    with transaction.atomic(), acting(by):
        invitation = _locked_and_waiting(invitation, by)
        return _send(invitation, by, at)


def revoke(*, invitation, by, at):
    """Take it back: the link stops working."""
    with transaction.atomic(), acting(by):
        invitation = _locked_and_waiting(invitation, by)
        invitation.revoked_at = at
        invitation.save()
    return invitation


def accept(*, invitation, by, at):
    """The person whom it was sent to takes the role; the link is used up."""
    with transaction.atomic(), acting(by):
        invitation = _lock(Invitation, pk=invitation.pk)
        _refuse_closed(invitation, at)
        if by.email.lower() != invitation.email:
            raise Refused(
                _("This invitation is for another address: sign in with the account of %(email)s.")
                % {"email": invitation.email}
            )
        return _accept(invitation, by, at)


def accept_as_new(*, invitation, name, password, at):
    """The same for a person without an account, which is made; their address is theirs: the link came there."""
    person = User(email=invitation.email, name=name)
    person.set_password(password)
    with transaction.atomic(), acting(person):
        invitation = _lock(Invitation, pk=invitation.pk)
        _refuse_closed(invitation, at)
        if has_account(invitation.email):
            raise Refused(_("There is an account with this address by now: sign in with it."))
        person.save()
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        return _accept(invitation, person, at)


def grant(*, user, role, scope, by, at, language=""):
    """Give a role to somebody who has an account; a mail tells them if a language for it is named."""
    with transaction.atomic(), acting(by):
        _lock(User, pk=user.pk)
        require_grant(by, role, scope)
        if user.pk == by.pk:
            raise Refused(_("You cannot grant a role to yourself: a colleague with the right can."))
        if _held(user.email, role, scope).exists():
            raise Refused(_("This address has this role already: nothing to invite to."))
        membership = Membership.objects.create(user=user, role=role, granted_at=at, **scope)
        if language:
            transaction.on_commit(lambda: mail.tell_of_role(membership, by, language))
    return membership


def end(*, membership, by, at):
    """End a role now and, with it, the person's sessions; whatever else they are they keep, and sign in again."""
    with transaction.atomic(), acting(by):
        _lock_scope(membership.role, membership.scope)
        _lock(User, pk=membership.user_id)
        membership = Membership.objects.select_related("user").get(pk=membership.pk)
        require_grant(by, Role(membership.role), membership.scope)
        if membership.ended_at is not None:
            return membership
        refusal = why_not_end(membership, by)
        if refusal:
            raise Refused(refusal)
        membership.ended_at = at
        membership.save()
        end_sessions(membership.user, at)
    return membership


def why_not_end(membership, by):
    """The sentence that refuses to end it; empty where nothing stands against it."""
    others = Membership.objects.filter(ended_at__isnull=True).exclude(pk=membership.pk)
    administrators = others.filter(role=Role.ADMINISTRATOR, user__is_active=True)
    if membership.role == Role.ADMINISTRATOR and not administrators.exists():
        return _("This is the last administrator: make somebody else administrator first.")
    if membership.user_id == by.pk and not others.filter(user=by).exists():
        return _("This is your own last role: without it you would be shut out. A colleague can end it.")
    return ""


def why_not_switch_off(person, by):
    """The same for an account, within the transaction that switches it off: two administrators do it one by one."""
    _lock_scope(Role.ADMINISTRATOR, {})
    administrators = Membership.objects.filter(role=Role.ADMINISTRATOR, ended_at__isnull=True, user__is_active=True)
    if administrators.exists() and not administrators.exclude(user=person).exists():
        return _("This is the last administrator: make somebody else administrator first.")
    if person.pk == by.pk:
        return _("This is your own account: without it you would be shut out. A colleague can switch it off.")
    return ""


def end_sessions(user, at):
    """Sign the person out everywhere, also where they signed in by the administration's own page."""
    live = Session.objects.filter(expire_date__gt=at)
    theirs = [row.pk for row in live.iterator() if row.get_decoded().get(SESSION_KEY) == str(user.pk)]
    Session.objects.filter(pk__in=theirs).delete()
    UserSession.objects.filter(user=user).delete()


def has_account(email):
    """Said to nobody but whoever holds the link that was sent to the address."""
    return User.objects.filter(email__iexact=email).exists()


def why_closed(invitation, at):
    """Why the link does not work, as a state; ``None`` while it does. Whoever sent it must still have the right."""
    state = invitation.state_at(at)
    if state != InvitationState.OPEN:
        return state
    sender = User.objects.get(pk=invitation.invited_by_id)
    return None if may_grant(sender, Role(invitation.role), invitation.scope) else InvitationState.REVOKED


def _refuse_closed(invitation, at):
    if why_closed(invitation, at):
        raise LinkClosed


def _accept(invitation, person, at):
    """Having the role already, by another invitation, is no reason to have it twice."""
    _lock(User, pk=person.pk)
    role, scope = Role(invitation.role), invitation.scope
    membership = _held(person.email, role, scope).first()
    if membership is None:
        membership = Membership.objects.create(user=person, role=role, granted_at=at, **scope)
    invitation.accepted_at, invitation.accepted_by = at, person
    invitation.save()
    return membership


def _held(email, role, scope):
    return Membership.objects.filter(user__email__iexact=email, role=role, ended_at__isnull=True, **scope)


def _locked_and_waiting(invitation, by):
    invitation = _lock(Invitation, pk=invitation.pk)
    require_grant(by, Role(invitation.role), invitation.scope)
    if invitation.accepted_at:
        raise Refused(_("%(email)s has accepted in the meantime.") % {"email": invitation.email})
    if invitation.revoked_at:
        message = _("This invitation was revoked in the meantime: invite %(email)s anew.")
        raise Refused(message % {"email": invitation.email})
    return invitation


def _send(invitation, by, at):
    """A new secret, of which only the digest stays; the mail goes once the rest is kept."""
    token = secrets.token_urlsafe(32)
    invitation.token_digest = digest_of(token)
    invitation.invited_by, invitation.sent_at, invitation.expires_at = by, at, at + LIFETIME
    invitation.full_clean()
    invitation.save()
    transaction.on_commit(lambda: mail.send_invitation(invitation, token))
    return invitation


def _lock(model, **key):
    """The row as it is now; whoever else changes it waits."""
    return model.objects.select_for_update().get(**key)


def _lock_scope(role, scope):
    """Two people who invite to the same, or end the last two administrators, do it one after the other."""
    for held in scope.values():
        _lock(type(held), pk=held.pk)
    if not scope:
        list(Membership.objects.select_for_update().filter(role=role, ended_at__isnull=True).order_by("pk"))
