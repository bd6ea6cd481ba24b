"""Approved → transferred → committed → spent, per agency. Structured money is USD."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.history import History
from programmes.quantities import Quantity, State


def usd_field(label, **kwargs):
    """An amount in USD, exact to the cent."""
    return models.DecimalField(label, max_digits=14, decimal_places=2, **kwargs)


def number_matches_state(column):
    """The database's half of “only reported carries a number”."""
    reported = models.Q(**{f"{column}_state": State.REPORTED.value, f"{column}_usd__isnull": False})
    missing = models.Q(**{f"{column}_usd__isnull": True}) & ~models.Q(**{f"{column}_state": State.REPORTED.value})
    return reported | missing


class AgencyBudget(models.Model):
    """What a revision gives to one agency; whoever has a budget in the last revision takes part in the programme."""

    revision = models.ForeignKey("Revision", on_delete=models.CASCADE, related_name="agency_budgets")
    agency = models.ForeignKey("Agency", on_delete=models.PROTECT, related_name="budgets")
    amount_usd = usd_field(_("approved, USD"), help_text=_("As the document states it."))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    history = History()

    class Meta:
        verbose_name = _("agency's budget")
        verbose_name_plural = _("agencies' budgets")
        ordering = ["revision", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "agency"],
                name="agency_budget_once_per_revision",
                violation_error_message=_("The agency already has a budget in this revision."),
            ),
            models.CheckConstraint(
                condition=models.Q(amount_usd__gte=0),
                name="agency_budget_not_negative",
                violation_error_message=_("A budget cannot be negative."),
            ),
        ]

    def __str__(self):
        return str(self.agency)


class Disbursement(models.Model):
    """A transfer from the administrative agent to the agencies: made, or planned and not a zero."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        MADE = "made", _("made")

    programme = models.ForeignKey("Programme", on_delete=models.CASCADE, related_name="disbursements")
    ordinal = models.PositiveSmallIntegerField(_("ordinal"), help_text=_("1 for the first disbursement."))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.MADE)
    made_on = models.DateField(_("made on"), null=True, blank=True, help_text=_("Blank while it is planned."))
    planned_on = models.DateField(
        _("planned for"), null=True, blank=True, help_text=_("Blank when no date has been announced.")
    )
    amount_usd = usd_field(_("amount, USD"), null=True, blank=True, help_text=_("Blank when it is not known yet."))

    history = History()

    class Meta:
        verbose_name = _("disbursement")
        verbose_name_plural = _("disbursements")
        ordering = ["programme", "ordinal"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "ordinal"],
                name="disbursement_ordinal_once",
                violation_error_message=_("The programme already has a disbursement of this number."),
            ),
            models.CheckConstraint(
                condition=models.Q(state="planned", made_on__isnull=True)
                | models.Q(state="made", made_on__isnull=False, amount_usd__isnull=False),
                name="disbursement_made_has_date_and_amount",
                violation_error_message=_(
                    "A disbursement that was made has a date and an amount; a planned one has no date of payment."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(amount_usd__isnull=True) | models.Q(amount_usd__gt=0),
                name="disbursement_amount_above_zero",
                violation_error_message=_("The amount must be above zero; leave it blank when it is not known yet."),
            ),
        ]

    def __str__(self):
        return f"{self.programme} · {self.ordinal}"

    @property
    def transferred(self):
        """What was paid: pending until it is made, and then exactly the amount."""
        if self.state == self.State.MADE:
            return Quantity(self.amount_usd)
        return Quantity(None, State.PENDING)


class DisbursementShare(models.Model):
    """The part of a disbursement that went to one agency. Without shares the part of each is no data."""

    disbursement = models.ForeignKey(Disbursement, on_delete=models.CASCADE, related_name="shares")
    agency = models.ForeignKey("Agency", on_delete=models.PROTECT, related_name="disbursement_shares")
    amount_usd = usd_field(_("amount, USD"), help_text=_("As the transfer advice states it."))

    history = History()

    class Meta:
        verbose_name = _("share of a disbursement")
        verbose_name_plural = _("shares of a disbursement")
        ordering = ["disbursement", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["disbursement", "agency"],
                name="disbursement_share_once_per_agency",
                violation_error_message=_("The agency already has a share of this disbursement."),
            ),
            models.CheckConstraint(
                condition=models.Q(amount_usd__gte=0),
                name="disbursement_share_not_negative",
                violation_error_message=_("A share cannot be negative."),
            ),
        ]

    def __str__(self):
        return f"{self.disbursement} · {self.agency}"


class FinancialReport(models.Model):
    """What one agency says it has committed and spent since the start, at a date."""

    class Basis(models.TextChoices):
        ESTIMATED = "estimated", _("estimated")
        CERTIFIED = "certified", _("certified")

    programme = models.ForeignKey("Programme", on_delete=models.CASCADE, related_name="financial_reports")
    agency = models.ForeignKey("Agency", on_delete=models.PROTECT, related_name="financial_reports")
    as_of_on = models.DateField(_("as of"))
    committed_usd = usd_field(
        _("committed to date, USD"), null=True, blank=True, help_text=_("Since the start, what was spent included.")
    )
    committed_state = models.CharField(_("committed: state"), max_length=10, choices=State, default=State.BLANK)
    spent_usd = usd_field(_("spent to date, USD"), null=True, blank=True, help_text=_("Since the start."))
    spent_state = models.CharField(_("spent: state"), max_length=10, choices=State, default=State.BLANK)
    basis = models.CharField(_("basis"), max_length=10, choices=Basis, default=Basis.ESTIMATED)

    history = History()

    class Meta:
        verbose_name = _("financial report")
        verbose_name_plural = _("financial reports")
        ordering = ["programme", "agency", "as_of_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "agency", "as_of_on"],
                name="financial_report_once_per_date",
                violation_error_message=_("The agency has already reported for this date."),
            ),
            models.CheckConstraint(
                condition=number_matches_state("committed"),
                name="financial_report_committed_matches_state",
                violation_error_message=_("Committed: only a reported figure has an amount."),
            ),
            models.CheckConstraint(
                condition=number_matches_state("spent"),
                name="financial_report_spent_matches_state",
                violation_error_message=_("Spent: only a reported figure has an amount."),
            ),
            models.CheckConstraint(
                condition=(models.Q(committed_usd__isnull=True) | models.Q(committed_usd__gte=0))
                & (models.Q(spent_usd__isnull=True) | models.Q(spent_usd__gte=0)),
                name="financial_report_not_negative",
                violation_error_message=_("Committed and spent cannot be negative: they count from the start."),
            ),
        ]

    def __str__(self):
        return f"{self.agency} · {self.as_of_on}"

    @property
    def committed(self):
        return Quantity(self.committed_usd, State(self.committed_state))

    @property
    def spent(self):
        return Quantity(self.spent_usd, State(self.spent_state))
