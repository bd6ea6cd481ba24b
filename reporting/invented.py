"""A hundred and thirty invented programmes, to see the portfolio with: each says in both languages that it is invented.

Drawn from a fixed seed and dated from a given day, so that the same day makes the same portfolio; written set-wise.
Countries are facts; titles, amounts, people reached and judgements are nobody's.
"""

import json
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from beneficiaries.models import Basis, Category, Count, Reach, Submission
from programmes.models import (
    Agency,
    AgencyBudget,
    Country,
    Disbursement,
    FinancialReport,
    Fund,
    LifeCycle,
    Performance,
    Period,
    Programme,
    Revision,
    Section,
    SectionText,
    StatusAssessment,
    ThematicWindow,
)
from programmes.models.narrative import digest
from programmes.quantities import State
from reporting.demonstration import FIXTURES, load_issued_sheet

REASON = "Programa inventado para la demostración / invented for the demonstration"
PROGRAMMES, SEED, PREFIX = 130, 2011, "MDGF-I"
#: So many get their sheet issued: printing takes longer than everything else.
ISSUED = 3
YEARS = 4
MARK = {"es": "(inventado)", "en": "(invented)"}
AGENCIES = (
    *(
        "UNDP",
        "FAO",
        "UNICEF",
        "UNFPA",
        "ILO",
        "UNESCO",
        "UN Women",
        "UNEP",
        "WFP",
        "WHO",
        "UNIDO",
        "IOM",
        "UN-Habitat",
    ),
    *("UN-Habitat", "UNHCR", "UNODC", "UNOPS", "UNV"),
)
TRANCHES = (Decimal("0.40"), Decimal("0.35"), Decimal("0.25"))
WORDS = {
    "es": "<p>Este programa es inventado: muestra cómo se lee una cartera de muchos programas.</p>",
    "en": "<p>This programme is invented: it shows how a portfolio of many programmes reads.</p>",
}


@dataclass(slots=True)
class Written:
    """The rows of the whole portfolio, in the order in which they refer to each other."""

    programmes: list = field(default_factory=list)
    revisions: list = field(default_factory=list)
    budgets: list = field(default_factory=list)
    disbursements: list = field(default_factory=list)
    reports: list = field(default_factory=list)
    assessments: list = field(default_factory=list)
    submissions: list = field(default_factory=list)
    counts: list = field(default_factory=list)
    texts: list = field(default_factory=list)

    def save(self):
        for rows in (
            *(self.programmes, self.revisions, self.budgets, self.disbursements, self.reports),
            *(self.assessments, self.submissions, self.counts, self.texts),
        ):
            model = type(rows[0])
            if model is Count:  # their submission is in the history
                model.objects.bulk_create(rows)
            else:
                bulk_create_with_history(rows, model, default_change_reason=REASON)


@dataclass(frozen=True, slots=True)
class Reference:
    """What the programmes refer to, and the day from which they are dated."""

    fund: Fund
    windows: list
    countries: list
    agencies: list
    periods: list
    categories: dict
    summary: Section
    titles: dict
    today: date


def load_portfolio(today):
    """Add the invented programmes where there are none yet; how many were added."""
    if Programme.objects.filter(code__startswith=PREFIX).exists():
        return 0
    facts = json.loads((FIXTURES / "invented.json").read_text(encoding="utf-8"))
    reference, draw, written = _reference(facts, today), random.Random(SEED), Written()
    for number in range(PROGRAMMES):
        _invent(number, reference, draw, written)
    written.save()
    for programme in written.programmes[:ISSUED]:
        load_issued_sheet(programme, REASON)
    return len(written.programmes)


def _reference(facts, today):
    fund = Fund.objects.get(code="MDG-F")
    known = set(Country.objects.values_list("iso2", flat=True))
    missing = [Country(**country) for country in facts["countries"] if country["iso2"] not in known]
    bulk_create_with_history(missing, Country, default_change_reason=REASON)
    return Reference(
        fund=fund,
        windows=list(ThematicWindow.objects.filter(fund=fund).order_by("slug")),
        countries=list(Country.objects.order_by("iso3")),
        agencies=list(Agency.objects.filter(acronym_en__in=AGENCIES).order_by("acronym_en")),
        periods=_periods(fund, today),
        categories={category.code: category for category in Category.objects.all()},
        summary=Section.objects.get(fund=fund, slug="summary"),
        titles=facts["titles"],
        today=today,
    )


def _periods(fund, today):
    """The semesters of the last years up to today's: those of the Fund end in 2013."""
    for year in range(today.year - YEARS - 1, today.year + 1):
        for half, (first, last) in enumerate((((1, 1), (6, 30)), ((7, 1), (12, 31))), start=1):
            starts_on, ends_on = date(year, *first), date(year, *last)
            if starts_on <= today:
                days = {"starts_on": starts_on, "ends_on": ends_on, "due_on": ends_on + timedelta(days=31)}
                Period.objects.get_or_create(fund=fund, code=f"{year}-S{half}", defaults=days)
    return list(Period.objects.filter(fund=fund, ends_on__lt=today).order_by("-ends_on"))


