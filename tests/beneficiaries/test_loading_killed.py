"""``kill -9`` at twenty moments of a big import: all of its figures are there, or none; then it is done once."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection

from beneficiaries.spreadsheets import loading
from tests.bench.invented_counts import HEADERS, LABELS, REACHES, TODAY, figures_of, invent_programme, purpose_of
from tests.beneficiaries.files import csv_bytes

FIGURES = 10_000
NOTHING, EVERYTHING = ["uploaded", None, 0, 0], ["accepted", 1, FIGURES, 10]


def upload():
    """An upload of 10,000 figures that nobody has confirmed."""
    programme, officer = invent_programme("MDGF-9001", "XA", FIGURES // 8)
    rows = [
        (area.name, LABELS[category.code], REACHES[reach], "nd" if value is None else value)
        for area, category, reach, value in figures_of(programme)
    ]
    purpose = purpose_of(programme)
    chosen = {name: getattr(purpose, name) for name in ("agency", "period", "basis", "counted_to_on")}
    file = ContentFile(csv_bytes([HEADERS, *rows]), name="conteos.csv")
    return loading.receive(programme=programme, **chosen, file=file, by=officer, today=TODAY)


def shared_database(folder):
    """An address under which other processes find it: PostgreSQL's own, or a copy of the one in memory."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(folder / "ficha.sqlite3")) as copy:
            connection.connection.backup(copy)
        return f"sqlite:///{folder / 'ficha.sqlite3'}"
    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{connection.settings_dict['NAME']}"


@pytest.mark.django_db(transaction=True)
def test_a_killed_import_leaves_all_or_nothing_and_is_never_done_twice(tmp_path):
    submission = upload()
    environment = os.environ | {"DATABASE_URL": shared_database(tmp_path), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-m", "tests.beneficiaries.killed_imports", str(submission.pk)]
    done = subprocess.run(command, cwd=settings.ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    alone, *killed, at_last = [json.loads(line) for line in done.stdout.splitlines()]
    assert alone == ["alone", *EVERYTHING]
    assert len(killed) == 20
    for how, *found in killed:
        assert found in ([EVERYTHING] if how == "ended" else [NOTHING, EVERYTHING])
    assert ["killed", *NOTHING] in killed
    assert at_last == [[False, True], *EVERYTHING]
