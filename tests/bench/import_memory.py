"""I5: what a big import holds in memory, in the largest of its processes: the portal's and the reading child's."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection

from tests.bench.__main__ import Measured

MOST_MIB = 450
PROGRAM = """
import resource, sys
import django
django.setup()
from pathlib import Path
from programmes.models import Programme, User
from tests.bench.imports import import_ours
path, code, email = sys.argv[1:]
loaded = import_ours(Programme.objects.get(code=code), User.objects.get(email=email), Path(path).read_bytes())
peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(loaded.counts.count(), *peaks)
"""


def measured(data, programme, officer, rows):
    """In a process of its own, from the file's bytes to the commit."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "conteos.xlsx")
        file.write_bytes(data)
        command = [sys.executable, "-c", PROGRAM, str(file), programme.code, officer.email]
        environment = os.environ | {"PYTHONPATH": str(settings.ROOT), "DATABASE_URL": _test_database()}
        done = subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, text=True)
    written, *peaks = map(int, done.stdout.split())
    assert written == rows
    largest = max(peaks) / 1024
    return Measured(
        f"I5 largest process of a {rows:,}-row import, MiB", f"{largest:.0f}", f"≤ {MOST_MIB}", largest <= MOST_MIB
    )


def _test_database():
    """The address that DATABASE_URL names, with the name of the database of this run."""
    address, mark, options = os.environ["DATABASE_URL"].partition("?")
    return address.rpartition("/")[0] + "/" + connection.settings_dict["NAME"] + mark + options
