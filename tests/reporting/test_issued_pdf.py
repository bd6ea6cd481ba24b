"""The files of an issued sheet: its number and address on every page, accessible, and the same bytes once more."""

from hashlib import sha256
from io import BytesIO

import page
import pikepdf
import pytest
from pypdf import PdfReader

from reporting.before_issuing import LANGUAGE_CHOICES
from reporting.imprint import imprint_of
from reporting.issued_files import path_of
from reporting.rendering import render_html, render_pdf
from reporting.status_sheet import from_json


@pytest.fixture
def issued(panama):
    return panama.sheet_issues.select_related("frozen").get(number=1)


def content(issued, language):
    return path_of(issued.files.get(language=language).sha256).read_bytes()


@pytest.mark.parametrize("language", LANGUAGE_CHOICES)
def test_an_issued_file_is_accessible_and_sound(issued, language):
    pdf = content(issued, language)
    assert [
        (failure.rule_id, failure.message) for failure in page.validate_pdf_bytes(pdf, profile="ua1").failures
    ] == []
    with pikepdf.open(BytesIO(pdf)) as document:
        assert document.check_pdf_syntax() == []


def test_every_page_names_the_data_date_and_the_address_that_verifies_it(issued):
    for one in PdfReader(BytesIO(content(issued, "en"))).pages:
        text = " ".join(one.extract_text().split())
        assert "Status sheet no. 1" in text
        assert "Data as of October 31, 2011" in text
        assert f"testserver/verify/{issued.token}/" in text
        assert "DRAFT" not in text


def test_the_first_page_leads_to_the_page_that_verifies_it(issued):
    notes = PdfReader(BytesIO(content(issued, "both"))).pages[0]["/Annots"]
    assert f"http://testserver/verify/{issued.token}/" in {note.get_object()["/A"]["/URI"] for note in notes}


def test_printed_once_more_from_what_was_frozen_it_is_the_same_file(issued):
    html = render_html(from_json(issued.frozen.value), ("es",), imprint=imprint_of(issued))
    assert sha256(render_pdf(html)).hexdigest() == issued.files.get(language="es").sha256
