"""History that answers: who, when, what changed, word by word; any earlier state readable and restorable."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from programmes.actions import narrative, results, status
from programmes.blocks import Block
from programmes.edits.instants import number_of
from programmes.edits.reading import edits_of
from programmes.edits.tracked import PLACES, TABLES, place_named, tables_of
from programmes.models import (
    Achievement,
    BilingualText,
    FinancialReport,
    Indicator,
    IndicatorFigure,
    Performance,
    Programme,
    Result,
    SectionText,
    StatusAssessment,
)
from tests.programmes.browsing import form_on

CODE = "MDGF-2097"
DAY = date(2011, 10, 31)


def page(name, *args):
    return reverse(f"programmes:{name}", args=[CODE, *args])


def edit_page(section):
    return reverse("programmes:section_edit", args=[CODE, section])


@pytest.fixture
def rco(client_of, rco_panama, panama):
    return client_of(rco_panama)


def go_back(client, place, at, **typed):
    """Look at what would change, and agree to it."""
    address = page("block_restore", place, number_of(at))
    seen = client.get(address).content.decode()
    agreed = re.search(r'name="agreed" value="(\w+)"', seen)
    return client.post(address, {"agreed": agreed[1] if agreed else "", **typed})


def rewrite(panama, person, text, slug="scalability"):
    """Somebody writes a section anew; the instant right before it."""
    before = timezone.now()
    row = SectionText.objects.get(programme=panama, section__slug=slug)
    row.text = BilingualText(f"<p>{text}</p>", row.text_en, "es", row.text_confirmed)
    narrative.write(programme=panama, texts=[row], by=person, reason="")
    return before


def test_every_table_with_a_history_below_a_programme_is_told(panama):
    """A new model of a programme's data must enter the list, or its changes would be told nowhere."""
    from django.apps import apps

    told = {table.model for table in TABLES}
    elsewhere = {"Membership", "Invitation", "FindingAcceptance"}  # people and findings have pages of their own
    for model in apps.get_app_config("programmes").get_models():
        columns = {field.name for field in model._meta.concrete_fields}
        of_a_programme = {"programme", "result", "revision", "disbursement", "mission"} & columns
        if hasattr(model, "history") and of_a_programme and model.__name__ not in elsewhere:
            assert model in told, model.__name__


def test_every_block_but_the_figures_has_a_history():
    assert [block for block in Block if not tables_of(block)] == [Block.BENEFICIARIES]


def test_the_columns_that_another_block_prints_exist():
    for model, column in PLACES:
        model._meta.get_field(column)


def test_an_edit_says_who_when_why_and_what_word_by_word(panama, rco_panama):
    rewrite(panama, rco_panama, "Se revisaron las normas.")
    rewrite(panama, rco_panama, "Se revisaron todas las normas.")
    edit = edits_of(panama, place_named(panama, "scalability")).edits[0]
    change = edit.changes[-1]
    assert edit.by == rco_panama
    assert (change.kind, change.language) == ("changed", "es")
    assert ("new", " todas") in [(piece.kind, piece.text) for piece in change.pieces]


def test_what_is_typed_plainly_keeps_its_signs(panama, rco_panama):
    panama.coordinator_name = "Ana <ana@x.org> y 3 < 5"
    panama.save()
    told = edits_of(panama, place_named(panama, "parties")).edits[0].changes[0]
    assert told.after == "Ana <ana@x.org> y 3 < 5"


def test_a_new_judgement_says_its_word_and_not_its_text_alone(panama, rco_panama):
    judged = StatusAssessment(programme=panama, assessed_on=date(2012, 2, 1), performance=Performance.ON_TRACK)
    judged.narrative = BilingualText("<p>Sigue.</p>")
    status.assess(programme=panama, assessment=judged, by=rco_panama)
    told = edits_of(panama, place_named(panama, "status")).edits[0].changes[0]
    assert str(Performance.ON_TRACK.label) in told.after


def test_a_count_is_no_money(panama):
    row = Indicator.objects.create(result=panama.results.first(), name_es="Familias")
    IndicatorFigure.objects.create(indicator=row, kind="baseline", value=120)
    told = [change.after for edit in edits_of(panama, place_named(panama, "results")).edits for change in edit.changes]
    assert any("120" in said for said in told)
    assert not any("USD" in said for said in told)


def test_one_save_is_one_edit(rco, panama, rco_panama):
    sent = form_on(rco.get(edit_page("results")))
    rco.post(edit_page("results"), sent | {"results-0-statement_es": "Uno.", "results-1-statement_es": "Dos."})
    edit = edits_of(panama).edits[0]
    assert {change.thing.rpartition(" · ")[2] for change in edit.changes} == {"R1", "R2"}


