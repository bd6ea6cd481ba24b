"""Both languages as an obligation kept: gaps in printing order, one text after the other, confirmed by one key."""

import pytest
from django.urls import reverse

from programmes.models import Achievement, Indicator, Result
from programmes.models.narrative import BilingualText, Translation, digest
from programmes.texts import next_gap, progress, texts_of
from tests.programmes.browsing import form_on

LIST = reverse("programmes:translation_list", args=["MDGF-2097"])


def page_of(key):
    return reverse("programmes:translation_edit", args=["MDGF-2097", key])


@pytest.fixture
def rco(client_of, rco_panama, panama):
    return client_of(rco_panama)


@pytest.fixture
def statement(panama):
    """R2's statement, whose English is missing."""
    result = panama.results.get(number=2)
    result.statement = BilingualText("Las mujeres venden en los mercados.", "", "es", "")
    result.save()
    return result


def test_texts_come_in_the_order_in_which_the_sheet_prints_them(panama):
    blocks = list(dict.fromkeys(written.block.value for written in texts_of(panama)))
    printed = ["programme", "parties", "summary", "results", "status", "gender", "achievements", "observations"]
    assert blocks == [block for block in printed if block in blocks]
    assert {"programme", "results", "achievements", "observations"} <= set(blocks)


def test_the_texts_of_a_large_programme_take_as_many_queries(panama, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        few = texts_of(panama)
    for number in range(5, 35):
        result = Result.objects.create(programme=panama, number=number, statement_es=f"Resultado {number}")
        Achievement.objects.bulk_create(Achievement(result=result, text_es=f"Logro {i}", position=i) for i in range(10))
    with django_assert_max_num_queries(8):
        assert len(texts_of(panama)) == len(few) + 30 + 300


def test_progress_counts_what_is_in_order_missing_and_out_of_date(panama, statement):
    stale = panama.results.get(number=3)
    stale.statement = BilingualText("Nuevo", "Old", "es", digest("Viejo"))
    stale.save()
    es, en = progress([written.text for written in texts_of(panama)])
    assert (es.missing, es.stale, es.in_order) == (0, 0, es.whole)
    assert en.missing >= 1
    assert en.stale >= 1
    assert en.in_order == en.whole - en.missing - en.stale - en.unconfirmed


def test_the_list_shows_the_gaps_and_leads_to_each(rco, statement, reading_only):
    with reading_only():
        page = rco.get(LIST, headers={"accept-language": "en"}).content.decode()
    assert page_of(f"result-{statement.pk}-statement") in page
    assert '<p class="said" lang="es">Las mujeres venden en los mercados.</p>' in page


def test_the_source_stands_beside_the_field_in_its_own_language(rco, statement):
    page = rco.get(page_of(f"result-{statement.pk}-statement"), headers={"accept-language": "en"}).content.decode()
    assert "Spanish, the source" in page
    assert "Las mujeres venden en los mercados." in page


def test_confirming_writes_the_translation_and_goes_on_to_the_next_gap(rco, panama, statement):
    key = f"result-{statement.pk}-statement"
    other = next_gap(texts_of(panama), key)
    answer = rco.post(page_of(key), form_on(rco.get(page_of(key))) | {"translation": "Women sell on the markets."})
    statement.refresh_from_db()
    assert statement.statement.state("en") == Translation.CURRENT
    assert statement.statement_en == "Women sell on the markets."
    assert answer.status_code == 303
    assert answer.url == (page_of(other.key) if other else LIST)


def test_a_translation_saved_without_confirming_stays_a_gap(rco, statement):
    key = f"result-{statement.pk}-statement"
    rco.post(page_of(key), form_on(rco.get(page_of(key))) | {"translation": "Women sell.", "then": "save"})
    statement.refresh_from_db()
    assert statement.statement_en == "Women sell."
    assert statement.statement.state("en") == Translation.UNCONFIRMED


def test_a_current_translation_saved_without_confirming_is_a_gap_again(rco, statement):
    key = f"result-{statement.pk}-statement"
    rco.post(page_of(key), form_on(rco.get(page_of(key))) | {"translation": "Women sell."})
    rco.post(page_of(key), form_on(rco.get(page_of(key))) | {"translation": "Women trade.", "then": "save"})
    statement.refresh_from_db()
    assert (statement.statement_en, statement.statement.state("en")) == ("Women trade.", Translation.UNCONFIRMED)


def test_a_text_removed_meanwhile_gives_back_what_was_typed(rco, panama, statement):
    key = f"result-{statement.pk}-statement"
    sent = form_on(rco.get(page_of(key))) | {"translation": "Women sell on the markets."}
    statement.delete()
    answer = rco.post(page_of(key), sent)
    assert answer.status_code == 409
    assert "Women sell on the markets." in answer.content.decode()


def test_names_and_units_of_indicators_are_translated_too(rco, panama, statement):
    row = Indicator.objects.create(result=statement, name_es="Ventas", unit_es="quintales")
    keys = [written.key for written in texts_of(panama) if written.is_gap]
    assert {f"indicator-{row.pk}-name", f"indicator-{row.pk}-unit"} <= set(keys)
    sent = form_on(rco.get(page_of(f"indicator-{row.pk}-name"))) | {"translation": "Sales"}
    assert rco.post(page_of(f"indicator-{row.pk}-name"), sent).status_code == 303
    row.refresh_from_db()
    assert row.name.state("en") == Translation.CURRENT


def test_nothing_is_confirmed_that_is_not_there(rco, statement):
    key = f"result-{statement.pk}-statement"
    answer = rco.post(page_of(key), form_on(rco.get(page_of(key))) | {"translation": " "})
    assert answer.status_code == 422
    assert 'href="#id_translation"' in answer.content.decode()


def test_a_source_that_changed_shows_what_changed_since_it_was_confirmed(rco, panama, statement):
    statement.statement = BilingualText("Las mujeres venden café.", "Women sell coffee.", "es", "")
    statement.statement = BilingualText(*("Las mujeres venden café.", "Women sell coffee.", "es"),
                                        digest("Las mujeres venden café."))  # fmt: skip
    statement.save()
    statement.statement_es = "Las mujeres venden café y cacao."
    statement.save()
    written = next(text for text in texts_of(panama) if text.key == f"result-{statement.pk}-statement")
    assert ("new", " y cacao") in [(piece.kind, piece.text) for piece in written.source_changes]
    for address in (LIST, page_of(written.key)):
        assert " y cacao</ins>" in rco.get(address).content.decode().replace('<span class="u-hide">]</span>', "")


def test_the_source_may_be_english(rco, panama, statement):
    statement.statement = BilingualText("", "Women sell.", "en", "")
    statement.save()
    key = f"result-{statement.pk}-statement"
    rco.post(page_of(key), form_on(rco.get(page_of(key))) | {"translation": "Las mujeres venden."})
    statement.refresh_from_db()
    assert (statement.statement_es, statement.statement_source) == ("Las mujeres venden.", "en")
    assert statement.statement.state("es") == Translation.CURRENT


def test_a_name_may_be_the_same_in_both(rco, panama):
    entity = panama.government_entities.first()
    entity.name = BilingualText("AMPYME", "", "es", "")
    entity.save()
    key = f"entity-{entity.pk}"
    rco.post(page_of(key), form_on(rco.get(page_of(key))) | {"then": "same"})
    entity.refresh_from_db()
    assert (entity.name_en, entity.name.state("en")) == ("AMPYME", Translation.SAME)


def test_a_text_that_changed_meanwhile_is_not_confirmed_unseen(rco, statement):
    key = f"result-{statement.pk}-statement"
    sent = form_on(rco.get(page_of(key))) | {"translation": "Women sell on the markets."}
    statement.statement_es = "Los hombres venden en los mercados."
    statement.save()
    answer = rco.post(page_of(key), sent)
    statement.refresh_from_db()
    assert (answer.status_code, statement.statement_en) == (422, "")
    assert 'href="#id_translation"' in answer.content.decode()
    assert "Women sell on the markets." in answer.content.decode()


def test_a_stored_translation_is_not_confirmed_against_a_source_that_nobody_read(rco, statement):
    statement.statement_en = "Women sell on the markets."
    statement.save()
    key = f"result-{statement.pk}-statement"
    sent = form_on(rco.get(page_of(key)))
    statement.statement_es = "Los hombres venden en los mercados."
    statement.save()
    assert rco.post(page_of(key), sent).status_code == 422
    statement.refresh_from_db()
    assert statement.statement.state("en") == Translation.UNCONFIRMED


def test_two_translations_of_one_text_are_both_shown(rco, statement):
    key = f"result-{statement.pk}-statement"
    sent = form_on(rco.get(page_of(key)))
    rco.post(page_of(key), sent | {"translation": "Women sell on markets."})
    answer = rco.post(page_of(key), sent | {"translation": "The women trade."})
    assert answer.status_code == 409
    assert "The women trade." in form_on(answer)["translation"]


def test_script_in_a_translation_is_not_stored(rco, panama):
    text = panama.section_texts.exclude(text_es="").first()
    key = f"section-{text.section.slug}"
    sent = {"translation": "<p>Good<script>alert(1)</script></p>", "translation-format": "html"}
    assert rco.post(page_of(key), form_on(rco.get(page_of(key))) | sent).status_code == 303
    text.refresh_from_db()
    assert "script" not in text.text_en


def test_a_programme_is_translated_from_nothing_to_complete(rco, panama):
    Result.objects.filter(programme=panama).update(statement_en="", heading_en="", rating_en="")
    Achievement.objects.filter(result__programme=panama).update(text_en="")
    steps = 0
    while (gap := next_gap(texts_of(panama))) and steps < 100:
        address = page_of(gap.key)
        sent = form_on(rco.get(address)) | {"translation": f"Text {steps}", "translation-format": "html"}
        assert rco.post(address, sent).status_code == 303
        steps += 1
    assert steps > 10
    assert [row.percentage for row in progress([written.text for written in texts_of(panama)])] == [100, 100]


@pytest.mark.parametrize("key", ["nothing", "result-999999-statement", "result-1-number"])
def test_a_text_that_is_not_there_is_not_found(rco, key):
    assert rco.get(page_of(key)).status_code == 404
