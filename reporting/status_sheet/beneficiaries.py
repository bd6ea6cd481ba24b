"""The people and institutions reached to date, as the sheet prints them."""

from beneficiaries.charts import MEN, NOTHING, WOMEN, persons_by_area
from beneficiaries.models import Reach
from reporting.status_sheet.labels import Label
from reporting.status_sheet.reached import AgreedLine, AreaPersons, Beneficiaries, CategoryRow, RangeLine, Source


def beneficiaries(found, areas=()):
    """A programme's totals at a date: how submissions add up, and which figure holds, is decided in their totals.

    ``areas`` are the programme's, in printing order.
    """
    return Beneficiaries(
        rows=tuple(_row(row, found.printed) for row in found.rows),
        persons=_row(found.persons, found.printed),
        women_share_direct=found.printed_women_share[Reach.DIRECT],
        women_share_indirect=found.printed_women_share[Reach.INDIRECT],
        counted_to_on=found.counted_to_on,
        sources=tuple(Source(agency, found.counted_to[agency]) for agency in found.sources),
        silent=found.missing_agencies,
        has_base=found.has_base,
        agreed=tuple(_agreed(found)),
        ranges=tuple(_ranges(found)),
        areas=tuple(_areas(found, areas)),
    )


def _row(row, printed):
    return CategoryRow(
        category=row.code,
        label=_label(row),
        unit=str(row.unit),
        direct=printed[row.code, Reach.DIRECT].sum,
        indirect=printed[row.code, Reach.INDIRECT].sum,
    )


def _label(row):
    return Label(row.label_es, row.label_en)


def _areas(found, areas):
    for name, sums in persons_by_area(found, [row.area.slug for row in areas if row.area]):
        yield AreaPersons(name, sums.get(WOMEN, NOTHING), sums.get(MEN, NOTHING))


def _agreed(found):
    for reach in Reach:
        for row in found.rows:
            held = found.printed[row.code, reach].agreed
            if held:
                yield AgreedLine(row.code, _label(row), reach.value, held.value, held.as_of_on, held.reason)


def _ranges(found):
    for reach in Reach:
        for row in found.rows:
            bounds = found.ranges[row.code, reach]
            if bounds.net.is_reported and bounds.net.value != bounds.gross.known:
                yield RangeLine(row.code, _label(row), reach.value, bounds.net, bounds.gross)
