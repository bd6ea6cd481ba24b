"""The page that edits one block: who may, what it refuses, and that nothing typed is lost."""

import pytest
from django.apps import apps
from django.urls import reverse

from programmes.forms import PAGES
from programmes.models import Achievement, GovernmentEntity, Programme
from tests.programmes.browsing import buttons_on, form_on

SECTIONS = [
    *map(str, PAGES),
    "summary",
    "gender",
    "paris-declaration",
    "delivering-as-one",
    "sustainability",
    "scalability",
    "external-factors",
    "communication",
    "monitoring-evaluation",
]
STATUS = {"status", "disbursements", "missions"}
REVISION = {"dates", "budget", "revision"}


def address(section, code="MDGF-2097"):
    return reverse("programmes:section_edit", args=[code, section])


def history_rows():
    tracked = [model for model in apps.get_models() if hasattr(model, "history")]
    return sum(model.history.count() for model in tracked)


@pytest.fixture
def rco(client_of, rco_panama):
    return client_of(rco_panama)


def expected(person, section):
    """What the roles table says: 200, 403 or 404."""
    if person == "rco_panama":
        return 200
    if person == "stranger":
        return 404
    allowed = {
        "focal_point_fao": {"finances"},
        "secretariat": STATUS | REVISION,
        "administrator": REVISION,
        "reader": set(),
    }
    return 200 if section in allowed[person] else 403


@pytest.mark.parametrize(
    "person", ["rco_panama", "focal_point_fao", "secretariat", "administrator", "reader", "stranger"]
)
def test_who_may_edit_which_block(person, request, client_of):
    client = client_of(request.getfixturevalue(person))
    got = {section: (client.get(address(section)).status_code, client.post(address(section)).status_code)
           for section in SECTIONS}  # fmt: skip
    for section, (get, post) in got.items():
        assert get == expected(person, section), section
        # An empty post is refused, for what is missing or for what it started from; nobody is let through.
        assert post in ((409, 422) if get == 200 else (get,)), section


def test_nobody_edits_without_signing_in(client, panama):
    assert client.get(address("status")).headers["Location"].startswith("/accounts/login/")


def test_the_refusal_names_the_missing_right(client_of, secretariat):
    page = client_of(secretariat).get(address("summary"), headers={"accept-language": "en"})
    assert page.status_code == 403
    assert "edit sections, results, parties and areas" in page.content.decode()


@pytest.mark.parametrize("section", ["beneficiaries", "observations", "no-such-section", "Status"])
def test_what_is_no_page_of_its_own_is_not_found(section, rco, panama):
    assert rco.get(address(section)).status_code == 404


def test_a_sub_head_is_edited_with_its_section(rco, panama):
    page = rco.get(address("leadership")).context["page"]
    assert list(page.parts) == ["leadership", "civil-society", "harmonisation", "accountability"]


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("section", sorted(set(SECTIONS) - {"revision"}))  # a decision is never untouched
def test_an_untouched_page_saves_and_writes_no_history(section, language, rco, panama, reading_only):
    with reading_only():
        page = rco.get(address(section), headers={"accept-language": language})
    before = history_rows()
    answer = rco.post(address(section), form_on(page), headers={"accept-language": language})
    assert answer.status_code == 303
    assert history_rows() == before


def test_a_saved_page_returns_to_its_block(rco, panama):
    answer = rco.post(address("parties"), form_on(rco.get(address("parties"))))
    assert answer.headers["Location"] == reverse("reporting:block_detail", args=["MDGF-2097", "parties"])


@pytest.mark.parametrize(
    ("section", "anchor"),
    [
        ("parties", "parties"),
        ("finances", "budget"),
        ("summary", "summary"),
        ("gender", "gender"),
        ("paris-declaration", "section-paris-declaration"),
        ("leadership", "section-leadership"),
    ],
)
def test_one_lands_where_one_has_written(section, anchor, rco, panama):
    page = rco.get(address(section))
    workspace = reverse("reporting:programme_detail", args=["MDGF-2097"])
    answer = rco.post(address(section), form_on(page), follow=True)
    assert answer.redirect_chain[-1][0] == f"{workspace}#{anchor}"
    assert f'id="{anchor}"' in answer.content.decode()
    assert f'href="{workspace}#{anchor}" data-discard' in page.content.decode()


def test_a_change_is_in_the_history_with_its_author_and_moves_the_version(rco, rco_panama, panama):
    data = form_on(rco.get(address("parties"))) | {"coordinator_name": "Inés Batista"}
    rco.post(address("parties"), data)
    after = Programme.objects.get(pk=panama.pk)
    assert (after.coordinator_name, after.version) == ("Inés Batista", panama.version + 1)
    line = after.history.first()
    assert (line.history_user, line.prev_record.coordinator_name) == (rco_panama, "")


def test_the_secretariat_gives_a_reason_and_the_history_keeps_it(client_of, secretariat, panama):
    client = client_of(secretariat)
    data = form_on(client.get(address("disbursements"))) | {"disbursements-1-amount_usd": "3,100,000"}
    refused = client.post(address("disbursements"), data, headers={"accept-language": "en"})
    assert refused.status_code == 422
    assert "Say why you change this: the RCO will read it." in refused.content.decode()
    assert form_on(refused)["disbursements-1-amount_usd"] == "3,100,000"
    assert client.post(address("disbursements"), data | {"reason": "Aviso del agente"}).status_code == 303
    line = panama.disbursements.get(ordinal=2).history.first()
    assert (line.history_user, line.history_change_reason) == (secretariat, "Aviso del agente")


