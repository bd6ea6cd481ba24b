"""The programme itself, its revisions, and who and where it works."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from programmes.history import History
from programmes.models.narrative import BilingualField
from programmes.models.people import Role


class LifeCycle(models.TextChoices):
    """Where the programme stands administratively; how it performs is judged in a status assessment."""

    PIPELINE = "pipeline", _("pipeline")
    IMPLEMENTATION = "implementation", _("implementation")
    OPERATIONALLY_CLOSED = "operationally_closed", _("operationally closed")
    FINANCIALLY_CLOSED = "financially_closed", _("financially closed")
    SUSPENDED = "suspended", _("suspended")
    CANCELLED = "cancelled", _("cancelled")


class ProgrammeQuerySet(models.QuerySet):
    """Which programmes a person may know of: strangers do not learn that one exists."""

    def visible_to(self, user):
        if not user.is_authenticated or not user.is_active:
            return self.none()
        held = user.current_memberships
        if any(membership.role == Role.ADMINISTRATOR for membership in held):
            return self
        return self.filter(
            models.Q(pk__in=[membership.programme_id for membership in held if membership.programme_id])
            | models.Q(country__in=[membership.country_id for membership in held if membership.country_id])
            | models.Q(fund__in=[membership.fund_id for membership in held if membership.fund_id])
        )

    def for_reading(self):
        """With everything its head line shows."""
        return self.select_related("country", "fund", "window")

    def get_by_natural_key(self, code):
        return self.get(code=code)


class Programme(models.Model):
    """A joint programme: several UN agencies working with one government on one budget."""

    code = models.CharField(
        _("code"),
        max_length=20,
        unique=True,
        help_text=_("As sheets name it, without the registry's suffix: MDGF-2097."),
    )
    registry_code = models.CharField(
        _("registry code"),
        max_length=40,
        blank=True,
        help_text=_("The administrative agent's full code, MDGF-2097-D-PAN. Blank where it is not known."),
    )
    title = BilingualField(models.CharField(_("title"), max_length=240, blank=True, default=""))
    country = models.ForeignKey(
        "Country", on_delete=models.PROTECT, related_name="programmes", verbose_name=_("country")
    )
    fund = models.ForeignKey("Fund", on_delete=models.PROTECT, related_name="programmes", verbose_name=_("fund"))
    window = models.ForeignKey(
        "ThematicWindow",
        on_delete=models.PROTECT,
        related_name="programmes",
        null=True,
        blank=True,
        verbose_name=_("thematic window"),
    )
    life_cycle = models.CharField(_("life cycle"), max_length=24, choices=LifeCycle, default=LifeCycle.IMPLEMENTATION)
    starts_on = models.DateField(
        _("starts on"),
        null=True,
        blank=True,
        help_text=_("As the programme document says, usually the first transfer."),
    )
    coordinator_name = models.CharField(
        _("programme coordinator"), max_length=120, blank=True, help_text=_("Blank while nobody is appointed.")
    )
    rco_contact_name = models.CharField(
        _("RCO contact"), max_length=120, blank=True, help_text=_("Who follows the programme in the RCO.")
    )
    version = models.PositiveIntegerField(
        _("version"), default=1, editable=False, help_text=_("Counts every change to anything the sheet shows.")
    )
    changed_at = models.DateTimeField(
        _("last change"), null=True, editable=False, help_text=_("Of anything the sheet shows; blank before the first.")
    )

    objects = ProgrammeQuerySet.as_manager()
    history = History(excluded_fields=["version", "changed_at"])

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["code"]

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        return reverse("reporting:programme_detail", args=[self.code])

    def natural_key(self):
        return (self.code,)

    def agencies_at(self, as_of):
        """Who takes part: whoever has a budget in the revision in force at the date, in its order."""
        revision = self.revisions.in_force(as_of)
        return [budget.agency for budget in revision.agency_budgets.select_related("agency")] if revision else []


def approved_by(revisions, as_of):
    """Of revisions at hand those approved by a date, in their order: the same rule as the query's."""
    return [row for row in revisions if row.approved_on is None or row.approved_on <= as_of]


class RevisionQuerySet(models.QuerySet):
    """Which revisions hold at a date; one without a date of approval counts from the start."""

    def approved_by(self, as_of):
        return self.filter(models.Q(approved_on__isnull=True) | models.Q(approved_on__lte=as_of)).order_by("number")

    def in_force(self, as_of):
        """The last revision approved by the date; ``None`` before any was."""
        return self.approved_by(as_of).last()


class Revision(models.Model):
    """A decision on budget and end date. Number 1 is the approval; an extension is a revision too."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField(_("number"), help_text=_("1 is the programme as first approved."))
    approved_on = models.DateField(
        _("approved on"),
        null=True,
        blank=True,
        help_text=_("Blank when the document does not say: it then counts from the start."),
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True, help_text=_("Why the programme was revised."))
    total_budget_usd = models.DecimalField(
        _("total budget, USD"),
        max_digits=14,
        decimal_places=2,
        help_text=_("As the document states it, even where the agencies' budgets add up to something else."),
    )
    ends_on = models.DateField(_("ends on"), help_text=_("As stated, even where it looks wrong: it is then a finding."))

    objects = RevisionQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["programme", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number"],
                name="revision_number_once",
                violation_error_message=_("The programme already has a revision of this number."),
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1),
                name="revision_number_from_one",
                violation_error_message=_("Revisions are numbered from 1, the approval."),
            ),
            models.CheckConstraint(
                condition=models.Q(total_budget_usd__gte=0),
                name="revision_budget_not_negative",
                violation_error_message=_("A budget cannot be negative."),
            ),
        ]

    def __str__(self):
        return f"{self.programme} · {self.number}"


class GovernmentEntity(models.Model):
    """A government institution that takes part in the programme."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="government_entities")
    name = BilingualField(models.CharField(_("name"), max_length=200, blank=True, default=""))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    history = History()

    class Meta:
        verbose_name = _("government entity")
        verbose_name_plural = _("government entities")
        ordering = ["programme", "position", "pk"]

    def __str__(self):
        return self.name_es or self.name_en


class ProgrammeArea(models.Model):
    """An area of intervention and whether the programme works there now."""

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("of an area", "planned")
        ACTIVE = "active", _("active")
        DEFERRED = "deferred", _("deferred")

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="programme_areas")
    area = models.ForeignKey("Area", on_delete=models.PROTECT, related_name="programme_areas")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ACTIVE)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    history = History()

    class Meta:
        verbose_name = _("area of intervention")
        verbose_name_plural = _("areas of intervention")
        ordering = ["programme", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "area"],
                name="programme_area_once",
                violation_error_message=_("The programme already has this area."),
            )
        ]

    def __str__(self):
        return str(self.area)


class ProgrammeTarget(models.Model):
    """A goal or target that the programme contributes to."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="programme_targets")
    target = models.ForeignKey("Target", on_delete=models.PROTECT, related_name="programme_targets")
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    history = History()

    class Meta:
        verbose_name = _("contribution to a goal")
        verbose_name_plural = _("contributions to goals")
        ordering = ["programme", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "target"],
                name="programme_target_once",
                violation_error_message=_("The programme already names this goal or target."),
            )
        ]

    def __str__(self):
        return str(self.target)
