"""Forms of what agencies have committed and spent."""

from django.utils.translation import gettext_lazy as _

from programmes import access
from programmes.access import Right
from programmes.actions import finances
from programmes.blocks import Block
from programmes.findings.money import (
    committed_above_approved,
    committed_above_transferred,
    spent_above_approved,
    spent_above_committed,
)
from programmes.forms.edit_page import EditPage
from programmes.forms.fields import AmountField, DayField, language
from programmes.forms.money import agency_name, as_notices, transferred_by
from programmes.forms.texts import TextsModelForm
from programmes.models import FinancialReport
from programmes.quantities import State, total


class FinancialReportForm(TextsModelForm):
    """What one agency has committed and spent since the start."""

    order = ("as_of_on", "basis", "committed_usd", "committed_state", "spent_usd", "spent_state")
    as_of_on = DayField(
        label=_("As of"),
        help_text=_("The day up to which the figures count, for instance December 31, 2011."),
        required=False,
    )
    committed_usd = AmountField(
        label=_("Committed to date, USD"), help_text=_("Since the start, what was spent included."), required=False
    )
    spent_usd = AmountField(label=_("Spent to date, USD"), help_text=_("Since the start."), required=False)

    class Meta:
        model = FinancialReport
        fields = ("as_of_on", "committed_usd", "committed_state", "spent_usd", "spent_state", "basis")

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["committed_state"].label = _("Committed: what is known")
        self.fields["spent_state"].label = _("Spent: what is known")

    @property
    def name_in_errors(self):
        return _acronym(self.instance)

    def clean(self):
        cleaned = super().clean()
        for column in ("committed", "spent"):
            self._match_state(column, cleaned)
        if self.has_changed() and not cleaned.get("as_of_on") and "as_of_on" not in self.errors:
            self.add_error("as_of_on", _("Write the day up to which the figures count."))
        if cleaned.get("as_of_on") and cleaned["as_of_on"] > self.today:
            self.add_error("as_of_on", _("This day has not come yet: check the date."))
        return cleaned

    def _match_state(self, column, cleaned):
        """An amount is a reported figure; only “reported” needs one."""
        amount, state = cleaned.get(f"{column}_usd"), cleaned.get(f"{column}_state")
        if amount is not None and state == State.BLANK:
            cleaned[f"{column}_state"] = State.REPORTED
        elif amount is not None and state not in (State.REPORTED, None):
            chosen = {"state": State(state).label}
            self.add_error(
                f"{column}_usd",
                _("There is an amount, and “%(state)s” is chosen: choose “reported” to keep the amount, or clear it.")
                % chosen,
            )
        elif amount is None and state == State.REPORTED and f"{column}_usd" not in self.errors:
            self.add_error(f"{column}_usd", _("Write the amount, or choose why there is none."))


class FinancesPage(EditPage):
    block = Block.BUDGET
    title = _("Committed and spent")
    save_label = _("Save figures")
    right = Right.REPORT_FINANCES

    def require(self):
        access.require(self.person, self.right, self.programme, any_agency=True)

    def _agencies(self):
        own = access.own_agencies(self.person, self.right, self.programme)
        return self.programme.agencies_at(self.today) if own is None else own

    def build(self):
        reports = {report.agency_id: report for report in self.programme.financial_reports.order_by("as_of_on")}
        parts = {}
        for agency in self._agencies():
            report = reports.get(agency.pk) or FinancialReport(programme=self.programme, agency=agency)
            form = FinancialReportForm(self.data, prefix=f"agency-{agency.pk}", instance=report, today=self.today)
            form.group = agency_name(agency)
            form.empty_permitted, form.use_required_attribute = True, False
            parts[form.prefix] = form
        return parts

    def notices(self):
        """What was reported is kept as stated; what cannot be is said, and is a finding until it is mended."""
        reports = [form.instance for name, form in self.parts.items() if name != "reason" and form.has_changed()]
        if not reports:
            return []
        found = spent_above_committed(
            [(report.agency, _acronym(report), report.committed, report.spent) for report in reports]
        )
        found += self._above_approved(reports)
        latest = {report.agency_id: report for report in self.programme.financial_reports.order_by("as_of_on")}
        committed = total(report.committed for report in latest.values())
        return as_notices([*found, *committed_above_transferred([], committed, transferred_by(self.programme))])

    def _above_approved(self, reports):
        """Against each agency's budget in the revision in force."""
        revision = self.programme.revisions.in_force(self.today)
        budgets = dict(revision.agency_budgets.values_list("agency_id", "amount_usd")) if revision else {}
        used = [
            (report.agency, _acronym(report), budgets[report.agency_id], report.committed, report.spent)
            for report in reports
            if report.agency_id in budgets
        ]
        return [*committed_above_approved([row[:4] for row in used]), *spent_above_approved(used)]

    def write(self, reason):
        changed = [form.instance for name, form in self.parts.items() if name != "reason" and form.has_changed()]
        finances.report(programme=self.programme, reports=changed, by=self.person, reason=reason)


def _acronym(report):
    return report.agency.acronym(language())
