"""What the programme is: identity, dates, parties, areas, targets, results."""

from collections import defaultdict

from programmes.models import approved_by
from reporting.status_sheet.indicators import indicators
from reporting.status_sheet.values import AreaLine, Dates, Identity, Label, Parties, ResultLine, TargetLine


def label(row, name):
    """A name of reference data in both languages."""
    return Label(getattr(row, f"{name}_es"), getattr(row, f"{name}_en"))


def identity(facts):
    programme = facts.programme
    return Identity(
        code=programme.code,
        registry_code=programme.registry_code,
        title=programme.title,
        country=label(facts.country, "name"),
        country_code=facts.country.iso2,
        fund=label(facts.fund, "acronym"),
        window=label(facts.window, "name") if facts.window else None,
        life_cycle=str(programme.life_cycle),
    )


def dates(facts, as_of):
    """The end as first approved, and the end of the revision in force where it says another."""
    revisions = approved_by(facts.revisions, as_of)
    first, last = (revisions[0], revisions[-1]) if revisions else (None, None)
    return Dates(
        approved_on=first.approved_on if first else None,
        starts_on=facts.programme.starts_on,
        ends_on=first.ends_on if first else None,
        extended_to_on=last.ends_on if last and last.ends_on != first.ends_on else None,
        revision=last.number if last else None,
    )


def parties(facts):
    return Parties(
        government_entities=tuple(row.name for row in facts.government_entities),
        coordinator_name=facts.programme.coordinator_name,
        rco_contact_name=facts.programme.rco_contact_name,
    )


def areas(facts):
    return tuple(AreaLine(name=row.area.name, state=str(row.state)) for row in facts.areas if row.area)


def targets(facts):
    return tuple(
        TargetLine(framework=str(row.target.framework), code=row.target.code, name=label(row.target, "name"))
        for row in facts.targets
        if row.target
    )


def results(facts, as_of):
    """R1, R2…, each with what the programme has to show for it."""
    measured = indicators(facts.indicator_figures, as_of)
    achieved = defaultdict(list)
    for row in facts.achievements:
        achieved[row.result_id].append(row.text)
    return tuple(
        ResultLine(
            label=row.label,
            statement=row.statement,
            heading=row.heading,
            rating=row.rating,
            achievements=tuple(achieved[row.pk]),
            indicators=measured.get(row.pk, ()),
        )
        for row in facts.results
    )
