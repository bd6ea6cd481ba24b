"""One block as it will print: what an edit comes back to."""

import pytest

pytestmark = pytest.mark.django_db

ADDRESS = "/programmes/MDGF-2097/blocks/"
PIECE = {"HX-Request": "true", "accept-language": "en"}


def test_a_browser_goes_to_the_blocks_place_on_the_workspace(client_of, rco_panama):
    response = client_of(rco_panama).get(f"{ADDRESS}budget/")
    assert (response.status_code, response["Location"]) == (302, "/programmes/MDGF-2097/#budget")


def test_a_section_of_the_template_has_its_own_place(client_of, rco_panama):
    response = client_of(rco_panama).get(f"{ADDRESS}external-factors/")
    assert response["Location"] == "/programmes/MDGF-2097/#section-external-factors"


def test_a_piece_of_the_page_is_the_block_alone(client_of, rco_panama):
    piece = client_of(rco_panama).get(f"{ADDRESS}disbursements/", headers=PIECE).text
    assert piece.strip().startswith('<section class="block" id="disbursements"')
    assert "5,123,115" in piece
    assert "<html" not in piece


def test_it_can_be_asked_for_in_both_languages(client_of, rco_panama):
    piece = client_of(rco_panama).get(f"{ADDRESS}summary/?languages=both", headers=PIECE).text
    assert 'lang="es"' in piece
    assert 'lang="en"' in piece


def test_who_may_see_it(client_of, reader, stranger):
    assert client_of(reader).get(f"{ADDRESS}budget/", headers=PIECE).status_code == 403
    assert client_of(stranger).get(f"{ADDRESS}budget/", headers=PIECE).status_code == 404
