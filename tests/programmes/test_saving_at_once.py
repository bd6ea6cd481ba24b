"""Twenty people save the same version of one block in the same moment."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.test import Client

from programmes.models import Achievement, Programme
from tests.programmes.browsing import form_on
from tests.programmes.two_people import address, choices

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 20


@pytest.fixture
def database(tmp_path):
    """``database()``: threads from here on use a copy in a file: in memory SQLite does not wait for its lock."""
    settings = connections.settings["default"]
    memory = settings["NAME"]

    def copied():
        if connection.vendor == "sqlite":
            file = sqlite3.connect(tmp_path / "at-once.sqlite3")
            connection.connection.backup(file)
            file.close()
            settings["NAME"] = tmp_path / "at-once.sqlite3"

    yield copied
    settings["NAME"] = memory


def in_threads(*verbs):
    """What each answers, all begun together."""
    ready = threading.Barrier(len(verbs))

    def run(verb):
        ready.wait()
        try:
            return verb()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(verbs)) as threads:
        return list(threads.map(run, verbs))


@pytest.fixture
def at_once(client_of, rco_panama, database):
    """``at_once(section, changes)``: everybody opens the block, then all send their form: the answers in that order."""

    def sent(section, changes):
        clients = [client_of(rco_panama) for _change in changes]
        forms = [
            form_on(client.get(address(section))) | change for client, change in zip(clients, changes, strict=True)
        ]
        database()
        return in_threads(*(_sending(client, section, form) for client, form in zip(clients, forms, strict=True)))

    return sent


def _sending(client: Client, section, form):
    return lambda: client.post(address(section), form)


def stored(verb):
    """What the database holds that the others wrote to."""
    return in_threads(verb)[0]


def test_of_twenty_who_change_one_field_one_saves_and_nineteen_are_asked(at_once, panama):
    before = Programme.history.filter(id=panama.pk).count()
    answers = at_once("parties", [{"coordinator_name": f"Persona {number}"} for number in range(PEOPLE)])
    assert sorted(answer.status_code for answer in answers) == [303] + [409] * (PEOPLE - 1)
    (saved,) = [number for number, answer in enumerate(answers) if answer.status_code == 303]
    assert stored(lambda: Programme.objects.get(pk=panama.pk)).coordinator_name == f"Persona {saved}"
    assert stored(lambda: Programme.history.filter(id=panama.pk).count()) == before + 1
    for number, answer in enumerate(answers):
        if number != saved:
            assert list(choices(answer)) == ["coordinator_name-choice"]
            assert form_on(answer)["coordinator_name"] == f"Persona {number}"
            assert f"Persona {saved}" in answer.content.decode()


def test_twenty_who_change_a_field_each_are_all_saved(at_once, panama):
    result = panama.results.get(number=1)
    result.achievements.all().delete()
    Achievement.objects.bulk_create(
        Achievement(result=result, text_es=f"Logro {number}", position=number) for number in range(PEOPLE)
    )
    answers = at_once(
        "achievements", [{f"result{result.pk}-{number}-text_es": f"Cambio {number}"} for number in range(PEOPLE)]
    )
    assert [answer.status_code for answer in answers] == [303] * PEOPLE
    texts = stored(lambda: [row.text_es for row in Achievement.objects.filter(result=result)])
    assert texts == [f"Cambio {number}" for number in range(PEOPLE)]
    changes = stored(lambda: Achievement.history.filter(result_id=result.pk, history_type="~").count())
    assert changes == PEOPLE
