"""One printed figure: the submissions and cells it is made of, what does not count and why, what it was before."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from beneficiaries.models import AgreedFigure, Category, Count, Reach, Submission
from beneficiaries.spreadsheets.identity import PROGRAMME_WORD
from beneficiaries.totals.agreed import Kind
from beneficiaries.totals.counting import PERSONS
from beneficiaries.totals.loading import load
from beneficiaries.totals.tracing import Wanted, codes_of, sum_of, trace
from beneficiaries.totals.values import PROGRAMME
from programmes import figures
from programmes.models import Agency, Area
from programmes.quantities import Quantity, State, total

SHOWN = 30  # cells of one submission on this page; the submission's own page has all


class NoSuchFigure(Exception):
    """The address asks for something that the portal does not know; the message says what."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for, with the words for it."""

    wanted: Wanted
    as_of: date
    category: str
    area: str  # its name; blank for all areas together
    agency: object | None

    @classmethod
    def of(cls, query, programme, default_as_of):
        """From an address. A blank area is what is not known by area; without one it is all areas together."""
        if any("\0" in value for value in query.values()):  # no database can look it up
            raise NoSuchFigure(_("The address does not say which category is meant."))
        category, reach = query.get("category", ""), query.get("reach", "")
        if reach not in Reach:
            raise NoSuchFigure(_("The address does not say whether the figure is direct or indirect."))
        label = _("Persons") if category == PERSONS else _label(category)
        area, agency = query.get("area"), _agency(query.get("agency"))
        name = _("No area") if area == "" else _area(programme, area) if area else ""
        acronym = agency.acronym_en if agency else PROGRAMME if "agency" in query else None
        as_of = _day(query.get("as_of")) or default_as_of
        return cls(Wanted(category, reach, area, acronym), as_of, label, name, agency)

    @property
    def reach(self):
        return Reach(self.wanted.reach).label

    @property
    def is_of_the_programme(self):
        return self.wanted.agency == PROGRAMME


def _label(code):
    category = Category.objects.filter(code=code).first()
    if category is None:
        raise NoSuchFigure(_("The address does not say which category is meant."))
    return category.label


def _area(programme, slug):
    area = Area.objects.filter(country=programme.country_id, slug=slug).first()
    if area is None:
        raise NoSuchFigure(_("“%(area)s” is no area of the programme's country.") % {"area": slug[:60]})
    return area.name


def _agency(acronym):
    if acronym in (None, "", PROGRAMME_WORD):
        return None
    agency = Agency.objects.filter(acronym_en=acronym).first()
    if agency is None:
        raise NoSuchFigure(_("No agency is called “%(agency)s”.") % {"agency": acronym[:60]})
    return agency


