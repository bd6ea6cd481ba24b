"""The page that makes a programme: what it is, what was approved, who takes part and what it sets out to change."""

import re

from django import forms
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes import access
from programmes.access import Right
from programmes.actions import programmes
from programmes.forms.edit_page import EditPage
from programmes.forms.fields import DayField, LineField, OneOf
from programmes.forms.money import BudgetSums, RevisionForm, budget_rows
from programmes.forms.programmes import REGISTRY_CODE_HINT, TITLE
from programmes.forms.results import result_rows
from programmes.forms.texts import TextsForm
from programmes.models import Country, Fund, Programme, ThematicWindow

_CODE = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")
#: What addresses under /programmes/ already mean.
_TAKEN = {"NEW"}


class CodeField(LineField):
    """A programme's code; the hyphen that a lost suffix left behind is no part of it."""

    def to_python(self, value):
        return super().to_python(value).upper().rstrip("-")

    def validate(self, value):
        super().validate(value)
        if value and (not _CODE.fullmatch(value) or value in _TAKEN):
            message = _("A code has letters, digits and hyphens, such as MDGF-2097: “%(code)s” cannot be one.")
            raise forms.ValidationError(message, "invalid", {"code": value})
        if value and Programme.objects.filter(code=value).exists():
            raise taken(value)


def taken(code):
    message = _("There is already a programme with the code %(code)s.")
    return forms.ValidationError(message, "taken", {"code": code})


class NewProgrammeForm(TextsForm):
    """What the programme is."""

    texts = {"title": TITLE}
    order = ("title", "code", "registry_code", "country", "fund", "window")
    group = gettext_lazy("The programme")
    code = CodeField(
        label=gettext_lazy("Code"),
        help_text=gettext_lazy("As sheets name it, without the registry's suffix: MDGF-2097."),
        limit=20,
        required=True,
        error_messages={"required": gettext_lazy("Write the programme's code.")},
    )
    registry_code = LineField(label=gettext_lazy("Registry code"), help_text=REGISTRY_CODE_HINT, limit=40)

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person
        held = [membership for membership, _limit in access.limits(person, Right.CREATE_PROGRAMME)]
        self._offer("country", Country, {membership.country_id for membership in held}, gettext_lazy("Country"))
        self._offer("fund", Fund, {membership.fund_id for membership in held}, gettext_lazy("Fund"))
        windows = ThematicWindow.objects.select_related("fund").order_by("fund", "pk")
        self.fields["window"] = OneOf(
            windows,
            lambda window: f"{window.name} ({window.fund.code})",
            label=gettext_lazy("Thematic window"),
            help_text=gettext_lazy("Blank where the fund has none."),
            required=False,
        )

    def _offer(self, name, model, own, label):
        """Those of the person's scope; where nothing limits them, all."""
        found = list(model.objects.all() if None in own else model.objects.filter(pk__in=own))
        self.fields[name] = OneOf(
            found,
            lambda row: row.name,
            label=label,
            initial=found[0].pk if len(found) == 1 else None,
            error_messages={"required": gettext_lazy("Choose one of the list.")},
        )

    def clean(self):
        cleaned = super().clean()
        window, fund = cleaned.get("window"), cleaned.get("fund")
        if window and fund and window.fund_id != fund.pk:
            self.add_error("window", _("This window belongs to another fund. Choose one of the fund's own."))
        if fund and cleaned.get("country"):
            self._within_scope(cleaned)
        return cleaned

    def _within_scope(self, cleaned):
        meant = Programme(country=cleaned["country"], fund=cleaned["fund"])
        if not access.may(self.person, Right.CREATE_PROGRAMME, meant):
            self.add_error("country", _("You may not create a programme of this fund in this country."))

    def filled(self):
        given = self.cleaned_data
        columns = {name: given[name] for name in ("code", "registry_code", "country", "fund", "window")}
        programme = Programme(**columns)
        programme.title = given["title"]
        return programme


class ApprovalForm(RevisionForm):
    """What was approved, as the document states it."""

    group = gettext_lazy("As approved")
    order = ("approved_on", "starts_on", "ends_on", "total_budget_usd")
    approved_on = DayField(
        label=gettext_lazy("Approved on"),
        help_text=gettext_lazy("Blank when the document does not say: it then counts from the start."),
        required=False,
    )
    starts_on = DayField(
        label=gettext_lazy("Starts on"),
        help_text=gettext_lazy("As the programme document says, usually the first transfer."),
        required=False,
    )

    def filled(self):
        self.instance.number, self.instance.approved_on = 1, self.cleaned_data["approved_on"]
        return self.instance


class NewProgrammePage(BudgetSums, EditPage):
    """A page without a block: the programme does not exist yet, so there is nothing anybody could have changed."""

    template = "programmes/programme_new.html"
    title = gettext_lazy("A new programme")
    save_label = gettext_lazy("Create the programme")
    right = Right.CREATE_PROGRAMME
    asks_reason = False
    place = "new"

    def build(self):
        return {
            "programme": NewProgrammeForm(self.data, prefix="programme", person=self.person),
            "main": ApprovalForm(self.data),
            "results": result_rows([], self.data),
            "budgets": budget_rows([], self.data),
        }

    def save(self):
        """Somebody may take the code between the check and the writing: said at the code, as the check says it."""
        if not self.is_valid():
            self.status = 422
            return False
        form = self.parts["programme"]
        try:
            with transaction.atomic():
                self.programme = self._created(form.filled())
        except IntegrityError:
            code = form.cleaned_data["code"]
            if not Programme.objects.filter(code=code).exists():
                raise
            form.add_error("code", taken(code))
            self.status = 422
            return False
        return True

    def _created(self, programme):
        programme.starts_on = self.parts["main"].cleaned_data["starts_on"]
        return programmes.create(
            programme=programme,
            revision=self.parts["main"].filled(),
            agency_budgets=[row.instance for row in self.parts["budgets"].filled],
            results=[row.instance for row in self.parts["results"].filled],
            by=self.person,
        )

    def saved_message(self):
        return _("%(code)s has been created. Fill in what is still blank, block by block.") % {
            "code": self.programme.code
        }
