"""The one declaration: every header it makes is a header it reads."""

import pytest

from beneficiaries.models import Category, Reach
from beneficiaries.spreadsheets.columns import Kind, columns_of
from beneficiaries.spreadsheets.template import build
from programmes.models import Period, Programme
from tests.beneficiaries.files import rows_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def columns(panama):
    return columns_of(panama)


def test_the_columns_are_the_categories_direct_then_indirect(columns):
    expected = [f"{category.code}_{reach}" for reach in Reach for category in Category.objects.all()]
    assert [column.name for column in columns.counts] == expected


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_header_of_the_template_is_read_as_its_own_column(columns, panama, language):
    template = build(panama, None, Period.objects.get(code="2011-S2"), columns, language)
    header = next(row for row in rows_of(template) if row[0] in ("Área", "Area"))
    assert [columns.match(text).name for text in header] == ["area", *(column.name for column in columns.counts)]


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Mujeres, directas", "women_direct"),
        ("MUJERES INDIRECTAS", "women_indirect"),
        ("No. Mujeres directas", "women_direct"),
        ("Beneficiarios directos: hombres", "men_direct"),
        ("Direct women", "women_direct"),
        ("Women - direct beneficiaries", "women_direct"),
        ("Grupos etnicos (directos)", "ethnic_groups_direct"),
        ("Instituciones indirectas", "institutions_indirect"),
        ("Provincia", "area"),
        ("AREA", "area"),
        ("Observaciones", "notes"),
    ],
)
def test_headers_are_recognised_in_either_language_and_by_synonyms(columns, header, name):
    assert columns.match(header).name == name


@pytest.mark.parametrize("header", ["Mujeres", "Niñas directas", "", "   ", "Total directo"])
def test_a_header_that_does_not_say_which_figure_it_is_matches_nothing(columns, header):
    assert columns.match(header) is None


def test_no_header_means_two_columns(columns):
    named = [(key, column.name) for column in (columns.area, columns.notes, *columns.counts) for key in column.keys]
    assert len({key for key, _name in named}) == len(set(named))


def test_every_column_explains_itself(columns):
    assert all(str(column.help) and column.header_es and column.header_en for column in columns.counts)
    assert columns.area.kind == Kind.AREA


def test_the_declaration_takes_three_queries_whatever_it_holds(panama, django_assert_num_queries):
    programme = Programme.objects.for_reading().get(pk=panama.pk)
    with django_assert_num_queries(3):
        columns_of(programme)
