"""How the columns of an agency's own layout were mapped."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ColumnMapping(models.Model):
    """How somebody mapped the columns of an agency's own layout: proposed for the next file of the same shape."""

    agency = models.ForeignKey(
        "programmes.Agency",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="column_mappings",
        help_text=_("Whose files look so; blank for figures of a whole programme."),
    )
    shape = models.CharField(
        _("digest of the shape"),
        max_length=64,
        help_text=_("Equal for files with the same headers in the same columns."),
    )
    mapping = models.JSONField(
        _("mapping"), default=dict, help_text=_("What was asked about the table → what was said.")
    )
    mapped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="column_mappings"
    )
    mapped_at = models.DateTimeField(_("mapped at"), default=timezone.now)

    class Meta:
        verbose_name = _("column mapping")
        verbose_name_plural = _("column mappings")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "shape"],
                condition=models.Q(agency__isnull=False),
                name="column_mapping_once_per_agency_and_shape",
                violation_error_message=_("This layout of the agency is mapped already: change that mapping."),
            ),
            models.UniqueConstraint(
                fields=["shape"],
                condition=models.Q(agency__isnull=True),
                name="column_mapping_once_per_shape_without_agency",
                violation_error_message=_("This layout is mapped already: change that mapping."),
            ),
        ]

    def __str__(self):
        return f"{self.agency or _('programme')} · {self.mapped_at:%Y-%m-%d}"
