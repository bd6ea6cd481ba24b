"""The guards the other tests rely on do refuse."""

import contextlib
import socket

import pytest
from django.core.cache import cache


def test_reading_only_lets_nothing_be_written(panama, reading_only):
    with pytest.raises(AssertionError, match=r"Reading wrote: UPDATE"), reading_only():
        type(panama).objects.update(version=3)
    with pytest.raises(AssertionError, match=r"Reading wrote: DELETE"), reading_only():
        panama.memberships.all()._raw_delete(using="default")


def test_reading_only_lets_a_page_be_read_and_remembered(panama, reading_only):
    with reading_only():
        panama.refresh_from_db()
        cache.set("seen", panama.code)
        assert cache.get("seen") == "MDGF-2097"


@pytest.mark.parametrize("method", ["connect", "connect_ex"])
def test_no_test_reaches_another_machine(method):
    with contextlib.closing(socket.socket()) as outward, pytest.raises(AssertionError, match=r"192\.0\.2\.1"):
        getattr(outward, method)(("192.0.2.1", 80))


@pytest.mark.django_db(transaction=True)
def test_a_test_outside_a_transaction_finds_the_seeded_portal(django_user_model):
    assert django_user_model.objects.filter(email="fao@panama.example").exists()


@pytest.mark.django_db(transaction=True)
def test_and_so_does_the_next_one(django_user_model):
    assert django_user_model.objects.filter(email="fao@panama.example").exists()
