"""Starting with DEBUG off: what is missing stops the start with a sentence, before anything is served."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
COMPLETE = {
    "DEBUG": "0",
    "SECRET_KEY": "z" * 60,
    "ALLOWED_HOSTS": "ficha.example.org",
    "PUBLIC_URL": "https://ficha.example.org",
    "EMAIL_URL": "smtp://mail.example.org:25",
    "DEFAULT_FROM_EMAIL": "Ficha <ficha@example.org>",
}


def start(variables, expression="'started'"):
    """Read the settings in a process of its own, with nothing but these variables set."""
    program = f"import config.settings as settings; print({expression})"
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=kept | variables, capture_output=True, text=True
    )


def seen(variables, expression):
    started = start(variables, expression)
    assert started.returncode == 0, started.stderr
    return started.stdout.strip()


def test_a_complete_environment_starts():
    assert seen(COMPLETE, "settings.DEBUG") == "False"


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_URL", "DEFAULT_FROM_EMAIL"])
def test_a_missing_variable_stops_the_start_and_is_named(name):
    refused = start({key: value for key, value in COMPLETE.items() if key != name})
    assert refused.returncode != 0
    assert f"{name} is not set. With DEBUG off the portal needs it" in refused.stderr


def test_debug_is_off_unless_it_is_asked_for():
    refused = start({})
    assert refused.returncode != 0
    assert "SECRET_KEY is not set" in refused.stderr


def test_plain_http_is_refused_unless_it_is_allowed():
    plain = COMPLETE | {"PUBLIC_URL": "http://ficha.example.org"}
    refused = start(plain)
    assert refused.returncode != 0
    assert "PUBLIC_URL must begin with https://" in refused.stderr
    assert seen(plain | {"ALLOW_PLAIN_HTTP": "1"}, "settings.SESSION_COOKIE_SECURE") == "False"


def test_over_https_every_cookie_is_secure_and_plain_requests_are_redirected():
    expression = (
        "settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.LANGUAGE_COOKIE_SECURE, "
        "settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS > 0"
    )
    assert seen(COMPLETE, expression) == "True True True True True"


def test_development_needs_no_variable():
    assert seen({"DEBUG": "1"}, "settings.DATABASES['default']['ENGINE']") == "django.db.backends.sqlite3"


def test_the_database_comes_from_its_url():
    url = COMPLETE | {"DATABASE_URL": "postgres://ficha:secreto@db.example.org:5433/fondo"}
    expression = (
        "*(settings.DATABASES['default'][key] for key in ('ENGINE', 'HOST', 'PORT', 'NAME', 'USER', 'PASSWORD'))"
    )
    assert seen(url, expression) == "django.db.backends.postgresql db.example.org 5433 fondo ficha secreto"


def test_a_database_behind_a_socket_is_reached_by_its_folder():
    url = COMPLETE | {"DATABASE_URL": "postgres://ficha@//run/postgresql/fondo"}
    expression = "*(settings.DATABASES['default'][key] for key in ('HOST', 'NAME', 'USER'))"
    assert seen(url, expression) == "/run/postgresql fondo ficha"


def test_connections_to_postgresql_are_kept():
    url = COMPLETE | {"DATABASE_URL": "postgres://ficha@db.example.org/fondo"}
    assert int(seen(url, "settings.DATABASES['default']['CONN_MAX_AGE']")) > 0


def test_the_proxy_is_believed_only_when_there_is_one():
    assert seen(COMPLETE, "settings.SECURE_PROXY_SSL_HEADER") == "None"
    expression = "settings.SECURE_PROXY_SSL_HEADER[0], settings.ALLAUTH_TRUSTED_PROXY_COUNT"
    assert seen(COMPLETE | {"BEHIND_PROXY": "1"}, expression) == "HTTP_X_FORWARDED_PROTO 1"


def test_files_go_where_the_state_folder_is(tmp_path):
    state = COMPLETE | {"STATE_DIR": str(tmp_path)}
    expression = "settings.MEDIA_ROOT, settings.DATABASES['default']['NAME']"
    assert seen(state, expression) == f"{tmp_path / 'files'} {tmp_path / 'ficha.sqlite3'}"
