"""The facts of one programme's totals, in three queries whatever its size (seven for what was known at an instant)."""

from collections import defaultdict
from operator import attrgetter, itemgetter

from django.db.models import CharField, F, FilteredRelation, Q, Value

from beneficiaries.models import AgreedFigure, Category, Submission
from beneficiaries.totals.agreed import AgreedFacts
from beneficiaries.totals.values import AreaFacts, CategoryFacts, Facts, Figure, PeriodFacts, Report
from programmes.models import Agency, AgencyBudget, Area, Period, Revision, approved_by
from programmes.quantities import Quantity, State

_PLACE = ("slug", "name", "is_indigenous", "parent__slug", "parent__name", "parent__parent__slug")
_STATED = ("agency", "period", "basis", "counted_to_on", "revision", "submission", "reason")


def load(programme, as_of, known_at=None, taking_part=None, at_hand=None, without=None):
    """Periods with their accepted submissions, categories with their counts, revisions with their agencies.

    Superseded revisions are left out: they count in nothing. ``at_hand`` is the report of an accepted submission whose
    figures were just written, with the facts of its areas: they are not read again. ``without`` is the key of a
    submission that is taken as withdrawn.
    """
    periods, stated, agreed = _periods_submissions_agreed(programme)
    if known_at is not None:
        stated, agreed = _submissions_known_at(programme, known_at), _agreed_known_at(programme, known_at)
    stated = _latest([row for row in stated if row["submission"] != without])
    known, known_areas = at_hand or (None, {})
    read = [row["submission"] for row in stated if known is None or row["submission"] != known.submission]
    categories, areas, figures = _categories_and_counts(read)
    if known is not None:
        figures[known.submission] = known.figures
        areas = areas | known_areas
    if known_at is not None:
        agencies, ends_on = _agencies_known_at(programme, as_of, known_at)
    else:
        agencies, ends_on = taking_part or _agencies(programme, as_of)
    return Facts(
        categories=categories,
        periods=periods,
        agencies=agencies,
        reports=tuple(Report(**row, figures=tuple(figures[row["submission"]])) for row in stated),
        areas=areas,
        starts_on=programme.starts_on,
        ends_on=ends_on,
        agreed=agreed,
    )


def _latest(stated):
    """The highest revision of each agency and period."""
    highest = {}
    for row in sorted(stated, key=itemgetter("revision")):
        highest[row["agency"], row["period"]] = row["submission"]
    return [row for row in stated if row["submission"] == highest[row["agency"], row["period"]]]


AGREED = "agreed"  # in place of a basis: the row is none of a submission


def _periods_submissions_agreed(programme):
    """Agreed figures are few: they come along as rows of the same query."""
    columns = ("agency__acronym_en", "period__code", "basis", "counted_to_on", "revision", "pk", "reason")
    accepted = FilteredRelation(
        "submissions",
        condition=Q(submissions__programme=programme, submissions__status=Submission.Status.ACCEPTED),
    )
    rows = (
        Period.objects.filter(fund=programme.fund_id)
        .annotate(sent=accepted)
        .order_by()
        .values_list("code", "starts_on", "ends_on", "due_on", *(f"sent__{column}" for column in columns))
        .union(_agreed_rows(programme), all=True)
    )
    periods, stated, agreed = {}, [], []
    for code, starts_on, ends_on, due_on, *submission in rows:
        row = dict(zip(_STATED, submission, strict=True))
        if row["basis"] == AGREED:
            value, digest = row["revision"], row["period"]
            agreed.append(AgreedFacts(code, row["agency"], value, starts_on, row["reason"], digest, row["submission"]))
            continue
        periods[code] = PeriodFacts(code, starts_on, ends_on, due_on)
        if row["submission"] is not None:
            stated.append(row | {"agency": row["agency"] or ""})
    in_order = sorted(periods.values(), key=attrgetter("starts_on", "code"))
    place = {period.code: number for number, period in enumerate(in_order)}
    stated.sort(key=lambda row: (place[row["period"]], row["revision"], row["submission"]))
    return tuple(in_order), stated, tuple(agreed)


def _agreed_rows(programme):
    """The figures in force, each value in the column of its type."""
    columns = {
        "day": F("as_of_on"),
        "until": F("as_of_on"),
        "due": F("as_of_on"),
        "to": F("as_of_on"),
        "basis": Value(AGREED, output_field=CharField()),
    }
    order = ("day", "until", "due", "reach", "submissions_digest", "basis", "to", "value", "pk", "reason")
    figures = AgreedFigure.objects.in_force().filter(programme=programme)
    return figures.order_by().annotate(**columns).values_list("category__code", *order)


