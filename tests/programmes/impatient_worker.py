"""A worker in a process of its own that does ten slow steps, and waits seconds where another would wait minutes.

Run as a module with a folder, in which each step leaves a file, and the worker's name.
"""

import sys
import time
from datetime import timedelta
from pathlib import Path

import django


def main(folder, name):
    django.setup()
    from django.core.management import call_command

    from programmes import jobs

    jobs.BEAT, jobs.SILENCE, jobs.PAUSE = timedelta(seconds=0.4), timedelta(seconds=2), timedelta(0)
    jobs.WEEKLY, jobs.EVERY_MINUTE = [], []

    @jobs.handler("ten_steps", title=str)
    def ten_steps(run):
        for number in range(10):
            step = Path(folder, f"{run.job.pk}-{number}")
            if not step.exists():
                time.sleep(0.15)
                step.write_text(name)
            run.step(number + 1, 10)
        return {"finished_by": name}

    # The apps' own modules of jobs add themselves to the schedules when the worker imports them.
    jobs.weekly = jobs.every_minute = lambda job: job
    call_command("db_worker", "--no-reload", "--no-startup-delay", "--interval=0.1", f"--worker-id={name}", verbosity=0)


if __name__ == "__main__":
    main(*sys.argv[1:])
