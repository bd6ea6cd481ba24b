"""The door for files: what is too large is refused from its announced length alone."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from beneficiaries.intake import RefuseOversizedUploads

TWO_GIGABYTES = 2 * 2**30


class Unread:
    """A body that must not be touched."""

    def read(self, *args):
        raise AssertionError("The body was read.")


def answered(length, **headers):
    request = RequestFactory().generic("POST", "/x/", CONTENT_TYPE="multipart/form-data", **headers)
    request.META["CONTENT_LENGTH"] = length
    request.META["wsgi.input"] = Unread()
    return RefuseOversizedUploads(lambda request: HttpResponse("passed"))(request)


def test_two_gigabytes_are_refused_without_reading_one():
    response = answered(str(TWO_GIGABYTES), HTTP_ACCEPT_LANGUAGE="en")
    assert response.status_code == 413
    assert "The file is too large" in response.content.decode()
    assert "up to 20 MiB" in response.content.decode()


@pytest.mark.parametrize(
    ("headers", "language"),
    [
        ({"HTTP_ACCEPT_LANGUAGE": "en-GB,en;q=0.9"}, "en"),
        ({"HTTP_ACCEPT_LANGUAGE": "es-PA,es;q=0.9"}, "es"),
        ({"HTTP_ACCEPT_LANGUAGE": "en", "HTTP_COOKIE": "django_language=es"}, "es"),
        ({}, "es"),
    ],
)
def test_it_speaks_the_language_the_browser_keeps_or_prefers(headers, language):
    response = answered(str(TWO_GIGABYTES), **headers)
    assert response.headers["Content-Language"] == language
    assert f'<html lang="{language}">' in response.content.decode()


@pytest.mark.parametrize("length", ["", "0", "1000", str(20 * 2**20)])
def test_what_is_small_enough_passes(length):
    assert answered(length).content == b"passed"


@pytest.mark.parametrize("length", ["-1", "ten", "1e9", "²"])
def test_a_length_that_is_none_is_a_bad_request(length):
    assert answered(length).status_code == 400


def test_a_body_without_a_length_is_asked_for_one():
    response = answered("", HTTP_TRANSFER_ENCODING="chunked", HTTP_ACCEPT_LANGUAGE="en")
    assert response.status_code == 411
    assert "state its length" in response.content.decode()
