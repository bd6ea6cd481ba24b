"""What the programme set out to change, and what it has to show for it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.history import History
from programmes.models.narrative import BilingualField


class Result(models.Model):
    """A result of the programme, R1 to R4 on the Panama sheet."""

    programme = models.ForeignKey("Programme", on_delete=models.CASCADE, related_name="results")
    number = models.PositiveSmallIntegerField(_("number"), help_text=_("Printed as R1, R2…"))
    statement = BilingualField(models.TextField(_("statement"), max_length=1000, blank=True, default=""))
    heading = BilingualField(
        models.CharField(
            _("short form"),
            max_length=160,
            blank=True,
            default="",
            help_text=_("Printed over its achievements; blank prints the statement."),
        )
    )
    rating = BilingualField(
        models.CharField(
            _("assessment"),
            max_length=120,
            blank=True,
            default="",
            help_text=_("A few words on progress, such as “no substantive progress”; blank when there is none."),
        )
    )

    history = History()

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        ordering = ["programme", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number"],
                name="result_number_once",
                violation_error_message=_("The programme already has a result of this number."),
            )
        ]

    def __str__(self):
        return self.label

    @property
    def label(self):
        return f"R{self.number}"


class Achievement(models.Model):
    """Something the programme has achieved under a result, in the order it is printed."""

    result = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="achievements")
    text = BilingualField(models.TextField(_("text"), max_length=2000, blank=True, default=""))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    history = History()

    class Meta:
        verbose_name = _("achievement")
        verbose_name_plural = _("achievements")
        ordering = ["result", "position", "pk"]

    def __str__(self):
        return (self.text_es or self.text_en)[:60]
