"""What does not fit in the beneficiary figures: pure checks on the totals and the submissions they come from."""

from beneficiaries.findings.contradictions import (
    cumulative_falls,
    part_above_whole,
    row_without_area_repeats,
    sexes_against_whole,
    stated_area_totals,
)
from beneficiaries.findings.submissions import (
    beside_the_base,
    covered_by_base,
    lapsed_agreements,
    overlapping_the_base,
    silent_agencies,
)
from beneficiaries.findings.zeros import (
    areas_out_of_place,
    areas_with_counts,
    areas_without_counts,
    doubtful_zeros,
    doubtful_zeros_in_indigenous_areas,
)


def check(totals, names=None, areas=None):
    """All of them. ``names`` say an agency's acronym in both languages; ``areas`` are names with their states."""
    names, areas = names or {}, areas or {}
    active = tuple(name for name, state in areas.items() if state == "active")
    return [
        *silent_agencies(totals.owed, names),
        *cumulative_falls(totals, names),
        *part_above_whole(totals, names),
        *sexes_against_whole(totals, names),
        *stated_area_totals(totals, names),
        *row_without_area_repeats(totals, names),
        *areas_without_counts(active, areas_with_counts(totals)),
        *areas_out_of_place(totals, areas),
        *doubtful_zeros(totals),
        *doubtful_zeros_in_indigenous_areas(totals),
        *covered_by_base(totals.covered, names),
        *beside_the_base(totals.beside, names, totals.agencies),
        *overlapping_the_base(totals, names),
        *lapsed_agreements(totals),
    ]
