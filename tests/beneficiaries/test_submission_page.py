"""Looking at a submission: its preview, confirming it, what was loaded, its file; and the list of all."""

import re

import pytest
from django.urls import reverse

from beneficiaries.models import Basis, Submission
from beneficiaries.screens import ListScreen
from tests.beneficiaries.sending import load, receive, template

pytestmark = pytest.mark.django_db
GOOD = {"C10": 40, "C11": "nd", "D10": 3}


@pytest.fixture
def uploaded(panama, focal_point_fao):
    return receive(panama, focal_point_fao, template(panama, GOOD))


def confirm_url(submission):
    return reverse("beneficiaries:submission_confirm", args=[submission.programme.code, submission.pk])


def page_of(client, url, language="en"):
    client.cookies["django_language"] = language
    response = client.get(url)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


PEOPLE = ["focal_point_fao", "rco_panama", "secretariat", "administrator", "reader", "stranger"]


@pytest.mark.parametrize(("person", "status"), [*zip(PEOPLE, [200, 200, 200, 200, 403, 404], strict=True)])
def test_who_may_look(request, client_of, panama, uploaded, person, status):
    client = client_of(request.getfixturevalue(person))
    file = reverse("beneficiaries:submission_file", args=[panama.code, uploaded.pk])
    listed = reverse("beneficiaries:submission_list", args=[panama.code])
    assert [client.get(url).status_code for url in (uploaded.get_absolute_url(), listed)] == [status, status]
    response = client.get(file)
    assert response.status_code == status
    response.close()


@pytest.mark.parametrize(("person", "status"), [*zip(PEOPLE, [303, 303, 403, 403, 403, 404], strict=True)])
def test_who_may_confirm(request, client_of, uploaded, person, status):
    client = client_of(request.getfixturevalue(person))
    assert client.post(confirm_url(uploaded), {"against": 0}).status_code == status
    uploaded.refresh_from_db()
    assert (uploaded.status == "accepted") == (status == 303)


def test_confirming_is_never_a_get(client_of, uploaded, focal_point_fao):
    assert client_of(focal_point_fao).get(confirm_url(uploaded)).status_code == 405


def test_a_submission_is_found_only_under_its_own_programme(client_of, uploaded, focal_point_fao, panama):
    url = reverse("beneficiaries:submission_detail", args=[panama.code, uploaded.pk + 1000])
    assert client_of(focal_point_fao).get(url).status_code == 404


def test_reading_a_preview_writes_nothing(client_of, uploaded, focal_point_fao, reading_only):
    client = client_of(focal_point_fao)
    with reading_only():
        page_of(client, uploaded.get_absolute_url())


def test_the_preview_counts_what_was_read_and_shows_totals_before_and_after(client_of, uploaded, focal_point_fao):
    page = page_of(client_of(focal_point_fao), uploaded.get_absolute_url())
    assert re.search(r"<dd>3</dd><dt>cells read", page)
    assert re.search(r"<dd>2</dd><dt>figures", page)
    assert re.search(r"<dd>1</dd><dt>no data", page)
    assert "areas: Coclé and Herrera" in page
    assert "nothing of it counts yet" in page
    assert page.count(">at December 31, 2011</th>") == 2
    # Where the table becomes cards, on a phone, each figure says what it is.
    for label in ("Direct, at December 31, 2011", "Indirect, after", "Indirect, change"):
        assert page.count(f'data-label="{label}"') == 5
    assert "Confirm revision 1" in page
    assert "≥ 558" in page


def test_a_preview_with_problems_lists_them_by_cell_and_cannot_be_confirmed(client_of, panama, focal_point_fao):
    bad = receive(panama, focal_point_fao, template(panama, GOOD | {"D11": -12, "E12": "doce"}))
    client = client_of(focal_point_fao)
    page = page_of(client, bad.get_absolute_url())
    assert "2 things to correct" in page
    assert "Beneficiarios!D11" in page
    assert "<code>-12</code>" in page
    assert "It can be confirmed once no problems are left." in page
    assert re.search(r"<button[^>]* disabled>Confirm revision 1", page)
    response = client.post(confirm_url(bad), {"against": 0})
    assert response.status_code == 200
    assert "A count cannot be negative" in response.content.decode()
    bad.refresh_from_db()
    assert bad.status == "uploaded"


