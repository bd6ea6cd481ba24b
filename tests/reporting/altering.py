"""One thing of a sheet is another, for tests: every value that it says, and a new value in its place."""

from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from programmes.models import Evaluation, LifeCycle, Performance, ProgrammeArea
from programmes.models.narrative import BilingualText
from programmes.quantities import ND, Quantity, Sum
from reporting.status_sheet.values import (
    EvaluationLine,
    IndicatorLine,
    Label,
    MissionLine,
    Reading,
    TargetSet,
)

#: By what a thing is known again: another one here is another thing, which appears while the old one vanishes.
KEYS = {
    "AgencyMoney.agency", "CategoryRow.category", "Note.code", "Reading.period", "SectionValue.slug", "Source.agency",
    "TargetSet.set_on",
}  # fmt: skip
#: What steers the layout, is not printed, or follows from what is.
NOT_SAID = {
    "StatusSheet.as_of_on", "StatusSheet.version", "StatusSheet.prints_indicators", "StatusSheet.accepted",
    "Identity.country_code", "AgencyMoney.last_release", "Money.gap_usd", "DisbursementLine.shares_usd", "Note.number",
    "Reading.ends_on", "CategoryRow.unit", "Beneficiaries.has_base",
    "SectionValue.kind", "SectionValue.hint", "SectionValue.is_country_level", "Missions.later",
}  # fmt: skip
WORDS = {
    "Identity.life_cycle": LifeCycle.values,
    "AgencyMoney.report_basis": ["estimated", "certified"],
    "AreaLine.state": ProgrammeArea.State.values,
    "TargetLine.framework": ["MDG", "SDG"],
    "Status.performance": Performance.values,
    "SectionValue.answer": ["yes", "no"],
    "MissionLine.precision": ["day", "month"],
    "EvaluationLine.kind": Evaluation.Kind.values,
    "EvaluationLine.period_state": ["reported", "pending"],
}
#: Lists of plain names; any other empty list holds things with values of their own.
NAMES = {"members", "members_of_unknown_mission", "silent"}
WHOLE = (BilingualText, Label, Quantity, Sum)


def full(sheet):
    """The sheet of Panama with something of every kind."""
    text = BilingualText("Empresas creadas en las áreas", "Businesses founded in the areas")
    indicator = IndicatorLine(
        name=text, unit=BilingualText("empresas", "businesses"), baseline=Quantity(Decimal(3)),
        baseline_on=date(2009, 1, 1), baseline_source="Censo", readings=(
            Reading("2011-S1", date(2011, 6, 30), Quantity(Decimal(12)), "Informe"),
            Reading("2011-S2", date(2011, 12, 31), ND, ""),
        ), targets=(TargetSet(date(2010, 1, 1), date(2012, 12, 18), Quantity(Decimal(40))),),
    )  # fmt: skip
    first, *others = sheet.results
    missions = replace(sheet.missions, lines=(
        MissionLine(date(2011, 2, 1), "month", ("Inés Rey",)), MissionLine(date(2011, 5, 3), "day", ("Luz Paz",)),
    ))  # fmt: skip
    evaluation = EvaluationLine("mid_term", "Ana Sol", "reported", date(2011, 3, 1), date(2011, 4, 1), "", "")
    return replace(
        sheet, results=(replace(first, indicators=(indicator,)), *others), missions=missions, evaluations=(evaluation,)
    )


def places(value, path=()):
    """``(path, name, value)`` of everything that is said."""
    for field in fields(value):
        name, held = f"{type(value).__name__}.{field.name}", getattr(value, field.name)
        if name in KEYS | NOT_SAID or (name == "CategoryRow.label" and "persons" in path):
            continue
        where = (*path, field.name)
        if is_dataclass(held) and not isinstance(held, WHOLE):
            yield from places(held, where)
        elif isinstance(held, tuple) and any(map(is_dataclass, held)):
            for place, item in enumerate(held):
                inside = (*where, place)
                if isinstance(item, WHOLE):
                    yield inside, name, item
                else:
                    yield from places(item, inside)
        elif not isinstance(held, tuple) or field.name in NAMES:
            yield where, name, held


def put(value, path, new):
    """The same with another value at a path."""
    if not path:
        return new
    step, *rest = path
    if isinstance(value, tuple):
        return (*value[:step], put(value[step], rest, new), *value[step + 1 :])
    return replace(value, **{step: put(getattr(value, step), rest, new)})


def others_of(name, value):
    """Values that may stand there instead."""
    match value:
        case BilingualText() | Label():
            return [replace(value, es=f"{value.es} y más"), replace(value, en=f"{value.en} and more")]
        case Quantity():
            return [Quantity(value.value + 7), ND] if value.is_reported else [Quantity(7)]
        case Sum():
            return [Sum((value.known or 0) + 7, value.reported + 1, 0), Sum(value.known or 5, 1, value.missing + 1)]
        case bool():
            return [not value]
        case date():
            return [value + timedelta(days=40)]
        case int() | Decimal():
            return [value + 7]
        case tuple():
            return [(*value, "Olga Mar"), *([value[1:]] if value else [])]
        case str():
            return [word for word in WORDS[name] if word != value] if name in WORDS else [f"{value} nuevo"]
    kinds = {"_on": date(2012, 3, 4), "_usd": Decimal(7), "ion": 7, "dow": Label("Otra", "Another")}
    return [next(new for ending, new in kinds.items() if name.endswith(ending))]
