"""Forms of budgets and disbursements."""

from decimal import Decimal

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from programmes import figures
from programmes.actions import budgets, disbursements
from programmes.blocks import Block
from programmes.findings.money import disbursed_above_budget
from programmes.forms.edit_page import EditPage
from programmes.forms.fields import DAY_HINT, AmountField, DayField, OneOf, language
from programmes.forms.rows import RowList, RowMixin
from programmes.forms.texts import TextsModelForm
from programmes.models import Agency, AgencyBudget, Disbursement, Revision

#: A total below this part of the one before is asked about: it is rather a slip of the hand than a decision.
TENTH = 10


def agency_name(agency):
    return f"{agency.acronym(language())} · {agency.name}"


class RevisionForm(TextsModelForm):
    """The total that the document states."""

    total_budget_usd = AmountField(
        label=_("Total budget, USD"),
        help_text=_("As the document states it, even where the agencies' budgets add up to something else."),
    )
    ends_on = DayField(label=_("Ends on"), help_text=_("The end of the programme as approved."))

    class Meta:
        model = Revision
        fields = ("total_budget_usd", "ends_on")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["ends_on"]  # corrected with the other dates

    def clean_total_budget_usd(self):
        total = self.cleaned_data["total_budget_usd"]
        if total < 0:
            raise forms.ValidationError(_("A budget cannot be negative."))
        return total


class AgencyBudgetRow(RowMixin, TextsModelForm):
    order = ("agency", "amount_usd")
    amount_usd = AmountField(label=_("Approved, USD"))

    class Meta:
        model = AgencyBudget
        fields = ("amount_usd",)

    def __init__(self, *args, agencies, **kwargs):
        super().__init__(*args, **kwargs)
        agency_id = self.instance.agency_id
        self.fields["agency"] = OneOf(agencies, agency_name, label=_("Agency"), initial=agency_id)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("agency"):
            self.instance.agency = cleaned["agency"]
        return cleaned


def as_notices(findings):
    """What was saved as stated and is a finding from now on, as the page says it after saving."""
    return [f"{finding.says}. {finding.explains}" for finding in findings]


def transferred_by(programme):
    """What the administrative agent has paid so far."""
    made = programme.disbursements.filter(state=Disbursement.State.MADE)
    return sum(made.values_list("amount_usd", flat=True), Decimal(0))


def budget_rows(budgets, data):
    """The list of the agencies' budgets of one revision."""
    return RowList(
        "budgets",
        AgencyBudgetRow.builder(agencies=list(Agency.objects.all())),
        budgets,
        data,
        title=_("Budget by agency"),
        row_title=_("Agency"),
        add_label=_("Add an agency"),
        empty=_("No agency has a budget yet."),
        once=("agency", _("The agency already has a budget in this revision.")),
    )


class BudgetSums:
    """A page with a stated total (``main``) and a list of agencies' budgets (``budgets``)."""

    total_before = None  # what the last revision stated before this page was saved

    def notices(self):
        """A total is kept as stated; one that has lost digits, or is less than what was paid, is asked about."""
        after, found = self.parts["main"].instance.total_budget_usd, []
        if self.total_before is not None and after < self.total_before / TENTH:
            values = {"before": figures.usd(self.total_before), "after": figures.usd(after)}
            found.append(
                _("The total budget was %(before)s and is now %(after)s. Check that no digit is missing.") % values
            )
        return found + as_notices(disbursed_above_budget(transferred_by(self.programme), after))

    @property
    def sums(self):
        """What the typed amounts add up to, and how far the stated total is from it."""
        amounts = [_read(row["amount_usd"]) for row in self.parts["budgets"].rows]
        stated = _read(self.parts["main"]["total_budget_usd"])
        agencies_sum = sum((amount for amount in amounts if amount is not None), Decimal(0))
        return {"sum": agencies_sum, "stated": stated, "gap": None if stated is None else stated - agencies_sum}


