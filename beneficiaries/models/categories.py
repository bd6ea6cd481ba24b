"""What is counted: categories, direct and indirect, new or cumulative."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField

from programmes.models.reference import ReferenceModel


class Reach(models.TextChoices):
    """Direct and indirect are never added to each other."""

    DIRECT = "direct", _("direct")
    INDIRECT = "indirect", _("indirect")


class Basis(models.TextChoices):
    NEW = "new", _("new in the period")
    CUMULATIVE = "cumulative", _("cumulative since the start")


class Category(ReferenceModel):
    """What is counted. Only categories of one unit, and no part beside its whole, are ever added up."""

    NATURAL_KEY = ("code",)

    class Unit(models.TextChoices):
        PERSONS = "persons", _("persons")
        INSTITUTIONS = "institutions", _("institutions")
        GROUPS = "groups", _("groups")

    code = models.SlugField(_("code"), unique=True, help_text=_("As commands and exports name it: women."))
    label = TranslatedField(models.CharField(_("label"), max_length=80))
    synonyms = models.JSONField(
        _("synonyms"), default=list, blank=True, help_text=_("Headers under which agencies also send it.")
    )
    unit = models.CharField(_("unit"), max_length=12, choices=Unit)
    part_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
        help_text=_("The category whose count includes it; blank when there is none."),
    )
    position = models.PositiveSmallIntegerField(_("place in printing order"))

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["position"]

    def __str__(self):
        return self.label