def _day(text):
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NoSuchFigure(_("“%(day)s” is no day. A day is written like 2011-10-31.") % {"day": text[:60]}) from None


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of a submission, where it stood, and whether it counts."""

    area: str
    category: str
    quantity: Quantity
    place: str
    verdict: object = None


@dataclass(frozen=True, slots=True)
class Source:
    """One submission with the cells of the figure."""

    submission: object
    sum: object
    cells: tuple
    verdict: object  # why nothing of it counts; ``None`` where something does
    before: tuple = ()  # earlier revisions, and later ones that were withdrawn, of the same agency and period

    @property
    def shown(self):
        return self.cells[:SHOWN]

    @property
    def further(self):
        return max(0, len(self.cells) - SHOWN)

    @property
    def is_partly_left_out(self):
        return self.verdict is None and any(not cell.verdict.is_in for cell in self.cells)


class FigureScreen:
    """Everything that the page of a figure shows."""

    def __init__(self, programme, asked):
        self.programme, self.asked = programme, asked
        self.facts = load(programme, asked.as_of)
        self.trace = trace(self.facts, asked.as_of, asked.wanted)
        self.language = (get_language() or "es")[:2]

    # What was agreed about it

    @cached_property
    def printed(self):
        """As the sheet prints it: perhaps an agreed figure. ``None`` for one area or agency, of which nobody agrees."""
        wanted = self.asked.wanted
        is_whole = wanted.area is None and wanted.agency is None
        return self.trace.totals.printed[wanted.category, wanted.reach] if is_whole else None

    @property
    def sum(self):
        return self.printed.sum if self.printed else self.trace.sum

    @cached_property
    def agreed(self):
        """The agreed figures that are in it, with who set each, when and why."""
        if self.printed is None or self.printed.kind == Kind.GROSS:
            return []
        reach, printed = self.asked.wanted.reach, self.trace.totals.printed
        parts = [printed[code, reach].agreed for code in codes_of(self.facts, self.asked.wanted.category)]
        found = AgreedFigure.objects.filter(pk__in=[part.pk for part in parts if part])
        return list(found.select_related("category", "set_by").order_by("category__position"))

    @property
    def lapsed(self):
        """An agreed figure that does not hold any more; ``None`` when there is none."""
        return self.printed.lapsed if self.printed else None

    @cached_property
    def submissions(self):
        """All that ever counted, in a query, by their number."""
        sent = Submission.objects.exclude(status=Submission.Status.UPLOADED).filter(programme=self.programme)
        rows = sent.select_related("agency", "period", "uploaded_by", "withdrawn_by").defer("reading")
        found = {}
        for submission in rows.order_by("-revision"):
            submission.programme = self.programme
            found[submission.pk] = submission
        return found

    @cached_property
    def sources(self):
        """The submissions of which something counts, the latest first."""
        return [source for source in self._sources if source.verdict is None]

    @cached_property
    def left_out(self):
        """Those of which nothing does, each with its reason."""
        return [source for source in self._sources if source.verdict is not None]

    @cached_property
    def _sources(self):
        return [self._source(report, parts) for report, parts in self.trace.by_report()]

    def _source(self, report, parts):
        counted = [part for part in parts if part.verdict.is_in]
        cells = tuple(
            Cell(self._place(part.figure.area), self._label(part.figure.category), part.figure.quantity,
                 part.figure.cell, part.verdict)
            for part in sorted(parts, key=lambda part: not part.verdict.is_in)
        )  # fmt: skip
        submission = self.submissions[report.submission]
        verdict = None if counted else parts[0].verdict
        return Source(submission, sum_of(counted or parts), cells, verdict, tuple(self._earlier.get(report.key, ())))

    @cached_property
    def _earlier(self):
        """(agency, period) → its other revisions, the latest first: superseded ones and withdrawn ones."""
        speaking = {report.submission for report in self.facts.reports}
        others = {pk: sent for pk, sent in self.submissions.items() if pk not in speaking and self._is_meant(sent)}
        stated = defaultdict(list)
        for row in self._counts_of(others):
            stated[row["submission_id"]].append(row)
        found = defaultdict(list)
        for pk, sent in others.items():
            cells = tuple(
                Cell(row["area__name"] or "", self._label(row["category__code"]),
                     Quantity(row["value"], State(row["state"])), row["cell"])
                for row in stated[pk]
            )  # fmt: skip
            key = (sent.agency.acronym_en if sent.agency else PROGRAMME, sent.period.code)
            found[key].append(Source(sent, total(cell.quantity for cell in cells), cells, None))
        return found

    def _is_meant(self, sent):
        return self.asked.wanted.agency in (None, sent.agency.acronym_en if sent.agency else PROGRAMME)

    def _counts_of(self, submissions):
        wanted = self.asked.wanted
        codes = codes_of(self.facts, wanted.category)
        counts = Count.objects.filter(submission__in=submissions, category__code__in=codes, reach=wanted.reach)
        counts = counts.exclude(state=State.BLANK)
        if wanted.area is not None:
            counts = counts.filter(area__slug=wanted.area) if wanted.area else counts.filter(area=None)
        return counts.order_by("pk").values("submission_id", "area__name", "category__code", "value", "state", "cell")

    @property
    def gone(self):
        """Of agencies and periods that say nothing of it any more: ``(heading, submissions)``.

        Either the submission was withdrawn, or a later revision leaves the figure out.
        """
        told = {report.key for report, _parts in self.trace.by_report()}
        sources = [one for key, found in self._earlier.items() if key not in told for one in found if one.cells]
        withdrawn = [one for one in sources if one.submission.status == Submission.Status.WITHDRAWN]
        unsaid = [one for one in sources if one.submission.status != Submission.Status.WITHDRAWN]
        headed = ((_("What was withdrawn"), withdrawn), (_("What a later revision no longer states"), unsaid))
        return [(heading, found) for heading, found in headed if found]

    def _place(self, slug):
        return self.facts.areas[slug].name if slug in self.facts.areas else slug

    def _label(self, code):
        row = next(row for row in self.facts.categories if row.code == code)
        return row.label_es if self.language == "es" else row.label_en

    @property
    def names_categories(self):
        """Whether the cells are of several categories."""
        return self.asked.wanted.category == PERSONS

    @property
    def names_areas(self):
        return self.asked.wanted.area is None

    # How it is composed

    @property
    def base_on(self):
        """The day to which the programme's own figures speak for all agencies; ``None`` where they do not."""
        totals = self.trace.totals
        if not totals.has_base or self.asked.wanted.agency:
            return None
        return max(report.counted_to_on for report in totals.reports if not report.agency and report.is_cumulative)

    @property
    def silent(self):
        """The agencies whose figures are missing, as the person calls them."""
        if self.asked.wanted.agency is not None or self.asked.wanted.area is not None:
            return ""
        missing = self.trace.totals.missing_agencies
        named = {agency.acronym_en: agency for agency in Agency.objects.filter(acronym_en__in=missing)}
        return figures.listed([named[acronym].acronym(self.language) for acronym in missing], self.language)