@pytest.mark.parametrize("person", ["secretariat", "administrator"])
@pytest.mark.parametrize(
    ("section", "change"), [("dates", {"starts_on": "2009-02-18"}), ("budget", {"total_budget_usd": "8,000,001"})]
)
def test_who_is_not_rco_staff_corrects_dates_and_budget_with_a_reason(
    person, section, change, request, client_of, panama
):
    person = request.getfixturevalue(person)
    client = client_of(person)
    data = form_on(client.get(address(section))) | change
    refused = client.post(address(section), data, headers={"accept-language": "en"})
    assert refused.status_code == 422
    assert "Say why you change this: the RCO will read it." in refused.content.decode()
    assert client.post(address(section), data | {"reason": "Error de digitación"}).status_code == 303
    corrected = panama if section == "dates" else panama.revisions.get(number=2)
    line = corrected.history.first()
    assert (line.history_user, line.history_change_reason) == (person, "Error de digitación")


@pytest.mark.parametrize("section", ["disbursements", "dates", "budget"])
def test_rco_staff_are_not_asked_for_a_reason(section, rco, panama):
    assert "reason" not in rco.get(address(section)).context["page"].parts


# Two people at once


def test_a_change_to_another_block_is_no_conflict(rco, panama):
    title = form_on(rco.get(address("programme")))
    parties = form_on(rco.get(address("parties"))) | {"coordinator_name": "Inés Batista"}
    assert rco.post(address("parties"), parties).status_code == 303
    assert rco.post(address("programme"), title | {"title_en": "Network"}).status_code == 303
    after = Programme.objects.get(pk=panama.pk)
    assert (after.coordinator_name, after.title_en) == ("Inés Batista", "Network")


def test_a_post_that_does_not_say_what_it_started_from_changes_nothing(rco, panama):
    data = form_on(rco.get(address("parties"))) | {"coordinator_name": "Inés Batista"}
    del data["started_from"]
    assert rco.post(address("parties"), data).status_code == 409
    assert Programme.objects.get(pk=panama.pk).coordinator_name == ""


# Lists without JavaScript


def test_list_buttons_keep_what_was_typed_and_save_nothing(rco, panama):
    data = form_on(rco.get(address("parties"))) | {"coordinator_name": "Inés", "entities-0-name_es": "MIDA, cambiado"}
    before = history_rows()
    added = rco.post(address("parties"), data | {"list_action": "entities:add"})
    assert (added.status_code, history_rows()) == (200, before)
    data = form_on(added) | {"entities-5-name_es": "Municipio de Penonomé"}
    moved = form_on(rco.post(address("parties"), data | {"list_action": "entities:up:5"}))
    assert moved["entities-4-name_es"] == "Municipio de Penonomé"
    removed = form_on(rco.post(address("parties"), moved | {"list_action": "entities:remove:1"}))
    assert (removed["coordinator_name"], removed["entities-1-removed"]) == ("Inés", "yes")
    assert history_rows() == before
    assert rco.post(address("parties"), removed).status_code == 303
    names = [entity.name_es for entity in GovernmentEntity.objects.filter(programme=panama)]
    assert names == [
        "MIDA, cambiado",
        "Ministerio Comercio e Industrias",
        "Autoridad de la Pequeña y Mediana Empresa",
        "Municipio de Penonomé",
        "Ministerio de Economía y Finanzas",
    ]


def test_the_first_row_cannot_go_up_nor_the_last_one_down(rco, panama):
    buttons = buttons_on(rco.get(address("results")))
    assert "results:up:0" not in buttons
    assert "results:down:3" not in buttons
    assert {"results:down:0", "results:up:3", "results:remove:3", "results:add"} <= set(buttons)


@pytest.mark.parametrize("action", ["entities:remove:99", "entities:up:0", "other:add", "entities:add:x", "x" * 5000])
def test_a_button_that_makes_no_sense_brings_the_page_back(action, rco, panama):
    data = form_on(rco.get(address("parties")))
    answer = rco.post(address("parties"), data | {"list_action": action})
    assert answer.status_code == 200
    assert form_on(answer)["entities-0-name_es"] == data["entities-0-name_es"]


def test_a_list_button_keeps_keyboard_users_where_they_were(rco, panama):
    data = form_on(rco.get(address("parties")))
    added = rco.post(address("parties"), data | {"list_action": "entities:add"}).content.decode()
    assert 'name="entities-5-name_es"' in added.split(" autofocus")[0][-80:]
    moved = rco.post(address("parties"), data | {"list_action": "entities:up:1"}).content.decode()
    assert moved.split(" autofocus")[0].endswith('value="entities:down:0"')


def test_a_row_that_was_added_and_left_empty_is_no_row(rco, panama):
    added = rco.post(address("parties"), form_on(rco.get(address("parties"))) | {"list_action": "entities:add"})
    assert rco.post(address("parties"), form_on(added)).status_code == 303
    assert panama.government_entities.count() == 5


def test_removing_a_result_with_achievements_asks_first(rco, panama):
    data = form_on(rco.get(address("results"))) | {"list_action": "results:remove:0"}
    asked = rco.post(address("results"), data, headers={"accept-language": "en"})
    assert "Remove R1 with 3 achievements" in asked.content.decode()
    data = form_on(asked)
    assert rco.post(address("results"), data).status_code == 422
    assert panama.results.count() == 4
    assert rco.post(address("results"), data | {"removal_is_meant": "on"}).status_code == 303
    assert [result.number for result in panama.results.all()] == [1, 2, 3]
    assert panama.results.get(number=1).statement_es.startswith("Mejor acceso")
    assert Achievement.objects.filter(result__programme=panama).count() == 7
