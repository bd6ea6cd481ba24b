"""Each programme's totals as last counted, so that sums over many programmes read no counts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from beneficiaries.models.categories import Category, Reach
from programmes.quantities import Sum


class ProgrammeTotal(models.Model):
    """One category of a programme to date, direct or indirect, as the programme's sheet prints it.

    Derived, so it has no history. It is counted anew in the transaction that changes the counts; where only the day
    or the programme has moved on, a worker does it, and until then ``version`` or ``as_of_on`` lags behind.
    """

    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="totals")
    category = models.ForeignKey(
        Category,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="programme_totals",
        help_text=_("Blank for persons: all categories of persons together."),
    )
    reach = models.CharField(_("reach"), max_length=10, choices=Reach)
    known = models.PositiveBigIntegerField(
        _("known"), null=True, blank=True, help_text=_("Sum of what was reported; blank when nothing was: no data.")
    )
    reported = models.PositiveIntegerField(
        _("reported"), help_text=_("How many figures, or agencies while one of them is missing, were reported.")
    )
    missing = models.PositiveIntegerField(_("missing"), help_text=_("How many of them are missing."))
    complete_to_on = models.DateField(
        _("complete to"), null=True, blank=True, help_text=_("What is missing came after this day; blank otherwise.")
    )
    as_of_on = models.DateField(_("as of"), help_text=_("The date of the sheet, when they were counted."))
    counted_to_on = models.DateField(
        _("counted to"), null=True, blank=True, help_text=_("The last day of the figures in it; blank without any.")
    )
    version = models.PositiveIntegerField(_("version"), help_text=_("Of the programme, when they were counted."))

    class Meta:
        verbose_name = _("total of a programme")
        verbose_name_plural = _("totals of programmes")
        ordering = ["programme", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "category", "reach"],
                condition=models.Q(category__isnull=False),
                name="programme_total_once_per_category",
                violation_error_message=_("The programme already has this total."),
            ),
            models.UniqueConstraint(
                fields=["programme", "reach"],
                condition=models.Q(category__isnull=True),
                name="programme_total_once_for_persons",
                violation_error_message=_("The programme already has this total of persons."),
            ),
        ]

    def __str__(self):
        return f"{self.programme_id} · {self.category_id or _('persons')} · {self.reach}"

    @property
    def sum(self):
        return Sum(self.known, self.reported, self.missing, self.complete_to_on)
