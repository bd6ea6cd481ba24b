"""What every test may ask for: the seeded portal, its people, and guards against writing and against the network.

The people are called by what they may do. The database is seeded once per process
and each test runs in a transaction of its own.
"""

import re
import shutil
import socket
from contextlib import contextmanager
from io import StringIO

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test import Client

from config.catalogue import compile_catalogues

# ------------------------------------------------------------------ the seeded database


def _seed():
    call_command("seed_demo", "--force", stdout=StringIO())


def pytest_configure(config):
    if not hasattr(config, "workerinput"):
        compile_catalogues()


def pytest_unconfigure():
    """Also in pytest-xdist's processes, which end without a word to atexit."""
    shutil.rmtree(settings.STATE_DIR, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """pytest-django's empty database, with reference data, the Panama programme and the demo accounts."""
    with django_db_blocker.unblock():
        _seed()


def _flushes(item):
    marker = item.get_closest_marker("django_db")
    return (marker is not None and marker.kwargs.get("transaction", False)) or bool(
        {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """A test outside a transaction leaves an empty database behind: seed it again for the next one."""
    result = yield
    if nextitem is not None and _flushes(item):
        with item._request.getfixturevalue("django_db_blocker").unblock():
            _seed()
    return result


# ------------------------------------------------------------------ the programme and its people


@pytest.fixture
def panama(db):
    """MDGF-2097 with everything its sheet shows."""
    from programmes.models import Programme

    return Programme.objects.get(code="MDGF-2097")


def _person(email):
    from programmes.models import User

    return User.objects.get(email=email)


@pytest.fixture
def rco_panama(db):
    return _person("oficina.cr@panama.example")


@pytest.fixture
def focal_point_fao(db):
    return _person("fao@panama.example")


@pytest.fixture
def secretariat(db):
    return _person("secretariado@fund.example")


@pytest.fixture
def reader(db):
    return _person("lector@panama.example")


@pytest.fixture
def administrator(db):
    return _person("administracion@ficha.example")


@pytest.fixture
def stranger(db):
    """RCO staff of another country: knows the portal, must not learn that the Panama programme exists."""
    from programmes.models import Country, Membership, Role, User

    names = {"iso3": "CRI", "name_es": "Costa Rica", "name_en": "Costa Rica"}
    country, _made = Country.objects.get_or_create(iso2="CR", defaults=names)
    user = User.objects.create_user("oficina.cr@costarica.example", "una-clave-larga-2011", name="Ana Mora")
    Membership.objects.create(user=user, role=Role.RCO, country=country)
    return user


@pytest.fixture
def client_of():
    """A browser in which this person is signed in; None: nobody is."""

    def signed_in(user):
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return signed_in


@pytest.fixture(autouse=True)
def no_sheet_kept():
    """Sheets are kept under a programme's version, and a test's transaction takes the version back."""
    caches["sheets"].clear()


# ------------------------------------------------------------------ guards

_KEEPING = ("django_session", "shared_cache", "usersessions_usersession")
_WRITES = re.compile(r'^\s*(INSERT\s+INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s+"?(\w+)"?', re.IGNORECASE)
_HARMLESS = re.compile(
    r"^[\s(]*(SELECT|WITH|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|SET|PRAGMA|EXPLAIN)\b", re.IGNORECASE
)


def _refuse_writing(execute, sql, params, many, context):
    written = _WRITES.match(sql)
    if (written and written[2] not in _KEEPING) or (not written and not _HARMLESS.match(sql)):
        raise AssertionError(f"Reading wrote: {sql}")
    return execute(sql, params, many, context)


@pytest.fixture
def reading_only():
    """``with reading_only():`` fails on any SQL that changes more than the session and the cache."""

    @contextmanager
    def guard():
        with connection.execute_wrapper(_refuse_writing):
            yield

    return guard


_LOCAL = ("127.", "::1", "localhost")


@pytest.fixture(scope="session", autouse=True)
def no_network():
    """Tests talk to this machine only."""

    def checked(connect):
        def guarded(self, address):
            if self.family != socket.AF_UNIX and not str(address[0]).startswith(_LOCAL):
                raise AssertionError(f"A test tried to reach {address[0]}.")
            return connect(self, address)

        return guarded

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", checked(socket.socket.connect))
        patch.setattr(socket.socket, "connect_ex", checked(socket.socket.connect_ex))
        yield
