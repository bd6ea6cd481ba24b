"""What a person writes about a sheet: why a finding stays, who endorsed it, comments, why it is withdrawn."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from programmes.blocks import Block
from programmes.forms.fields import DAY_HINT, DayField, LineField
from reporting.issuing import Endorsement, is_closed
from reporting.models import LONGEST_COMMENT, SheetIssue

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


class LookingForm(forms.Form):
    """Carries what its person looked at; a page that comes back shows what there is now, and says so."""

    def now_sees(self, **what):
        self.data = self.data.copy()
        for name, value in what.items():
            self.data[name] = str(value)


class SubmitForm(LookingForm):
    """The period and the languages of the sheet, and who endorsed it."""

    period = forms.ModelChoiceField(
        queryset=None,
        label=_("Reporting period"),
        empty_label=None,
        error_messages={"invalid_choice": _("Choose one of the periods that have begun.")},
    )
    languages = forms.ChoiceField(
        label=_("Languages to be issued"),
        choices=SheetIssue.Languages,
        widget=forms.RadioSelect,
        initial=SheetIssue.Languages.BOTH,
        help_text=_("Every text must be complete in each of them."),
    )
    resident_coordinator = LineField(
        label=_("Resident Coordinator who endorsed it"),
        limit=120,
        required=True,
        error_messages={"required": _("Write the name of the Resident Coordinator who endorsed the sheet.")},
    )
    committee = LineField(
        label=_("Programme management committee"),
        help_text=_("Which committee endorsed it, and in which meeting."),
        limit=160,
        required=True,
        error_messages={"required": _("Write which committee endorsed the sheet.")},
    )
    endorsed_on = DayField(label=_("Endorsed on"), help_text=DAY_HINT)
    reason = LineField(
        label=_("Reason"),
        help_text=_("Only for a period that is closed: why a sheet of it is submitted now."),
        limit=LONGEST_REASON,
        rows=3,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *arguments, periods, **options):
        super().__init__(*arguments, **options)
        self.fields["period"].queryset = periods

    def clean_endorsed_on(self):
        day = self.cleaned_data["endorsed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(
                _now("This day is still to come: a sheet is submitted once it has been endorsed.")
            )
        return day

    def clean(self):
        given = super().clean()
        period = given.get("period")
        if period and is_closed(period, timezone.localdate()) and not given.get("reason"):
            message = _now("%(period)s is closed: say why a sheet is submitted now.")
            self.add_error("reason", message % {"period": period.code})
        return given

    @property
    def endorsement(self):
        given = self.cleaned_data
        return Endorsement(given["resident_coordinator"], given["committee"], given["endorsed_on"])


class ReviewForm(LookingForm):
    """A box for a comment at each block; ``seen`` is the digest of the value that was looked at."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        for block in Block:
            label = _("Comment on this block")
            self.fields[block.value] = LineField(label=label, limit=LONGEST_COMMENT, rows=3)
            self.fields[block.value].widget.attrs |= {"form": "review"}

    def wrote(self, block):
        """Whether a comment is on the page that could not be sent: it stays to be copied."""
        return self.is_bound and bool(self[block].value())

    @property
    def comments(self):
        return {block.value: self.cleaned_data[block.value] for block in Block}


class AnswerForm(forms.Form):
    answer = LineField(label=_("Answer"), limit=LONGEST_COMMENT, rows=3)
    is_resolved = forms.BooleanField(label=_("This comment is resolved"), required=False)


class WithdrawForm(forms.Form):
    reason = LineField(
        label=_("Reason"),
        help_text=_("Everybody who opens the sheet's link or its QR code reads it."),
        limit=LONGEST_REASON,
        rows=4,
        required=True,
        error_messages={"required": _("Say why the sheet is withdrawn: whoever opens its link reads it.")},
    )
