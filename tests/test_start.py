"""The one command: what it refuses, and that it serves and ends cleanly."""

import ast
import contextlib
import importlib.machinery
import importlib.util
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from config import serving

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def start():
    """The script as a module."""
    loader = importlib.machinery.SourceFileLoader("start", str(ROOT / "start"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("start", loader))
    loader.exec_module(module)
    return module


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


# ------------------------------------------------------------------ sentences


def test_a_taken_port_is_refused_with_another_to_try(start):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit, match=rf"Port {port} of 127\.0\.0\.1 is taken.*--port {port + 1}"):
            start.refuse_taken_port("127.0.0.1", port)


def test_an_old_python_is_refused_with_a_sentence():
    """The whole script must still be readable for the old Python that refuses it."""
    source = (ROOT / "start").read_text().replace("OLDEST = (3, 11)", "OLDEST = (99, 0)")
    refused = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True)
    assert refused.returncode == 1
    assert refused.stderr.startswith("Ficha needs Python 99.0 or later; this is 3.")
    ast.parse(source, feature_version=(3, 7))


def test_a_machine_without_pango_is_told_the_line_to_type(start, monkeypatch, capsys):
    monkeypatch.setattr(start, "PANGO", ("libnothing-of-this-name.so.0",))
    monkeypatch.setattr(start.os, "geteuid", lambda: 1000)
    start.ensure_pango()
    assert "sudo apt-get install -y libpango-1.0-0" in capsys.readouterr().out


# ------------------------------------------------------------------ what decides


@pytest.mark.parametrize(
    ("variables", "debug"),
    [({}, "1"), ({"SECRET_KEY": "s"}, None), ({"DEBUG": "0"}, "0"), ({"DEBUG": "1", "SECRET_KEY": "s"}, "1")],
)
def test_debug_goes_on_only_where_nothing_says_what_this_portal_is(start, monkeypatch, variables, debug):
    monkeypatch.setattr(start.os, "environ", variables)
    assert start.environment().get("DEBUG") == debug


def test_the_environment_is_rebuilt_only_when_the_requirements_changed(start, monkeypatch, tmp_path):
    for name in (start.RUNTIME, start.DEVELOPMENT):
        (tmp_path / name).write_text(name)
    python = tmp_path / "python"
    python.touch()
    done = []
    monkeypatch.setattr(start, "ROOT", str(tmp_path))
    monkeypatch.setattr(start, "VENV", str(tmp_path))
    monkeypatch.setattr(start, "PYTHON", str(python))
    monkeypatch.setattr(start, "ensure_uv", lambda: None)
    monkeypatch.setattr(start, "run", lambda *command: done.append(command[-1]))
    start.ensure_environment()
    start.ensure_environment()
    assert done == [start.RUNTIME]
    start.ensure_environment(development=True)
    start.ensure_environment()
    assert done == [start.RUNTIME, start.DEVELOPMENT]
    (tmp_path / start.DEVELOPMENT).write_text("another version")
    start.ensure_environment(development=True)
    assert done == [start.RUNTIME, start.DEVELOPMENT, start.DEVELOPMENT]


def test_the_help_names_every_verb(start):
    assert set(re.findall(r"^    \./start ([a-z]+) ", start.__doc__, re.MULTILINE)) == set(start.VERBS)


# ------------------------------------------------------------------ serving


def served(environment, *arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "config.serving", *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def answer(url, seconds=40):
    """The status of the first answer."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as response:
                return response.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def children_of(process):
    """The ids of the processes it started."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            if f"\nPPid:\t{process.pid}\n" in status.read_text():
                found.append(int(status.parent.name))
    return found


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The environment of an installation with an empty database."""
    folder = tmp_path_factory.mktemp("state")
    environment = os.environ | {"STATE_DIR": str(folder), "DATABASE_URL": f"sqlite:///{folder}/ficha.sqlite3"}
    for command in ("migrate", "createcachetable"):
        subprocess.run(
            [sys.executable, "manage.py", command, "--verbosity", "0"], cwd=ROOT, env=environment, check=True
        )
    return environment


@pytest.mark.slow
@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_serves_and_ends_both_children_when_asked(installed, asked):
    port = free_port()
    portal = served(installed, "127.0.0.1", str(port))
    try:
        said = next((line for line in portal.stdout if "Ficha is at" in line), "")
        assert f"http://127.0.0.1:{port} " in said
        assert answer(f"http://127.0.0.1:{port}/readyz") == 200
        pids = children_of(portal)
        assert len(pids) == 2
    finally:
        portal.send_signal(asked)
        rest, _nothing = portal.communicate(timeout=90)
    assert portal.returncode == 0, rest
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]


@pytest.mark.parametrize(
    ("host", "given", "named"),
    [
        ("127.0.0.1", None, "http://127.0.0.1:8344"),
        ("0.0.0.0", None, "http://127.0.0.1:8344"),
        ("127.0.0.1", "https://ficha.example.org", "https://ficha.example.org"),
    ],
)
def test_mails_name_the_port_it_is_served_at_unless_an_address_is_given(monkeypatch, host, given, named):
    told = []
    monkeypatch.setenv("PUBLIC_URL", given or "")
    if given is None:
        monkeypatch.delenv("PUBLIC_URL")
    monkeypatch.setattr(signal, "signal", lambda *_asked: None)
    monkeypatch.setattr(serving, "start", lambda *_asked: told.append(os.environ["PUBLIC_URL"]) or {})
    monkeypatch.setattr(serving, "watch", lambda *_asked: "The web server")
    with pytest.raises(SystemExit):
        serving.main(host, "8344")
    assert told == [named]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ([], "http://127.0.0.1:8000"),
        (["--noreload", "8344"], "http://127.0.0.1:8344"),
        (["127.0.0.1:8344", "--noreload"], "http://127.0.0.1:8344"),
        (["0:8344"], "http://127.0.0.1:8344"),
        (["[::1]:8344"], "http://[::1]:8344"),
    ],
)
def test_django_s_own_server_is_named_as_it_was_asked_for(arguments, named):
    assert serving.address_of(*serving.asked_of_runserver(arguments)) == named


def test_when_one_ends_by_itself_so_does_the_other(monkeypatch, tmp_path):
    lasting = [sys.executable, "-c", "import time; time.sleep(60)"]
    ending = [sys.executable, "-c", "pass"]
    monkeypatch.setattr(serving, "commands", lambda host, port: {"One": lasting, "The other": ending})
    started = []
    monkeypatch.setattr(serving, "end", lambda children: started.append(children))
    previous = signal.getsignal(signal.SIGTERM)
    try:
        with pytest.raises(SystemExit, match="The other ended by itself"):
            serving.main("127.0.0.1", str(free_port()))
    finally:
        signal.signal(signal.SIGTERM, previous)
    monkeypatch.undo()
    serving.end(started[0])
    assert started[0]["One"].returncode == -signal.SIGTERM
