"""A block that opens in its place on the workspace, and rows that are removed and brought back."""

import re

import pytest
from django.urls import reverse

from programmes.actions.programmes import set_parties
from programmes.blocks import Block
from programmes.forms import PAGES
from programmes.forms.programmes import PartiesPage
from programmes.models import Achievement, GovernmentEntity, Programme
from tests.programmes.browsing import buttons_on, form_on

SECTIONS = [
    *(str(name) for name in PAGES if name in Block.values),  # other pages stand in a block's place, or alone
    *("summary", "gender", "paris-declaration", "delivering-as-one", "sustainability", "scalability"),
    *("external-factors", "communication", "monitoring-evaluation"),
]
IN_PLACE = {"HX-Request": "true", "HX-Target": "parties", "accept-language": "en"}
BY_SCRIPT = {"HX-Request": "true", "HX-Target": "edit-page", "accept-language": "en"}
WORKSPACE = "/programmes/MDGF-2097/"


def agree(client, back):
    """Look at what going back would change, and agree to it."""
    seen = client.get(back).content.decode()
    return client.post(back, {"agreed": re.search(r'name="agreed" value="(\w+)"', seen)[1]})


def address(section):
    return reverse("programmes:section_edit", args=["MDGF-2097", section])


def ids(page):
    return re.findall(r'\sid="([^"]+)"', page.content.decode())


@pytest.fixture
def rco(client_of, rco_panama):
    return client_of(rco_panama)


def test_the_same_address_is_a_page_and_a_piece(rco, panama):
    page = rco.get(address("parties"), headers={"accept-language": "en"})
    piece = rco.get(address("parties"), headers=IN_PLACE)
    assert "<html" in page.content.decode()
    assert piece.content.decode().strip().startswith('<section class="block editing" id="parties"')
    assert "<html" not in piece.content.decode()
    fields = form_on(page)
    assert form_on(piece).keys() == fields.keys()
    for answer in (page, piece):  # a browser must not show one for the other
        assert {"HX-Request", "HX-Target"} <= set(answer["Vary"].split(", "))


def test_going_back_to_it_in_the_browser_shows_the_page(rco, panama):
    answer = rco.get(address("parties"), headers=IN_PLACE | {"HX-History-Restore-Request": "true"})
    assert "<html" in answer.content.decode()


@pytest.mark.parametrize(
    ("section", "place"),
    [
        ("parties", "parties"),
        ("finances", "budget"),
        ("revision", "budget"),
        ("summary", "summary"),
        ("gender", "gender"),
        ("external-factors", "section-external-factors"),
        ("civil-society", "section-paris-declaration"),
    ],
)
def test_a_form_stands_where_its_block_or_section_stood(section, place, rco, panama):
    workspace = rco.get(WORKSPACE).content.decode()
    piece = rco.get(address(section), headers=IN_PLACE)
    assert ids(piece)[0] == place
    assert f'hx-get="{address(section)}" hx-target="#{place}" hx-swap="outerHTML"' in workspace
    assert f'hx-post="{address(section)}" hx-target="#{place}"' in piece.content.decode()


def test_all_blocks_can_be_open_at_once_without_an_id_twice(rco, panama):
    found = [name for section in SECTIONS for name in ids(rco.get(address(section), headers=IN_PLACE))]
    assert sorted(name for name in set(found) if found.count(name) > 1) == []
    around = set(ids(rco.get(WORKSPACE)))
    opened = {"section-" + section for section in SECTIONS} | set(SECTIONS)
    clash = (around & set(found)) - opened
    assert clash <= {f"title-{section}" for section in SECTIONS}  # those went with the blocks


def test_labels_and_errors_name_the_fields_of_this_block(rco, panama):
    data = form_on(rco.get(address("dates"), headers=IN_PLACE)) | {"starts_on": "31/02/2009"}
    refused = rco.post(address("dates"), data, headers=IN_PLACE)
    text = refused.content.decode()
    assert refused.status_code == 422
    assert 'href="#id_dates_starts_on"' in text
    assert 'id="id_dates_starts_on"' in text
    assert "data-takes-focus" in text


def test_a_saved_piece_goes_to_the_block_as_it_prints_and_says_so(rco, panama):
    data = form_on(rco.get(address("parties"), headers=IN_PLACE)) | {"coordinator_name": "Inés Batista"}
    saved = rco.post(address("parties"), data, headers=IN_PLACE)
    assert (saved.status_code, saved["Location"]) == (303, f"{WORKSPACE}blocks/parties/")
    piece = rco.get(saved["Location"], headers=IN_PLACE).content.decode()
    assert "Parties: saved." in piece
    assert "Inés Batista" in piece


