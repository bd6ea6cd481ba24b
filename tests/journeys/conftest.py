"""A browser in front of the real server. Every journey starts from a freshly seeded portal."""

import os
import re

import pytest
from django.db import connections

from tests.journeys import server
from tests.journeys.words import LANGUAGE_HERE, OFFICER, PASSWORD

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    executable = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()
        # While Playwright's loop runs, Django gives this thread connections of its own: end them with it.
        connections.close_all()


@pytest.fixture(scope="session")
def seeded(tmp_path_factory):
    """The original database and the collected static files: made once, copied for each journey."""
    folder = tmp_path_factory.mktemp("journeys")
    database = server.Database(folder, os.environ.get("DATABASE_URL"))
    environment = database.prepare(server.environment_of(folder, folder / "static", 0, ""))
    server.manage(environment, "collectstatic", "--noinput", "--verbosity", "0")
    yield database, folder / "static"
    database.drop()


@pytest.fixture
def portal(seeded, tmp_path):
    """The address of a portal that nobody has touched yet."""
    database, static_root = seeded
    with database.copy() as url, server.serving(url, tmp_path, static_root) as (address, _environment):
        yield address


class Visitor:
    """A person at a browser, who signs in and finds things by their words."""

    def __init__(self, page, address, language):
        self.page, self.address, self.language = page, address, language

    def open(self, path):
        self.page.goto(self.address + path)
        return self.page

    def sign_in(self, email, password):
        page = self.open("/accounts/login/")
        page.get_by_label(re.compile("Correo|E-?mail")).fill(email)
        page.get_by_label(re.compile("^(Contraseña|Password)")).fill(password)
        page.get_by_role("button", name=re.compile("^(Entrar|Sign in)$")).click()
        page.wait_for_url(self.address + "/")
        return self


@pytest.fixture
def visitor(chromium, portal):
    """``visitor(language, javascript=…)``: a new browser with nothing remembered; pages must log no error."""
    contexts, complaints = [], []

    def arrive(language="es", *, javascript=True, width=1280, height=900):
        context = chromium.new_context(
            locale=language,
            java_script_enabled=javascript,
            viewport={"width": width, "height": height},
            accept_downloads=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return Visitor(page, portal, language)

    yield arrive
    for context in contexts:
        context.close()
    # What did not arrive is what a journey may be about.
    expected = (
        "Failed to load resource",
        "htmx:sendError",
        "htmx:afterRequest",
        "htmx:responseError",
        "Response Status Error Code",
    )
    assert not [text for text in complaints if not text.startswith(expected)], complaints


@pytest.fixture(params=LANGUAGE_HERE)
def officer(request, visitor):
    """An RCO officer who has signed in, in the language of this database."""
    return visitor(request.param).sign_in(OFFICER, PASSWORD)
