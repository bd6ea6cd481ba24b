"""Double counting: between which bounds the number of different people lies. Pure.

Five agencies train the same people. Gross adds up the agencies: an upper bound, when complete. Net is the least that
the figures allow: nowhere fewer than the largest agency, in an area or altogether. FAO 100 + 50 by area and UNDP 120
without area make gross 270, net 150.
"""

from collections import defaultdict

from beneficiaries.models import Reach
from beneficiaries.totals.values import NO_AREA, Range
from programmes.quantities import ND, Quantity, together


def gross(agencies):
    """The sum over agencies of ``{area: sum}``."""
    return together(value for areas in agencies for value in areas.values())


def net(agencies, parents):
    """The larger of the largest agency's own total and the sum over areas of the largest agency there.

    ``agencies`` are mappings of area → sum; ``parents`` names the area an area lies in. What is missing can only
    make it more; nothing known is nd.
    """
    known = [{area: value.known for area, value in areas.items() if value.known is not None} for areas in agencies]
    known = [areas for areas in known if areas]
    if not known:
        return ND
    if len(known) == 1:
        return Quantity(sum(known[0].values()))
    children = defaultdict(set)
    for area in {area for areas in known for area in areas if area != NO_AREA}:
        while area not in children[parents.get(area, "") or NO_AREA]:
            outer = parents.get(area, "") or NO_AREA
            children[outer].add(area)
            if outer == NO_AREA:
                break
            area = outer
    return Quantity(_least(NO_AREA, known, children)[0])


def _least(area, known, children):
    """``(least number of people in the area, each agency's own total there)``."""
    own, least = [areas.get(area, 0) for areas in known], 0
    for child in children.get(area, ()):
        least_there, totals = _least(child, known, children)
        least += least_there
        own = [before + there for before, there in zip(own, totals, strict=True)]
    return max(least, *own), own


def ranges(held, facts, rows, persons, base_stands_beside):
    """(category or "persons", reach) → gross and net; net is nd while a base stands beside later cumulatives."""
    parents = {slug: area.parent for slug, area in facts.areas.items()}
    found = {}
    top = [row for row in rows if row.unit == "persons" and not row.part_of]
    for reach in Reach:
        for row in rows:
            agencies = [groups.get((row.code, reach), {}) for groups in held.values()]
            found[row.code, reach] = Range(row[reach], ND if base_stands_beside else net(agencies, parents))
        least = [found[row.code, reach].net for row in top]
        known = [quantity.value for quantity in least if quantity.is_reported]
        found["persons", reach] = Range(persons[reach], Quantity(sum(known)) if known else ND)
    return found
