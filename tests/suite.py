"""The whole suite, on SQLite and then on a real PostgreSQL: what ``./start test`` runs.

Arguments go to pytest. Browser journeys run where Chromium is found; under CI it has to be.
"""

import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager

from tests.postgres import postgres

LEFT_OUT = ["bench", "soak"]


def chromium():
    """The system's Chromium, or nothing."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def sqlite():
    """Django makes the test database itself, in memory."""
    yield "sqlite://:memory:"


DATABASES = {"SQLite": sqlite, "PostgreSQL": postgres}


def left_out():
    """The markers that do not run here, and the sentence that says so."""
    if chromium():
        return LEFT_OUT
    if os.environ.get("CI", "").lower() in ("1", "true"):
        sys.exit("The browser journeys need Chromium, and on CI they must run: apt-get install -y chromium")
    print("Chromium was not found: the browser journeys are left out (apt-get install -y chromium).")
    return [*LEFT_OUT, "journey"]


def run(url, marks, arguments):
    """One pass of pytest over one database; its exit code."""
    command = [sys.executable, "-m", "pytest", "-m", " and ".join(f"not {mark}" for mark in marks)]
    command += ["-n", "2", "--dist", "loadfile", *arguments]
    return subprocess.run(command, env=os.environ | {"DATABASE_URL": url}).returncode


def main(arguments):
    marks = left_out()
    outcomes = {}
    for name, database in DATABASES.items():
        print(f"\n{name}", flush=True)
        began = time.monotonic()
        with database() as url:
            code = run(url, marks, arguments)
        outcomes[name] = code
        verdict = "passed" if code == 0 else f"FAILED (pytest ended with {code})"
        print(f"{name}: {verdict} in {time.monotonic() - began:.0f} s", flush=True)
    failed = [name for name, code in outcomes.items() if code]
    print(f"\nFailed on: {', '.join(failed)}." if failed else f"\nPassed on: {', '.join(outcomes)}.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
