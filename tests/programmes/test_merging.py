"""Two people on one page: what each changed is kept, and where both changed the same a person chooses."""

import re
from datetime import date

import pytest

from programmes.models import Programme, SectionText
from tests.programmes.browsing import form_on
from tests.programmes.two_people import EN, address, choices, choosing, said


def coordinator(panama):
    return Programme.objects.get(pk=panama.pk).coordinator_name


def summary(panama, language="es"):
    return getattr(SectionText.objects.get(programme=panama, section__slug="summary"), f"text_{language}")


def rows_in_history(panama):
    return Programme.history.filter(id=panama.pk).count()


# One field


def test_each_ones_field_is_kept_and_the_message_says_whose(both, rco, panama):
    answer = both("parties", {"coordinator_name": "Inés Batista"}, {"rco_contact_name": "Luis Lee"})
    assert answer.status_code == 303
    after = Programme.objects.get(pk=panama.pk)
    assert (after.coordinator_name, after.rco_contact_name) == ("Inés Batista", "Luis Lee")
    told = [str(message) for message in rco.get(answer["Location"], follow=True, headers=EN).context["messages"]]
    assert told == ["Parties: saved. What Raúl Ortega changed meanwhile stays: Programme coordinator."]


def test_an_untouched_page_takes_nothing_back(both, panama):
    before = rows_in_history(panama)
    assert both("parties", {"coordinator_name": "Inés Batista"}, {}).status_code == 303
    assert coordinator(panama) == "Inés Batista"
    assert rows_in_history(panama) == before + 1


def test_both_wrote_the_same(both, panama):
    same = {"coordinator_name": "Inés Batista"}
    assert both("parties", same, same).status_code == 303
    assert coordinator(panama) == "Inés Batista"


def test_who_changed_the_same_field_is_asked_and_nothing_is_written(both, panama):
    answer = both("parties", {"coordinator_name": "Inés Batista"}, {"coordinator_name": "Inés Bautista"})
    assert answer.status_code == 409
    assert coordinator(panama) == "Inés Batista"
    page = answer.content.decode()
    assert "Raúl Ortega changed this on" in page
    assert form_on(answer)["coordinator_name"] == "Inés Bautista"
    assert list(choices(answer)) == ["coordinator_name-choice"]


def test_nobody_is_named_for_what_is_stored_elsewhere_than_in_the_row(both, rco, panama):
    """Who last changed the disbursement has not changed its shares."""
    opened = form_on(rco.get(address("disbursements")))
    assert rco.post(address("disbursements"), opened | {"disbursements-1-amount_usd": "1,234,567"}).status_code == 303
    agency = panama.agencies_at(date(2011, 6, 30))[0]
    share = f"disbursements-1-share_{agency.pk}"
    answer = both("disbursements", {share: "2,000"}, {share: "3,000"})
    assert answer.status_code == 409
    assert "Somebody else has changed this since you opened the page." in answer.text
    assert "Keep what somebody else wrote" in answer.text


@pytest.mark.parametrize(("which", "stored"), [("theirs", "Inés Batista"), ("mine", "Inés Bautista")])
def test_the_choice_decides(which, stored, both, rco, panama):
    answer = both("parties", {"coordinator_name": "Inés Batista"}, {"coordinator_name": "Inés Bautista"})
    assert rco.post(address("parties"), choosing(answer, which)).status_code == 303
    assert coordinator(panama) == stored


def test_mine_may_be_mended_on_the_page_that_asks(both, rco, panama):
    answer = both("parties", {"coordinator_name": "Inés Batista"}, {"coordinator_name": "Inés Bautista"})
    mended = choosing(answer, "mine", coordinator_name="Inés Batista de Lee")
    assert rco.post(address("parties"), mended).status_code == 303
    assert coordinator(panama) == "Inés Batista de Lee"


def test_saving_without_choosing_asks_again(both, rco, panama):
    answer = both("parties", {"coordinator_name": "Inés Batista"}, {"coordinator_name": "Inés Bautista"})
    again = rco.post(address("parties"), form_on(answer))
    assert again.status_code == 409
    assert form_on(again)["coordinator_name"] == "Inés Bautista"
    assert coordinator(panama) == "Inés Batista"


