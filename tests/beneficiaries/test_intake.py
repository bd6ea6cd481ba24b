"""The door for files: what is too large is refused from its announced length alone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

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


@pytest.fixture
def too_large(settings, panama, client_of):
    """An upload that is larger than the portal takes, sent from the form of the programme."""
    settings.UPLOAD_MAX_BYTES = 0

    def send(person, code=panama.code):
        client = client_of(person)
        client.cookies["django_language"] = "en"
        url = reverse("beneficiaries:submission_new", args=[code])
        file = SimpleUploadedFile("f.xlsx", b"x" * 2**20)
        return client.post(url, {"file": file})

    return send


@pytest.mark.django_db
def test_the_page_has_the_portals_frame_and_the_way_back_to_the_form(too_large, focal_point_fao, panama):
    response = too_large(focal_point_fao)
    assert response.status_code == 413
    page = response.content.decode()
    form = reverse("beneficiaries:submission_new", args=[panama.code])
    assert f'href="{form}">Choose another file' in page
    assert reverse("programmes:language_choose") in page
    assert reverse("beneficiaries:submission_list", args=[panama.code]) in page
    assert 'rel="icon"' in page
    assert focal_point_fao.name in page


@pytest.mark.django_db
def test_a_stranger_is_not_led_to_a_programme(too_large, stranger, panama):
    page = too_large(stranger).content.decode()
    assert "Choose another file" not in page
    assert "Back to the portfolio" in page


@pytest.mark.django_db
def test_it_speaks_the_language_the_person_chose(too_large, focal_point_fao):
    focal_point_fao.language = "es"
    focal_point_fao.save()
    assert too_large(focal_point_fao).headers["Content-Language"] == "es"
