"""Why a finding is left as it is."""

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.forms.fields import LineField

LONGEST_REASON = 500


class AcceptForm(forms.Form):
    finding = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = LineField(
        label=_("Reason"),
        help_text=_("Shown beside the finding, with your name and the date, to everybody who sees the programme."),
        limit=LONGEST_REASON,
        rows=4,
        required=True,
        error_messages={"required": _("Say why it stays as it is: the Secretariat will read it.")},
    )