def test_a_choice_holds_against_what_was_shown_only(both, rco, colleague, panama):
    answer = both("parties", {"coordinator_name": "Inés Batista"}, {"coordinator_name": "Inés Bautista"})
    third = form_on(colleague.get(address("parties"))) | {"coordinator_name": "Ana Mora"}
    colleague.post(address("parties"), third)
    again = rco.post(address("parties"), choosing(answer, "mine"), headers=EN)
    assert again.status_code == 409
    assert "Ana Mora" in again.content.decode()
    assert rco.post(address("parties"), choosing(again, "mine")).status_code == 303
    assert coordinator(panama) == "Inés Bautista"


def test_a_third_persons_other_field_is_kept_while_one_chooses(both, rco, colleague, panama):
    answer = both("parties", {"coordinator_name": "Inés Batista"}, {"coordinator_name": "Inés Bautista"})
    third = form_on(colleague.get(address("parties"))) | {"rco_contact_name": "Ana Mora"}
    colleague.post(address("parties"), third)
    assert rco.post(address("parties"), choosing(answer, "mine")).status_code == 303
    after = Programme.objects.get(pk=panama.pk)
    assert (after.coordinator_name, after.rco_contact_name) == ("Inés Bautista", "Ana Mora")


def test_list_buttons_keep_the_question(both, rco, panama):
    answer = both("parties", {"coordinator_name": "Inés Batista"}, {"coordinator_name": "Inés Bautista"})
    added = rco.post(address("parties"), form_on(answer) | {"list_action": "entities:add"})
    assert list(choices(added)) == ["coordinator_name-choice"]
    assert rco.post(address("parties"), form_on(added)).status_code == 409
    assert coordinator(panama) == "Inés Batista"


# Figures, dates and choices


@pytest.mark.parametrize(
    ("section", "name", "theirs", "mine", "shown"),
    [
        ("budget", "total_budget_usd", "8000001", "8.000.002", ("8,000,000", "8,000,001", "8,000,002")),
        ("dates", "starts_on", "2009-02-18", "18/03/2009", (None, "February 18, 2009", "March 18, 2009")),
        ("programme", "life_cycle", "suspended", "cancelled", (None, "suspended", "cancelled")),
    ],
)
def test_figures_are_shown_as_the_portal_prints_them(section, name, theirs, mine, shown, both):
    answer = both(section, {name: theirs}, {name: mine})
    assert answer.status_code == 409
    (clash,) = answer.context["page"].conflict
    texts = [clash.before, *("".join(piece.text for piece in pieces) for _title, pieces in clash.sides)]
    assert [text for text, wanted in zip(texts, shown, strict=True) if wanted] == [text for text in shown if text]


def test_the_same_amount_written_otherwise_is_no_change(both, panama):
    answer = both("budget", {"total_budget_usd": "8,000,001"}, {"total_budget_usd": "8.000.000"})
    assert answer.status_code == 303
    assert panama.revisions.last().total_budget_usd == 8_000_001


# Texts