def _agreed_known_at(programme, instant):
    """What had been agreed, and not removed, as the history tells it for that instant."""
    known = AgreedFigure.history.as_of(instant).filter(programme=programme, removed_at=None).select_related("category")
    return tuple(
        AgreedFacts(row.category.code, row.reach, row.value, row.as_of_on, row.reason, row.submissions_digest, row.pk)
        for row in known
    )


def _submissions_known_at(programme, instant):
    """What had been accepted, and not withdrawn, as the history tells it for that instant."""
    columns = ("agency__acronym_en", "period__code", "basis", "counted_to_on", "revision", "id", "reason")
    rows = (
        Submission.history.filter(programme=programme, history_date__lte=instant)
        .order_by("history_date", "history_id")
        .values_list(*columns, "status", "history_type")
    )
    last = {}
    for *submission, status, change in rows:
        row = dict(zip(_STATED, submission, strict=True))
        last[row["submission"]] = (row | {"agency": row["agency"] or ""}, status, change)
    return [row for row, status, change in last.values() if status == Submission.Status.ACCEPTED and change != "-"]


def _categories_and_counts(submissions):
    rows = (
        Category.objects.annotate(
            counted=FilteredRelation("counts", condition=Q(counts__submission__in=submissions or [0]))
        )
        .order_by("position", "counted__pk")
        .values_list(
            *("code", "label_es", "label_en", "unit", "part_of__code", "pk"),
            *("counted__submission_id", "counted__reach", "counted__value", "counted__state", "counted__cell"),
            *(f"counted__area__{column}" for column in _PLACE),
        )
    )
    categories, areas, figures = {}, {}, defaultdict(list)
    for code, es, en, unit, part_of, pk, submission, reach, value, state, cell, *place in rows:
        categories[code] = CategoryFacts(code, es, en, unit, part_of or "", pk)
        if submission is None:
            continue
        _add_area(areas, *place)
        figures[submission].append(Figure(place[0] or "", code, reach, Quantity(value, State(state)), cell))
    return tuple(categories.values()), areas, figures


def _agencies(programme, as_of):
    """Who has a budget in the revision in force at the date, in its order; and the latest end any approved one states.

    An end that lies before an earlier one is a finding, not a reason to stop asking for figures.
    """
    rows = (
        Revision.objects.filter(programme=programme)
        .approved_by(as_of)
        .order_by("number", "agency_budgets__position", "agency_budgets__pk")
        .values_list("number", "ends_on", "agency_budgets__agency__acronym_en")
    )
    by_revision, ends_on = defaultdict(list), None
    for number, end, agency in rows:
        ends_on = max(end, ends_on or end)
        by_revision[number] += [agency] if agency else []
    last = by_revision[max(by_revision)] if by_revision else []
    return tuple(last), ends_on


def taking_part(programme):
    """``day → (agencies, latest end)`` as ``load`` finds them for a day, for any number of days in two queries."""
    revisions = list(programme.revisions.order_by("number").prefetch_related("agency_budgets__agency"))

    def on(day):
        approved = approved_by(revisions, day)
        if not approved:
            return (), None
        budgets = approved[-1].agency_budgets.all()
        return tuple(row.agency.acronym_en for row in budgets), max(row.ends_on for row in approved)

    return on


def _agencies_known_at(programme, as_of, instant):
    """The same from the history, as it was at that instant."""
    known = Revision.history.as_of(instant).filter(programme=programme)
    revisions = approved_by(sorted(known, key=attrgetter("number")), as_of)
    if not revisions:
        return (), None
    budgets = AgencyBudget.history.as_of(instant).filter(revision_id=revisions[-1].pk)
    rows = sorted(budgets, key=attrgetter("position", "pk"))
    named = Agency.objects.in_bulk({row.agency_id for row in rows})
    return tuple(named[row.agency_id].acronym_en for row in rows), max(row.ends_on for row in revisions)


def _add_area(areas, slug, name, is_indigenous, parent, parent_name, grandparent):
    """An area with the one it lies in, so that a district and its province are never added."""
    if parent:
        areas.setdefault(parent, AreaFacts(parent, parent_name, grandparent or ""))
    if slug:
        areas[slug] = AreaFacts(slug, name, parent or "", is_indigenous)


def facts_of_areas(areas):
    """Slug → facts, of all areas of a country."""
    slugs = {area.pk: area.slug for area in areas}
    return {
        area.slug: AreaFacts(area.slug, area.name, slugs.get(area.parent_id, ""), area.is_indigenous) for area in areas
    }


def areas_of(programme, slugs):
    """The areas of a draft, which nobody may have counted in before."""
    areas = {}
    for place in Area.objects.filter(country=programme.country_id, slug__in=slugs).values_list(*_PLACE):
        _add_area(areas, *place)
    return areas
