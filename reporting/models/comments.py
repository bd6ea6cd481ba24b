"""What the Secretariat says about a block of a submitted sheet, and what became of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.blocks import Block
from programmes.history import History
from reporting.models.issues import SheetIssue

LONGEST_COMMENT = 2000


class SheetComment(models.Model):
    """A remark on one block of a submitted sheet: answered and resolved in its place, plain text, never deleted."""

    issue = models.ForeignKey(SheetIssue, on_delete=models.CASCADE, related_name="comments")
    block = models.CharField(_("block"), max_length=20, choices=Block)
    text = models.TextField(_("comment"), help_text=_("What is to be mended, as the Secretariat wrote it."))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("written at"))
    answer = models.TextField(_("answer"), blank=True, help_text=_("Blank until somebody of the RCO answers."))
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered at"), null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("resolved by")
    )
    resolved_at = models.DateTimeField(_("resolved at"), null=True, help_text=_("Blank while it is open."))

    history = History()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["issue", "at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(text=""),
                name="sheet_comment_says_something",
                violation_error_message=_("A comment says what is to be mended: write it."),
            )
        ]

    def __str__(self):
        return f"{self.issue} · {self.block}"

    @property
    def is_open(self):
        return self.resolved_at is None
