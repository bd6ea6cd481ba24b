"""Up to which day a file says that it counts: read in one way only, or asked about. Formulas are quoted."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils.translation import override

from beneficiaries.models import Submission
from beneficiaries.spreadsheets import reading
from beneficiaries.spreadsheets.identity import Expected
from beneficiaries.spreadsheets.messages import Refused
from beneficiaries.spreadsheets.rows import read_rows
from tests.beneficiaries.files import ods, xlsx
from tests.beneficiaries.sending import receive
from tests.beneficiaries.test_rows import COLUMNS, HEADER, book, problems
from tests.beneficiaries.test_rows import read_template as read
from tests.beneficiaries.test_submission_page import confirm_url, page_of

CHOSEN = Expected("MDGF-2097", ("FAO",), "2010-S1", "new", date(2010, 4, 3))


def read_stated(value, label="Fecha de corte", **kwargs):
    return read_rows(book([label, value], HEADER, ["Coclé", 1]), COLUMNS, expected=CHOSEN, **kwargs)


@pytest.mark.parametrize(
    "value", ["3 de abril de 2010", "April 3, 2010", "2010-04-03", {"date": "2010-04-03T00:00:00"}]
)
def test_the_day_that_was_chosen_is_nothing_to_speak_of(value):
    found = read_stated(value)
    assert (found.problems, found.questions, found.notes) == ([], [], [])


def test_a_day_that_is_two_days_is_asked_about_and_never_guessed():
    found = read_stated("03/04/2010", label="Counted up to")
    [question] = found.questions
    assert (question.code, question.cell, question.column, question.choices) == (
        "date:counted_to",
        "Hoja1!B1",
        "Counted up to",
        ("2010-04-03", "2010-03-04"),
    )
    with override("en"):
        assert question.offered == [("2010-04-03", "April 3, 2010"), ("2010-03-04", "March 4, 2010")]


def test_its_answer_is_held_against_the_day_that_was_chosen():
    right = read_stated("03/04/2010", answers={"date:counted_to": "2010-04-03"})
    assert (right.problems, right.questions) == ([], [])
    wrong = read_stated("03/04/2010", answers={"date:counted_to": "2010-03-04"})
    assert problems(wrong) == [("Hoja1!B1", "other_day")]
    with override("en"):
        assert "count to March 4, 2010, but April 3, 2010 was chosen" in wrong.problems[0].message
    assert read_stated("03/04/2010", answers={"date:counted_to": "2010-12-24"}).questions


def test_a_month_that_stands_first_is_said():
    found = read_stated("12/18/2009")
    assert [(note.cell, note.code) for note in found.notes] == [("Hoja1!B1", "month_first")]
    with override("en"):
        assert "December 18, 2009" in found.notes[0].message


def test_what_is_no_day_is_a_problem_and_other_dates_of_a_letterhead_are_not_read():
    assert problems(read_stated("a fin de mes")) == [("Hoja1!B1", "not_a_day")]
    assert problems(read_stated("01/02/2012", label="Fecha")) == []


@pytest.mark.django_db
def test_on_the_page_both_days_are_offered_in_words(client_of, panama, rco_panama):
    rows = [["Fecha de corte", "10/11/2011"], HEADER, ["Coclé", 4]]
    asked = receive(panama, rco_panama, xlsx(rows), counted_to_on=date(2011, 11, 10))
    client = client_of(rco_panama)
    page = page_of(client, asked.get_absolute_url())
    assert "October 11, 2011" in page
    assert "November 10, 2011" in page
    assert page.index("can be two different days") < page.index("what would change is not certain")
    assert client.post(confirm_url(asked), {"against": 0, "answer_0": "2011-11-10"}).status_code == 303
    assert client.post(confirm_url(asked), {"against": 0}).status_code == 303
    assert Submission.objects.get(pk=asked.pk).status == "accepted"


@pytest.mark.django_db
def test_the_command_answers_it_too(panama, rco_panama, tmp_path):
    path = tmp_path / "f.xlsx"
    path.write_bytes(xlsx([["Fecha de corte", "10/11/2011"], HEADER, ["Coclé", 4]]))
    options = ["--programme", panama.code, "--agency", "FAO", "--period", "2011-S2", "--basis", "new", "--json"]
    options += ["--by", rco_panama.email, "--counted-to", "2011-11-10", "--dry-run"]
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("import_beneficiaries", path, *options, stdout=out)
    assert json.loads(out.getvalue())["questions"][0]["choices"] == ["2011-11-10", "2011-10-11"]
    out = StringIO()
    call_command("import_beneficiaries", path, *options, "--answer", "date:counted_to=2011-11-10", stdout=out)
    assert json.loads(out.getvalue())["accepted"]


@pytest.mark.django_db
def test_a_day_outside_the_period_is_named_in_words_with_the_days_there_are(panama, rco_panama):
    with pytest.raises(Refused) as refused, override("en"):
        receive(panama, rco_panama, b"x", counted_to_on=date(2012, 1, 3))
    with override("en"):
        assert refused.value.problems[0].message == (
            "The figures cannot reach to January 3, 2012. Choose a day from July 1, 2011 to December 31, 2011."
        )


# Numbers that are typed as text


def test_a_comma_that_only_groups_thousands_is_not_asked_about():
    found = read(["Coclé", "1,234", 2, 3], ["Herrera", "2,500,000", 2, 3])
    assert found.questions == []
    assert [row.quantity.value for row in found.rows if row.cell in ("Hoja1!B2", "Hoja1!B3")] == [1234, 2_500_000]


@pytest.mark.parametrize("beside", ["12,5", "1.839.500", "1.200"])
def test_a_comma_at_odds_with_its_column_is_asked_about(beside):
    found = read(["Coclé", "1,234", 2, 3], ["Herrera", beside, 2, 3])
    [question] = found.questions
    assert (question.code, question.cell, question.choices) == ("numbers:women_direct", "Hoja1!B2", ("1234", "1.234"))
    with override("en"):
        assert question.offered == [("1234", "1234"), ("1.234", "1.234, with decimals")]


def test_the_answer_says_which_sign_groups():
    rows = (["Coclé", "1,234", 2, 3], ["Herrera", "1.200", 2, 3])
    grouped = read(*rows, answers={"numbers:women_direct": "1234"})
    assert problems(grouped) == [("Hoja1!B3", "decimals")]
    decimal = read(*rows, answers={"numbers:women_direct": "1.234"})
    assert problems(decimal) == [("Hoja1!B2", "decimals")]


# Formulas


def test_a_formula_is_quoted_with_its_text_and_with_what_it_gave():
    cells = ["Coclé", {"error": "="}, {"error": "#DIV/0!"}, -3]
    workbook = book(HEADER, cells)
    workbook.sheets[0].formulas.update({
        (1, 1): ("=B7+B8", 1, 1), (1, 2): ("=B2/B3", 1, 2), (1, 3): ("=B2*2", 1, 2),
    })  # fmt: skip
    found = read_rows(workbook, COLUMNS)
    assert [problem.found for problem in found.problems] == ["=B7+B8", "=B2/B3 → #DIV/0!", "=C2*2 → -3"]


def test_the_text_of_a_formula_is_read_from_each_format():
    sheet = reading.read(xlsx([["x"], [None, '=IF(A1<>"&",1,2)']]), "f.xlsx").sheets[0]
    assert sheet.formula(1, 1) == '=IF(A1<>"&",1,2)'
    assert reading.read(ods([["x"], [None, "#DIV/0!"]]), "f.ods").sheets[0].formula(1, 1) == "=1/0"


def test_a_formula_shared_by_several_cells_reads_as_each_cell_shows_it():
    from beneficiaries.spreadsheets import cell_errors

    markup = (
        b'<row r="2"><c r="B2"><f t="shared" ref="B2:B3" si="0">A2*2</f><v>-4</v></c></row>'
        b'<row r="3"><c r="B3"><f t="shared" si="0"/><v>-6</v></c></row>'
    )
    found = cell_errors._cells_of(markup)
    sheet = reading.Sheet("Hoja1", [], formulas=found.formulas)
    assert (sheet.formula(1, 1), sheet.formula(2, 1), sheet.formula(5, 5)) == ("=A2*2", "=A3*2", "")


@pytest.mark.django_db
def test_a_preview_shows_the_formula_and_a_date_as_the_portal_writes_it(client_of, panama, rco_panama):
    data = xlsx([HEADER, ["Coclé", "=1+1", date(2011, 10, 31), 4]])
    page = page_of(client_of(rco_panama), receive(panama, rco_panama, data).get_absolute_url())
    assert "<code>=1+1</code>" in page
    assert "<code>October 31, 2011</code>" in page
