"""Texts in two languages: their state, their fall-back, and when a translation stays confirmed."""

import pytest

from programmes.forms.texts import TextsForm, TextSpec
from programmes.models.narrative import BilingualText, Translation, digest, sanitise

CURRENT = BilingualText("Hola", "Hello", "es", digest("Hola"))


@pytest.mark.parametrize(
    ("text", "es", "en"),
    [
        (BilingualText(), "empty", "empty"),
        (BilingualText("Hola"), "original", "missing"),
        (BilingualText("", "Hello"), "missing", "original"),
        (BilingualText("Hola", "Hello"), "original", "unconfirmed"),
        (CURRENT, "original", "current"),
        (BilingualText("Adiós", "Hello", "es", digest("Hola")), "original", "stale"),
        (BilingualText("Hola", "Hello", "en", digest("Hello")), "current", "original"),
        (BilingualText("FAO", "FAO", "same"), "same", "same"),
    ],
)
def test_the_state_of_each_language(text, es, en):
    assert (text.state("es"), text.state("en")) == (es, en)


def test_a_missing_language_falls_back_to_the_other():
    assert BilingualText("Hola").shown_in("en") == ("Hola", "es")
    assert BilingualText("", "Hello").shown_in("es") == ("Hello", "en")
    assert BilingualText().shown_in("es") == ("", "es")


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<p><b>x</b><strong>y</strong></p>", "<p>x<strong>y</strong></p>"),
        ('<p style="color:red" class="MsoNormal">x</p>', "<p>x</p>"),
        ('<a href="mailto:a@b.org" target="_blank">x</a>', '<a href="mailto:a@b.org" rel="noopener noreferrer">x</a>'),
        ('<a href="file:///c:/x">x</a>', '<a rel="noopener noreferrer">x</a>'),
        ("<p></p>", ""),
        ("<h1>x</h1><table><tr><td>y</td></tr></table>", "xy"),
    ],
)
def test_only_the_few_tags_of_the_sheet_survive(html, kept):
    assert sanitise(html) == kept
    assert sanitise(kept) == kept


def typed(stored, **values):
    """The text that a form makes of the stored one and what was typed."""
    given = {"text_es": stored.es, "text_en": stored.en, "text_source": stored.source}
    given |= {f"text_{part}": value for part, value in values.items()}
    form = TextsForm(given, texts={"text": TextSpec("x", limit=50, is_name=True)}, stored_texts={"text": stored})
    assert form.is_valid(), form.errors
    return form.cleaned_data["text"]


def test_an_untouched_text_is_exactly_the_stored_one():
    for stored in (BilingualText(), CURRENT, BilingualText("Hola", "Hello"), BilingualText("F", "F", "same")):
        assert typed(stored) == stored


def test_a_new_translation_counts_only_when_somebody_says_so():
    assert typed(BilingualText("Hola"), en="Hello").state("en") == Translation.UNCONFIRMED
    assert typed(BilingualText("Hola"), en="Hello", same="on").state("en") == Translation.CURRENT


def test_changing_the_source_leaves_the_translation_behind():
    assert typed(CURRENT, es="Adiós").state("en") == Translation.STALE
    assert typed(CURRENT, es="Adiós", en="Bye", same="on").state("en") == Translation.CURRENT


def test_bettering_a_confirmed_translation_keeps_it_confirmed():
    assert typed(CURRENT, en="Hello there").state("en") == Translation.CURRENT


def test_saying_that_the_other_language_came_first_keeps_what_was_confirmed():
    swapped = typed(CURRENT, source="en")
    assert (swapped.state("en"), swapped.state("es")) == (Translation.ORIGINAL, Translation.CURRENT)
    assert typed(BilingualText("Hola", "Hello"), source="en").state("es") == Translation.UNCONFIRMED


@pytest.mark.parametrize("unit", ["<div><b>x</i>", "<p><ul><li>", "<a href=x><b>", "<", "<b"])
def test_a_megabyte_of_tags_is_read_as_words_at_once(unit):
    """Not timed: without the bound these take minutes, so the whole suite would stand still."""
    cleaned = sanitise(unit * (1_000_000 // len(unit)))
    assert "<b" not in cleaned
    assert "<li" not in cleaned


def test_many_tags_of_a_long_text_are_kept():
    html = "<p>uno <strong>dos</strong></p>" * 900
    assert sanitise(html) == html