def test_a_page_that_a_script_sends_is_told_where_to_go(rco, panama):
    """The message waits for the page that the person then sees."""
    data = form_on(rco.get(address("parties"))) | {"coordinator_name": "Inés Batista"}
    saved = rco.post(address("parties"), data, headers=BY_SCRIPT)
    assert (saved.status_code, saved["HX-Redirect"]) == (200, f"{WORKSPACE}blocks/parties/")
    landed = rco.get(saved["HX-Redirect"], follow=True, headers={"accept-language": "en"})
    assert landed.redirect_chain[-1][0] == f"{WORKSPACE}#parties"
    assert 'class="message saved-parties success">Parties: saved.' in landed.content.decode()


def test_a_page_that_a_script_sends_comes_back_as_a_page(rco, panama):
    data = form_on(rco.get(address("dates"))) | {"starts_on": "31/02/2009"}
    refused = rco.post(address("dates"), data, headers=BY_SCRIPT)
    assert refused.status_code == 422
    assert 'id="edit-page"' in refused.content.decode()
    assert 'id="id_starts_on"' in refused.content.decode()


def test_what_was_kept_in_the_browser_comes_back_with_its_rows_and_its_version(rco, panama):
    started = form_on(rco.get(address("parties"), headers=IN_PLACE))
    kept = started | {"coordinator_name": "Inés", "entities-count": "6", "entities-5-name_es": "Alcaldía"}
    back = rco.post(address("parties"), kept | {"list_action": "restore"}, headers=IN_PLACE)
    fields = form_on(back)
    assert back.status_code == 200
    assert (fields["coordinator_name"], fields["entities-5-name_es"]) == ("Inés", "Alcaldía")
    assert fields["started_from"] == started["started_from"]
    assert Programme.objects.get(pk=panama.pk).coordinator_name == ""


def test_the_form_names_whose_text_a_browser_may_keep(rco, rco_panama, panama):
    for headers in ({}, IN_PLACE):
        text = rco.get(address("civil-society"), headers=headers).content.decode()
        assert f'data-draft="{rco_panama.pk}/MDGF-2097/paris-declaration"' in text


# Rows that are removed, and brought back


def removed_entity(rco):
    data = form_on(rco.get(address("parties"))) | {"entities-1-name_es": "Turismo, cambiado"}
    return rco.post(address("parties"), data | {"list_action": "entities:remove:1"}, headers={"accept-language": "en"})


def test_a_removed_row_says_what_it_was_and_can_be_brought_back_as_typed(rco, panama):
    answer = removed_entity(rco)
    assert "Institution removed: <q>Turismo, cambiado</q>" in answer.content.decode()
    assert answer.content.decode().split(" autofocus")[0].endswith('value="entities:undo:1"')
    back = rco.post(address("parties"), form_on(answer) | {"list_action": "entities:undo:1"})
    assert form_on(back)["entities-1-name_es"] == "Turismo, cambiado"
    assert "entities-1-removed" not in form_on(back)
    assert rco.post(address("parties"), form_on(back)).status_code == 303
    assert panama.government_entities.count() == 5
    assert GovernmentEntity.objects.filter(name_es="Turismo, cambiado").exists()


def test_a_removed_row_is_gone_once_the_page_is_saved(rco, panama):
    assert rco.post(address("parties"), form_on(removed_entity(rco))).status_code == 303
    names = [entity.name_es for entity in panama.government_entities.all()]
    assert len(names) == 4
    assert not any("Turismo" in name for name in names)


def test_rows_are_counted_and_moved_as_if_the_removed_one_were_gone(rco, panama):
    answer = removed_entity(rco)
    assert re.findall(r"Institution \d", answer.content.decode())[-1] == "Institution 4"
    assert {"entities:up:2", "entities:down:0"} <= set(buttons_on(answer))
    moved = form_on(rco.post(address("parties"), form_on(answer) | {"list_action": "entities:up:2"}))
    assert rco.post(address("parties"), moved).status_code == 303
    names = [entity.name_es for entity in panama.government_entities.all()]
    assert names[:2] == ["Ministerio Comercio e Industrias", "Ministerio de Desarrollo Agropecuario"]


