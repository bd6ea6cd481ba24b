"""What the Fund decides once and programmes refer to: agencies, goals, periods, the sheet's template."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField

from programmes.history import History


class NaturalKeyQuerySet(models.QuerySet):
    """Reference data is named in fixtures by what people call it, not by a number."""

    def get_by_natural_key(self, *values):
        return self.get(**dict(zip(self.model.NATURAL_KEY, values, strict=True)))


class ReferenceModel(models.Model):
    """Found in fixtures and imports by its natural key."""

    NATURAL_KEY = ()

    objects = NaturalKeyQuerySet.as_manager()
    history = History(inherit=True)

    class Meta:
        abstract = True

    def natural_key(self):
        values = []
        for lookup in self.NATURAL_KEY:
            value = self
            for step in lookup.split("__"):
                value = getattr(value, step)
            values.append(value)
        return tuple(values)


class Fund(ReferenceModel):
    """The fund that pays for joint programmes, with its settings: tranche share and name of its periods."""

    NATURAL_KEY = ("code",)

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = TranslatedField(models.CharField(_("name"), max_length=200))
    acronym = TranslatedField(models.CharField(_("acronym"), max_length=20))
    tranche_share = models.DecimalField(
        _("share that releases the next tranche"),
        max_digits=4,
        decimal_places=3,
        default=Decimal("0.700"),
        help_text=_("Committed to date over the last release, all agencies together. 0.700 means 70 %."),
    )
    prints_indicators = models.BooleanField(
        _("prints indicators"),
        default=False,
        help_text=_("On: the sheet shows each result's indicators; off: only the workspace does."),
    )

    class Meta:
        verbose_name = _("fund")
        verbose_name_plural = _("funds")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tranche_share__gt=0, tranche_share__lte=1),
                name="fund_tranche_share_is_a_share",
                violation_error_message=_(
                    "The share must lie above 0 and not above 1: write 0.7 for seventy per cent."
                ),
            )
        ]

    def __str__(self):
        return self.code


class ThematicWindow(ReferenceModel):
    """One of the Fund's thematic windows, which programmes were approved under."""

    NATURAL_KEY = ("fund__code", "slug")

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="windows", verbose_name=_("fund"))
    slug = models.SlugField(_("short name"))
    code_letter = models.CharField(
        _("letter in programme codes"), max_length=1, blank=True, help_text=_("Blank where it is not known.")
    )
    name = TranslatedField(models.CharField(_("name"), max_length=120))
    convenor = models.CharField(_("convenor"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("thematic window")
        verbose_name_plural = _("thematic windows")
        ordering = ["fund", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["fund", "slug"],
                name="thematic_window_once_per_fund",
                violation_error_message=_("The fund already has a window of this short name."),
            )
        ]

    def __str__(self):
        return self.name


class Section(ReferenceModel):
    """A section or sub-head of the Fund's template of the sheet, in printing order."""

    NATURAL_KEY = ("fund__code", "slug")

    class Kind(models.TextChoices):
        HEADING = "heading", _("heading over sub-heads")
        TEXT = "text", _("text")
        PLAN = "plan", _("yes or no, and text")

    class Block(models.TextChoices):
        SUMMARY = "summary", _("summary")
        GENDER = "gender", _("gender")
        OBSERVATIONS = "observations", _("observations")

    fund = models.ForeignKey(Fund, on_delete=models.CASCADE, related_name="sections", verbose_name=_("fund"))
    parent = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="sub_heads",
        verbose_name=_("stands under"),
        help_text=_("Blank for a section; the section itself for a sub-head."),
    )
    slug = models.SlugField(_("short name"), help_text=_("Stands in the address of the page where it is edited."))
    block = models.CharField(_("block of the sheet"), max_length=20, choices=Block)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.TEXT)
    label = TranslatedField(models.CharField(_("label"), max_length=160))
    question = TranslatedField(
        models.CharField(
            _("question"),
            max_length=80,
            blank=True,
            help_text=_("What yes or no answers, for instance “Sustainability plan”."),
        )
    )
    hint = TranslatedField(
        models.CharField(_("hint"), max_length=240, blank=True, help_text=_("What a good text holds, in a sentence."))
    )
    is_country_level = models.BooleanField(
        _("written once per country"),
        default=False,
        help_text=_("Printed on each of the country's sheets; a programme may write its own."),
    )
    position = models.PositiveSmallIntegerField(_("place in printing order"))

    class Meta:
        verbose_name = _("section of the template")
        verbose_name_plural = _("sections of the template")
        ordering = ["fund", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["fund", "slug"],
                name="section_once_per_fund",
                violation_error_message=_("The fund's template already has a section of this short name."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind="heading", parent__isnull=True) | ~models.Q(kind="heading"),
                name="section_heading_stands_at_the_top",
                violation_error_message=_("A heading cannot stand under another heading."),
            ),
        ]

    def __str__(self):
        return self.label