def test_the_history_of_a_block_holds_no_other(panama, rco_panama):
    rewrite(panama, rco_panama, "Nuevo.")
    changed = Programme.objects.get(pk=panama.pk)
    changed.starts_on, changed.coordinator_name = datetime(2010, 1, 1, tzinfo=UTC).date(), "Ana Ruiz"
    changed.save()
    silent = []
    for name in (*Block.values, "scalability"):
        place = place_named(panama, name)
        if place is not None:
            found = {change.place for edit in edits_of(panama, place).edits for change in edit.changes}
            assert found <= (place.slugs or {place.block.value})
            silent += [] if found else [name]
    assert silent == []


def test_the_pages_of_a_long_history_tell_everything_once(panama, rco_panama):
    seen = []
    for number in range(70):
        row = SectionText.objects.get(programme=panama, section__slug="scalability")
        row.text_es = f"<p>Texto {number}</p>"
        row._history_date = datetime(2026, 1, 1, 0, number // 6, 10 * (number % 6), tzinfo=UTC)
        row.save()
    before = datetime(2026, 2, 1, tzinfo=UTC)
    while before:
        found = edits_of(panama, place_named(panama, "scalability"), before=before)
        seen += [change.after for edit in found.edits for change in edit.changes]
        before = found.older
    assert seen == [f"Texto {number}" for number in reversed(range(1, 70))]  # before the first nobody knows


def test_the_queries_do_not_grow_with_the_programme(panama, django_assert_max_num_queries):
    with django_assert_max_num_queries(50):
        edits_of(panama)
    for number in range(5, 35):
        result = Result.objects.create(programme=panama, number=number, statement_es=f"Resultado {number}")
        for place in range(10):
            Achievement.objects.create(result=result, text_es=f"Logro {place}", position=place)
    with django_assert_max_num_queries(50):
        edits_of(panama)


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_pages_show_it(rco, panama, rco_panama, reading_only, language):
    rewrite(panama, rco_panama, "Algo irrepetible.")
    for address in (page("history_list"), page("block_history", "scalability"), page("block_history", "observations")):
        with reading_only():
            shown = rco.get(address, headers={"accept-language": language}).content.decode()
        assert "irrepetible" in shown
        assert str(rco_panama) in shown


def test_last_weeks_text_is_restored_as_a_new_change(rco, panama, rco_panama):
    row = SectionText.objects.get(programme=panama, section__slug="scalability")
    old, count = row.text_es, row.history.count()
    at = rewrite(panama, rco_panama, "Algo malo.")
    address = page("block_restore", "scalability", number_of(at))
    assert "Algo malo" in rco.get(address).content.decode()
    assert go_back(rco, "scalability", at, reason="Se borró por error").status_code == 303
    row.refresh_from_db()
    assert row.text_es == old
    assert row.history.count() == count + 2
    assert row.history.first().history_change_reason == "Se borró por error"
    panama.refresh_from_db()
    assert panama.version > 1


def test_only_what_the_block_prints_goes_back(rco, panama, rco_panama):
    at = timezone.now()
    changed = Programme.objects.get(pk=panama.pk)
    changed.coordinator_name, changed.registry_code = "Ana Ruiz", "OTRO"
    changed.save()
    go_back(rco, "parties", at)
    changed.refresh_from_db()
    assert (changed.coordinator_name, changed.registry_code) == (panama.coordinator_name, "OTRO")


def test_a_list_goes_back_with_its_order_and_its_removed_rows(rco, panama, rco_panama):
    at = timezone.now()
    before = list(panama.results.order_by("number").values_list("pk", "number", "statement_es"))
    achieved = list(Achievement.objects.order_by("pk").values_list("pk", "result", "text_es"))
    kept = list(panama.results.order_by("-number"))[:2]
    results.arrange_all(programme=panama, results=kept, by=rco_panama)
    assert panama.results.count() == 2
    assert go_back(rco, "results", at).status_code == 303
    assert list(panama.results.order_by("number").values_list("pk", "number", "statement_es")) == before
    assert list(Achievement.objects.order_by("pk").values_list("pk", "result", "text_es")) == achieved


def test_what_would_take_achievements_with_it_is_refused(rco, panama):
    at = timezone.now()
    result = Result.objects.create(programme=panama, number=5, statement_es="Nuevo")
    Achievement.objects.create(result=result, text_es="Logro")
    answer = go_back(rco, "results", at)
    assert answer.status_code == 422
    assert Result.objects.filter(pk=result.pk).exists()


def test_a_countrys_text_goes_back_on_all_its_programmes(rco, panama, rco_panama):
    sibling = Programme.objects.create(code="MDGF-9", country=panama.country, fund=panama.fund, title_es="Otro")
    row = SectionText.objects.filter(country=panama.country).first()
    at, old = timezone.now(), row.text_es
    row.text_es = "<p>Otro</p>"
    row.save()
    go_back(rco, row.section.slug, at)
    row.refresh_from_db()
    assert row.text_es == old
    version = sibling.version
    sibling.refresh_from_db()
    assert sibling.version == version + 1


@pytest.mark.parametrize("place", ["programme", "budget", "results", "summary"])
def test_before_the_programmes_first_data_there_is_nothing_to_go_back_to(rco, panama, place):
    first = panama.history.last().history_date
    for at in (0, number_of(first) - 1, number_of(first + timedelta(microseconds=1))):
        assert rco.get(page("block_restore", place, at)).status_code == 404
        assert rco.post(page("block_restore", place, at), {}).status_code == 404
    listed = rco.get(page("block_history", place), headers={"accept-language": "en"}).content.decode()
    assert "Undo to before this change" not in listed


def test_what_changed_after_the_look_is_not_taken_back_unseen(rco, panama, rco_panama):
    at = rewrite(panama, rco_panama, "Algo malo.")
    address = page("block_restore", "scalability", number_of(at))
    agreed = re.search(r'name="agreed" value="(\w+)"', rco.get(address).content.decode())[1]
    rewrite(panama, rco_panama, "Algo que nadie ha visto.")
    answer = rco.post(address, {"agreed": agreed})
    assert answer.status_code == 409
    assert "nadie ha visto" in answer.content.decode()
    assert "nadie ha visto" in SectionText.objects.get(programme=panama, section__slug="scalability").text_es


def test_then_and_now_the_same_offers_nothing(rco, panama):
    shown = rco.get(page("block_restore", "budget", number_of(timezone.now()))).content.decode()
    assert 'class="back-form"' not in shown


def test_the_status_is_a_timeline_with_reasons(rco, panama, rco_panama):
    judged = StatusAssessment(programme=panama, assessed_on=datetime(2012, 2, 1, tzinfo=UTC).date())
    judged.performance, judged.reason = Performance.ON_TRACK, "Llegó el equipo nuevo"
    status.assess(programme=panama, assessment=judged, by=rco_panama)
    shown = rco.get(page("block_history", "status")).content.decode()
    assert shown.index("Llegó el equipo nuevo") < shown.index('class="edits"')


def test_the_sheet_is_read_as_it_was(rco, panama, rco_panama, reading_only):
    at = rewrite(panama, rco_panama, "Algo nuevo.")
    address = reverse("reporting:sheet_as_it_was", args=[CODE])
    with reading_only():
        then = rco.get(address, {"at": number_of(at)}).content.decode()
        now = rco.get(address, {"at": number_of(timezone.now())}).content.decode()
    assert ("Algo nuevo." in then, "Algo nuevo." in now) == (False, True)
    assert edit_page("scalability") not in now


def test_a_report_entered_later_does_not_move_the_day_of_an_earlier_sheet(rco, panama):
    address, then = reverse("reporting:sheet_as_it_was", args=[CODE]), number_of(timezone.now())
    FinancialReport.objects.create(programme=panama, agency=panama.agencies_at(DAY)[0], as_of_on=date(2012, 6, 30))
    dates = [rco.get(address, {"at": at}).context["sheet"].as_of_on for at in (then, number_of(timezone.now()))]
    assert dates == [DAY, date(2012, 6, 30)]


@pytest.mark.parametrize(
    ("asked", "status_code"),
    [({}, 200), ({"on": "31/02/2026"}, 422), ({"on": "1 de enero de 1999"}, 200), ({"at": "9" * 20}, 200)],
)
def test_a_day_that_cannot_be_shown_is_answered(rco, asked, status_code):
    answer = rco.get(reverse("reporting:sheet_as_it_was", args=[CODE]), asked)
    assert answer.status_code == status_code
    assert 'class="paper' not in answer.content.decode() or "at" in asked


@pytest.mark.parametrize("address", [page("block_history", "beneficiaries"), page("block_history", "nothing")])
def test_what_has_no_history_here_is_not_found(rco, address):
    assert rco.get(address).status_code == 404


def test_hostile_instants_are_answered(rco):
    assert rco.get(page("block_restore", "summary", 10**30)).status_code == 404
    assert rco.get(page("history_list"), {"before": "9" * 300}).status_code == 200
    assert rco.get(page("history_list"), {"before": "9" * 20}).status_code == 404
