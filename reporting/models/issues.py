"""A sheet on its way out: submitted, sent back, issued under a number, superseded or withdrawn."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from programmes.access import Right
from programmes.history import History


class IssueState(models.TextChoices):
    """Where a sheet stands. A draft is the live sheet: nothing of it is stored here."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    SENT_BACK = "sent_back", _("sent back")
    ISSUED = "issued", _("issued")
    SUPERSEDED = "superseded", pgettext_lazy("of a sheet", "superseded")
    WITHDRAWN = "withdrawn", pgettext_lazy("of a sheet", "withdrawn")


class Move(models.TextChoices):
    """What can be done with a sheet; the label is what the button says. Nobody supersedes: the next issue does."""

    SUBMIT = "submit", _("Submit the sheet")
    SEND_BACK = "send_back", _("Send back with these comments")
    ISSUE = "issue", _("Issue the sheet")
    SUPERSEDE = "supersede", _("Supersede")
    WITHDRAW = "withdraw", _("Withdraw the sheet")


#: The legal moves: state → move → the state it leads to. Actions, buttons and a test read it.
MOVES = {
    IssueState.DRAFT: {Move.SUBMIT: IssueState.SUBMITTED},
    IssueState.SUBMITTED: {Move.SEND_BACK: IssueState.SENT_BACK, Move.ISSUE: IssueState.ISSUED},
    IssueState.SENT_BACK: {Move.SUBMIT: IssueState.SUBMITTED},
    IssueState.ISSUED: {Move.SUPERSEDE: IssueState.SUPERSEDED, Move.WITHDRAW: IssueState.WITHDRAWN},
    IssueState.SUPERSEDED: {},
    IssueState.WITHDRAWN: {},
}
RIGHT_TO = {
    Move.SUBMIT: Right.SUBMIT_SHEET,
    Move.SEND_BACK: Right.ISSUE_SHEET,
    Move.ISSUE: Right.ISSUE_SHEET,
    Move.WITHDRAW: Right.ISSUE_SHEET,
}
OPEN = (IssueState.SUBMITTED, IssueState.SENT_BACK)
PUBLISHED = (IssueState.ISSUED, IssueState.SUPERSEDED)


class FrozenSheet(models.Model):
    """A sheet's value as it was submitted, under its digest: written once, never changed, so it has no history."""

    digest = models.CharField(_("digest"), max_length=64, unique=True, help_text=_("SHA-256 of the value."))
    value = models.TextField(_("value"), help_text=_("The whole status sheet as JSON: every figure, text and name."))

    class Meta:
        verbose_name = _("frozen sheet")
        verbose_name_plural = _("frozen sheets")

    def __str__(self):
        return self.digest[:12]


class SheetIssueQuerySet(models.QuerySet):
    """Which sheets are on their way, and which are out."""

    def open(self):
        return self.filter(state__in=OPEN)

    def published(self):
        """What a reader may see: issued sheets, also those that a later one has replaced."""
        return self.filter(state__in=PUBLISHED)

    def numbered(self):
        """Everything that was ever issued, the latest first."""
        return self.filter(number__isnull=False).order_by("-number")


