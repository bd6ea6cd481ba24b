"""Invitations by e-mail: who is asked to become what, by whom, and what has become of it."""

import hashlib
from datetime import timedelta

from django.db import models
from django.db.models.functions import Coalesce, Lower
from django.utils.translation import gettext_lazy as _

from programmes.history import History
from programmes.models.people import SCOPE_COLUMNS, ScopedRole, User

#: How long the link in the mail works.
LIFETIME = timedelta(hours=72)


def digest_of(token):
    """What is kept of a link: who reads the database cannot open it."""
    return hashlib.sha256(token.encode()).hexdigest()


class InvitationState(models.TextChoices):
    OPEN = "open", _("open")
    EXPIRED = "expired", _("expired")
    ACCEPTED = "accepted", _("accepted")
    REVOKED = "revoked", _("revoked")


class InvitationQuerySet(models.QuerySet):
    """Which invitations still wait for an answer; an expired one does: it can be sent again."""

    def waiting(self):
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)

    def with_token(self, token):
        return self.filter(token_digest=digest_of(token))


class Invitation(ScopedRole):
    """Somebody is asked by e-mail to take a role. The link works once, for 72 hours; sent again, only the last one."""

    email = models.EmailField(_("e-mail address"), help_text=_("Where the link goes; the account gets this address."))
    name = models.CharField(
        _("name"),
        max_length=120,
        blank=True,
        help_text=_("As whoever invites knows it; blank where they do not. The person writes their own."),
    )
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=[("es", "Español"), ("en", "English")],
        help_text=_("Of the mail: whoever invites chooses it."),
    )
    token_digest = models.CharField(
        max_length=64,
        unique=True,
        editable=False,
        help_text=_("SHA-256 of the secret in the link, which is in the mail alone."),
    )
    invited_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("invited by"),
        help_text=_("Who sent it last: the link works while they may grant the role."),
    )
    sent_at = models.DateTimeField(_("sent at"), help_text=_("When the last mail went out."))
    expires_at = models.DateTimeField(_("expires at"), help_text=_("72 hours after the last mail."))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True, help_text=_("Blank until then."))
    accepted_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("accepted by"),
        help_text=_("The account that got the membership."),
    )
    revoked_at = models.DateTimeField(
        _("revoked at"), null=True, blank=True, help_text=_("Blank unless it was taken back; nothing is deleted.")
    )

    objects = InvitationQuerySet.as_manager()
    history = History(excluded_fields=["token_digest"])

    class Meta(ScopedRole.Meta):
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            *ScopedRole.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True) | models.Q(revoked_at__isnull=True),
                name="invitation_not_accepted_and_revoked",
                violation_error_message=_("An invitation that was accepted cannot be revoked: end the membership."),
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | models.Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_by_somebody",
                violation_error_message=_("An accepted invitation names who accepted it and when."),
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("sent_at")),
                name="invitation_expires_after_it_is_sent",
                violation_error_message=_("An invitation must expire after it is sent."),
            ),
            models.UniqueConstraint(
                Lower("email"),
                "role",
                *(Coalesce(column, models.Value(0)) for column in SCOPE_COLUMNS),
                condition=models.Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="invitation_waits_once",
                violation_error_message=_("This address has been invited to this already: send that invitation again."),
            ),
        ]

    def __str__(self):
        return f"{self.email} · {super().__str__()}"

    def state_at(self, at):
        if self.revoked_at:
            return InvitationState.REVOKED
        if self.accepted_at:
            return InvitationState.ACCEPTED
        return InvitationState.OPEN if at < self.expires_at else InvitationState.EXPIRED
