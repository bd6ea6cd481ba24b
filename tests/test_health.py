"""What a load balancer is told."""

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from config import health


def test_alive_without_a_database_and_without_signing_in(client):
    """No database fixture: a query would fail the test."""
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_ready_when_everything_is_there(client, reading_only):
    with reading_only():
        answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"ready\n")


@pytest.mark.django_db
def test_a_migration_that_is_not_applied_is_named(client):
    recorder = MigrationRecorder(connection)
    for migration in MigrationLoader(connection).graph.leaf_nodes("beneficiaries"):
        recorder.record_unapplied(*migration)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.content.startswith(b"migrations: ")


@pytest.mark.django_db
def test_a_missing_cache_table_is_named(client, settings):
    settings.CACHES = settings.CACHES | {
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "no_such_table"}
    }
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"cache: unavailable\n")


def test_a_database_that_does_not_answer_is_named(client, monkeypatch):
    def unreachable():
        raise DatabaseError("could not connect to 10.0.0.7")

    monkeypatch.setitem(health.CONDITIONS, "database", unreachable)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"database: unavailable\n")


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_only_reading_is_answered(client, path):
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_load_balancer_asks_in_plain_http(client, settings, path):
    settings.SECURE_SSL_REDIRECT = True
    assert client.post(path).status_code == 405
    assert client.get("/").status_code == 301
