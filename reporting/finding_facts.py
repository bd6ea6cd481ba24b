"""What the checks need beyond the sheet: the names that stand for several agencies."""

from collections import defaultdict
from dataclasses import dataclass, field

from programmes.findings import Name
from programmes.models import Agency


@dataclass(frozen=True, slots=True)
class Meaning:
    """``names`` of the agencies an acronym may stand for; a text with one of ``clear`` says which."""

    names: tuple[Name, ...]
    clear: frozenset[str]


@dataclass(frozen=True, slots=True)
class Agencies:
    """All that the portal knows: English acronym → key, and the names that belong to more than one."""

    keys: dict[str, int] = field(default_factory=dict)
    ambiguous: dict[str, Meaning] = field(default_factory=dict)


def agencies():
    """One query."""
    found = list(Agency.objects.all())
    return Agencies({agency.acronym_en: agency.pk for agency in found}, ambiguous_names(found))


def ambiguous_names(agencies):
    """Acronyms and other names that belong to more than one agency."""
    meant = defaultdict(list)
    for agency in agencies:
        for name in {agency.acronym_en, agency.acronym_es, *agency.aliases}:
            meant[name].append(agency)
    ambiguous = {name for name, owners in meant.items() if len(owners) > 1}
    return {
        name: Meaning(
            tuple(Name(agency.name_es, agency.name_en) for agency in meant[name]),
            frozenset(
                clear
                for agency in meant[name]
                for clear in (agency.name_es, agency.name_en, agency.acronym_es, agency.acronym_en, *agency.aliases)
                if clear not in ambiguous
            ),
        )
        for name in sorted(ambiguous)
    }
