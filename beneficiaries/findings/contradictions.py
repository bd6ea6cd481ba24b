"""Figures that contradict each other."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from beneficiaries.findings.wording import beneficiary_finding, category_name, cell_name, last_period, who
from beneficiaries.totals.values import NO_AREA
from programmes.findings import Level, say
from programmes.quantities import total

SEXES = {"women", "men"}
SHOWN = 3


def cumulative_falls(totals, names):
    """A count since the start cannot fall below what was counted before; where it does, the submission says why."""
    found, to_date = [], {}
    for report in totals.reports:
        falls = []
        for figure in report.figures:
            key = report.agency, figure.area, figure.category, figure.reach
            if not figure.quantity.is_reported:
                continue
            before, value = to_date.get(key, 0), figure.quantity.value
            if report.is_cumulative and value < before:
                falls.append((key[1:], before, value))
            to_date[key] = value if report.is_cumulative else before + value
        if falls and not report.reason:
            found.append(_fall(totals, report, falls, names))
    return found


def _fall(totals, report, falls, names):
    said = [
        say(_("%(figure)s from %(before)s to %(after)s"), figure=cell_name(totals, *key), before=before, after=after)
        for key, before, after in falls[:SHOWN]
    ]
    if len(falls) > SHOWN:
        said.append(say(ngettext_lazy("one more", "%(count)s more", "count"), count=len(falls) - SHOWN))
    return beneficiary_finding(
        Level.WARNING,
        "cumulative_falls",
        f"{report.period}:" + ";".join(f"{'/'.join(key)}={before}>{after}" for key, before, after in falls),
        say(
            ngettext_lazy("%(agency)s: a cumulative figure falls in %(period)s",
               "%(agency)s: %(count)s cumulative figures fall in %(period)s", "count"),
            agency=who(report.agency, names), period=report.period, count=len(falls),
        ),
        say(_("It falls: %(falls)s."), falls=tuple(said)),
        say(_("Send a revision, or give the reason with it.")),
        report.agency,
        (report.agency, report.period),
    )  # fmt: skip


def part_above_whole(totals, names):
    """A category that is part of another cannot exceed it, in any cell of any agency."""
    sums = {(cell.agency, cell.area, cell.category, cell.reach): cell.sum for cell in totals.agency_cells}
    found = []
    for row in totals.rows:
        for (agency, area, category, reach), part in sums.items():
            whole = sums.get((agency, area, row.part_of, reach)) if category == row.code and row.part_of else None
            if whole is None or part.known is None or not whole.is_complete or part.known <= whole.known:
                continue
            found.append(
                beneficiary_finding(
                    Level.ERROR,
                    "part_above_whole",
                    f"{area}/{category}/{reach}={part.known};{row.part_of}={whole.known}",
                    say(
                        _("%(agency)s: a part exceeds the whole by %(excess)s"),
                        agency=who(agency, names),
                        excess=part.known - whole.known,
                    ),
                    say(
                        _("%(figure)s: %(part)s, but only %(whole)s in %(category)s."),
                        figure=cell_name(totals, area, category, reach),
                        part=part.known,
                        whole=whole.known,
                        category=category_name(totals, row.part_of),
                    ),
                    say(_("Correct one of the two and send a revision.")),
                    agency,
                    (agency, last_period(totals, agency)),
                )
            )
    return found


def sexes_against_whole(totals, names):
    """Where women and men are parts of one stated number of persons, they make it up."""
    parents = {row.code: row.part_of for row in totals.rows if row.code in SEXES}
    whole_code = parents.get("women")
    if not whole_code or parents.get("men") != whole_code:
        return []
    sums = {(cell.agency, cell.area, cell.reach, cell.category): cell.sum for cell in totals.agency_cells}
    found = []
    for (agency, area, reach, category), whole in sums.items():
        sexes = [sums.get((agency, area, reach, sex)) for sex in sorted(SEXES)]
        if category != whole_code or not whole.is_complete or not all(part and part.is_complete for part in sexes):
            continue
        added_up = sum(part.known for part in sexes)
        if added_up != whole.known:
            found.append(
                beneficiary_finding(
                    Level.WARNING,
                    "sexes_differ_from_total",
                    f"{area}/{reach}:sum={added_up};total={whole.known}",
                    say(_("%(agency)s: women and men do not make up the stated total"), agency=who(agency, names)),
                    say(
                        _("%(figure)s: %(total)s stated, women and men add up to %(sum)s."),
                        figure=cell_name(totals, area, category, reach),
                        total=whole.known,
                        sum=added_up,
                    ),
                    say(_("Check the three figures and send a revision.")),
                    agency,
                    (agency, last_period(totals, agency)),
                )
            )
    return found


def stated_area_totals(totals, names):
    """What is stated for an area against the sum of the areas in it."""
    return [
        beneficiary_finding(
            Level.WARNING,
            "area_total_differs",
            f"{stated.area}/{stated.category}/{stated.reach}:stated={stated.stated.value};sum={stated.parts.known}",
            say(_("%(agency)s: an area's total and its parts differ"), agency=who(stated.agency, names)),
            say(
                _("%(figure)s: %(stated)s stated, the areas in it add up to %(sum)s."),
                figure=cell_name(totals, stated.area, stated.category, stated.reach),
                stated=stated.stated.value,
                sum=stated.parts,
            ),
            say(_("The portal counts the parts. Correct the total or the parts.")),
            stated.agency,
            (stated.agency, stated.period),
        )
        for stated in totals.stated_totals
        if (stated.parts.is_complete and stated.parts.known != stated.stated.value)
        or stated.parts.known > stated.stated.value
    ]


def row_without_area_repeats(totals, names):
    """A row without area that equals the sum of its areas is probably their total, and would be counted twice."""
    found = []
    for report in totals.reports:
        cells = {(figure.category, figure.reach, figure.area): figure.quantity for figure in report.figures}
        for (category, reach, area), quantity in cells.items():
            if area != NO_AREA or not quantity.is_reported or quantity.value == 0 or report.key in totals.covered:
                continue
            placed = total(part for key, part in cells.items() if key[:2] == (category, reach) and key[2] != NO_AREA)
            if placed.reported > 1 and placed.known == quantity.value:
                found.append(
                    beneficiary_finding(
                        Level.WARNING,
                        "row_without_area_repeats",
                        f"{report.period}:{category}/{reach}={quantity.value}",
                        say(_("%(agency)s: the row without area may be a total"), agency=who(report.agency, names)),
                        say(
                            _("%(figure)s: %(value)s, which is also the sum of the areas. It counts twice."),
                            figure=cell_name(totals, NO_AREA, category, reach),
                            value=quantity.value,
                        ),
                        say(_("Leave that row blank when every person is counted in an area.")),
                        report.agency,
                        (report.agency, report.period),
                    )
                )
    return found
