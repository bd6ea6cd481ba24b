"""Which programmes a person looks at: filters of home and of the portfolio, and the orders of its table."""

from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import Case, CharField, Count, Exists, F, FilteredRelation, IntegerField, OuterRef, Q, Value, When
from django.db.models.functions import Cast, Coalesce, Lower, NullIf
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from programmes.access import Right, limits, may
from programmes.models import Agency, Country, Fund, LifeCycle, Performance, Programme, Role, ThematicWindow
from reporting.models import SheetIssue
from reporting.models.issues import PUBLISHED, IssueState
from reporting.models.portfolio_rows import RANK
from reporting.portfolio.columns import latest_performance
from reporting.portfolio.searching import folded, searched

NOT_ASSESSED = "none"
STATUSES = [*Performance.choices, (NOT_ASSESSED, _("Not assessed"))]
#: A sheet of the due period that was sent: nothing is due any more.
SENT = (IssueState.SUBMITTED, *PUBLISHED)


def open_to(person):
    """The programmes whose workspace the person may see."""
    visible = Programme.objects.visible_to(person)
    held = [membership for membership, _limit in limits(person, Right.SEE_WORKSPACE)]
    if any(membership.role == Role.ADMINISTRATOR for membership in held):
        return visible
    return visible.filter(
        Q(pk__in=[membership.programme_id for membership in held if membership.programme_id])
        | Q(country__in=[membership.country_id for membership in held if membership.country_id])
        | Q(fund__in=[membership.fund_id for membership in held if membership.fund_id])
    )


def keeps_portfolio(person):
    """Whoever looks after programmes rather than after one: their home is the portfolio."""
    return may(person, Right.ISSUE_SHEET) or may(person, Right.KEEP_REFERENCE_DATA)


def due():
    """A condition: the sheet of the programme's last period that has ended was neither submitted nor issued."""
    sent = SheetIssue.objects.filter(
        programme=OuterRef("pk"), period=OuterRef("portfolio_row__due_period"), state__in=SENT
    )
    return Q(portfolio_row__due_period__isnull=False) & ~Exists(sent)


def due_on():
    return Coalesce("portfolio_row__due_period__due_on", "portfolio_row__due_period__ends_on")


class HomeFilter(django_filters.FilterSet):
    """A word of the title, the code or the country; a status; a place in the life cycle."""

    q = django_filters.CharFilter(label=_("Title, code or country"), method="search", widget=forms.SearchInput)
    status = django_filters.ChoiceFilter(label=_("Status"), empty_label=_("Any"), choices=STATUSES, method="judged_now")
    life_cycle = django_filters.ChoiceFilter(label=_("Life cycle"), empty_label=_("Any"), choices=LifeCycle.choices)

    class Meta:
        model = Programme
        fields = ()

    def __init__(self, asked, person):
        super().__init__(asked, Programme.objects.visible_to(person))
        self.person = person
        if not may(person, Right.SEE_WORKSPACE):
            del self.filters["status"], self.filters["life_cycle"]

    def filter_queryset(self, queryset):
        """Whoever only reads sheets does not learn a programme's status by asking which ones have it."""
        chosen = super().filter_queryset(queryset)
        if not (self.form.cleaned_data.get("status") or self.form.cleaned_data.get("life_cycle")):
            return chosen
        return chosen.filter(pk__in=open_to(self.person).values("pk"))

    def search(self, queryset, name, value):
        return searched(queryset, value)

    def judged_now(self, queryset, name, value):
        return queryset.alias(judged_as=latest_performance()).filter(judged_as="" if value == NOT_ASSESSED else value)


class Findings(django_filters.ChoiceFilter):
    """By what was last counted; a programme that nobody has counted has neither findings nor none."""

    CONDITIONS = {
        "errors": Q(finding_count__errors__gt=0),
        "warnings": Q(finding_count__errors__gt=0) | Q(finding_count__warnings__gt=0),
        "none": Q(finding_count__errors=0, finding_count__warnings=0, finding_count__notes=0),
    }

    def filter(self, queryset, value):
        return queryset.filter(self.CONDITIONS[value]) if value in self.CONDITIONS else queryset


