"""Forms that ask somebody to take a role, and in which a new person makes their account."""

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from programmes.access import grantable_roles, grantable_scopes, require_grant
from programmes.forms.fields import LineField, OneOf, language
from programmes.models import Agency, AgencyBudget, Country, Fund, Programme, Role, User
from programmes.models.people import SCOPE_COLUMNS, SCOPES

_SCOPE_WORDS = {
    "programme": (_("Programme"), _("For focal points and readers."), _("Choose the programme.")),
    "agency": (_("Agency"), _("For focal points: the agency they speak for."), _("Choose the agency they speak for.")),
    "country": (_("Country"), _("For RCO staff."), _("Choose the country whose office they work in.")),
    "fund": (_("Fund"), _("For the Secretariat."), _("Choose the fund.")),
}


class InvitationForm(forms.Form):
    """Who is invited to what. Only roles and scopes that the person may grant are offered."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The link goes there; it works once, for 72 hours."),
        max_length=254,
        error_messages={"required": _("Write the e-mail address.")},
    )
    name = LineField(label=_("Name"), help_text=_("If you know it. The person can correct it."), limit=120)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Role,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the role.")},
    )
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES, widget=forms.RadioSelect)

    def __init__(self, data=None, *, person, code=""):
        super().__init__(data)
        self.person = person
        self.roles = grantable_roles(person)
        self.fields["email"].widget.attrs["autocomplete"] = "off"
        self.fields["role"].widget.choices = [(role.value, capfirst(role.label)) for role in self.roles]
        self.initial = {"language": language(), "role": self.roles[0] if self.roles else ""}
        asked = {column for role in self.roles for column in SCOPES[role]}
        for column in SCOPE_COLUMNS:
            if column in asked:
                self._offer(column, code)
        self.order_fields(["email", "name", "role", *SCOPE_COLUMNS, "language"])

    def _offer(self, column, code):
        label, hint, missing = _SCOPE_WORDS[column]
        found = list(getattr(self, f"_{column}_choices")())
        field = OneOf(found, lambda row: _name_of(column, row), label=label, help_text=hint, required=False)
        field.missing = missing
        self.fields[column] = field
        chosen = found if len(found) == 1 else [row for row in found if code and getattr(row, "code", "") == code]
        if chosen:
            self.initial[column] = chosen[0]

    def _programme_choices(self):
        self.programmes = Programme.objects.filter(grantable_scopes(self.person, "programme"))
        return self.programmes

    def _agency_choices(self):
        """Who takes part in one of the programmes; all where nobody does yet."""
        budgets = AgencyBudget.objects.filter(revision__programme__in=self.programmes)
        return Agency.objects.filter(pk__in=budgets.values("agency")) or Agency.objects.all()

    def _country_choices(self):
        return Country.objects.filter(grantable_scopes(self.person, "country")).distinct()

    def _fund_choices(self):
        return Fund.objects.filter(grantable_scopes(self.person, "fund"))

    def scoped_fields(self):
        """Each field of the scope with the roles that it is for, as the page hides and shows them."""
        for column in SCOPE_COLUMNS:
            if column in self.fields:
                yield self[column], " ".join(role for role in self.roles if column in SCOPES[role])

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def clean_role(self):
        return Role(self.cleaned_data["role"])

    def clean(self):
        role = self.cleaned_data.get("role")
        if role is None:
            return self.cleaned_data
        if role not in self.roles:
            require_grant(self.person, role, {})
        self.scope = {column: self.cleaned_data.get(column) for column in SCOPE_COLUMNS if column in SCOPES[role]}
        for column, value in self.scope.items():
            if value is None and column not in self.errors:
                self.add_error(column, self.fields[column].missing)
        if self.scope.get("programme") and self.scope.get("agency"):
            self._refuse_outsider(self.scope["programme"], self.scope["agency"])
        return self.cleaned_data

    def _refuse_outsider(self, programme, agency):
        """A focal point speaks for an agency that takes part, in any revision; before the first there is no list."""
        budgets = AgencyBudget.objects.filter(revision__programme=programme)
        taking_part = Agency.objects.filter(pk__in=budgets.values("agency"))
        if taking_part and agency not in taking_part:
            message = _("%(agency)s does not take part in %(programme)s. Those who do: %(others)s.")
            others = ", ".join(found.acronym(language()) for found in taking_part)
            names = {"agency": agency.acronym(language()), "programme": programme.code, "others": others}
            self.add_error("agency", forms.ValidationError(message, "outsider", names))


def _name_of(column, row):
    match column:
        case "programme":
            return f"{row.code} {row.title.shown_in(language())[0]}"
        case "agency":
            return f"{row.acronym(language())} · {row.name}"
    return row.name


class AccountForm(forms.Form):
    """A new person's name and password; the address is the one that the link was sent to."""

    name = LineField(
        label=_("Your name"),
        help_text=_("As the history and the sheets show it."),
        limit=120,
        required=True,
        error_messages={"required": _("Write your name.")},
    )
    password1 = forms.CharField(
        label=_("Password"),
        help_text=password_validators_help_text_html(),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Choose a password.")},
    )
    password2 = forms.CharField(
        label=_("The same password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Write the password once more.")},
    )

    def __init__(self, data=None, *, invitation):
        super().__init__(data, initial={"name": invitation.name})
        self.invitation = invitation
        self.fields["name"].widget.attrs["autocomplete"] = "name"

    def clean(self):
        given = self.cleaned_data
        first, second = given.get("password1"), given.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords are not the same: write both again."))
        elif first:
            try:
                validate_password(first, User(email=self.invitation.email, name=given.get("name", "")))
            except forms.ValidationError as refused:
                self.add_error("password1", refused)
        return given
