"""A programme with 30 results and 300 achievements asks the database as often as Panama does."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programmes.models import Achievement, Result
from tests.programmes.browsing import form_on
from tests.programmes.two_people import address


def grow(panama):
    """Thirty results with ten achievements each, Panama's own among them."""
    for number in range(panama.results.count() + 1, 31):
        Result.objects.create(programme=panama, number=number, statement_es=f"Resultado {number}")
    for result in panama.results.all():
        missing = range(result.achievements.count(), 10)
        Achievement.objects.bulk_create(
            Achievement(result=result, text_es=f"Logro {place}", position=place) for place in missing
        )


def asked(client, section, change):
    """How many queries opening and saving a block take."""
    client.get(address(section))
    with CaptureQueriesContext(connection) as opening:
        page = client.get(address(section))
    with CaptureQueriesContext(connection) as saving:
        answer = client.post(address(section), form_on(page) | change)
    assert answer.status_code == 303
    return len(opening), len(saving)


@pytest.mark.parametrize("section", ["results", "achievements"])
def test_a_large_block_is_opened_and_saved_in_as_many_queries_as_panamas(section, rco, panama):
    first = panama.results.get(number=1)
    field = "results-0-statement_es" if section == "results" else f"result{first.pk}-0-text_es"
    small = asked(rco, section, {field: "Uno"})
    grow(panama)
    assert asked(rco, section, {field: "Dos"}) == small
    assert first.achievements.count() == 10