def _invent(number, reference, draw, written):
    window = reference.windows[number % len(reference.windows)]
    titles = reference.titles[window.slug]
    title = titles[(number // len(reference.windows)) % len(titles)]
    es, en = (f"{title[language]} {MARK[language]}" for language in ("es", "en"))
    starts_on = (reference.today - timedelta(days=draw.randint(60, 365 * YEARS))).replace(day=1)
    programme = Programme(
        code=f"{PREFIX}{number + 1:03}",
        title_es=es,
        title_en="" if number % 17 == 16 else en,
        title_confirmed="" if number % 17 == 16 else digest(es),
        country=reference.countries[number % len(reference.countries)],
        fund=reference.fund,
        window=window,
        life_cycle=LifeCycle.SUSPENDED if number % 41 == 40 else LifeCycle.IMPLEMENTATION,
        starts_on=starts_on,
    )
    written.programmes.append(programme)
    ends_on = starts_on + timedelta(days=draw.choice((1095, 1278, 1460)))
    elapsed = min((reference.today - starts_on) / (ends_on - starts_on), 1)
    pace = draw.choice((0.25, 0.55, 0.8, 0.9, 1.0, 1.05))
    agencies = draw.sample(reference.agencies, draw.randint(2, 5))
    _money(programme, agencies, ends_on, elapsed * pace, reference, draw, written)
    _judgements(programme, pace, reference, draw, written)
    _people(programme, agencies, elapsed, reference, draw, written)
    _words(programme, number, reference, written)


def _money(programme, agencies, ends_on, spent, reference, draw, written):
    if programme.life_cycle == LifeCycle.SUSPENDED:  # nobody has approved a budget
        return
    parts = [Decimal(draw.randint(5, 30)) * 50_000 for _agency in agencies]
    budget, reported_on = sum(parts), reference.periods[0].ends_on
    revision = Revision(programme=programme, number=1, total_budget_usd=budget, ends_on=ends_on)
    written.revisions.append(revision)
    for year, share in enumerate(TRANCHES):
        made_on = programme.starts_on + timedelta(days=30 + 365 * year)
        if made_on < reference.today and (year == 0 or spent > year * 0.2):
            amount = (budget * share).quantize(Decimal(1))
            written.disbursements.append(
                Disbursement(programme=programme, ordinal=year + 1, made_on=made_on, amount_usd=amount)
            )
    everybody = draw.random() < 0.7  # else one agency in three is silent
    for position, (agency, part) in enumerate(zip(agencies, parts, strict=True)):
        written.budgets.append(AgencyBudget(revision=revision, agency=agency, amount_usd=part, position=position))
        if (everybody or draw.random() < 0.66) and programme.starts_on < reported_on:
            share = Decimal(str(round(min(spent * draw.uniform(0.8, 1.1), 1), 3)))
            amounts = {"spent_usd": part * share, "committed_usd": part * min(share + Decimal("0.1"), 1)}
            states = {"spent_state": State.REPORTED, "committed_state": State.REPORTED}
            written.reports.append(
                FinancialReport(programme=programme, agency=agency, as_of_on=reported_on, **amounts, **states)
            )


def _judgements(programme, pace, reference, draw, written):
    steps = (Performance.STALLED, Performance.DELAYED, Performance.NEEDS_ATTENTION, Performance.ON_TRACK)
    now = sum(pace > limit for limit in (0.3, 0.6, 0.85))
    before = min(max(now + draw.choice((-1, 0, 0, 1)), 0), len(steps) - 1)
    if draw.random() < 0.08:
        return
    for index, period in ((before, reference.periods[1]), (now, reference.periods[0])):
        if period.ends_on > programme.starts_on:
            written.assessments.append(
                StatusAssessment(programme=programme, assessed_on=period.ends_on, performance=steps[index])
            )


def _people(programme, agencies, elapsed, reference, draw, written):
    """Figures of the whole programme, of some of its agencies, or none at all; a few have no count of women."""
    period = reference.periods[0]
    if period.ends_on < programme.starts_on or draw.random() < 0.12:
        return
    whole = draw.random() < 0.6
    senders = [None] if whole else draw.sample(agencies, draw.randint(1, len(agencies)))
    for sender in senders:
        submission = Submission(
            programme=programme,
            agency=sender,
            period=period,
            revision=1,
            basis=Basis.CUMULATIVE,
            counted_to_on=period.ends_on,
            status=Submission.Status.ACCEPTED,
            reason=REASON,
            uploaded_at=timezone.now(),
            accepted_at=timezone.now(),
        )
        written.submissions.append(submission)
        reached = max(round(draw.randint(300, 6000) * elapsed), 20)
        no_women = draw.random() < 0.08
        for code, share in (("women", 0.56), ("men", 0.44), ("institutions", 0.01)):
            nd = no_women and code == "women"
            written.counts += (
                Count(
                    submission=submission,
                    category=reference.categories[code],
                    reach=reach,
                    value=None if nd else round(reached * share * times),
                    state=State.ND if nd else State.REPORTED,
                )
                for reach, times in ((Reach.DIRECT, 1), (Reach.INDIRECT, 4))
            )


def _words(programme, number, reference, written):
    """A summary in both languages, in Spanish only, or none."""
    if number % 5 == 4:
        return
    english = {} if number % 3 == 2 else {"text_en": WORDS["en"], "text_confirmed": digest(WORDS["es"])}
    written.texts.append(SectionText(section=reference.summary, programme=programme, text_es=WORDS["es"], **english))
