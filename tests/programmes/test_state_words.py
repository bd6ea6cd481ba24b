"""Why there is no number: every word of the one table is understood wherever a figure is typed."""

import doctest

import pytest
from django.core.exceptions import ValidationError

from programmes import state_words
from programmes.forms.indicators import QuantityField
from programmes.quantities import Quantity, State
from programmes.state_words import TOKENS

WORDS = [(word, state) for state, words in TOKENS.items() for spoken in words.values() for word in spoken]


def test_the_examples_are_true():
    assert doctest.testmod(state_words, extraglobs={"State": State}).failed == 0


@pytest.mark.parametrize(("word", "state"), WORDS)
def test_a_form_understands_every_word_that_a_spreadsheet_may_hold(word, state):
    assert QuantityField().clean(f" {word.upper()} ") == Quantity(None, state)


def test_no_word_means_two_things():
    assert len({word for word, _state in WORDS}) == len(dict(WORDS)) == len(set(WORDS))


def test_another_word_is_no_figure():
    with pytest.raises(ValidationError):
        QuantityField().clean("doce")
