"""The web server and the job worker side by side, as ``./start`` serves them; deploy/ has a unit for each.

Run as a module with host and port. Ctrl-C or SIGTERM ends both, each by its own id.
"""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress

#: Few threads: each holds a connection to the database; workers × threads stay far below its limit.
WORKERS, THREADS = "2", "3"
PATIENCE_SECONDS = 15
EVERYWHERE = ("0", "0.0.0.0", "::", "[::]")


def address_of(host, port):
    """What mails name when nothing else is said; a server that listens everywhere is reached here."""
    return f"http://{'127.0.0.1' if host in EVERYWHERE else host}:{port}"


def asked_of_runserver(arguments):
    """Host and port of Django's own server, as its command line gives them."""
    found = [re.fullmatch(r"(?:(.+):)?([0-9]+)", argument) for argument in arguments]
    host, port = next((match.groups() for match in found if match), (None, None))
    return host or "127.0.0.1", port or "8000"


def commands(host, port):
    server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", port]
    server += ["--workers", WORKERS, "--blocking-threads", THREADS, "--no-ws", "--log-level", "warning"]
    return {
        "The web server": [*server, "--respawn-failed-workers", "config.wsgi:application"],
        "The job worker": [sys.executable, "manage.py", "db_worker", "--no-reload", "--verbosity", "0"],
    }


def start(host, port):
    """Each in a session of its own: Ctrl-C reaches this process alone, which then asks each once."""
    return {name: subprocess.Popen(command, start_new_session=True) for name, command in commands(host, port).items()}


def first_ended(children):
    """The name of one that ended, or nothing."""
    return next((name for name, child in children.items() if child.poll() is not None), None)


def answers(address):
    """Whether the server answers at all; what it answers is not asked here."""
    try:
        urllib.request.urlopen(f"{address}/healthz", timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def watch(children, address):
    """Say when the portal can be reached, then wait until one ends by itself; its name."""
    announced = False
    while not (ended := first_ended(children)):
        if not announced and answers(address):
            print(f"\nFicha is at {address}   (Ctrl-C ends it)", flush=True)
            announced = True
        time.sleep(0.5 if announced else 0.1)
    return ended


def end(children):
    """Ask each to finish what it does; whatever of it is left after a while is ended."""
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + PATIENCE_SECONDS
    for child in children.values():
        with suppress(subprocess.TimeoutExpired):
            child.wait(timeout=max(0.1, deadline - time.monotonic()))
        with suppress(ProcessLookupError):  # nobody is left: each has ended by itself
            os.killpg(child.pid, signal.SIGKILL)  # its session, so that no worker outlives its server
        child.wait()


def main(host, port):
    # Both, for a shell that starts this in the background has it ignore the first.
    for asked in (signal.SIGINT, signal.SIGTERM):
        signal.signal(asked, signal.default_int_handler)
    os.environ.setdefault("PUBLIC_URL", address_of(host, port))
    children = {}
    try:
        children = start(host, port)
        ended = watch(children, f"http://{host}:{port}")
        sys.exit(f"{ended} ended by itself, so the rest is ended too.")
    except KeyboardInterrupt:
        print("\nEnding …", flush=True)
    finally:
        end(children)


if __name__ == "__main__":
    main(*sys.argv[1:])
