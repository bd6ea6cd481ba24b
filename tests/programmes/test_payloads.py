"""Hostile text in every field of every block is shown as text or refused; nothing of it runs, on page or paper."""

import io
from html.parser import HTMLParser

import pikepdf
import pytest
from django.urls import reverse

from programmes.forms import PAGES
from programmes.models import Programme
from reporting.rendering import render_html, render_pdf
from reporting.status_sheet import build_status_sheet, default_as_of
from tests.programmes.browsing import form_on
from tests.programmes.payloads import PAYLOADS

CODE = "MDGF-2097"
SECTIONS = (
    *map(str, PAGES),
    *("summary", "gender", "paris-declaration", "delivering-as-one", "sustainability", "scalability"),
    *("external-factors", "communication", "monitoring-evaluation"),
)
KEPT = ("csrfmiddlewaretoken", "started_from", "list_action")
DANGEROUS = {"iframe", "object", "embed", "base", "math", "video", "style", "applet", "frame"}


class Executable(HTMLParser):
    """What of a page a browser would carry out that is not the portal's own."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        own_script = tag == "script" and given.get("src", "").startswith("/static/")
        if tag in DANGEROUS or (tag == "script" and not own_script):
            self.found.append(self.get_starttag_text())
        for name, value in given.items():
            scheme = "".join(value.split()).lower()
            if name.startswith("on") or scheme.startswith(("javascript:", "vbscript:", "data:text")):
                self.found.append(self.get_starttag_text())
            if "evil.example" in value and name in ("src", "href") and tag != "a":
                self.found.append(self.get_starttag_text())


def executable_in(html):
    reader = Executable()
    reader.feed(html)
    return reader.found


def attack(client, section, first):
    """Each text field of a block gets the next payload; what is refused is tried again alone, field by field."""
    address = reverse("programmes:section_edit", args=[CODE, section])
    sent = form_on(client.get(address))
    typed = {}
    for number, name in enumerate(sent):
        if name not in KEPT and not name.endswith(("-pk", "-count", "_source", "_same")):
            format_name = name.endswith("-format")
            typed[name] = "html" if format_name else PAYLOADS[(first + number) % len(PAYLOADS)]
    answers = [client.post(address, sent | typed)]
    for name, value in typed.items():
        if not name.endswith("-format"):
            answers.append(client.post(address, form_on(client.get(address)) | {name: value}))
    return answers


def acts(found):
    """Whether an object of a PDF does something, or leads where no address of a sheet leads."""
    leads_to = str(found.get("/URI", "")).strip().lower()
    does = str(found.get("/S", "")) in ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData") or "/JS" in found
    return does or leads_to.startswith(("javascript:", "vbscript:", "data:", "file:"))


@pytest.mark.parametrize("section", SECTIONS)
def test_no_field_of_a_block_carries_out_what_is_written_into_it(section, client_of, rco_panama, panama):
    assert len(PAYLOADS) == len(set(PAYLOADS)) == 40
    client = client_of(rco_panama)
    for answer in attack(client, section, SECTIONS.index(section) * 7):
        assert answer.status_code in (200, 303, 409, 422)
        assert executable_in(answer.content.decode()) == []
    pages = [reverse("reporting:programme_detail", args=[CODE]), reverse("programmes:history_list", args=[CODE])]
    pages += [
        reverse("reporting:finding_list", args=[CODE]),
        f"{reverse('programmes:translation_list', args=[CODE])}?all",
    ]
    pages += [reverse("reporting:portfolio"), f"{pages[0]}?languages=both"]
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200
        assert executable_in(answer.content.decode()) == []


def test_forty_payloads_in_every_text_are_printed_as_text(client_of, rco_panama, panama):
    client = client_of(rco_panama)
    for number, section in enumerate(("programme", "parties", "summary", "results", "achievements", "scalability")):
        attack(client, section, number * 7)
    programme = Programme.objects.get(code=CODE)
    sheet = build_status_sheet(programme, default_as_of(programme, programme.changed_at.date()))
    html = render_html(sheet, ("es", "en"))
    assert executable_in(html) == []
    with pikepdf.open(io.BytesIO(render_pdf(html))) as pdf:
        actions = [found for found in pdf.objects if isinstance(found, pikepdf.Dictionary) and acts(found)]
        assert actions == []
        assert not {"/JavaScript", "/OpenAction", "/AA"} & set(pdf.Root.keys())
        assert not pdf.attachments
