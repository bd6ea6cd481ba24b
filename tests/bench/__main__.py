"""``./start bench``: what the goals of performance are measured by, as ratios of two sides in one run."""

import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass

from tests.postgres import postgres


@dataclass(frozen=True)
class Measured:
    """One goal: what was measured, the value, the goal, and whether it is met (a tenth of tolerance on ratios)."""

    name: str
    value: str
    goal: str
    met: bool


def ratio_of_medians(ours, peer, *, rounds=5, inner=1):
    """The median time of ``ours`` over that of ``peer``, both run in turn in every round after a warm-up."""
    ours(), peer()
    times = {ours: [], peer: []}
    for _round in range(rounds):
        for side in (ours, peer):
            started = time.perf_counter()
            for _repeat in range(inner):
                side()
            times[side].append((time.perf_counter() - started) / inner)
    return statistics.median(times[ours]) / statistics.median(times[peer])


def at_most(name, ratio, goal):
    return Measured(name, f"{ratio:.2f}", f"≤ {goal}", ratio <= goal * 1.1)


def main():
    """On the database that DATABASE_URL names, or on a PostgreSQL of its own."""
    if "DATABASE_URL" in os.environ:
        sys.exit(measure())
    with postgres() as os.environ["DATABASE_URL"]:
        code = measure()
    sys.exit(code)


def measure(chosen=tuple(sys.argv[1:])):
    """Print every goal with what was measured, of all parts or of those named; 0 when all are met."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("SECRET_KEY", "bench-" + "b" * 50)
    os.environ.setdefault("ALLOWED_HOSTS", "testserver,127.0.0.1")
    os.environ.setdefault("ALLOW_PLAIN_HTTP", "1")
    os.environ.setdefault("EMAIL_URL", "memorymail://")
    os.environ.setdefault("DEFAULT_FROM_EMAIL", "ficha@portal.example")
    os.environ["STATE_DIR"] = tempfile.mkdtemp(prefix="ficha-bench-")
    os.environ["STATIC_ROOT"] = os.environ["STATE_DIR"] + "/static"
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import get_runner, setup_test_environment

    setup_test_environment()
    call_command("collectstatic", "--noinput", "--verbosity", "0")
    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    call_command("createcachetable")
    call_command("seed_demo", "--force", verbosity=0)
    print(f"Database: {connection.vendor}\n", flush=True)
    from tests.bench import batch, imports, pages, sheets, totals

    try:
        measured = []
        parts = (sheets, batch, imports, totals, pages)
        for part in [part for part in parts if not chosen or part.__name__.rpartition(".")[2] in chosen]:
            for line in part.run():
                measured.append(line)
                print(
                    f"{'met ' if line.met else 'MISS'}  {line.name:<62} {line.value:>10}   goal {line.goal}", flush=True
                )
    finally:
        runner.teardown_databases(databases)
    return 0 if all(line.met for line in measured) else 1


if __name__ == "__main__":
    main()
