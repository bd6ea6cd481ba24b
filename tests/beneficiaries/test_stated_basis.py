"""Rows that say themselves whether their figures are new or cumulative: heard for every submission, never dropped."""

import pytest

from beneficiaries.models import Basis
from tests.beneficiaries.sending import receive

pytestmark = pytest.mark.django_db

LONG = "Área;Categoría;Alcance;Cantidad;Cifras\nCoclé;Mujeres;directo;20;{said}\nCoclé;Hombres;directo;10;{said}\n"


def read(panama, by, text, basis=Basis.NEW):
    first = receive(panama, by, text.encode(), name="f.csv", of="FAO", basis=basis)
    return [first, *first.others]


def codes(submission):
    return [code for _cell, _column, _found, code, *_params in submission.reading["problems"]]


@pytest.mark.parametrize(
    ("said", "basis"),
    [
        ("acumuladas desde el inicio", "cumulative"),
        ("acumulados desde el inicio", "cumulative"),
        ("Cumulative since the start", "cumulative"),
        ("acumulado", "cumulative"),
        ("nuevos en el período", "new"),
        ("new", "new"),
    ],
)
def test_the_portals_own_words_and_their_forms_are_understood(panama, rco_panama, said, basis):
    [submission] = read(panama, rco_panama, LONG.format(said=said))
    assert codes(submission) == ([] if basis == "new" else ["other_basis"])  # “new” was chosen in the form


@pytest.mark.parametrize("said", ["acumulatvio", "preliminares", "nuevas y acumuladas"])
def test_other_words_are_a_problem_and_never_dropped(panama, rco_panama, said):
    [submission] = read(panama, rco_panama, LONG.format(said=said))
    assert set(codes(submission)) == {"not_a_basis"}


def test_with_agencies_side_by_side_each_hears_what_its_row_says(panama, rco_panama):
    text = "Área;Cifras;FAO;;UNDP;\n;;Mujeres directas;Hombres directos;Mujeres directas;Hombres directos\n"
    text += "Coclé;acumuladas desde el inicio;20;10;5;6\nHerrera;acumuladas desde el inicio;21;11;7;8\n"
    [refused] = read(panama, rco_panama, text)
    assert (refused.agency.acronym_en, codes(refused)) == ("FAO", ["other_basis"])
    found = read(panama, rco_panama, text, basis=Basis.CUMULATIVE)
    assert [(one.agency.acronym_en, one.basis, codes(one)) for one in found] == [
        ("FAO", "cumulative", []),
        ("UNDP", "cumulative", []),
    ]
