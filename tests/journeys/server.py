"""The real server for a journey: its own database, its own files, its own port on 127.0.0.1."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def environment_of(state_dir, static_root, port, database_url):
    """Production's switches, except that 127.0.0.1 has no certificate."""
    return {
        **{name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ},
        "SECRET_KEY": "journeys-" + "k" * 50,
        "ALLOWED_HOSTS": "127.0.0.1",
        "ALLOW_PLAIN_HTTP": "1",
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "EMAIL_URL": f"filemail:///{state_dir / 'mail'}",  # the path follows the third slash
        "DEFAULT_FROM_EMAIL": "ficha@portal.example",
        "STATE_DIR": str(state_dir),
        "STATIC_ROOT": str(static_root),
        "DATABASE_URL": database_url,
    }


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def manage(environment, *arguments):
    """Run a management command as the server's machine would; its output is the failure's message."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


class Database:
    """A seeded database kept as the original of which every journey gets a copy, on SQLite or PostgreSQL."""

    def __init__(self, folder, server_url):
        self.folder = folder
        self.server_url = server_url if server_url and server_url.startswith("postgres") else None
        self.original = f"journeys_{os.getpid()}"
        self.copies = 0

    def _named(self, name):
        if self.server_url is None:
            return f"sqlite:///{self.folder / name}.sqlite3"
        return f"{self.server_url.rpartition('/')[0]}/{name}"

    def _execute(self, statement):
        import environ
        import psycopg2

        parts = environ.Env.db_url_config(self._named("postgres"))
        connection = psycopg2.connect(
            dbname=parts["NAME"],
            user=parts["USER"],
            password=parts["PASSWORD"],
            host=parts["HOST"],
            port=parts["PORT"] or None,
        )
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
        connection.close()

    def prepare(self, environment):
        """Migrate and seed the original once; the environment in which that was done."""
        if self.server_url:
            self._execute(f'CREATE DATABASE "{self.original}"')
        environment = {**environment, "DATABASE_URL": self._named(self.original)}
        manage(environment, "migrate", "--verbosity", "0")
        manage(environment, "createcachetable")
        manage(environment, "seed_demo", "--force")
        return environment

    @contextmanager
    def copy(self):
        self.copies += 1
        name = f"{self.original}_{self.copies}"
        if self.server_url:
            self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{self.original}"')
        else:
            shutil.copy(self.folder / f"{self.original}.sqlite3", self.folder / f"{name}.sqlite3")
        yield self._named(name)
        if self.server_url:
            self._execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def drop(self):
        if self.server_url:
            self._execute(f'DROP DATABASE "{self.original}" WITH (FORCE)')


@contextmanager
def serving(database_url, state_dir, static_root):
    """The portal behind its production server; yields its address and environment."""
    port = free_port()
    environment = environment_of(state_dir, static_root, port, database_url)
    log = state_dir / "server.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
                *("--workers", "1", "--blocking-threads", "3", "--no-ws", "config.wsgi:application"),
            ],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _wait_until_it_answers(f"http://127.0.0.1:{port}/healthz", process, log)
            yield f"http://127.0.0.1:{port}", environment
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=20)
            with suppress(ProcessLookupError):  # a worker that has not ended by itself does not outlive its journey
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait_until_it_answers(address, process, log):
    for _attempt in range(150):
        assert process.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"The server did not answer in time:\n{log.read_text()}")
