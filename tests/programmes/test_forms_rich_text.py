"""Rich text as plain lines, for people without JavaScript."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes import rich_text
from programmes.models.narrative import sanitise
from programmes.rich_text import from_plain, to_plain


def test_the_examples_hold():
    assert doctest.testmod(rich_text).failed == 0


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>Uno.</p><p>Dos.</p>",
        "<p>Uno <strong>fuerte</strong> y <em>suave</em>.</p><ul><li><p>a</p></li><li><p>b</p></li></ul><p>Fin.</p>",
        "<ol><li><p>a</p></li><li><p>b</p></li></ol><ul><li><p>c</p></li></ul>",
        '<p>Vea <a href="https://example.org/x?a=1&amp;b=2" rel="noopener noreferrer">el informe</a>.</p>',
        "<p>1 &lt; 2 &amp; 3</p>",
    ],
)
def test_lines_that_were_not_touched_come_back_as_they_were(html):
    assert sanitise(from_plain(to_plain(html), html)) == html


def test_a_changed_line_leaves_the_formatting_of_the_others():
    stored = "<p>Uno <strong>fuerte</strong>.</p><p>Dos <em>suave</em>.</p>"
    assert from_plain("Uno fuerte.\n\nDos nuevo.", stored) == "<p>Uno <strong>fuerte</strong>.</p><p>Dos nuevo.</p>"


@pytest.mark.parametrize("bullet", ["- ", "• ", "* ", "· ", "– "])
def test_bullets_as_people_type_them(bullet):
    typed = f"{bullet}uno\n{bullet}dos"
    expected = "<p>– uno</p><p>– dos</p>" if bullet == "– " else "<ul><li><p>uno</p></li><li><p>dos</p></li></ul>"
    assert from_plain(typed) == expected


@given(st.text(max_size=300))
def test_whatever_is_typed_survives_sanitising_word_by_word(typed):
    html = sanitise(from_plain(typed.replace("\x00", "")))
    assert "<script" not in html
    assert to_plain(sanitise(from_plain(to_plain(html)))) == to_plain(html)
