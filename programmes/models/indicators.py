"""How one sees that a result is being reached: a baseline, a target that may be revised, a reading for each period."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.history import History
from programmes.models.narrative import BilingualField
from programmes.quantities import Quantity, State


class Indicator(models.Model):
    """What is measured under a result, and in which unit."""

    result = models.ForeignKey("Result", on_delete=models.CASCADE, related_name="indicators")
    name = BilingualField(
        models.CharField(
            _("indicator"), max_length=240, blank=True, default="", help_text=_("What is measured, as one reads it.")
        )
    )
    unit = BilingualField(
        models.CharField(
            _("unit"),
            max_length=40,
            blank=True,
            default="",
            help_text=_("What the number counts: families, per cent, USD. Blank for a plain number."),
        )
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    history = History()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["result", "position", "pk"]

    def __str__(self):
        return (self.name_es or self.name_en)[:60]


class IndicatorFigure(models.Model):
    """One figure of an indicator: where it began, where it shall go, or where it stood in a period.

    A revised target is a new row: the one before stays, with the day on which each was set.
    """

    class Kind(models.TextChoices):
        BASELINE = "baseline", _("baseline")
        TARGET = "target", _("target")
        READING = "reading", _("reading")

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="figures")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    value = models.DecimalField(
        _("value"),
        max_digits=16,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Only a reported figure has one."),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.REPORTED)
    on = models.DateField(
        _("of the day"),
        null=True,
        blank=True,
        help_text=_("A baseline: the day it describes. A target: the day by which it shall be reached."),
    )
    set_on = models.DateField(
        _("set on"), null=True, blank=True, help_text=_("A target: the day it was set; the latest one holds.")
    )
    period = models.ForeignKey(
        "Period",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="indicator_figures",
        help_text=_("A reading: the reporting period it stands for."),
    )
    source = models.CharField(
        _("source"), max_length=200, blank=True, help_text=_("Where the number comes from: a register, a survey.")
    )

    history = History()

    class Meta:
        verbose_name = _("indicator's figure")
        verbose_name_plural = _("indicators' figures")
        ordering = ["indicator", "kind", "set_on", "period__starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=State.REPORTED.value, value__isnull=False)
                | (models.Q(value__isnull=True) & ~models.Q(state=State.REPORTED.value)),
                name="indicator_figure_number_matches_state",
                violation_error_message=_(
                    "Only a reported figure has a number: write one, or choose why there is none."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(kind="reading", period__isnull=False, set_on__isnull=True)
                | models.Q(kind="target", period__isnull=True, set_on__isnull=False)
                | models.Q(kind="baseline", period__isnull=True, set_on__isnull=True),
                name="indicator_figure_fits_its_kind",
                violation_error_message=_("A reading stands for a period, a target for the day it was set."),
            ),
            models.UniqueConstraint(
                fields=["indicator"],
                condition=models.Q(kind="baseline"),
                name="indicator_figure_baseline_once",
                violation_error_message=_("The indicator already has a baseline."),
            ),
            models.UniqueConstraint(
                fields=["indicator", "period"],
                condition=models.Q(kind="reading"),
                name="indicator_figure_reading_once_per_period",
                violation_error_message=_("The indicator already has a reading of this period."),
            ),
            models.UniqueConstraint(
                fields=["indicator", "set_on"],
                condition=models.Q(kind="target"),
                name="indicator_figure_target_once_per_day",
                violation_error_message=_("A target of this indicator was already set on this day."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.value if self.value is not None else self.get_state_display()}"

    @property
    def quantity(self):
        return Quantity(self.value, State(self.state))
