"""The people and institutions reached to date, as the sheet prints them."""

from reporting.status_sheet.values import Beneficiaries, CategoryRow, Label, Source


def beneficiaries(found):
    """A programme's totals at a date: how submissions add up is decided in ``beneficiaries.totals``."""
    return Beneficiaries(
        rows=tuple(_row(row) for row in found.rows),
        persons=_row(found.persons),
        women_share_direct=found.women_share_direct,
        women_share_indirect=found.women_share_indirect,
        counted_to_on=found.counted_to_on,
        sources=tuple(Source(agency, found.counted_to[agency]) for agency in found.sources),
        silent=found.missing_agencies,
        has_base=found.has_base,
    )


def _row(row):
    return CategoryRow(
        category=row.code,
        label=Label(row.label_es, row.label_en),
        unit=str(row.unit),
        direct=row.direct,
        indirect=row.indirect,
    )
