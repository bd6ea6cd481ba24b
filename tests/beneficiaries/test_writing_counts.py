"""Figures reach the table as they were read, whatever the sheet is called; its constraints hold."""

import pytest
from django.db import IntegrityError, connection, transaction

from beneficiaries.models import Category, Submission
from beneficiaries.spreadsheets import loading, writing_counts
from beneficiaries.spreadsheets.understood import Row
from programmes.models import Area
from programmes.quantities import NA, ND, Quantity
from tests.beneficiaries.files import csv_bytes
from tests.beneficiaries.sending import TODAY, receive
from tests.beneficiaries.test_totals_loading import submit

pytestmark = pytest.mark.django_db
CELLS = [r"a\b!D1", "a\tb\nc\r!D2", r"\N", "Hoja «ñ»!" + "x" * 90]


@pytest.fixture
def row(panama):
    area, women = Area.objects.get(country=panama.country, slug="cocle"), Category.objects.get(code="women")
    return lambda cell="D1", quantity=ND, area=area, reach="direct": Row(area, women, reach, quantity, cell)


def test_each_figure_keeps_its_value_state_and_cell(panama, row):
    men = Category.objects.get(code="men")
    rows = [row(CELLS[0], Quantity(0)), row(CELLS[1], ND, None), row(CELLS[2], NA, reach="indirect")]
    rows.append(Row(None, men, "direct", Quantity(2_000_000_000), CELLS[3]))
    submission = submit(panama, "FAO", "2012-S1")
    writing_counts.write(submission, rows)
    stored = submission.counts.order_by("pk").values_list("area", "category__code", "reach", "value", "state", "cell")
    expected = [(*one.key, one.quantity.value, one.quantity.state.value, one.cell[-80:]) for one in rows]
    assert list(stored) == expected


def test_the_same_figure_twice_is_refused_by_the_table(panama, row):
    submission = submit(panama, "FAO", "2012-S1")
    with pytest.raises(IntegrityError), transaction.atomic():
        writing_counts.write(submission, [row("D1"), row("D2")])
    assert submission.counts.count() == 0


def test_an_area_that_is_not_there_is_refused_by_the_table(panama, row):
    submission = submit(panama, "FAO", "2012-S1")

    def write():
        with transaction.atomic():
            writing_counts.write(submission, [row(area=Area(pk=10**9))])
            connection.check_constraints()

    with pytest.raises(IntegrityError):
        write()


def test_the_very_same_file_is_not_read_again(panama, focal_point_fao, monkeypatch):
    data = csv_bytes([["Área", "Mujeres (directo)"], ["Coclé", 4]])
    first = loading.confirm(receive(panama, focal_point_fao, data, name="f.csv"), by=focal_point_fao, today=TODAY)
    monkeypatch.setattr(loading, "examine", lambda *_arguments: 1 / 0)
    again = receive(panama, focal_point_fao, data, name="otro.csv")
    assert (again, again.unchanged, Submission.objects.filter(programme=panama, agency__isnull=False).count()) == (
        first,
        True,
        1,
    )
    with pytest.raises(ZeroDivisionError):
        receive(panama, focal_point_fao, data, name="f.csv", basis="cumulative")
