"""What withdrawing a submission changes, shown before its person says why and does it."""

from functools import cached_property

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from beneficiaries import withdrawing
from beneficiaries.spreadsheets.messages import Refused
from programmes.findings.finding import Name
from programmes.forms.fields import LineField
from programmes.models import Agency

SHOWN = 100  # lines of a list on one page; the rest is counted


class WithdrawForm(forms.Form):
    """The reason, and the digest of what was shown."""

    reason = LineField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("It stays with the submission and everybody sees it."),
        limit=withdrawing.REASON_LENGTH,
        required=True,
        error_messages={"required": gettext_lazy("Say why the submission is withdrawn.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class WithdrawScreen:
    """The page of one withdrawal."""

    def __init__(self, submission, user, today, data=None):
        self.submission, self.user, self.today = submission, user, today
        self.form = WithdrawForm(data)
        self.has_moved = False

    @cached_property
    def refusal(self):
        """Why this person cannot withdraw it now; blank when they can."""
        try:
            withdrawing.require_allowed(self.submission, self.user, self.today)
        except Refused as refused:
            return refused.problems[0].message
        return ""

    @cached_property
    def effect(self):
        return withdrawing.effect_of(self.submission, self.today)

    def act(self):
        """Whether it was withdrawn; otherwise the form or ``has_moved`` says why not."""
        if not self.form.is_valid():
            return False
        given = self.form.cleaned_data
        try:
            withdrawing.withdraw(
                self.submission, by=self.user, today=self.today, reason=given["reason"], seen=given["seen"]
            )
        except withdrawing.Moved:
            self.has_moved = True
            return False
        return True

    @property
    def said(self):
        """What is said once it is done."""
        if self.effect.returns is None:
            return _("The submission was withdrawn. Nothing of its agency and period counts now.")
        number = {"number": self.effect.returns.revision}
        if self.effect.counts_now:
            return _("The submission was withdrawn. Revision %(number)s counts again.") % number
        return _("The submission was withdrawn. Revision %(number)s counts as before.") % number

    @property
    def areas(self):
        return self.effect.areas[:SHOWN]

    @property
    def further_areas(self):
        return max(0, len(self.effect.areas) - SHOWN)

    @cached_property
    def findings(self):
        """(those that lapse, those that arise)."""
        agencies = Agency.objects.filter(acronym_en__in=self.effect.before.agencies)
        names = {agency.acronym_en: Name(agency.acronym("es"), agency.acronym("en")) for agency in agencies}
        return self.effect.findings(names)

    @property
    def lapsing(self):
        return self.findings[0][:SHOWN]

    @property
    def arising(self):
        return self.findings[1][:SHOWN]
