"""Forms of status assessments, the Secretariat's missions, and evaluations."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from programmes import access, figures
from programmes.actions import evaluations, missions, status
from programmes.blocks import Block
from programmes.forms.edit_page import EditPage
from programmes.forms.fields import DAY_HINT, DayField, DayOrMonthField, LineField, MonthField, NamesField, language
from programmes.forms.rows import RowList, RowMixin
from programmes.forms.texts import TextsForm, TextsModelForm, TextSpec
from programmes.models import Evaluation, Mission, Performance, Precision, StatusAssessment
from programmes.quantities import State

EXPLANATION = TextSpec(_("Explanation"), _("What happened, what was decided, what comes next."), rich=True)


class AssessmentForm(TextsModelForm):
    """How a person judges the programme."""

    texts = {"narrative": EXPLANATION}
    order = ("performance", "assessed_on", "narrative", "reason")
    performance = forms.ChoiceField(
        label=_("Assessment"),
        help_text=_("A person decides it. Computed signals stand beside it, never in its place."),
        choices=Performance,
        widget=forms.RadioSelect,
        template_name="programmes/edit/_performance.html",
        error_messages={"required": _("Choose how the programme performs.")},
    )
    assessed_on = DayField(
        label=_("Assessed on"), help_text=format_lazy("{} {}", _("The day to which the judgement refers."), DAY_HINT)
    )
    reason = LineField(
        label=_("Reason for the change"),
        help_text=_(
            "Required when the assessment changes. One sentence: it stays in the history with your name and the date."
        ),
        limit=300,
    )

    class Meta:
        model = StatusAssessment
        fields = ("performance", "assessed_on")

    def __init__(self, *args, today, needs_reason, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.needs_reason = today, needs_reason
        if needs_reason:
            self.fields["reason"].label = _("Reason (required)")
            self.fields["reason"].help_text = _("One sentence. It stays in the history with your name and the date.")
        self.before = (self.instance.performance, self.instance.assessed_on) if self.instance.pk else None

    def clean(self):
        cleaned = super().clean()
        performance, on = cleaned.get("performance"), cleaned.get("assessed_on")
        changes = bool(self.before and performance and performance != self.before[0])
        if not cleaned.get("reason") and "reason" not in self.errors:
            if changes:
                self.add_error("reason", _("Say why the status changes: the Secretariat will read it."))
            elif self.needs_reason:
                self.add_error("reason", _("Say why you change this: the RCO will read it."))
        if on and on > self.today:
            self.add_error("assessed_on", _("This day has not come yet: check the date."))
        if on and self.before and on < self.before[1]:
            self.add_error(
                "assessed_on",
                _("The last assessment is of %(day)s: write that day or a later one.")
                % {"day": figures.day(self.before[1], language())},
            )
        if (performance, on) != self.before:
            self.instance.reason = cleaned.get("reason", "")
        return cleaned


class StatusPage(EditPage):
    block = Block.STATUS
    save_label = _("Save the status")
    asks_reason = False

    def build(self):
        last = self.programme.status_assessments.order_by("assessed_on", "pk").last()
        form = AssessmentForm(
            self.data,
            instance=last or StatusAssessment(programme=self.programme),
            today=self.today,
            needs_reason=access.must_give_reason(self.person, self.right, self.programme),
        )
        return {"main": form}

    def write(self, reason):
        status.assess(
            programme=self.programme,
            assessment=self.parts["main"].instance,
            by=self.person,
            reason=self.parts["main"].cleaned_data["reason"],
        )


class MissionRow(RowMixin, TextsModelForm):
    """One mission; its day may be unknown."""

    held = DayOrMonthField(
        label=_("Held on"),
        help_text=_("Month and year, or the full date when it is known: February 2011, 02/2011, February 18, 2011."),
    )
    members = NamesField(label=_("Who took part"), help_text=_("One name a line; blank when it is not known."))

    class Meta:
        model = Mission
        fields = ()

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        if self.instance.pk:
            self.fields["held"].initial = (self.instance.held_on, self.instance.precision == Precision.MONTH)
            self.fields["members"].initial = [member.name for member in self.instance.members.all()]

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() - {"held_on", "precision"}

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("held"):
            self.instance.held_on, is_month_only = cleaned["held"]
            self.instance.precision = Precision.MONTH if is_month_only else Precision.DAY
            if self.instance.held_on > self.today:
                self.add_error("held", _("This day has not come yet: check the date."))
        return cleaned


class MembersForm(TextsForm):
    """People of whom it is not known which mission they joined."""

    members = NamesField(
        label=_("Members whose mission is not known"),
        help_text=_("One name a line. The sheet says that it is not known."),
    )


class MissionsPage(EditPage):
    block = Block.MISSIONS
    save_label = _("Save missions")

    def build(self):
        rows = RowList(
            "missions",
            MissionRow.builder(today=self.today),
            self.programme.missions.prefetch_related("members"),
            self.data,
            title=_("Missions"),
            row_title=_("Mission"),
            add_label=_("Add a mission"),
            empty=_("No mission is recorded yet."),
            ordered=False,
        )
        unknown = [member.name for member in self.programme.mission_members.filter(mission=None)]
        return {"missions": rows, "main": MembersForm(self.data, initial={"members": unknown})}

    def write(self, reason):
        rows = self.parts["missions"].filled
        missions.arrange_all(
            programme=self.programme,
            missions=[row.instance for row in rows],
            members=[row.cleaned_data["members"] for row in rows],
            members_of_unknown_mission=self.parts["main"].cleaned_data["members"],
            by=self.person,
            reason=reason,
        )


class EvaluationRow(RowMixin, TextsModelForm):
    order = ("kind", "evaluator", "period_state", "starts_on", "ends_on", "report_url", "improvement_plan_url")
    evaluator = LineField(label=_("Evaluator"), help_text=_("Blank until one is chosen."), limit=200)
    starts_on = MonthField(label=_("From"), help_text=_("Month and year: March 2011 or 03/2011."), required=False)
    ends_on = MonthField(label=_("To"), help_text=_("Month and year: May 2011 or 05/2011."), required=False)
    report_url = forms.URLField(
        label=_("Link to the report"),
        help_text=_("Blank until it is published."),
        required=False,
        max_length=500,
        assume_scheme="https",
    )
    improvement_plan_url = forms.URLField(
        label=_("Link to the improvement plan"),
        help_text=_("Blank until it is published."),
        required=False,
        max_length=500,
        assume_scheme="https",
    )

    class Meta:
        model = Evaluation
        fields = ("kind", "evaluator", "period_state", "starts_on", "ends_on", "report_url", "improvement_plan_url")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("starts_on") and cleaned.get("period_state") == State.BLANK:
            cleaned["period_state"] = State.REPORTED
        is_known = cleaned.get("period_state") == State.REPORTED
        if is_known and not cleaned.get("starts_on") and "starts_on" not in self.errors:
            self.add_error("starts_on", _("Write the first month, or choose that the period is to be confirmed."))
        return cleaned


class EvaluationsPage(EditPage):
    block = Block.EVALUATIONS
    save_label = _("Save evaluations")

    def build(self):
        rows = RowList(
            "evaluations",
            EvaluationRow.builder(),
            self.programme.evaluations.all(),
            self.data,
            title=_("Evaluations"),
            row_title=_("Evaluation"),
            add_label=_("Add an evaluation"),
            empty=_("No evaluation is planned yet."),
            ordered=False,
            once=("kind", _("The programme already has an evaluation of this kind.")),
        )
        return {"evaluations": rows}

    def write(self, reason):
        listed = [row.instance for row in self.parts["evaluations"].filled]
        evaluations.set_all(programme=self.programme, evaluations=listed, by=self.person, reason=reason)