class Agency(ReferenceModel):
    """An organisation that takes part in programmes, under the names both languages use."""

    NATURAL_KEY = ("acronym_en",)

    acronym_en = models.CharField(_("acronym in English"), max_length=30, unique=True)
    acronym_es = models.CharField(_("acronym in Spanish"), max_length=30)
    name = TranslatedField(models.CharField(_("name"), max_length=200))
    aliases = models.JSONField(
        _("other names"),
        default=list,
        blank=True,
        help_text=_("How documents also call it. An alias of two agencies is asked about, never guessed."),
    )
    iati_id = models.CharField(
        _("IATI identifier"), max_length=40, blank=True, help_text=_("Blank where none is published or known.")
    )
    iati_id_basis = models.CharField(_("where the identifier comes from"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ["acronym_en"]

    def __str__(self):
        return self.acronym_en

    def acronym(self, language):
        return self.acronym_es if language == "es" else self.acronym_en


class Target(ReferenceModel):
    """A goal or target of the MDGs or SDGs. A goal is a target without a target number (SDG 5)."""

    NATURAL_KEY = ("framework", "code")

    class Framework(models.TextChoices):
        MDG = "MDG", _("Millennium Development Goals")
        SDG = "SDG", _("Sustainable Development Goals")

    framework = models.CharField(_("framework"), max_length=3, choices=Framework)
    goal = models.PositiveSmallIntegerField(_("goal"))
    code = models.CharField(_("code"), max_length=6, help_text=_("1.B for a target, 1 for a whole goal."))
    name = TranslatedField(models.CharField(_("name"), max_length=300))

    class Meta:
        verbose_name = _("goal or target")
        verbose_name_plural = _("goals and targets")
        ordering = ["framework", "goal", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "code"],
                name="target_once_per_framework",
                violation_error_message=_("The framework already has a target of this code."),
            )
        ]

    def __str__(self):
        return f"{self.framework} {self.code}"


class Period(ReferenceModel):
    """A reporting period of the Fund, written 2011-S2."""

    NATURAL_KEY = ("fund__code", "code")

    fund = models.ForeignKey(Fund, on_delete=models.CASCADE, related_name="periods", verbose_name=_("fund"))
    code = models.CharField(_("code"), max_length=10, help_text=_("2011-S2 is the second semester of 2011."))
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    due_on = models.DateField(_("figures due on"), null=True, blank=True)
    closed_on = models.DateField(
        _("closed on"), null=True, blank=True, help_text=_("From then on only RCO staff revise, with a reason.")
    )

    class Meta:
        verbose_name = _("reporting period")
        verbose_name_plural = _("reporting periods")
        ordering = ["fund", "starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["fund", "code"],
                name="period_once_per_fund",
                violation_error_message=_("The fund already has a period of this code."),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")),
                name="period_ends_after_it_starts",
                violation_error_message=_("A period must end after it starts: check both dates."),
            ),
        ]

    def __str__(self):
        return self.code