class BudgetPage(BudgetSums, EditPage):
    block = Block.BUDGET
    template = "programmes/edit/budget.html"
    save_label = _("Save the budget")

    def build(self):
        revision = self.programme.revisions.order_by("number").last()
        self.revision = revision or Revision(programme=self.programme, number=1)
        self.total_before = self.revision.total_budget_usd
        rows = budget_rows(revision.agency_budgets.all() if revision else [], self.data)
        return {"main": RevisionForm(self.data, instance=self.revision), "budgets": rows}

    def write(self, reason):
        budgets.state(
            programme=self.programme,
            revision=self.parts["main"].instance,
            agency_budgets=[row.instance for row in self.parts["budgets"].filled],
            by=self.person,
            reason=reason,
        )


def _read(bound):
    """The amount a field holds as typed, or ``None``."""
    try:
        return bound.field.to_python(bound.value())
    except forms.ValidationError:
        return None


class DisbursementRow(RowMixin, TextsModelForm):
    """Made, or planned: a planned one may have neither date nor amount, and neither is then a zero."""

    order = ("state", "on", "amount_usd")
    on = DayField(label=_("Date"), required=False)
    amount_usd = AmountField(label=_("Amount, USD"), required=False)

    class Meta:
        model = Disbursement
        fields = ("state", "amount_usd")

    def __init__(self, *args, agencies, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.agencies = today, agencies
        self.fields["on"].initial = self.instance.made_on or self.instance.planned_on
        shares = {share.agency_id: share.amount_usd for share in self.instance.shares.all()} if self.instance.pk else {}
        for agency in agencies:
            self.fields[f"share_{agency.pk}"] = AmountField(
                label=_("Share of %(agency)s, USD") % {"agency": agency.acronym(language())},
                required=False,
                initial=shares.get(agency.pk),
            )
        self.folded = tuple(f"share_{agency.pk}" for agency in agencies)

    def _get_validation_exclusions(self):
        # A date that could not be read has said so; that there is none would be said a second time.
        return super()._get_validation_exclusions() - (set() if "on" in self.errors else {"made_on", "planned_on"})

    def clean(self):
        cleaned = super().clean()
        on, is_made = cleaned.get("on"), cleaned.get("state") == Disbursement.State.MADE
        if is_made and not on and "on" not in self.errors:
            self.add_error("on", _("Write the day on which it was made, or choose “planned”."))
        if is_made and cleaned.get("amount_usd") is None and "amount_usd" not in self.errors:
            self.add_error("amount_usd", _("Write the amount that was paid, or choose “planned”."))
        if is_made and on and on > self.today:
            self.add_error("on", _("This day has not come yet: choose “planned”, or check the date."))
        self.instance.made_on = on if is_made else None
        self.instance.planned_on = self.instance.planned_on if is_made else on
        self._clean_shares(cleaned)
        return cleaned

    def _clean_shares(self, cleaned):
        for agency in self.agencies:
            amount = cleaned.get(f"share_{agency.pk}")
            if amount is not None and amount < 0:
                self.add_error(f"share_{agency.pk}", _("A share cannot be negative."))

    @property
    def shares(self):
        """``{agency: amount}`` of the agencies whose share is stated."""
        given = {agency: self.cleaned_data.get(f"share_{agency.pk}") for agency in self.agencies}
        return {agency: amount for agency, amount in given.items() if amount is not None}


class DisbursementsPage(EditPage):
    block = Block.DISBURSEMENTS
    save_label = _("Save disbursements")

    def build(self):
        named = Agency.objects.filter(disbursement_shares__disbursement__programme=self.programme).distinct()
        agencies = list(dict.fromkeys([*self.programme.agencies_at(self.today), *named]))
        rows = RowList(
            "disbursements",
            DisbursementRow.builder(agencies=agencies, today=self.today),
            self.programme.disbursements.prefetch_related("shares"),
            self.data,
            title=_("Disbursements"),
            row_title=_("Disbursement"),
            add_label=_("Add a disbursement"),
            empty=_("Nothing has been disbursed or planned yet."),
            hint=format_lazy(
                "{} {}",
                _("The date when it was paid or is planned for. Date or amount stay blank while they are not known."),
                DAY_HINT,
            ),
        )
        return {"disbursements": rows}

    def write(self, reason):
        rows = self.parts["disbursements"].filled
        disbursements.arrange_all(
            programme=self.programme,
            disbursements=[row.instance for row in rows],
            shares=[row.shares for row in rows],
            by=self.person,
            reason=reason,
        )
