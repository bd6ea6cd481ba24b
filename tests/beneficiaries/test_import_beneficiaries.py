"""The command that imports: what it prints, and how it ends."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from beneficiaries.models import Count, Submission
from tests.beneficiaries.files import csv_bytes, xlsx
from tests.beneficiaries.sending import template

pytestmark = pytest.mark.django_db
GOOD = {"C10": 40, "D10": "nd"}


@pytest.fixture
def run(tmp_path):
    """(exit code, output) of an import of these bytes."""

    def run_import(data, *options, name="f.xlsx", **replaced):
        path = tmp_path / name
        path.write_bytes(data)
        named = {
            "programme": "MDGF-2097",
            "agency": "FAO",
            "period": "2011-S2",
            "basis": "new",
            "by": "fao@panama.example",
        }
        given = [f"--{option}={value}" for option, value in (named | replaced).items()]
        out = StringIO()
        try:
            call_command("import_beneficiaries", str(path), *given, *options, stdout=out)
        except SystemExit as ended:
            return ended.code, out.getvalue()
        return 0, out.getvalue()

    return run_import


def as_json(result):
    code, text = result
    return code, json.loads(text)


def test_accepted_it_ends_with_0_and_says_what_was_loaded(run, panama):
    code, said = as_json(run(template(panama, GOOD), "--json"))
    assert (code, said["accepted"], said["unchanged"], said["problems"], said["questions"]) == (0, True, False, [], [])
    submission = Submission.objects.get(pk=said["submission"])
    assert (submission.revision, submission.status) == (1, "accepted")
    place = {"area": "Coclé", "reach": "direct"}
    women = {"category": "women", "value": 40, "state": "reported", "cell": "Beneficiarios!C10"}
    men = {"category": "men", "value": None, "state": "nd", "cell": "Beneficiarios!D10"}
    assert place | women in said["counts"]
    assert place | men in said["counts"]


def test_totals_before_and_after_name_category_and_reach(run, panama):
    _code, said = as_json(run(template(panama, GOOD), "--json"))
    women = [
        next(row for row in said[key] if (row["category"], row["reach"]) == ("women", "direct"))
        for key in ("totals_before", "totals_after")
    ]
    assert [row["known"] for row in women] == [518, 558]
    assert set(women[0]) == {"category", "reach", "known", "reported", "missing", "display"}
    assert len(said["totals_before"]) == len(said["totals_after"]) == 8


def test_refused_it_ends_with_1_and_lists_every_problem(run, panama):
    counts = Count.objects.count()
    code, said = as_json(run(template(panama, {"C10": -12, "D11": "doce", "E12": 1.5}), "--json"))
    assert (code, said["accepted"], said["submission"]) == (1, False, None)
    assert [(problem["cell"], problem["found"], problem["code"]) for problem in said["problems"]] == [
        ("Beneficiarios!C10", "-12", "negative"),
        ("Beneficiarios!D11", "doce", "not_a_number"),
        ("Beneficiarios!E12", "1.5", "decimals"),
    ]
    assert set(said["problems"][0]) == {"cell", "column", "found", "code", "message"}
    assert (Count.objects.count(), Submission.objects.filter(agency__isnull=False).count()) == (counts, 0)


def test_the_text_for_people_names_cell_and_message(run, panama):
    code, text = run(template(panama, {"C10": -12}), "--language=en")
    assert code == 1
    assert "Beneficiarios!C10 · Mujeres (directo) · -12: A count cannot be negative." in text


def test_an_unanswered_question_refuses_and_an_answer_settles_it(run, panama):
    data = template(panama, {"C10": "1.839"})
    code, said = as_json(run(data, "--json"))
    [question] = said["questions"]
    assert (code, question["code"], question["choices"]) == (1, "numbers:women_direct", ["1839", "1.839"])
    assert set(question) == {"code", "cell", "found", "choices", "message"}
    assert run(data, "--answer", "numbers:women_direct=1839")[0] == 0


def test_the_same_file_again_changes_nothing(run, panama):
    first = as_json(run(template(panama, GOOD), "--json"))[1]
    history = Submission.history.count()
    code, said = as_json(run(template(panama, GOOD), "--json"))
    assert (code, said["accepted"], said["unchanged"], said["submission"]) == (0, True, True, first["submission"])
    assert Submission.history.count() == history


def test_a_trial_stores_nothing(run, panama):
    before = Submission.objects.count()
    code, said = as_json(run(template(panama, GOOD), "--json", "--dry-run"))
    assert (code, said["accepted"], said["submission"], Submission.objects.count()) == (0, True, None, before)
    assert said["totals_after"] != said["totals_before"]


def test_a_fall_is_refused_until_it_has_a_reason_and_leaves_no_file(run, panama, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "kept"
    as_programme = {"agency": "programme", "basis": "cumulative", "by": "oficina.cr@panama.example"}
    data = template(panama, {"C14": 500}, "programme")
    code, said = as_json(run(data, "--json", **as_programme))
    assert (code, [problem["code"] for problem in said["problems"]]) == (1, ["reason_for_fall"])
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []
    assert run(data, "--reason", "Contadas dos veces", **as_programme)[0] == 0


def test_personal_data_is_refused_and_not_kept(run):
    code, said = as_json(run(csv_bytes([["Cédula", "Mujeres"], ["8-123-456", "1"]]), "--json", name="lista.csv"))
    assert (code, said["problems"][0]["code"]) == (1, "personal_data")
    assert not Submission.objects.filter(file_name="lista.csv").exists()


def test_a_person_without_the_right_is_refused(run, panama):
    code, said = as_json(run(template(panama, GOOD, "UNIDO"), "--json", agency="UNIDO"))
    assert (code, said["problems"][0]["code"]) == (1, "missing_right")


@pytest.mark.parametrize("name", ["OMT", "UNWTO", "UN Tourism"])
def test_agencies_go_by_their_names_in_both_languages(run, panama, name):
    by = "oficina.cr@panama.example"
    assert run(template(panama, GOOD, "UNWTO"), agency=name, by=by)[0] == 0


def test_a_template_of_another_agency_is_refused(run, panama):
    code, said = as_json(run(template(panama, GOOD, "UNIDO"), "--json"))
    assert (code, [(problem["cell"], problem["code"]) for problem in said["problems"]]) == (
        1,
        [("Beneficiarios!B3", "other_agency")],
    )


def wrong(run, *options, **replaced):
    with pytest.raises(CommandError) as usage:
        run(xlsx([["x"]]), *options, **replaced)
    return usage.value


def test_wrong_usage_ends_with_2(run):
    for replaced in ({"programme": "X"}, {"agency": "X"}, {"period": "2011-S3"}, {"by": "x@example.org"}):
        assert wrong(run, **replaced).returncode == 2
    assert wrong(run, "--answer", "x").returncode == 2


def test_a_name_of_two_agencies_is_asked_about(run):
    assert "UNWTO" in str(wrong(run, agency="WTO"))
    assert "World Trade Organization" in str(wrong(run, agency="WTO"))


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path):
    options = ["--programme=MDGF-2097", "--agency=FAO", "--period=2011-S2", "--basis=new", "--by=fao@panama.example"]
    with pytest.raises(CommandError) as usage:
        call_command("import_beneficiaries", str(tmp_path / "nada.xlsx"), *options)
    assert usage.value.returncode == 2


def test_a_file_over_the_limit_is_refused(run, settings):
    settings.UPLOAD_MAX_BYTES = 1000
    code, said = as_json(run(b"x" * 1001, "--json", name="f.csv"))
    assert (code, said["problems"][0]["code"]) == (1, "too_large")
