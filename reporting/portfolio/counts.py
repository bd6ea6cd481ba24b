"""Women and men to date for each programme of a page: the same rules as on the sheet. One query."""

from collections import defaultdict

from django.db.models import FilteredRelation, Q

from beneficiaries import totals
from beneficiaries.models import Category, Reach, Submission
from beneficiaries.totals.values import AreaFacts, CategoryFacts, Facts, Figure, Report
from programmes.quantities import Quantity, State

CODES = ("women", "men")


def reports_of(programmes):
    """Programme → its accepted submissions with their direct counts of women and men, and the areas they name."""
    if not programmes:
        return {}
    rows = (
        Submission.objects.accepted()
        .filter(programme__in=programmes)
        .annotate(counted=FilteredRelation("counts", condition=Q(counts__reach=Reach.DIRECT)))
        .order_by("period__starts_on", "revision", "counted__pk")
        .values_list(
            *("programme", "pk", "agency__acronym_en", "period__code", "basis", "counted_to_on", "revision"),
            *("counted__category__code", "counted__value", "counted__state"),
            *("counted__area__slug", "counted__area__name", "counted__area__parent__slug"),
        )
    )
    found = defaultdict(dict)
    for programme, pk, agency, period, basis, counted_to_on, revision, category, value, state, *area in rows:
        _stated, figures, areas = found[programme].setdefault(
            pk, ((agency or "", period, basis, counted_to_on, revision, pk), [], {})
        )
        slug, name, parent = area
        if category in CODES:
            figures.append(Figure(slug or "", category, Reach.DIRECT.value, Quantity(value, State(state))))
        if slug:
            areas[slug] = AreaFacts(slug, name, parent or "")
    return {programme: list(submissions.values()) for programme, submissions in found.items()}


def counted(programme, words, submissions, as_of):
    """The totals of women and men at a date; they also say who owes figures."""
    reports, areas = [], {}
    for (agency, period, basis, counted_to_on, revision, pk), figures, places in submissions:
        reports.append(Report(agency, period, basis, counted_to_on, tuple(figures), revision, pk))
        areas |= places
    facts = Facts(
        categories=tuple(CategoryFacts(code, "", "", Category.Unit.PERSONS.value) for code in CODES),
        periods=tuple(sorted(words.periods[programme.fund_id], key=lambda period: period.starts_on)),
        agencies=tuple(line.acronym for line in words.budgets[programme.pk]),
        reports=tuple(reports),
        areas=areas,
        starts_on=programme.starts_on,
        ends_on=programme.latest_end,
    )
    return totals.count(facts, as_of)
