"""How the programme is judged: status assessments, the Secretariat's missions, evaluations."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.history import History
from programmes.models.narrative import BilingualField, RichTextField
from programmes.quantities import State


class Precision(models.TextChoices):
    """How much of a date is known. Stored, never guessed from a first of the month."""

    DAY = "day", _("day")
    MONTH = "month", _("month")


class Performance(models.TextChoices):
    """How the programme does, as a person judges it."""

    ON_TRACK = "on_track", _("On track")
    NEEDS_ATTENTION = "needs_attention", _("Needs attention")
    DELAYED = "delayed", _("Delayed")
    STALLED = "stalled", _("Stalled")
    REFORMULATION = "reformulation", _("Being reformulated")
    COMPLETED = "completed", _("Completed")


class StatusAssessment(models.Model):
    """A judgement of the programme's performance at a date: who, when and why. The latest one is printed."""

    programme = models.ForeignKey("Programme", on_delete=models.CASCADE, related_name="status_assessments")
    assessed_on = models.DateField(_("assessed on"))
    performance = models.CharField(_("performance"), max_length=20, choices=Performance)
    narrative = BilingualField(RichTextField(_("explanation"), blank=True, default=""))
    reason = models.CharField(
        _("reason for the change"), max_length=300, blank=True, help_text=_("Blank for the first assessment.")
    )
    assessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="status_assessments",
        help_text=_("Blank when it was taken over from an older sheet."),
    )

    history = History()

    class Meta:
        verbose_name = _("status assessment")
        verbose_name_plural = _("status assessments")
        ordering = ["programme", "assessed_on", "pk"]

    def __str__(self):
        return f"{self.programme} · {self.get_performance_display()}"


class Mission(models.Model):
    """A monitoring mission of the Secretariat; often only its month is known."""

    programme = models.ForeignKey("Programme", on_delete=models.CASCADE, related_name="missions")
    held_on = models.DateField(_("held on"), help_text=_("The first of the month when only the month is known."))
    precision = models.CharField(_("precision"), max_length=5, choices=Precision, default=Precision.MONTH)

    history = History()

    class Meta:
        verbose_name = _("Secretariat mission")
        verbose_name_plural = _("Secretariat missions")
        ordering = ["programme", "held_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(precision="day") | models.Q(held_on__day=1),
                name="mission_month_is_its_first_day",
                violation_error_message=_("A mission known by its month is stored as the first of that month."),
            )
        ]

    def __str__(self):
        return f"{self.programme} · {self.held_on}"


class MissionMember(models.Model):
    """Someone who took part in missions; which one may not be known."""

    programme = models.ForeignKey("Programme", on_delete=models.CASCADE, related_name="mission_members")
    mission = models.ForeignKey(
        Mission,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="members",
        help_text=_("Blank when it is not known which mission the person joined."),
    )
    name = models.CharField(_("name"), max_length=120)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    history = History()

    class Meta:
        verbose_name = _("mission member")
        verbose_name_plural = _("mission members")
        ordering = ["programme", "position", "pk"]

    def __str__(self):
        return self.name


class Evaluation(models.Model):
    """An evaluation of the programme: by whom, when, and where its report is."""

    class Kind(models.TextChoices):
        MID_TERM = "mid_term", _("mid-term evaluation")
        FINAL = "final", _("final evaluation")

    PERIOD_STATES = [(State.REPORTED, _("known")), (State.PENDING, _("to be confirmed")), (State.BLANK, _("blank"))]

    programme = models.ForeignKey("Programme", on_delete=models.CASCADE, related_name="evaluations")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.MID_TERM)
    evaluator = models.CharField(_("evaluator"), max_length=200, blank=True, help_text=_("Blank until one is chosen."))
    period_state = models.CharField(_("period"), max_length=10, choices=PERIOD_STATES, default=State.BLANK)
    starts_on = models.DateField(_("from"), null=True, blank=True, help_text=_("First of the month it begins."))
    ends_on = models.DateField(_("to"), null=True, blank=True, help_text=_("First of the month it ends."))
    report_url = models.URLField(
        _("link to the report"), max_length=500, blank=True, help_text=_("Blank until it is published.")
    )
    improvement_plan_url = models.URLField(
        _("link to the improvement plan"), max_length=500, blank=True, help_text=_("Blank until it is published.")
    )

    history = History()

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        ordering = ["programme", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind"],
                name="evaluation_kind_once",
                violation_error_message=_("The programme already has an evaluation of this kind."),
            ),
            models.CheckConstraint(
                condition=models.Q(period_state="reported", starts_on__isnull=False)
                | models.Q(starts_on__isnull=True, ends_on__isnull=True) & ~models.Q(period_state="reported"),
                name="evaluation_period_matches_state",
                violation_error_message=_("Only a known period has months; a known period has at least its first."),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="evaluation_ends_after_it_starts",
                violation_error_message=_("The evaluation must not end before it starts: check both months."),
            ),
        ]

    def __str__(self):
        return f"{self.programme} · {self.get_kind_display()}"