class PortfolioFilter(django_filters.FilterSet):
    """What the portfolio's table is narrowed to; every filter stands in the address."""

    q = django_filters.CharFilter(label=_("Title, code or place"), method="search", widget=forms.SearchInput)
    country = django_filters.ChoiceFilter(label=_("Country"), empty_label=_("All"), field_name="country__iso2")
    window = django_filters.ChoiceFilter(label=_("Thematic window"), empty_label=_("All"), field_name="window__slug")
    fund = django_filters.ChoiceFilter(label=_("Fund"), empty_label=_("All"), field_name="fund__code")
    agency = django_filters.ChoiceFilter(label=_("Agency"), empty_label=_("All"), method="takes_part")
    status = django_filters.ChoiceFilter(label=_("Status"), empty_label=_("Any"), choices=STATUSES, method="judged")
    life_cycle = django_filters.ChoiceFilter(label=_("Life cycle"), empty_label=_("Any"), choices=LifeCycle.choices)
    findings = Findings(
        label=_("Findings"),
        empty_label=_("Any"),
        choices=[("errors", _("Errors")), ("warnings", _("Errors or warnings")), ("none", _("No findings"))],
    )
    overdue = django_filters.ChoiceFilter(
        label=_("Sheet"), empty_label=_("Any"), choices=[("due", _("Due")), ("overdue", _("Overdue"))], method="owed"
    )

    class Meta:
        model = Programme
        fields = ()

    def __init__(self, asked, programmes, choices, today, fixed=()):
        super().__init__(asked, programmes)
        self.today = today
        for name, found in choices.items():
            self.filters[name].extra["choices"] = found
        for name in ("fund", "country", "window"):
            if name in fixed or (len(choices[name]) < 2 and name not in asked):  # nothing to choose
                del self.filters[name]

    @property
    def chosen(self):
        """Filter → what was chosen, in words: each can be taken away again."""
        if not self.form.is_valid():
            return {}
        labels = {}
        for name, value in self.form.cleaned_data.items():
            if value:
                labels[name] = dict(self.form.fields[name].choices)[value] if name != "q" else f"“{value}”"
        return labels

    def search(self, queryset, name, value):
        return searched(queryset, value)

    def takes_part(self, queryset, name, value):
        return queryset.filter(portfolio_row__agencies__contains=f"|{value}|")

    def judged(self, queryset, name, value):
        if value == NOT_ASSESSED:
            return queryset.filter(Q(portfolio_row__performance="") | Q(portfolio_row__isnull=True))
        return queryset.filter(portfolio_row__performance=value)

    def owed(self, queryset, name, value):
        owing = queryset.filter(due())
        return owing.alias(due_on=due_on()).filter(due_on__lt=self.today) if value == "overdue" else owing


class Selected:
    """What a person looks at: their programmes, within one country or window if the page is its, and the filters.

    ``everything`` counts them before any filter.
    """

    def __init__(self, asked, person, today, **fixed):
        programmes = open_to(person)
        for name, value in fixed.items():
            programmes = programmes.filter(**{PortfolioFilter.base_filters[name].field_name: value})
        self.fixed, self.today = fixed, today
        self.sort = asked.get("sort", "") if asked.get("sort", "").removeprefix("-") in SORTS else "code"
        self.everything, choices = choices_among(programmes)
        self.places = {name: dict(choices[name]).get(value, "") for name, value in fixed.items()}
        self.acronyms = dict(choices["agency"])
        self.filter = PortfolioFilter(asked, programmes, choices, today, fixed)
        self.programmes = self.filter.qs
        self.asked = asked

    @property
    def query(self):
        """The filters and the order, for links to the same selection."""
        kept = {name: value for name, value in self.asked.items() if value and name in self.filter.filters}
        return urlencode(kept | self.fixed | ({"sort": self.sort} if self.sort != "code" else {}))

    @property
    def taken_away(self):
        """Each chosen filter in words, with the query of the page without it."""
        kept = {name: value for name, value in self.asked.items() if value and name != "page"}
        for name, label in self.filter.chosen.items():
            yield label, f"?{urlencode({key: value for key, value in kept.items() if key != name})}"

    @property
    def is_filtered(self):
        return any(self.asked.get(name) for name in self.filter.filters)


