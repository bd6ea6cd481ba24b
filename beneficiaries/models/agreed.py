"""How many different people the programme agrees were reached."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from beneficiaries.models.categories import Category, Reach
from programmes.history import History


class AgreedFigureQuerySet(models.QuerySet):
    """Which figures are agreed."""

    def in_force(self):
        return self.filter(removed_at=None)


class AgreedFigure(models.Model):
    """One category, direct or indirect, as the programme agreed it for one date: between net and complete gross.

    It lapses, and nothing is stored for that, as soon as other submissions count than those it was agreed on.
    """

    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="agreed_figures")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="agreed_figures")
    reach = models.CharField(_("reach"), max_length=10, choices=Reach)
    value = models.PositiveIntegerField(
        _("value"), help_text=_("Different persons, institutions or groups, each counted once.")
    )
    as_of_on = models.DateField(_("agreed for"), help_text=_("The day to which the figures that it replaces count."))
    reason = models.CharField(
        _("reason"),
        max_length=300,
        help_text=_("Where the figure comes from: shown beside it to everybody."),
        error_messages={"blank": _("Say how the figure was agreed.")},
    )
    submissions_digest = models.CharField(
        _("digest of the submissions"),
        max_length=64,
        editable=False,
        help_text=_("Of those that counted when it was agreed: with others it lapses."),
    )
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="agreed_figures")
    set_at = models.DateTimeField(_("agreed at"))
    removed_at = models.DateTimeField(
        _("removed at"), null=True, blank=True, help_text=_("Blank until somebody removes or replaces it.")
    )

    objects = AgreedFigureQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("agreed figure")
        verbose_name_plural = _("agreed figures")
        ordering = ["programme", "-as_of_on", "-set_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "category", "reach", "as_of_on"],
                condition=models.Q(removed_at__isnull=True),
                name="agreed_figure_once_for_a_date",
                violation_error_message=_("Somebody has just agreed this figure for the same date: look again."),
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="agreed_figure_has_a_reason",
                violation_error_message=_("Say how the figure was agreed."),
            ),
            models.CheckConstraint(
                condition=models.Q(removed_at__isnull=True) | models.Q(removed_at__gte=models.F("set_at")),
                name="agreed_figure_is_removed_later",
                violation_error_message=_("An agreed figure cannot be removed before it was set."),
            ),
        ]

    def __str__(self):
        return f"{self.programme} · {self.category} · {self.reach}"
