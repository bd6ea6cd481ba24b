"""A worker is killed in the middle of a ZIP: its printers go too, another goes on, and there is one ZIP, complete."""

import json
import signal
import time
import zipfile
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest

from programmes.models import Programme, User
from reporting.exports import batch
from tests.programmes.test_workers import Office

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date(2012, 1, 20)


def printers_of(process):
    return Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()


def test_a_worker_killed_in_mid_batch_leaves_one_complete_zip(tmp_path):
    panama = Programme.objects.get(code="MDGF-2097")
    codes = [f"MDGF-90{number:02}" for number in range(8)]
    for code in codes:
        Programme.objects.create(code=code, fund=panama.fund, country=panama.country, title_es=code, starts_on=TODAY)
    officer = User.objects.get(email="oficina.cr@panama.example")
    job = batch.start(codes=codes, languages=["both"], what="draft", today=TODAY, reads="en", by=officer)
    with ExitStack() as ending:
        office = Office(tmp_path, ending)
        first = office.worker("first", "tests.reporting.printing_worker")
        office.wait_until(job, lambda state, done, *_: done >= 3)
        orphans = printers_of(first)
        assert len(orphans) == 2
        first.send_signal(signal.SIGKILL)

        office.worker("second", "tests.reporting.printing_worker")
        office.wait_until(job, lambda state, *_: state == "done")
        state, done, attempts, _result = office.found(job)
        assert (state, done, attempts) == ("done", 8, 2)
        for _look in range(60):
            if not any(Path("/proc", pid).exists() for pid in orphans):
                break
            time.sleep(0.1)
        assert not any(
            Path("/proc", pid, "fd").exists() and list(Path("/proc", pid, "fd").iterdir()) for pid in orphans
        )
    (path,) = (tmp_path / "files" / "batches").iterdir()
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        listed = json.loads(archive.read("manifest.json"))
    assert [(row["programme"], row["problem"]) for row in listed] == [(code, "") for code in codes]
    printed = (tmp_path / "printed").read_text().split()
    assert len(set(printed)) == 8
    assert len(printed) <= 10  # the two that were under way when it was killed, at most
