"""Choosing a file and what it is for; answering what the file left open."""

from django import forms
from django.db.models import Max
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from beneficiaries.models import Basis, Submission
from beneficiaries.spreadsheets import loading
from beneficiaries.spreadsheets.asked import offered
from beneficiaries.spreadsheets.identity import PROGRAMME_WORD
from beneficiaries.spreadsheets.messages import Refused
from beneficiaries.spreadsheets.purpose import must_explain
from programmes import figures
from programmes.access import Right, own_agencies
from programmes.forms.fields import DayField
from programmes.models import Revision

#: At which field a refusal is shown; everything else is the file's.
FIELD_OF_REFUSAL = {
    "agency_not_in_programme": "agency",
    "period_not_started": "period",
    "period_of_another_fund": "period",
    "period_closed": "period",
    "counted_to_outside_period": "counted_to_on",
}
TEMPLATE_BUTTON = "template"
ACCEPTED_FILES = ".xlsx,.xlsm,.xlsb,.xls,.ods,.csv,.tsv,.txt"


class UploadForm(forms.Form):
    """A file of figures, with the agency and period it is for. What was chosen stays when the file is refused."""

    agency = forms.ChoiceField(label=_("Agency"))
    period = forms.ModelChoiceField(label=_("Period"), queryset=None, to_field_name="code", empty_label=None)
    basis = forms.ChoiceField(
        label=_("What the figures count"),
        widget=forms.RadioSelect,
        choices=[
            (Basis.NEW, _("New: persons reached for the first time in the period")),
            (Basis.CUMULATIVE, _("Cumulative: everybody since the start")),
        ],
    )
    counted_to_on = DayField(
        label=_("Counted up to"),
        required=False,
        help_text=_("Only if the figures do not reach to the period's last day."),
    )
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        max_length=200,
        help_text=_(
            "The template filled in: Excel (xlsx), LibreOffice (ods) or CSV. Counts only, never lists of people."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPTED_FILES}),
    )

    def __init__(self, *args, programme, user, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.programme, self.user, self.today = programme, user, today
        self.agencies = {agency.acronym_en: agency for agency in self._agencies()}
        language = (get_language() or "es")[:2]
        choices = [
            (code, f"{agency.acronym(language)} · {_name(agency, language)}") for code, agency in self.agencies.items()
        ]
        if own_agencies(user, Right.UPLOAD_BENEFICIARIES, programme) is None:
            choices.append((PROGRAMME_WORD, _("The programme as a whole")))
        self.fields["agency"].choices = choices if len(choices) == 1 else [("", _("Choose one")), *choices]
        self.fields["period"].queryset = self._periods()
        self.initial["period"] = self._first_period(self.initial.get("period"))
        self.fields["period"].label_from_instance = lambda period: (
            f"{period.code} · {figures.day(period.starts_on, language)} – {figures.day(period.ends_on, language)}"
        )

    def _agencies(self):
        own = own_agencies(self.user, Right.UPLOAD_BENEFICIARIES, self.programme)
        taking_part = self.programme.agencies_at(self.today)
        return taking_part if own is None else [agency for agency in taking_part if agency in own]

    def _periods(self):
        """The fund's periods since the programme started, up to the one that runs today; the latest first."""
        periods = self.programme.fund.periods.filter(starts_on__lte=self.today).order_by("-starts_on")
        starts_on = self.programme.starts_on
        return periods.filter(ends_on__gte=starts_on) if starts_on else periods

    def _first_period(self, asked):
        """The code offered first: the period asked for, or the open one, or the last of a programme that has ended."""
        periods = list(self.fields["period"].queryset)
        ends_on = Revision.objects.filter(programme=self.programme).aggregate(last=Max("ends_on"))["last"]
        own = [period.code for period in periods if ends_on is None or period.starts_on <= ends_on]
        wanted = [period.code for period in periods if period.code == asked]
        return next(iter(wanted + own), None)

    @property
    def wants_template(self):
        """Sent by the template's button: only agency and period matter, the rest stays as it was chosen."""
        return TEMPLATE_BUTTON in self.data

    def template_query(self):
        """What the template's address asks for; ``None`` while agency or period are not chosen, or nothing prefills."""
        for name in self.errors.keys() - {"agency", "period"}:
            del self.errors[name]
        if self.errors:
            return None
        agency, period = self.cleaned_data["agency"], self.cleaned_data["period"]
        query = {"agency": agency, "period": period.code}
        if not self.data.get("prefilled"):
            basis = self.cleaned_data.get("basis")
            return query | ({"basis": basis} if basis else {})
        # Figures that count now keep what they count.
        if Submission.objects.of_key(self.programme, self.agencies.get(agency), period).accepted().exists():
            return query | {"prefilled": "1"}
        self.add_error("period", _("No figures count yet for this agency and period: there is nothing to prefill."))
        return None

    @property
    def can_prefill(self):
        """Whether any figures count of those that this person may send."""
        counting = Submission.objects.accepted().filter(programme=self.programme)
        own = own_agencies(self.user, Right.UPLOAD_BENEFICIARIES, self.programme)
        return (counting if own is None else counting.filter(agency__in=own)).exists()

    def receive(self):
        """The submission to look at; ``None`` when the file was refused, with the reasons at their fields."""
        cleaned = self.cleaned_data
        period = cleaned["period"]
        try:
            return loading.receive(
                programme=self.programme,
                agency=self.agencies.get(cleaned["agency"]),
                period=period,
                basis=cleaned["basis"],
                counted_to_on=cleaned["counted_to_on"] or min(period.ends_on, self.today),
                file=cleaned["file"],
                by=self.user,
                today=self.today,
            )
        except Refused as refusal:
            for problem in refusal.problems:
                self.add_error(FIELD_OF_REFUSAL.get(problem.code, "file"), problem.message)
        return None


def _name(agency, language):
    return agency.name_es if language == "es" else agency.name_en


class ConfirmForm(forms.Form):
    """What a preview still asks: answers to questions first, then the reason where one is needed."""

    against = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args, purpose, found, preview, today, columns, **kwargs):
        kwargs.setdefault("initial", {"against": preview.current.revision if preview.current else 0})
        super().__init__(*args, **kwargs)
        self.questions = {f"answer_{number}": question for number, question in enumerate(found.questions)}
        for name, question in self.questions.items():
            is_column = question.code.startswith("column:")
            # What somebody said before, or a header nearly says, is proposed; a number never is.
            is_proposed = is_column or found.mapped_before_on
            self.fields[name] = forms.ChoiceField(
                label=f"{question.cell}: {question.message}",
                choices=offered(question, columns),
                widget=forms.Select if is_column else forms.RadioSelect,
                initial=question.suggestion if is_proposed and question.suggestion else None,
            )
        if not self.questions and (preview.falls or must_explain(purpose, today)):
            self.fields["reason"] = forms.CharField(
                label=_("Reason"),
                max_length=300,
                help_text=_("For instance: persons counted twice by FAO and UNIDO were taken out."),
            )

    @property
    def answers(self):
        return {question.code: self.cleaned_data[name] for name, question in self.questions.items()}

    @property
    def mapping(self):
        """One line for each column that nobody could match: the question and its field."""
        return [(asked, self[name]) for name, asked in self.questions.items() if asked.code.startswith("column:")]

    @property
    def shown_fields(self):
        mapped = {field.name for _asked, field in self.mapping}
        return [self[name] for name in self.fields if name != "against" and name not in mapped]
