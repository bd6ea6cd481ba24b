"""The page that records a revision: a decision on budget and end date. Correcting a typing error is none."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from programmes.access import Right
from programmes.actions import budgets
from programmes.blocks import Block
from programmes.forms.edit_page import EditPage
from programmes.forms.fields import DayField, LineField
from programmes.forms.money import BudgetSums, RevisionForm, budget_rows


class DecisionForm(RevisionForm):
    """What was decided: it begins with what holds now."""

    approved_on = DayField(
        label=gettext_lazy("Approved on"),
        help_text=gettext_lazy("The day of the decision: sheets of earlier dates keep the figures of before."),
        error_messages={"required": gettext_lazy("Write the date of the decision.")},
    )
    decision = LineField(
        label=pgettext_lazy("of a revision", "Reason"),
        help_text=gettext_lazy("Why the programme is revised: an extension, more funds, a reform. One sentence."),
        limit=300,
        required=True,
        error_messages={"required": gettext_lazy("Say why the programme is revised.")},
    )
    group = gettext_lazy("The decision")
    order = ("approved_on", "decision", "ends_on", "total_budget_usd")

    def __init__(self, *args, in_force, **kwargs):
        holds = {} if in_force is None else {name: getattr(in_force, name) for name in ("total_budget_usd", "ends_on")}
        super().__init__(*args, initial=holds, **kwargs)


class RevisionPage(BudgetSums, EditPage):
    """The next revision, prefilled with the last one: what is not touched stays as it was."""

    block = Block.BUDGET
    right = Right.RECORD_REVISION
    template = "programmes/edit/budget.html"
    save_label = gettext_lazy("Record the revision")
    asks_reason = False  # the decision's own reason is one

    @property
    def heading(self):
        return _("Revision %(number)s") % {"number": self.number}

    @property
    def identity(self):
        return str(self.number)

    @property
    def number(self):
        last = self.last
        return last.number + 1 if last else 1

    @property
    def last(self):
        return self.programme.revisions.order_by("number").last()

    def build(self):
        last = self.last
        self.total_before = last.total_budget_usd if last else None
        rows = budget_rows(last.agency_budgets.select_related("agency") if last else [], self.data)
        return {"main": DecisionForm(self.data, in_force=last), "budgets": rows}

    def check(self):
        """A decision comes after the one it revises; what the documents say otherwise can be corrected in Dates."""
        form, last = self.parts["main"], self.last
        approved_on = form.cleaned_data.get("approved_on")
        if last and last.approved_on and approved_on and approved_on < last.approved_on:
            message = _("Revision %(number)s was approved later than that. Correct one of the two dates.")
            form.add_error("approved_on", message % {"number": last.number})

    def write(self, reason):
        given, revision = self.parts["main"].cleaned_data, self.parts["main"].instance
        revision.programme, revision.number = self.programme, self.number
        revision.approved_on, revision.reason = given["approved_on"], given["decision"]
        kept = [row.instance for row in self.parts["budgets"].filled]
        budgets.revise(programme=self.programme, revision=revision, agency_budgets=kept, by=self.person)