def choices_among(programmes):
    """How many they are; filter → its choices among them, by name in the language of the page. One query for all."""
    keys = programmes.order_by().values
    language = get_language()[:2]
    parts = [
        ("country", Country.objects.filter(pk__in=keys("country")), "iso2", f"name_{language}"),
        ("window", ThematicWindow.objects.filter(pk__in=keys("window")), "slug", f"name_{language}"),
        ("fund", Fund.objects.filter(pk__in=keys("fund")), "code", f"name_{language}"),
        ("agency", Agency.objects.filter(budgets__revision__programme__in=keys("pk")), "acronym_en",
         f"acronym_{language}"),
    ]  # fmt: skip
    everything = programmes.order_by().annotate(what=Value("all")).values("what")
    everything = everything.annotate(known_as=Cast(Count("pk"), CharField()), label=Value(""))
    named = (
        rows.order_by()
        .annotate(what=Value(what), known_as=Cast(key, CharField()), label=Cast(name, CharField()))
        .values_list("what", "known_as", "label")
        for what, rows, key, name in parts
    )
    found = everything.values_list("what", "known_as", "label").union(*named)
    choices, number = {what: [] for what, *_part in parts}, 0
    for what, key, label in sorted(found, key=lambda row: folded(row[2])):
        if what == "all":
            number = int(key)
        else:
            choices[what].append((key, label))
    return number, choices


def _severity():
    return Case(
        *(When(portfolio_row__performance=name, then=Value(rank)) for name, rank in RANK.items()),
        default=None,
        output_field=IntegerField(),
    )


def _title():
    language = get_language()[:2]
    other = "en" if language == "es" else "es"
    return Lower(Coalesce(NullIf(f"title_{language}", Value("")), f"title_{other}"))


def _findings():
    """Errors before warnings before notes."""
    errors, warnings, notes = (F(f"finding_count__{level}") for level in ("errors", "warnings", "notes"))
    return errors * 1_000_000 + warnings * 1000 + notes


#: Name in the address → (the expression it sorts by, whether the first click sorts downwards).
SORTS = {
    "code": (lambda: F("code"), False),
    "title": (_title, False),
    "country": (lambda: Lower(f"country__name_{get_language()[:2]}"), False),
    "status": (_severity, False),
    "elapsed": (lambda: F("portfolio_row__elapsed"), True),
    "transferred": (lambda: F("portfolio_row__transferred_usd"), True),
    "committed": (lambda: F("portfolio_row__committed_usd"), True),
    "spent": (lambda: F("portfolio_row__spent_usd"), True),
    "women": (lambda: F("portfolio_row__women"), True),
    "men": (lambda: F("portfolio_row__men"), True),
    "findings": (_findings, True),
    "texts": (
        lambda: 2 * F("portfolio_row__texts") - F("portfolio_row__texts_es") - F("portfolio_row__texts_en"),
        True,
    ),
    "sheet": (lambda: F("issued__issued_at"), False),
    "due": (lambda: Case(When(due(), then=due_on())), False),
}


def with_issued(programmes):
    """With the sheet in force as ``issued``: there is at most one."""
    issued = FilteredRelation("sheet_issues", condition=Q(sheet_issues__state=IssueState.ISSUED))
    return programmes.alias(issued=issued)


def order(sort):
    """What to order by: missing values come last both ways, and the code decides between equals."""
    name = sort.removeprefix("-")
    if name not in SORTS:
        return ["code"]
    expression = SORTS[name][0]()
    by = expression.desc(nulls_last=True) if sort.startswith("-") else expression.asc(nulls_last=True)
    return [by, "code"]
