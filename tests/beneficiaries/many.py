"""Uploads that are too long for one page, made in memory."""

from beneficiaries.models import Category, Reach, Submission
from beneficiaries.spreadsheets import stored
from beneficiaries.spreadsheets.understood import Reading, Row
from programmes.models import Area, ProgrammeArea
from programmes.quantities import Quantity
from tests.beneficiaries.sending import agency, period

COLUMN = "BCDEFGHI"


def areas_of(programme, number):
    """So many areas more, of which the programme says that it works there."""
    places = Area.objects.bulk_create(
        Area(country=programme.country, name=f"Corregimiento {n:04}", slug=f"corregimiento-{n:04}")
        for n in range(number)
    )
    ProgrammeArea.objects.bulk_create(ProgrammeArea(programme=programme, area=place) for place in places)
    return places


def reading_of(places, value=lambda row, column: row + column):
    """A figure for each area, category and reach."""
    keys = [(category, reach.value) for reach in Reach for category in Category.objects.all()]
    rows = [
        Row(place, *key, Quantity(value(row, column)), f"Beneficiarios!{COLUMN[column]}{row + 10}")
        for row, place in enumerate(places)
        for column, key in enumerate(keys)
    ]
    return Reading(sheet="Beneficiarios", header_row=9, columns=9, cells=len(rows), rows=rows)


def uploaded(programme, by, reading, code="2011-S2"):
    """A submission of FAO that waits to be confirmed."""
    return Submission.objects.create(
        programme=programme,
        agency=agency("FAO"),
        period=period(code),
        basis="new",
        counted_to_on=period(code).ends_on,
        reading=stored.as_stored(reading),
        uploaded_by=by,
        file_name="muchas.xlsx",
    )
