"""What changed between two texts, word by word."""

import doctest
import time
from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from programmes import word_changes as module
from programmes.word_changes import Piece, plain, shortened, word_changes

TEXTS = st.text(alphabet=st.sampled_from("ab áñ.,\n\t 1·"), max_size=60) | st.text(max_size=40)


def said(pieces):
    signs = {"same": "{}", "gone": "[-{}-]", "new": "[+{}+]"}
    return "".join(signs[piece.kind].format(piece.text) for piece in pieces)


def joined(pieces, kind):
    return "".join(piece.text for piece in pieces if piece.kind in ("same", kind))


def test_the_examples_hold():
    assert doctest.testmod(module).failed == 0


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_out_of_the_pieces(old, new):
    pieces = word_changes(old, new)
    assert (joined(pieces, "gone"), joined(pieces, "new")) == (old, new)


@given(TEXTS, TEXTS)
def test_neighbours_differ_in_kind_and_none_is_empty(old, new):
    pieces = word_changes(old, new)
    assert all(piece.text for piece in pieces)
    assert all(one.kind != other.kind for one, other in pairwise(pieces))


@given(TEXTS)
def test_a_text_has_not_changed_from_itself(text):
    assert word_changes(text, text) == ((Piece("same", text),) if text else ())


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "Nueva", "[+Nueva+]"),
        ("Vieja", "", "[-Vieja-]"),
        ("La red nueva.", "La red grande y nueva.", "La red[+ grande y+] nueva."),
        ("La red nueva.", "La red.", "La red[- nueva-]."),
        ("Coclé, Herrera", "Veraguas, Chiriquí", "[-Coclé, Herrera-][+Veraguas, Chiriquí+]"),
        ("USD 1,839,500", "USD 1,893,500", "USD 1,[-839-][+893+],500"),
        ("- uno\n- dos", "- uno\n- dos\n- tres", "- uno\n- dos[+\n- tres+]"),
        ("accion", "acción", "[-accion-][+acción+]"),
        ("En la red.", "Hoy, En la red.", "[+Hoy, +]En la red."),
        ("Hoy En la red.", "En la red.", "[-Hoy -]En la red."),
        ("En  la red.", "En la red.", "En[-  -][+ +]la red."),
    ],
)
def test_words_change_whole(old, new, expected):
    assert said(word_changes(old, new)) == expected


def test_rich_text_is_compared_as_lines_and_never_as_tags():
    old = plain("<p>Dos <strong>redes</strong></p><ul><li><p>Coclé</p></li></ul>")
    new = plain("<p>Dos redes</p><ul><li><p>Coclé</p></li><li><p>Herrera</p></li></ul>")
    assert said(word_changes(old, new)) == "Dos redes\n\n- Coclé[+\n- Herrera+]"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("palabra " * 800, "palabra " * 790),
        ("a b " * 1500, "b a " * 1500),
        ("palabra " * 131_000, "palabra x " * 100_000),
        (" ".join(map(str, range(1500))), " ".join(map(str, range(1500, 0, -1)))),
        ("x" * 1_000_000, "y" * 1_000_000),
    ],
)
def test_a_long_text_is_compared_in_little_time(old, new):
    started = time.process_time()
    pieces = word_changes(old, new)
    assert time.process_time() - started < 3
    assert (joined(pieces, "gone"), joined(pieces, "new")) == (old, new)


def test_what_did_not_change_is_cut_to_what_stands_around_a_change():
    front, middle, back = "uno dos " * 100, "tres cuatro " * 100, "cinco seis " * 100
    cut = said(shortened(word_changes(f"{front}A {middle}B {back}", f"{front}X {middle}Y {back}"), around=20))
    assert (
        cut
        == " … dos uno dos uno dos[- A-][+ X+] tres cuatro tres … cuatro tres cuatro[- B-][+ Y+] cinco seis cinco … "
    )


@pytest.mark.parametrize(("language", "gone", "new"), [("en", "[removed: ", "[added: ")])
def test_a_change_is_told_by_more_than_colour(language, gone, new):
    with translation.override(language):
        page = render_to_string("_partials/_word_changes.html", {"pieces": word_changes("<b> uno", "<b> dos")})
    assert f'<del><span class="u-hide">{gone}</span> uno<span class="u-hide">]</span></del>' in page
    assert f'<ins><span class="u-hide">{new}</span> dos<span class="u-hide">]</span></ins>' in page
    assert "&lt;b&gt;" in page
