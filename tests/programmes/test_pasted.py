"""Rich text as other programs write it, when it reaches the server as it is."""

import doctest

import pytest

from programmes import pasted
from programmes.models.narrative import sanitise
from tests.journeys.test_paste import FRAGMENTS, WORD


def test_the_examples_hold():
    assert doctest.testmod(pasted).failed == 0


@pytest.mark.parametrize("kind", FRAGMENTS)
def test_the_server_keeps_what_the_editor_keeps(kind):
    words, kept = FRAGMENTS[kind]
    assert sanitise(pasted.from_elsewhere(WORD.format(words))) == kept