def test_messages_read_in_the_language_of_whoever_opens_the_page(client_of, panama, focal_point_fao):
    bad = receive(panama, focal_point_fao, template(panama, GOOD | {"D11": -12}))
    client = client_of(focal_point_fao)
    assert 'lang="es"' in page_of(client, bad.get_absolute_url(), "es")
    assert "A count cannot be negative" in page_of(client, bad.get_absolute_url(), "en")


def test_what_a_file_says_is_never_markup(client_of, panama, focal_point_fao):
    bad = receive(panama, focal_point_fao, template(panama, GOOD | {"D11": "<script>alert(1)</script>"}))
    assert "<script>alert" not in page_of(client_of(focal_point_fao), bad.get_absolute_url())


def test_confirmed_it_shows_what_was_loaded_by_whom_and_from_which_cell(client_of, uploaded, focal_point_fao):
    client = client_of(focal_point_fao)
    client.cookies["django_language"] = "en"
    response = client.post(confirm_url(uploaded), {"against": 0}, follow=True)
    page = " ".join(response.content.decode().split())
    assert "16 figures were loaded as revision 1." in page
    assert "counts now" in page
    assert "revision 1</span>" in page
    assert re.search(r">40\s*<span class=\"u-hide\">: where it comes from</span></a><small>C10</small>", page)
    assert focal_point_fao.name in page
    assert uploaded.file_sha256 in page


def test_a_question_is_answered_on_the_page_before_it_can_be_confirmed(client_of, panama, focal_point_fao):
    asked = receive(panama, focal_point_fao, template(panama, {"C10": "1.839"}))
    client = client_of(focal_point_fao)
    page = page_of(client, asked.get_absolute_url())
    assert "Answer and read again" in page
    assert "Confirm revision" not in page
    assert client.post(confirm_url(asked), {"against": 0}).context["screen"].form.errors.keys() == {"answer_0"}
    assert client.post(confirm_url(asked), {"against": 0, "answer_0": "1839"}).status_code == 303
    assert "Confirm revision 1" in page_of(client, asked.get_absolute_url())
    client.post(confirm_url(asked), {"against": 0})
    asked.refresh_from_db()
    assert asked.counts.filter(value=1839).exists()


def test_with_a_question_and_problems_the_corrected_file_can_be_chosen(client_of, panama, focal_point_fao):
    both = receive(panama, focal_point_fao, template(panama, {"C10": "1.839", "D11": -12}))
    client = client_of(focal_point_fao)
    page = page_of(client, both.get_absolute_url())
    assert "Answer and read again" in page
    assert re.search(r'>1</dd><dt>problem<strong class="also">\+ 1 question</strong>', page)
    again = f"{reverse('beneficiaries:submission_new', args=[panama.code])}?period=2011-S2&amp;agency=FAO"
    assert re.search(rf'href="{re.escape(again)}">Choose the corrected file', page)


def test_a_fall_asks_for_its_reason(client_of, panama, rco_panama):
    cells = {"C14": 561, "D14": 254}
    lower = receive(panama, rco_panama, template(panama, cells, "programme"), of="programme", basis=Basis.CUMULATIVE)
    client = client_of(rco_panama)
    page = page_of(client, lower.get_absolute_url())
    assert "Men, direct: from 269 to 254" in page
    assert client.post(confirm_url(lower), {"against": 1}).context["screen"].form.errors.keys() == {"reason"}
    assert client.post(confirm_url(lower), {"against": 1, "reason": "Contadas dos veces"}).status_code == 303
    lower.refresh_from_db()
    assert (lower.revision, lower.reason) == (2, "Contadas dos veces")


