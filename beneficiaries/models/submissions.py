"""Submissions of counts, and where each figure stood."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from beneficiaries.models.categories import Basis, Category, Reach
from programmes.history import History
from programmes.quantities import Quantity, State


class SubmissionQuerySet(models.QuerySet):
    """Which submissions may be seen, and which of them count."""

    def accepted(self):
        """What has been confirmed and not withdrawn; the latest revision of each key is the one that counts."""
        return self.filter(status=Submission.Status.ACCEPTED)

    def of_key(self, programme, agency, period):
        return self.filter(programme=programme, agency=agency, period=period)


class Submission(models.Model):
    """Counts that one agency, or the programme as a whole, sent for one period: a new revision each time.

    Nothing is overwritten: the latest accepted revision counts, withdrawing it brings the previous one back.
    """

    class Status(models.TextChoices):
        UPLOADED = "uploaded", _("read, nothing loaded")
        ACCEPTED = "accepted", _("accepted")
        WITHDRAWN = "withdrawn", _("withdrawn")

    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="submissions")
    agency = models.ForeignKey(
        "programmes.Agency",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="submissions",
        help_text=_("Blank when the figures are the whole programme's."),
    )
    period = models.ForeignKey("programmes.Period", on_delete=models.PROTECT, related_name="submissions")
    revision = models.PositiveIntegerField(
        _("revision"), null=True, blank=True, help_text=_("Given when it is accepted; blank before.")
    )
    basis = models.CharField(_("basis"), max_length=10, choices=Basis)
    counted_to_on = models.DateField(
        _("counted to"), help_text=_("The day the figures reach to: the end of the period unless stated otherwise.")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.UPLOADED)
    reason = models.CharField(
        _("reason"), max_length=300, blank=True, help_text=_("Why a figure fell, a closed period was revised, …")
    )
    file = models.FileField(_("file"), upload_to="submissions/%Y/%m/", blank=True, max_length=300)
    file_name = models.CharField(_("file name"), max_length=200, blank=True, help_text=_("As the person named it."))
    file_sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True)
    content_digest = models.CharField(
        _("digest of the counts"), max_length=64, blank=True, help_text=_("Equal for equal figures, whatever the file.")
    )
    reading = models.JSONField(
        _("what was read"),
        default=dict,
        blank=True,
        help_text=_("Counts, problems and questions, as the preview shows them."),
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="submissions"
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), default=timezone.now)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="withdrawn_submissions",
        help_text=_("Blank unless it was withdrawn."),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_reason = models.CharField(
        _("reason of the withdrawal"), max_length=300, blank=True, help_text=_("Shown beside it to everybody.")
    )

    objects = SubmissionQuerySet.as_manager()
    history = History(excluded_fields=["reading"])

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["programme", "-uploaded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "agency", "period", "revision"],
                condition=models.Q(agency__isnull=False),
                name="submission_revision_once_per_agency",
                violation_error_message=_("Someone has just loaded a revision for this agency and period: look again."),
            ),
            models.UniqueConstraint(
                fields=["programme", "period", "revision"],
                condition=models.Q(agency__isnull=True),
                name="submission_revision_once_per_programme",
                violation_error_message=_(
                    "Someone has just loaded a revision for the programme and period: look again."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(status="uploaded", revision__isnull=True)
                | ~models.Q(status="uploaded") & models.Q(revision__isnull=False),
                name="submission_numbered_when_accepted",
                violation_error_message=_("A submission has a revision number exactly when it was accepted."),
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True)
                | models.Q(status="withdrawn") & ~models.Q(withdrawn_reason=""),
                name="submission_withdrawn_with_a_reason",
                violation_error_message=_("Say why the submission is withdrawn."),
            ),
        ]

    def __str__(self):
        return f"{self.programme} · {self.agency or _('programme')} · {self.period}"

    def get_absolute_url(self):
        return reverse("beneficiaries:submission_detail", args=[self.programme.code, self.pk])


class Count(models.Model):
    """One figure of a submission: an area (or none), a category, direct or indirect. History is the submission's."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="counts")
    area = models.ForeignKey(
        "programmes.Area",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="counts",
        help_text=_("Blank when the figure is not known by area."),
    )
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="counts")
    reach = models.CharField(_("reach"), max_length=10, choices=Reach)
    value = models.PositiveIntegerField(_("value"), null=True, blank=True, help_text=_("Blank unless reported."))
    state = models.CharField(_("state"), max_length=10, choices=State)
    cell = models.CharField(_("cell"), max_length=80, blank=True, help_text=_("Where it stood in the file: Hoja1!D14."))

    class Meta:
        verbose_name = _("count")
        verbose_name_plural = _("counts")
        ordering = ["submission", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "area", "category", "reach"],
                condition=models.Q(area__isnull=False),
                name="count_once_per_area",
                violation_error_message=_("This figure stands twice in the file for the same area."),
            ),
            models.UniqueConstraint(
                fields=["submission", "category", "reach"],
                condition=models.Q(area__isnull=True),
                name="count_once_without_area",
                violation_error_message=_("This figure stands twice in the file without an area."),
            ),
            models.CheckConstraint(
                condition=models.Q(state="reported", value__isnull=False)
                | models.Q(value__isnull=True) & ~models.Q(state="reported"),
                name="count_number_matches_state",
                violation_error_message=_("Only a reported figure has a number."),
            ),
        ]

    def __str__(self):
        return f"{self.category} · {self.reach}"

    @property
    def quantity(self):
        return Quantity(self.value, State(self.state))