def test_a_new_row_in_which_nothing_was_written_needs_no_way_back(rco, panama):
    added = rco.post(address("parties"), form_on(rco.get(address("parties"))) | {"list_action": "entities:add"})
    removed = rco.post(address("parties"), form_on(added) | {"list_action": "entities:remove:5"})
    assert form_on(removed)["entities-count"] == "5"
    assert not [value for value in buttons_on(removed) if ":undo:" in value]


def test_a_removed_result_brought_back_keeps_its_achievements(rco, panama):
    asked = rco.post(address("results"), form_on(rco.get(address("results"))) | {"list_action": "results:remove:0"})
    assert "removal_is_meant" in asked.content.decode()
    back = rco.post(address("results"), form_on(asked) | {"list_action": "results:undo:0"})
    assert "removal_is_meant" not in back.content.decode()
    assert rco.post(address("results"), form_on(back)).status_code == 303
    assert Achievement.objects.filter(result__programme=panama).count() == 10


def test_nothing_typed_in_a_removed_row_is_checked_and_nothing_hostile_is_run(rco, panama):
    data = form_on(rco.get(address("disbursements"))) | {"disbursements-0-amount_usd": '"><script>x</script>'}
    removed = rco.post(address("disbursements"), data | {"list_action": "disbursements:remove:0"})
    assert "<script>x" not in removed.content.decode()
    assert form_on(removed)["disbursements-0-amount_usd"] == '"><script>x</script>'
    assert rco.post(address("disbursements"), form_on(removed)).status_code == 303
    assert panama.disbursements.count() == 2


# After saving


def test_after_saving_the_message_leads_back_to_how_the_block_was(rco, panama):
    answer = rco.post(address("parties"), form_on(removed_entity(rco)), follow=True, headers={"accept-language": "en"})
    link = re.search(r'<a href="([^"]+)">Undo removing 1 row</a>', answer.content.decode())
    assert agree(rco, link[1]).status_code == 303
    names = [entity.name_es for entity in panama.government_entities.all()]
    assert len(names) == 5
    assert "Turismo" in names[1]


def test_the_way_back_keeps_what_somebody_else_saved_just_before_the_removal(rco, panama, monkeypatch, rco_panama):
    sent = form_on(removed_entity(rco))
    lock = PartiesPage.lock

    def wait(page):
        """Somebody else holds the programme and saves while this request waits for it."""
        changed = Programme.objects.get(pk=panama.pk)
        changed.coordinator_name = "Inés Batista"
        set_parties(
            programme=panama, changed=changed, government_entities=list(panama.government_entities.all()), by=rco_panama
        )
        lock(page)

    with monkeypatch.context() as at_once:
        at_once.setattr(PartiesPage, "lock", wait)
        answer = rco.post(address("parties"), sent, follow=True, headers={"accept-language": "en"})
    link = re.search(r'<a href="([^"]+)">Undo removing 1 row</a>', answer.content.decode())
    assert agree(rco, link[1]).status_code == 303
    panama.refresh_from_db()
    assert (panama.government_entities.count(), panama.coordinator_name) == (5, "Inés Batista")


def test_no_way_back_is_offered_where_nothing_was_removed(rco, panama):
    changed = form_on(rco.get(address("parties"))) | {"coordinator_name": "Inés"}
    answer = rco.post(address("parties"), changed, follow=True, headers={"accept-language": "en"})
    assert "Undo removing" not in answer.content.decode()


def test_the_way_back_of_a_result_brings_its_achievements_along(rco, panama):
    before = Achievement.objects.count()
    asked = rco.post(address("results"), form_on(rco.get(address("results"))) | {"list_action": "results:remove:0"})
    meant = form_on(asked) | {"removal_is_meant": "on"}
    answer = rco.post(address("results"), meant, follow=True, headers={"accept-language": "en"})
    assert (panama.results.count(), Achievement.objects.count() < before) == (3, True)
    back = re.search(r'<a href="([^"]+)">Undo removing', answer.content.decode())[1]
    assert agree(rco, back).status_code == 303
    assert (panama.results.count(), Achievement.objects.count()) == (4, before)


def test_whoever_may_not_restore_is_not_offered_it(client_of, secretariat, panama):
    client, before = client_of(secretariat), panama.missions.count()
    removed = client.post(
        address("missions"), form_on(client.get(address("missions"))) | {"list_action": "missions:remove:0"}
    )
    data = form_on(removed) | {"reason": "Cargada dos veces"}
    answer = client.post(address("missions"), data, follow=True, headers={"accept-language": "en"})
    assert panama.missions.count() == before - 1
    assert "Undo removing" not in answer.content.decode()
