"""One block as it will print: what an edit comes back to."""

import re

import pytest

from programmes.blocks import Block

pytestmark = pytest.mark.django_db

ADDRESS = "/programmes/MDGF-2097/blocks/"
PIECE = {"HX-Request": "true", "accept-language": "en"}


def test_a_browser_goes_to_the_blocks_place_on_the_workspace(client_of, rco_panama):
    response = client_of(rco_panama).get(f"{ADDRESS}budget/")
    assert (response.status_code, response["Location"]) == (302, "/programmes/MDGF-2097/#budget")


def test_a_section_of_the_template_has_its_own_place(client_of, rco_panama):
    response = client_of(rco_panama).get(f"{ADDRESS}external-factors/")
    assert response["Location"] == "/programmes/MDGF-2097/#section-external-factors"


def test_a_piece_of_the_page_is_the_block_and_no_page(client_of, rco_panama):
    piece = client_of(rco_panama).get(f"{ADDRESS}disbursements/", headers=PIECE).text
    assert piece.strip().startswith('<section class="block" id="disbursements" aria-labelledby')
    assert "5,123,115" in piece
    assert "<html" not in piece


def test_it_brings_along_all_that_it_may_have_changed(client_of, rco_panama):
    """Key figures, findings, progress, notes and the other blocks take their places by id, each once."""
    client = client_of(rco_panama)
    piece = client.get(f"{ADDRESS}disbursements/", headers=PIECE).text
    brought = re.findall(r'id="([\w-]+)"[^>]* hx-swap-oob="true"', piece)
    around = ["sheet-head", "sheet-keys", "sheet-jump", "sheet-sections", "sheet-rail"]
    assert brought == [*around, *(block for block in Block.values if block != "disbursements")]
    whole = client.get("/programmes/MDGF-2097/", headers={"accept-language": "en"}).text
    assert "hx-swap-oob" not in whole
    for name in brought:
        assert whole.count(f'id="{name}"') == 1


@pytest.mark.parametrize("slug", ["paris-declaration", "civil-society"])
def test_a_section_of_the_observations_comes_with_its_sub_heads_and_leaves_the_others_alone(
    slug, client_of, rco_panama
):
    """Its neighbours may be open for editing: of the block only the head with the chips comes along."""
    piece = client_of(rco_panama).get(f"{ADDRESS}{slug}/", headers=PIECE).text
    assert piece.strip().startswith('<div class="observation over" id="section-paris-declaration">')
    assert 'id="section-civil-society"' in piece
    assert 'id="section-external-factors"' not in piece
    assert re.search(r'id="head-observations"[^>]* hx-swap-oob="true"', piece)
    assert 'id="observations"' not in piece


def test_a_section_that_the_template_does_not_have_is_not_found(client_of, rco_panama):
    assert client_of(rco_panama).get(f"{ADDRESS}no-such-section/", headers=PIECE).status_code == 404


def test_it_comes_in_the_languages_of_the_page_that_it_is_for(client_of, rco_panama):
    headers = PIECE | {"HX-Current-URL": "http://testserver/programmes/MDGF-2097/?languages=both#summary"}
    piece = client_of(rco_panama).get(f"{ADDRESS}summary/", headers=headers).text
    assert piece.count('class="pair') > 0
    assert 'lang="es"' in piece.split("hx-swap-oob")[0]
    alone = client_of(rco_panama).get(f"{ADDRESS}summary/", headers=PIECE).text
    assert 'lang="es"' not in alone.split("hx-swap-oob")[0]


def test_it_can_be_asked_for_in_both_languages(client_of, rco_panama):
    piece = client_of(rco_panama).get(f"{ADDRESS}summary/?languages=both", headers=PIECE).text
    assert 'lang="es"' in piece
    assert 'lang="en"' in piece


def test_who_may_see_it(client_of, reader, stranger):
    assert client_of(reader).get(f"{ADDRESS}budget/", headers=PIECE).status_code == 403
    assert client_of(stranger).get(f"{ADDRESS}budget/", headers=PIECE).status_code == 404
