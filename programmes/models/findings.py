"""What was found and is left as it is, with the reason."""

import hashlib

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.history import History


class FindingAcceptanceQuerySet(models.QuerySet):
    """Which acceptances hold."""

    def in_force(self):
        return self.filter(withdrawn_at=None)


class FindingAcceptance(models.Model):
    """Somebody looked at a finding and says why it stays: for this code, this place and the values seen then.

    When other values are seen the finding is open again; what was accepted before stays on record.
    """

    programme = models.ForeignKey("Programme", on_delete=models.CASCADE, related_name="finding_acceptances")
    code = models.CharField(_("code"), max_length=60, help_text=_("Of the check that found it: budget_gap."))
    where = models.CharField(_("place"), max_length=80, help_text=_("A block of the sheet or a section of it."))
    anchor = models.CharField(
        _("row"), max_length=240, blank=True, help_text=_("Of the block; blank when it is about the block as a whole.")
    )
    seen = models.TextField(_("values seen"), help_text=_("As the check wrote them down when this was accepted."))
    seen_digest = models.CharField(_("digest of the values"), max_length=64, editable=False)
    reason = models.CharField(
        _("reason"),
        max_length=500,
        help_text=_("Shown beside the finding to everybody."),
        error_messages={"blank": _("Say why the finding is left as it is.")},
    )
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="finding_acceptances"
    )
    accepted_at = models.DateTimeField(_("accepted at"))
    withdrawn_at = models.DateTimeField(
        _("taken back at"), null=True, blank=True, help_text=_("Blank while the acceptance holds.")
    )

    objects = FindingAcceptanceQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("accepted finding")
        verbose_name_plural = _("accepted findings")
        ordering = ["programme", "accepted_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "code", "where", "anchor", "seen_digest"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="finding_acceptance_in_force_once",
                violation_error_message=_("Somebody has already accepted this finding."),
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="finding_acceptance_has_a_reason",
                violation_error_message=_("Say why the finding is left as it is."),
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True) | models.Q(withdrawn_at__gte=models.F("accepted_at")),
                name="finding_acceptance_is_taken_back_later",
                violation_error_message=_("An acceptance cannot be taken back before it was given."),
            ),
        ]

    def __str__(self):
        return f"{self.programme} · {self.code}"


def seen_digest(seen):
    """Values seen may be long; whether they are the same is asked of their digest."""
    return hashlib.sha256(seen.encode()).hexdigest()
