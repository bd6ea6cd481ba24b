"""Texts, agencies, sections and periods of a page's programmes: everything but counts, in one query.

They come as rows of one shape: what it is, whose it is, a key, two texts, source and confirmed.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import CharField, F, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat

from beneficiaries.totals.values import PeriodFacts
from programmes.findings.finding import key_of
from programmes.models import (
    Achievement,
    AgencyBudget,
    FinancialReport,
    FindingAcceptance,
    GovernmentEntity,
    Indicator,
    Period,
    Result,
    Section,
    SectionText,
    StatusAssessment,
)
from programmes.models.narrative import BilingualText

SHAPE = ("what", "owner", "key", "first", "second", "source", "confirmed")


@dataclass(frozen=True, slots=True)
class Budget:
    """An agency's line of the last revision."""

    acronym: str
    names: dict
    amount_usd: Decimal


@dataclass(slots=True)
class Words:
    """By programme, country or fund."""

    texts: dict = field(default_factory=lambda: defaultdict(list))  # programme → texts without a section
    sections: dict = field(default_factory=lambda: defaultdict(dict))  # programme → section → text, is it filled
    of_country: dict = field(default_factory=lambda: defaultdict(dict))  # country → the same
    budgets: dict = field(default_factory=lambda: defaultdict(list))  # programme → budgets
    template: dict = field(default_factory=lambda: defaultdict(list))  # fund → sections that hold a text
    periods: dict = field(default_factory=lambda: defaultdict(list))  # fund → periods
    closed: dict = field(default_factory=lambda: defaultdict(set))  # fund → codes of its closed periods
    finances: dict = field(default_factory=dict)  # programme, agency → day of its last financial report
    accepted: dict = field(default_factory=lambda: defaultdict(set))  # programme → keys of accepted findings

    def written(self, programme):
        """Section → text and whether it is filled: the programme's own before the country's, of its Fund's template."""
        written = self.of_country[programme.country_id] | self.sections[programme.pk]
        return {section: written[section] for section in self.template[programme.fund_id] if section in written}

    def blank_sections(self, programme):
        written = self.written(programme)
        return sum(not (section in written and written[section][1]) for section in self.template[programme.fund_id])

    def all_texts(self, programme):
        """Every text that holds anything, the title first."""
        written = (text for text, _filled in self.written(programme).values())
        return [text for text in (programme.title, *self.texts[programme.pk], *written) if text]


def words_of(programmes):
    words = Words()
    if not programmes:
        return words
    first, *others = _parts(programmes)
    for what, owner, key, one, two, source, confirmed in first.union(*others, all=True):
        match what:
            case "text":
                words.texts[owner].append(BilingualText(one, two, source, confirmed))
            case "section" | "country":
                text = BilingualText(one, two, source.partition(" ")[0], confirmed)
                place = words.sections if what == "section" else words.of_country
                place[owner][key] = (text, bool(text) or " " in source)
            case "budget":
                words.budgets[owner].append(Budget(two, {"es": one, "en": two}, Decimal(source)))
            case "accepted":
                words.accepted[owner].add(key_of(one, two, source, confirmed))
            case "template":
                words.template[owner].append(key)
            case "period":
                words.periods[owner].append(PeriodFacts(one, date.fromisoformat(two), date.fromisoformat(source)))
                if confirmed:
                    words.closed[owner].add(one)
            case "finances":
                reported = words.finances.get((owner, one), date.min)
                words.finances[owner, one] = max(reported, date.fromisoformat(two))
    return words


def _parts(programmes):
    keys = [programme.pk for programme in programmes]
    countries, funds = ({getattr(row, name) for row in programmes} for name in ("country_id", "fund_id"))
    own = Q(programme__in=keys)
    latest = StatusAssessment.objects.filter(programme=OuterRef("programme")).order_by("-assessed_on", "-pk")
    yield _rows("text", GovernmentEntity.objects.filter(own), "programme", *_columns("name"))
    for name in ("statement", "heading", "rating"):
        yield _rows("text", Result.objects.filter(own), "programme", *_columns(name))
    for name in ("name", "unit"):
        measured = Indicator.objects.filter(result__programme__in=keys)
        yield _rows("text", measured, "result__programme", *_columns(name))
    yield _rows("text", Achievement.objects.filter(result__programme__in=keys), "result__programme", *_columns("text"))
    judged = StatusAssessment.objects.filter(own, pk=Subquery(latest.values("pk")[:1]))
    yield _rows("text", judged, "programme", *_columns("narrative"))
    yield from _section_texts(own, countries)
    last = [programme.last_revision for programme in programmes if programme.last_revision]
    budgets = AgencyBudget.objects.filter(revision__in=last)
    amount = Cast("amount_usd", CharField())
    yield _rows("budget", budgets, "revision__programme", F("agency__acronym_es"), F("agency__acronym_en"), amount)
    accepted = FindingAcceptance.objects.in_force().filter(own)
    yield _rows("accepted", accepted, "programme", F("code"), F("where"), F("anchor"), F("seen"))
    template = Section.objects.filter(fund__in=funds).exclude(kind=Section.Kind.HEADING)
    yield _rows("template", template, "fund")
    days = (Cast(name, CharField()) for name in ("starts_on", "ends_on", "closed_on"))
    reports = FinancialReport.objects.filter(own)
    yield _rows("finances", reports, "programme", F("agency__acronym_en"), Cast("as_of_on", CharField()))
    yield _rows("period", Period.objects.filter(fund__in=funds), "fund", F("code"), *days)


def _section_texts(own, countries):
    """A section counts as filled when it holds a text, an answer, or is marked as not applicable: “es filled”."""
    answered = Q(not_applicable=True) | ~Q(answer="")
    for what, owner, rows in (("section", "programme", own), ("country", "country", Q(country__in=countries))):
        one, two, source, confirmed = _columns("text")
        texts = SectionText.objects.filter(rows)
        texts = texts.filter(section__is_country_level=True) if what == "country" else texts
        filled = Concat(source, Value(" filled"), output_field=CharField())
        yield _rows(what, texts.filter(answered), owner, one, two, filled, confirmed, key="section")
        yield _rows(what, texts.exclude(answered), owner, one, two, source, confirmed, key="section")


def _columns(name):
    return [F(f"{name}_{part}") for part in ("es", "en", "source", "confirmed")]


def _rows(what, queryset, owner, first="", second="", source="", confirmed="", key=None):
    """One part of the union: seven columns of the same types on every database."""
    texts = dict(zip(SHAPE[3:], (first, second, source, confirmed), strict=True))
    columns = {
        name: Cast(Value(value) if isinstance(value, str) else value, TextField()) for name, value in texts.items()
    }
    columns |= {"what": Value(what, output_field=CharField()), "owner": F(owner), "key": F(key or "pk")}
    return queryset.order_by().annotate(**columns).values_list(*SHAPE)