def test_texts_are_compared_word_by_word_with_what_both_began_from(both, rco, panama):
    start = form_on(rco.get(address("summary")))["summary-text_es"]
    first, *_rest = start.split(" ")
    answer = both(
        "summary",
        {"summary-text_es": start.replace(first, "Aquélla", 1)},
        {"summary-text_es": start.replace(first, "Ésta", 1)},
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert re.search(rf"<del>.*{first}.*</del><ins>.*Aquélla.*</ins>", page)
    assert re.search(rf"<del>.*{first}.*</del><ins>.*Ésta.*</ins>", page)


def test_changes_that_do_not_meet_may_be_joined(both, rco, panama):
    start = form_on(rco.get(address("summary")))["summary-text_es"]
    answer = both("summary", {"summary-text_es": f"Primero. {start}"}, {"summary-text_es": f"{start} Último."})
    assert set(choices(answer)["summary-text_es-choice"]) == {"theirs", "mine", "both"}
    assert rco.post(address("summary"), choosing(answer, "both")).status_code == 303
    assert form_on(rco.get(address("summary")))["summary-text_es"] == f"Primero. {start} Último."


def test_the_joined_text_shows_what_either_of_them_changed_however_far_apart(both, panama):
    long = "Una frase que nadie ha cambiado. " * 60
    SectionText.objects.filter(programme=panama, section__slug="summary").update(text_es=f"<p>{long}</p>")
    answer = both("summary", {"summary-text_es": f"Primero. {long}"}, {"summary-text_es": f"{long}Último."})
    joint = answer.content.decode().partition('value="both')[2].partition("</fieldset>")[0]
    assert re.search(r"<ins>.*Primero\..*</ins>.* … .*<ins>.*Último.*</ins>", joint, re.DOTALL)


def test_joining_is_not_offered_where_changes_meet_or_bold_would_be_lost(both):
    answer = both("summary", {"summary-text_es": "Uno."}, {"summary-text_es": "Dos."})
    assert set(choices(answer)["summary-text_es-choice"]) == {"theirs", "mine"}


def test_bold_and_links_survive_a_merge_without_javascript(both, rco, panama):
    SectionText.objects.filter(programme=panama, section__slug="summary").update(
        text_es="<p>Una <strong>misión</strong>.</p><p>Dos.</p>", text_en="<p>A mission.</p>"
    )
    answer = both("summary", {"summary-text_en": "Two."}, {"summary-text_es": "Una misión.\n\nTres."})
    assert answer.status_code == 303
    assert summary(panama) == "<p>Una <strong>misión</strong>.</p><p>Tres.</p>"
    assert summary(panama, "en") == "<p>Two.</p>"


def test_a_tick_is_not_taken_for_words_that_its_person_has_not_read(both, rco, panama):
    answer = both("summary", {"summary-text_es": "Otra cosa."}, {"summary-text_same": "on"})
    assert (answer.status_code, said(answer)) == (409, ["tick"])
    assert rco.post(address("summary"), form_on(answer)).status_code == 409
    text = SectionText.objects.get(programme=panama, section__slug="summary").text
    assert text.state("en") != "current"
    assert rco.post(address("summary"), choosing(answer, "mine")).status_code == 303
    text = SectionText.objects.get(programme=panama, section__slug="summary").text
    assert text.state("en") == "current"


# What a page says it started from


@pytest.mark.parametrize("given", ["", "1", "-1", "99999999999999", "x" * 100_000, "eyJ9:1:2", "\x00", None])
def test_a_version_that_makes_no_sense_is_asked_about_and_nothing_is_lost(given, rco, panama):
    data = form_on(rco.get(address("parties"))) | {"coordinator_name": "Inés Batista", "started_from": given}
    if given is None:
        del data["started_from"]
    answer = rco.post(address("parties"), data, headers=EN)
    assert answer.status_code == 409
    assert "This page did not say which version it started from." in answer.content.decode()
    assert (coordinator(panama), form_on(answer)["coordinator_name"]) == ("", "Inés Batista")
    assert rco.post(address("parties"), choosing(answer, "mine")).status_code == 303
    assert coordinator(panama) == "Inés Batista"


def test_the_version_of_another_block_is_none_of_this_one(rco, panama):
    other = form_on(rco.get(address("programme")))["started_from"]
    data = form_on(rco.get(address("parties"))) | {"coordinator_name": "Inés Batista", "started_from": other}
    assert rco.post(address("parties"), data).status_code == 409
    assert coordinator(panama) == ""


def test_a_field_that_did_not_arrive_is_no_field_left_empty(rco, panama):
    data = form_on(rco.get(address("programme")))
    del data["title_es"], data["registry_code"]
    assert rco.post(address("programme"), data | {"title_en": "Network"}).status_code == 303
    after = Programme.objects.get(pk=panama.pk)
    assert (after.title_es, after.registry_code, after.title_en) == (panama.title_es, panama.registry_code, "Network")


def test_tags_on_either_side_are_shown_as_text_where_two_people_meet(both):
    mine, theirs = "<img src=x onerror=alert(1)>", "<script>alert(2)</script>"
    page = both("parties", {"coordinator_name": theirs}, {"coordinator_name": mine}).content.decode()
    assert "<script>alert(2)" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(2)" in page


def test_a_megabyte_on_one_side_is_asked_about_and_kept(both, rco, panama):
    long = "palabra " * 131_000
    answer = both("summary", {"summary-text_es": "Corto."}, {"summary-text_es": long})
    assert answer.status_code == 409
    refused = rco.post(address("summary"), choosing(answer, "mine"))
    assert refused.status_code == 422
    assert len(form_on(refused)["summary-text_es"]) == len(long.strip())
    assert summary(panama) == "<p>Corto.</p>"