class SheetIssue(models.Model):
    """One sheet of a programme from its submission on. What is issued is what was submitted, to the letter."""

    class Languages(models.TextChoices):
        BOTH = "both", _("Spanish, English and both side by side")
        SPANISH = "es", _("Spanish only")
        ENGLISH = "en", _("English only")

    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="sheet_issues")
    period = models.ForeignKey(
        "programmes.Period", on_delete=models.PROTECT, related_name="sheet_issues", verbose_name=_("reporting period")
    )
    state = models.CharField(_("state"), max_length=12, choices=IssueState, default=IssueState.DRAFT)
    as_of_on = models.DateField(_("data as of"), help_text=_("The date of the sheet when it was submitted."))
    languages = models.CharField(
        _("languages"),
        max_length=4,
        choices=Languages,
        default=Languages.BOTH,
        help_text=_("In which it is issued: each of them must be complete."),
    )
    frozen = models.ForeignKey(FrozenSheet, on_delete=models.PROTECT, related_name="issues")
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("Blank for a sheet of before the portal."),
    )
    submitted_at = models.DateTimeField(_("submitted at"))
    reason = models.CharField(
        _("reason"), max_length=500, blank=True, help_text=_("Why it was submitted after its period was closed.")
    )
    resident_coordinator = models.CharField(
        _("Resident Coordinator"), max_length=120, blank=True, help_text=_("Who endorsed the sheet, by name.")
    )
    committee = models.CharField(
        _("programme management committee"),
        max_length=160,
        blank=True,
        help_text=_("Which committee endorsed it, and in which meeting."),
    )
    endorsed_on = models.DateField(
        _("endorsed on"), null=True, help_text=_("The day of the committee's decision; blank before the portal.")
    )
    sent_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("sent back by")
    )
    sent_back_at = models.DateTimeField(_("sent back at"), null=True)
    number = models.PositiveIntegerField(
        _("number"), null=True, help_text=_("Given when it is issued: 1, 2, 3 in each programme, without a gap.")
    )
    token = models.CharField(
        _("token"),
        max_length=43,
        blank=True,
        help_text=_("Stands in the address behind the QR code; blank until the sheet is issued."),
    )
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("Blank for a sheet of before the portal."),
    )
    issued_at = models.DateTimeField(_("issued at"), null=True)
    superseded_by = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="supersedes", verbose_name=_("superseded by")
    )
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("withdrawn by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    withdrawn_reason = models.CharField(
        _("reason of the withdrawal"), max_length=500, blank=True, help_text=_("Everybody who opens its link reads it.")
    )

    objects = SheetIssueQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("sheet")
        verbose_name_plural = _("sheets")
        ordering = ["programme", "-submitted_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number"],
                name="sheet_issue_number_once",
                violation_error_message=_("The programme already has a sheet of this number."),
            ),
            models.UniqueConstraint(
                fields=["token"],
                condition=~models.Q(token=""),
                name="sheet_issue_token_once",
                violation_error_message=_("Another sheet has this token."),
            ),
            models.UniqueConstraint(
                fields=["programme", "period"],
                condition=models.Q(state__in=OPEN),
                name="sheet_issue_open_once_a_period",
                violation_error_message=_("A sheet of this period has been submitted already."),
            ),
            models.UniqueConstraint(
                fields=["programme"],
                condition=models.Q(state="issued"),
                name="sheet_issue_one_in_force",
                violation_error_message=_("The programme has another sheet in force: it must be superseded first."),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", *OPEN], number__isnull=True, token="", issued_at__isnull=True)
                | ~models.Q(token="")
                & models.Q(state__in=[*PUBLISHED, "withdrawn"], number__gte=1, issued_at__isnull=False),
                name="sheet_issue_numbered_when_issued",
                violation_error_message=_("A sheet has its number, token and day of issue from its issuing on."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="withdrawn")
                | models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_reason=""),
                name="sheet_issue_withdrawn_with_a_reason",
                violation_error_message=_("Say why the sheet is withdrawn: whoever opens its link reads it."),
            ),
        ]

    def __str__(self):
        return f"{self.programme} · {self.number or self.period}"

    def get_absolute_url(self):
        """Where it is read; until it has a number, where it is reviewed."""
        if self.number:
            return reverse("reporting:sheet_detail", args=[self.programme.code, self.number])
        return reverse("reporting:sheet_review", args=[self.programme.code, self.pk])

    def allows(self, move):
        return move in MOVES[self.state]


class SheetFile(models.Model):
    """One of the PDFs that a sheet was issued as. The bytes lie in the file store under their SHA-256."""

    issue = models.ForeignKey(SheetIssue, on_delete=models.PROTECT, related_name="files")
    language = models.CharField(_("language"), max_length=4, help_text=_("es, en, or both side by side."))
    sha256 = models.CharField(_("SHA-256"), max_length=64, help_text=_("Of the file: the same for every download."))
    size_bytes = models.PositiveIntegerField(_("size"), help_text=_("Of the file, in bytes."))

    class Meta:
        verbose_name = _("issued file")
        verbose_name_plural = _("issued files")
        ordering = ["issue", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "language"],
                name="sheet_file_once_a_language",
                violation_error_message=_("The sheet has been issued in this language already."),
            )
        ]

    def __str__(self):
        return f"{self.issue} · {self.language}"
