"""How many findings each programme has, as last counted."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FindingCount(models.Model):
    """How many findings of a programme were open when a worker last looked: home reads it, building no sheet.

    Derived, so it has no history; while ``version`` or ``as_of_on`` lags behind, home says so.
    """

    programme = models.OneToOneField(
        "programmes.Programme", on_delete=models.CASCADE, primary_key=True, related_name="finding_count"
    )
    version = models.PositiveIntegerField(_("version"), help_text=_("Of the programme, when they were counted."))
    as_of_on = models.DateField(_("as of"), help_text=_("The date of the sheet they were found on."))
    errors = models.PositiveIntegerField(_("errors"))
    warnings = models.PositiveIntegerField(_("warnings"))
    notes = models.PositiveIntegerField(_("notes"))

    class Meta:
        verbose_name = _("count of findings")
        verbose_name_plural = _("counts of findings")

    def __str__(self):
        return f"{self.programme_id}"
