"""Every number of the workspace leads to where it comes from; those of paper and of readers lead nowhere."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from beneficiaries.dating import default_as_of
from reporting.rendering import render_html
from reporting.status_sheet import build_status_sheet

AS_OF = date(2011, 10, 31)
pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a class="from" href="([^"]*)">(.*?)</a>', re.DOTALL)


@pytest.fixture
def workspace(client_of, rco_panama, panama):
    client = client_of(rco_panama)
    client.cookies["django_language"] = "en"
    return client.get(panama.get_absolute_url()).content.decode()


def block_of(page, name):
    return re.search(rf'<section class="block" id="{name}".*?</section>', page, re.DOTALL)[0]


def test_figures_of_beneficiaries_lead_to_their_submissions(workspace, panama):
    as_of = default_as_of(panama, timezone.localdate())
    links = {strip_tags(said).strip(): address for address, said in LINK.findall(block_of(workspace, "beneficiaries"))}
    assert links["518: where it comes from"] == (
        f"{reverse('beneficiaries:figure_source', args=[panama.code])}"
        f"?category=women&amp;reach=direct&amp;as_of={as_of.isoformat()}"
    )
    assert "category=persons&amp;reach=indirect" in links["2,190: where it comes from"]


def test_every_number_in_the_tables_of_money_and_beneficiaries_is_a_link(workspace):
    for name in ("beneficiaries", "budget", "disbursements"):
        cells = re.findall(r'<td class="num">(.*?)</td>', block_of(workspace, name), re.DOTALL)
        numbers = [cell for cell in cells if re.search(r"\d", strip_tags(cell))]
        assert numbers
        assert [cell for cell in numbers if 'class="from"' not in cell] == []


def test_every_link_of_a_number_opens(workspace, client_of, secretariat):
    client = client_of(secretariat)
    addresses = {address.replace("&amp;", "&") for address, _said in LINK.findall(workspace)}
    assert len(addresses) == 12
    assert {client.get(address).status_code for address in addresses} == {200}


def test_paper_has_no_links_to_where_numbers_come_from(panama):
    assert 'class="from"' not in render_html(build_status_sheet(panama, AS_OF), ("es", "en"))


def test_a_reader_of_issued_sheets_gets_numbers_without_links(client_of, reader, panama):
    page = client_of(reader).get(reverse("reporting:sheet_detail", args=[panama.code, 1]))
    assert page.status_code == 200
    assert 'class="from"' not in page.content.decode()
