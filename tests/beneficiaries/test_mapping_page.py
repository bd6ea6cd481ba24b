"""A file of somebody's own layout through the page and the command: mapped once, proposed next time, one part each."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from beneficiaries.models import ColumnMapping, Submission
from beneficiaries.spreadsheets import loading
from beneficiaries.spreadsheets.messages import Refused
from tests.beneficiaries.files import xlsx
from tests.beneficiaries.sending import TODAY, receive, template
from tests.beneficiaries.test_submission_page import confirm_url, page_of

pytestmark = pytest.mark.django_db
OWN_LAYOUT = [["Provincia", "Señoras capacitadas", "Varones", "Costo"], ["Coclé", 12, 7, 300], ["Herrera", 5, "nd", 40]]
ANSWERS = {"column:B": "women_direct", "column:D": "leave_out", "reach": "direct"}
FROM_ALL = [["Agencia", "Área", "Mujeres (directo)"], ["FAO", "Coclé", 3], ["ONUDI", "Coclé", 8]]


def figures(submission):
    return {(c.area.name, c.category.code, c.reach): c.quantity.value for c in submission.counts.all()}


def answered(submission, by):
    for _round in range(2):
        loading.answer(submission, answers=ANSWERS, by=by, today=TODAY)
    return submission


def fields_of(client, submission):
    form = client.get(submission.get_absolute_url()).context["screen"].form
    return {question.code: name for name, question in form.questions.items()}


def test_columns_that_nobody_knows_are_mapped_on_one_screen(client_of, panama, focal_point_fao):
    asked = receive(panama, focal_point_fao, xlsx(OWN_LAYOUT))
    client = client_of(focal_point_fao)
    page = page_of(client, asked.get_absolute_url())
    for shown in ("Señoras capacitadas", "12 · 5", "Costo", "300 · 40", "Leave it out", "Women (direct)"):
        assert shown in page
    while fields := fields_of(client, asked):
        given = {name: ANSWERS[code] for code, name in fields.items()}
        assert client.post(confirm_url(asked), {"against": 0} | given).status_code == 303
    assert client.post(confirm_url(asked), {"against": 0}).status_code == 303
    assert figures(Submission.objects.get(pk=asked.pk)) == {
        ("Coclé", "women", "direct"): 12,
        ("Coclé", "men", "direct"): 7,
        ("Herrera", "women", "direct"): 5,
        ("Herrera", "men", "direct"): None,
    }


def test_a_column_without_an_answer_is_asked_again_and_loses_nothing(client_of, panama, focal_point_fao):
    asked = receive(panama, focal_point_fao, xlsx(OWN_LAYOUT))
    client = client_of(focal_point_fao)
    fields = fields_of(client, asked)
    response = client.post(confirm_url(asked), {"against": 0, fields["column:B"]: "women_direct"})
    page = " ".join(response.content.decode().split())
    assert response.status_code == 200
    assert '<option value="women_direct" selected>' in page
    assert ColumnMapping.objects.count() == 0


def test_a_mapping_is_proposed_for_the_next_file_of_the_same_shape_and_the_same_agency(
    panama, focal_point_fao, rco_panama
):
    answered(receive(panama, focal_point_fao, xlsx(OWN_LAYOUT)), focal_point_fao)
    assert ColumnMapping.objects.get().mapping == ANSWERS
    later = receive(panama, focal_point_fao, xlsx([OWN_LAYOUT[0], ["Veraguas", 1, 2, 3]]), name="later.xlsx")
    questions = {question[0]: question[-1] for question in later.reading["questions"]}
    assert (questions["column:B"], questions["column:D"]) == ("women_direct", "leave_out")
    assert later.reading["rows"] == []
    assert later.reading["mapped_before_on"]
    others = receive(panama, rco_panama, xlsx(OWN_LAYOUT), of="UNIDO")
    assert {question[-1] for question in others.reading["questions"]} == {""}
    moved = receive(panama, focal_point_fao, xlsx([["Provincia", "Costo", *OWN_LAYOUT[0][1:3]], ["Coclé", 1, 2, 3]]))
    assert moved.reading["mapped_before_on"] == ""


def test_what_is_proposed_stands_chosen_on_the_page(client_of, panama, focal_point_fao):
    answered(receive(panama, focal_point_fao, xlsx(OWN_LAYOUT)), focal_point_fao)
    later = receive(panama, focal_point_fao, xlsx([OWN_LAYOUT[0], ["Veraguas", 1, 2, 3]]), name="later.xlsx")
    page = page_of(client_of(focal_point_fao), later.get_absolute_url())
    assert "Proposed is what was said on" in page
    assert page.count("selected>") >= 2


def test_figures_of_several_agencies_become_a_submission_each(client_of, panama, rco_panama):
    first = receive(panama, rco_panama, xlsx(FROM_ALL))
    [other] = first.others
    assert [(each.agency.acronym_en, len(each.reading["rows"])) for each in (first, other)] == [
        ("FAO", 1),
        ("UNIDO", 1),
    ]
    assert "UNIDO 2011-S2" in page_of(client_of(rco_panama), first.get_absolute_url())
    for each, number in ((first, 3), (other, 8)):
        loading.confirm(each, by=rco_panama, today=TODAY)
        assert figures(each) == {("Coclé", "women", "direct"): number}


def test_rows_of_another_agency_are_problems_for_a_focal_point(panama, focal_point_fao):
    found = receive(panama, focal_point_fao, xlsx(FROM_ALL))
    assert [problem[3] for problem in found.reading["problems"]] == ["other_agency_row"]
    assert Submission.objects.filter(agency=None, uploaded_by=focal_point_fao).count() == 0


def test_a_file_without_figures_for_what_was_chosen_is_a_problem(panama, rco_panama):
    found = receive(panama, rco_panama, xlsx([FROM_ALL[0], FROM_ALL[2]]))
    assert [problem[2:4] for problem in found.reading["problems"]] == [["UNIDO", "nothing_for_what_was_chosen"]]


def run(path, by, *answers, **options):
    given = ["--programme=MDGF-2097", "--agency=FAO", "--period=2011-S2", "--basis=new", f"--by={by.email}", "--json"]
    given += [f"--answer={code}={choice}" for code, choice in (options.get("answers") or {}).items()]
    out = StringIO()
    try:
        call_command("import_beneficiaries", path, *given, *answers, stdout=out)
    except SystemExit as ended:
        return ended.code, json.loads(out.getvalue())
    return 0, json.loads(out.getvalue())


def test_the_command_asks_the_same_and_takes_the_same_answers(panama, focal_point_fao, tmp_path):
    path = tmp_path / "own.xlsx"
    path.write_bytes(xlsx(OWN_LAYOUT))
    code, said = run(path, focal_point_fao)
    assert (code, {question["code"] for question in said["questions"]}) == (1, {"column:B", "column:D", "reach"})
    code, said = run(path, focal_point_fao, answers=ANSWERS)
    assert (code, said["accepted"], len(said["counts"])) == (0, True, 4)


def test_the_command_loads_all_parts_or_none(panama, rco_panama, tmp_path, monkeypatch):
    path = tmp_path / "all.xlsx"
    path.write_bytes(xlsx(FROM_ALL))
    code, tried = run(path, rco_panama, "--dry-run")
    assert (code, tried["other_submissions"], Submission.objects.filter(agency__acronym_en="UNIDO").count()) == (
        0,
        [],
        0,
    )
    confirm = loading.confirm

    def refuses_unido(submission, **options):
        if submission.agency.acronym_en == "UNIDO":
            raise Refused
        return confirm(submission, **options)

    with monkeypatch.context() as patched:
        patched.setattr(loading, "confirm", refuses_unido)
        assert run(path, rco_panama)[0] == 1
    assert Submission.objects.exclude(agency=None).count() == 0
    code, loaded = run(path, rco_panama)
    assert (code, loaded["totals_after"]) == (0, tried["totals_after"])
    [other] = loaded["other_submissions"]
    assert loaded["other_counts"][0] | {"agency": "UNIDO", "value": 8} == loaded["other_counts"][0]
    assert figures(Submission.objects.get(pk=other)) == {("Coclé", "women", "direct"): 8}
    code, again = run(path, rco_panama)
    assert (code, again["unchanged"]) == (0, True)


def test_a_number_that_is_only_said_is_offered_and_never_chosen_beforehand(client_of, panama, focal_point_fao):
    sent = receive(panama, focal_point_fao, template(panama, {"C10": "~300"}))
    page = client_of(focal_point_fao).get(sent.get_absolute_url()).text
    assert 'value="300"' in page
    assert "checked" not in page[page.index('value="300"') - 200 : page.index('value="300"') + 200]
