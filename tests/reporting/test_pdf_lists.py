"""Lists in a printed sheet hang inside their column, in one language and in two, however deep and long."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from programmes.models import BilingualText
from reporting.before_issuing import LANGUAGE_CHOICES
from reporting.rendering import render_html, render_pdf
from reporting.status_sheet import build_status_sheet

MM = 72 / 25.4
MARGIN, SECOND_COLUMN = 16, 108
NESTED = "<p>Kappa</p><ul><li>one<ol><li>two<ul><li>three</li></ul></li></ol></li><li>four</li></ul>"
ONLY_ITEMS = "<ul><li>one</li><li>two</li></ul>"
LONG = "<ol>" + "".join(f"<li>item{n}</li>" for n in range(1, 103)) + "</ol>"
BUILT = {
    "alike": (NESTED, NESTED),
    "differently": (ONLY_ITEMS, "<p>Kappa</p>" + ONLY_ITEMS),
    "only one": (NESTED, ""),
    "long": (LONG, LONG),
}


@pytest.fixture
def sheet(panama):
    return build_status_sheet(panama, date(2011, 10, 31))


def with_lists(sheet, es, en):
    """The texts in the summary and under one observation."""
    text = BilingualText(es=es, en=en)
    first = replace(sheet.observations[-1], text=text)
    return replace(sheet, summary=(replace(sheet.summary[0], text=text),), observations=(first,))


def pieces(pdf):
    """(millimetres from the left, words) of everything printed, in order."""
    found = []

    def seen(text, matrix, text_matrix, _font, _size):
        if text.strip():
            found.append(((text_matrix[4] * matrix[0] + matrix[4]) / MM, text.strip()))

    for page in PdfReader(BytesIO(pdf)).pages:
        page.extract_text(visitor_text=seen)
    return found


def markers(found):
    return [(left, text) for left, text in found if text in "–•" or text.rstrip(".").isdigit()]


@pytest.mark.parametrize("built", BUILT)
@pytest.mark.parametrize("choice", ["both", "es"])
def test_no_marker_stands_outside_its_column(sheet, choice, built):
    found = pieces(render_pdf(render_html(with_lists(sheet, *BUILT[built]), LANGUAGE_CHOICES[choice])))
    hanging = markers(found)
    assert hanging
    assert min(left for left, _text in hanging) >= MARGIN - 0.1
    if choice == "both":
        assert not [text for left, text in hanging if SECOND_COLUMN - 6 < left < SECOND_COLUMN - 0.1]


def test_a_long_list_keeps_its_numbers_off_its_words(sheet):
    found = pieces(render_pdf(render_html(with_lists(sheet, *BUILT["long"]), ("es", "en"))))
    number = next(left for left, text in found if text == "102.")
    item = next(left for left, text in found if text == "item102")
    assert item - number >= 5


def test_the_dash_of_an_inner_list_is_that_of_an_outer_one(sheet):
    found = pieces(render_pdf(render_html(with_lists(sheet, NESTED, NESTED), ("es", "en"))))
    assert "•" not in " ".join(text for _left, text in found)
