"""What edit pages say about rows, dates and languages."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from programmes.models import Agency
from tests.programmes.browsing import form_on


def address(section):
    return reverse("programmes:section_edit", args=["MDGF-2097", section])


@pytest.fixture
def rco(client_of, rco_panama):
    return client_of(rco_panama)


def test_errors_name_the_row_the_field_and_the_language(rco, panama):
    data = form_on(rco.get(address("results"))) | {"results-1-statement_es": "", "results-1-statement_en": ""}
    answer = rco.post(address("results"), data, headers={"accept-language": "en"})
    said = [message for _id, message in answer.context["page"].errors]
    assert said == ["Result 2 – Statement, Español: Write it in at least one of the two languages."]


def test_a_date_in_digits_comes_back_in_words_when_something_else_is_wrong(rco, panama):
    data = form_on(rco.get(address("dates"))) | {"starts_on": "03/04/2010", "ends_on": "mañana"}
    answer = rco.post(address("dates"), data, headers={"accept-language": "es"})
    assert answer.status_code == 422
    assert (form_on(answer)["starts_on"], form_on(answer)["ends_on"]) == ("Abril 3, 2010", "mañana")


def test_a_mission_that_cannot_be_read_asks_for_a_month(rco, panama):
    data = form_on(rco.get(address("missions"))) | {"missions-0-held": "pronto"}
    answer = rco.post(address("missions"), data, headers={"accept-language": "en"})
    ((_id, message),) = answer.context["page"].errors
    assert message.startswith("Mission 1 – Held on: “pronto” is neither a month nor a date.")
    assert "02/2011" in message


def test_both_columns_speak_the_persons_language_and_only_the_text_has_its_own(rco, panama):
    page = rco.get(address("gender"), headers={"accept-language": "es"}).content.decode()
    assert page.count(">Texto</label>") == 2
    assert ">Text</label>" not in page
    areas = re.findall(r'<textarea[^>]*name="gender-text_(es|en)"[^>]*>', page)
    languages = re.findall(r'<textarea[^>]*\blang="(es|en)"', page)
    assert areas == languages == ["es", "en"]


def test_goals_are_named_as_the_sheet_names_them(rco, panama):
    assert "ODM 1.B ·" in rco.get(address("areas"), headers={"accept-language": "es"}).content.decode()


def test_the_link_of_a_sub_head_lands_on_it(rco, panama):
    workspace = rco.get(reverse("reporting:programme_detail", args=["MDGF-2097"])).content.decode()
    assert f'href="{address("leadership")}#edit-leadership"' in workspace
    assert 'id="edit-leadership"' in rco.get(address("leadership")).content.decode()


def test_more_spent_than_committed_is_saved_as_stated_and_said(rco, panama):
    row = f"agency-{Agency.objects.get(acronym_en='FAO').pk}"
    data = form_on(rco.get(address("finances"))) | {f"{row}-as_of_on": "2011-10-31"}
    data |= {f"{row}-committed_usd": "9,000,000", f"{row}-spent_usd": "9,500,000"}
    answer = rco.post(address("finances"), data, headers={"accept-language": "en"}, follow=True)
    warnings = [str(message) for message in answer.context["messages"] if message.level_tag == "warning"]
    assert [warning.partition(".")[0] for warning in warnings] == [
        "FAO: more is spent than is committed",
        "FAO: more is committed than was approved",
        "The agencies together: more is committed than was transferred",
    ]
    assert panama.financial_reports.get().spent_usd == Decimal("9500000")


def test_the_reason_of_those_who_must_give_one_is_marked_and_stands_last(client_of, secretariat, panama):
    for section in ("disbursements", "missions", "status"):
        page = client_of(secretariat).get(address(section), headers={"accept-language": "en"}).context["page"]
        last = list(list(page.parts.values())[-1].asked)[-1]
        assert (last.name, last.label) == ("reason", "Reason (required)")