def test_whoever_comes_second_is_told_and_may_look_again(client_of, panama, uploaded, focal_point_fao, rco_panama):
    load(panama, rco_panama, {"C10": 1})
    client = client_of(focal_point_fao)
    client.cookies["django_language"] = "en"
    response = client.post(confirm_url(uploaded), {"against": 0})
    assert response.status_code == 409
    assert "Revision 1 was loaded while you were looking" in response.content.decode()
    uploaded.refresh_from_db()
    assert uploaded.status == "uploaded"
    assert client.post(confirm_url(uploaded), {"against": 1}).status_code == 303


def test_somebody_without_the_right_sees_the_preview_without_its_button(client_of, uploaded, secretariat):
    page = page_of(client_of(secretariat), uploaded.get_absolute_url())
    assert "Only the agency's focal point or RCO staff can confirm it." in page
    assert "confirm/" not in page


def test_the_file_is_downloaded_and_never_opened_in_the_page(client_of, panama, uploaded, secretariat):
    response = client_of(secretariat).get(reverse("beneficiaries:submission_file", args=[panama.code, uploaded.pk]))
    assert response.headers["Content-Disposition"] == 'attachment; filename="f.xlsx"'
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    with uploaded.file.open("rb") as kept:
        assert b"".join(response.streaming_content) == kept.read()
    response.close()


def test_a_submission_without_a_file_has_none_to_download(client_of, panama, rco_panama):
    base = Submission.objects.get(agency=None)
    url = reverse("beneficiaries:submission_file", args=[panama.code, base.pk])
    client = client_of(rco_panama)
    assert client.get(url).status_code == 404
    assert "Entered without a file" in page_of(client, base.get_absolute_url())


def test_the_list_says_which_revision_counts(client_of, panama, focal_point_fao, secretariat):
    load(panama, focal_point_fao, GOOD)
    load(panama, focal_point_fao, GOOD | {"C10": 41})
    receive(panama, focal_point_fao, template(panama, GOOD | {"C10": 42}))
    page = page_of(client_of(secretariat), reverse("beneficiaries:submission_list", args=[panama.code]))
    counts = [page.count(words) for words in ("counts now</span>", "superseded", "waits for confirmation")]
    assert counts == [2, 1, 1]
    assert "Upload a spreadsheet" not in page


def test_queries_do_not_grow_with_figures_or_submissions(
    client_of, panama, focal_point_fao, django_assert_max_num_queries
):
    client = client_of(focal_point_fao)
    listed = reverse("beneficiaries:submission_list", args=[panama.code])
    few = receive(panama, focal_point_fao, template(panama, {"C10": 1}))
    many = receive(panama, focal_point_fao, template(panama, {f"{x}{y}": 5 for x in "BCDEFGHI" for y in range(10, 15)}))

    def counted(url):
        with django_assert_max_num_queries(25) as captured:
            page_of(client, url)
        return len(captured)

    assert counted(few.get_absolute_url()) == counted(many.get_absolute_url())
    before = counted(listed)
    for value in range(2, 8):
        receive(panama, focal_point_fao, template(panama, {"C10": value}))
    assert counted(listed) == before


def test_the_list_has_one_order_on_every_database(panama, rco_panama, focal_point_fao):
    """Of one period the programme's own figures first; of each agency what counts, what waits, the past."""
    load(panama, focal_point_fao, {"C10": 30})
    load(panama, focal_point_fao, {"C10": 40})
    receive(panama, focal_point_fao, template(panama, {"C10": 50}))
    receive(panama, rco_panama, template(panama, {"C10": 60}, "programme"), "programme")
    listed = ListScreen(panama, rco_panama).submissions
    shown = [(str(sent.agency or ""), sent.revision) for sent in listed if sent.period.code == "2011-S2"]
    assert (shown[0], shown[-3:]) == (("", 1), [("FAO", 2), ("FAO", None), ("FAO", 1)])
