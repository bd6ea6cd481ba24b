"""Two verbs on one upload at the same moment, each in a transaction of its own: one waits for the other."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import pytest
from django.db import connection

from beneficiaries import discarding
from beneficiaries.models import Submission
from beneficiaries.spreadsheets import loading, stored
from beneficiaries.spreadsheets.columns import columns_of
from beneficiaries.spreadsheets.messages import Refused
from beneficiaries.spreadsheets.purpose import Purpose
from tests.at_once import patiently
from tests.beneficiaries.sending import TODAY, agency, receive, template

pytestmark = pytest.mark.django_db(transaction=True)


def outcome(verb):
    try:
        patiently(verb)
    except (discarding.Discarded, Refused) as refused:
        return type(refused).__name__
    finally:
        connection.close()
    return "done"


def test_either_it_is_loaded_with_its_file_or_it_is_gone(panama, focal_point_fao):
    for women in (40, 41, 42):
        upload = receive(panama, focal_point_fao, template(panama, {"C10": women}))
        confirmed, discarded = as_seen(upload), as_seen(upload)
        verbs = [
            partial(loading.confirm, confirmed, by=focal_point_fao, today=TODAY),
            partial(discarding.discard, discarded, by=focal_point_fao),
        ]
        with ThreadPoolExecutor(2) as threads:
            answers = list(threads.map(outcome, verbs if women % 2 else reversed(verbs)))
        assert sorted(answers) in (["Discarded", "done"], ["Refused", "done"])
        kept = Submission.objects.filter(pk=upload.pk).first()
        if "Refused" in answers:
            assert (kept.status, kept.counts.filter(value=women).count()) == ("accepted", 1)
        assert (kept is None) == ("Discarded" in answers)
        assert upload.file.storage.exists(upload.file.name) == (kept is not None)


def as_seen(upload):
    """The submission as one person's page has fetched it."""
    return Submission.objects.select_related("programme", "agency", "period").get(pk=upload.pk)


def test_answering_waits_for_the_programme_first_as_confirming_does(panama, rco_panama, monkeypatch):
    """Otherwise the one would hold the upload and the other the programme, and the database would end one of them."""
    upload = receive(panama, rco_panama, template(panama, {"C10": 40}))
    answering, confirming = as_seen(upload), as_seen(upload)
    columns = columns_of(panama)
    found, own = stored.from_stored(upload.reading, columns), Purpose.of(upload)
    others = [(own, found), (replace(own, agency=agency("UNDP")), found)]
    monkeypatch.setattr(loading, "examine", lambda *_given: found)
    monkeypatch.setattr(loading.parting, "parts", lambda *_given: others)
    holds = threading.Event()

    def remember(*_given):
        holds.set()
        time.sleep(0.5)  # so that the other one asks for its locks meanwhile

    monkeypatch.setattr(loading.mappings, "remember", remember)

    def confirm():
        assert holds.wait(10)
        loading.confirm(confirming, by=rco_panama, today=TODAY)

    verbs = [partial(loading.answer, answering, answers={"x": "y"}, by=rco_panama, today=TODAY), confirm]
    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(outcome, verbs)) == ["done", "done"]
