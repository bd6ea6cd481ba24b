"""Countries and their areas of intervention."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField

from programmes.models.reference import ReferenceModel


class Country(ReferenceModel):
    """A country with joint programmes; its Resident Coordinator's Office looks after them."""

    NATURAL_KEY = ("iso2",)

    iso2 = models.CharField(_("ISO code, two letters"), max_length=2, unique=True)
    iso3 = models.CharField(_("ISO code, three letters"), max_length=3, unique=True)
    name = TranslatedField(models.CharField(_("name"), max_length=80))

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["iso2"]

    def __str__(self):
        return self.name


class Area(ReferenceModel):
    """A place of intervention with its three codes, which look alike and disagree (PA02 is Chiriquí, PA-2 is Coclé)."""

    NATURAL_KEY = ("country__iso2", "slug")

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="areas", verbose_name=_("country"))
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("lies in"),
        help_text=_("The area it lies in. A parent's figure is a stated total, never added to its children."),
    )
    slug = models.SlugField(_("short name"))
    name = models.CharField(_("name"), max_length=80, help_text=_("With its accents, as the country writes it."))
    kind = models.CharField(_("kind"), max_length=30, help_text=_("In the country's word: provincia, comarca…"))
    iso_code = models.CharField(_("ISO 3166-2 code"), max_length=10, blank=True)
    ocha_code = models.CharField(_("OCHA P-code"), max_length=12, blank=True)
    census_code = models.CharField(_("census code"), max_length=12, blank=True)
    aliases = models.JSONField(_("other names"), default=list, blank=True)
    is_indigenous = models.BooleanField(_("indigenous territory"), default=False)
    valid_from_on = models.DateField(
        _("exists since"), null=True, blank=True, help_text=_("Blank when it was there before every programme.")
    )

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["country", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "slug"],
                name="area_once_per_country",
                violation_error_message=_("The country already has an area of this short name."),
            )
        ]

    def __str__(self):
        return self.name
