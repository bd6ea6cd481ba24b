"""Confirming and discarding one upload at the same moment, each in a transaction of its own: one of the two happens."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connection

from beneficiaries import discarding
from beneficiaries.models import Submission
from beneficiaries.spreadsheets import loading
from beneficiaries.spreadsheets.messages import Refused
from tests.at_once import patiently
from tests.beneficiaries.sending import TODAY, receive, template

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
