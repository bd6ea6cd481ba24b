"""Every address × every kind of person × GET and POST. An address that is not in the table fails.

A row gives seven answers, in the order of PEOPLE: to GET, and to POST of an empty form.

    in     shown or done: 200, or a redirect inside the portal
    form   the empty form is refused with its errors, or the thing asked for is missing: 200, 400, 404, 409, 422
    door   sent to the sign-in page
    404    does not learn that the programme exists
    403    a member without the right, which the page names
    405    not a page for this method
"""

import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from beneficiaries.models import Submission
from programmes import jobs
from programmes.models import Agency, Invitation, Membership, Period, Role, User
from programmes.models.invitations import LIFETIME, digest_of

pytestmark = pytest.mark.django_db

PEOPLE = ("anonymous", "stranger", "reader", "focal_point_fao", "rco_panama", "secretariat", "administrator")

EVERYONE = "in in in in in in in"
SIGNED_IN = "door in in in in in in"
WORKSPACE = "door 404 403 in in in in"
OPEN_PROGRAMMES = "door 404 404 in in in in"
RCO_ONLY = "door 404 403 403 in 403 403"
ISSUED = "door 404 in in in in in"
NO_POST = "405 405 405 405 405 405 405"
NO_POST_BEHIND_DOOR = "door 405 405 405 405 405 405"

#: Address (its name, or its route where it has none) → (answers to GET, answers to POST).
TABLE = {
    "healthz": (EVERYONE, NO_POST),
    "readyz": (EVERYONE, NO_POST),
    "reporting:portfolio": (SIGNED_IN, NO_POST_BEHIND_DOOR),
    "reporting:portfolio_export": (OPEN_PROGRAMMES, NO_POST_BEHIND_DOOR),
    "reporting:country_detail": (OPEN_PROGRAMMES, NO_POST_BEHIND_DOOR),
    "reporting:window_detail": (OPEN_PROGRAMMES, NO_POST_BEHIND_DOOR),
    "reporting:programme_detail": (WORKSPACE, NO_POST_BEHIND_DOOR),
    "reporting:block_detail": (WORKSPACE, NO_POST_BEHIND_DOOR),
    "reporting:finding_list": (WORKSPACE, NO_POST_BEHIND_DOOR),
    "reporting:money_detail": (WORKSPACE, NO_POST_BEHIND_DOOR),
    "reporting:finding_accept": (RCO_ONLY.replace("in", "form"), RCO_ONLY.replace("in", "409")),
    "reporting:finding_withdraw": (NO_POST_BEHIND_DOOR, RCO_ONLY),
    "reporting:sheet_pdf": (WORKSPACE, NO_POST_BEHIND_DOOR),
    "reporting:sheet_list": (ISSUED, NO_POST_BEHIND_DOOR),
    "reporting:sheet_detail": (ISSUED, NO_POST_BEHIND_DOOR),
    "reporting:sheet_file": (ISSUED, NO_POST_BEHIND_DOOR),
    "reporting:batch_new": (SIGNED_IN, SIGNED_IN.replace("in", "form")),
    "reporting:batch_detail": ("door 404 404 404 in 404 404", NO_POST_BEHIND_DOOR),
    "reporting:batch_file": ("door 404 404 404 form 404 404", NO_POST_BEHIND_DOOR),
    "reporting:sheet_changes": (ISSUED, NO_POST_BEHIND_DOOR),
    "reporting:sheet_changes_pdf": (ISSUED, NO_POST_BEHIND_DOOR),
    "reporting:sheet_submit": (RCO_ONLY, RCO_ONLY.replace("in", "form")),
    "reporting:sheet_review": (WORKSPACE, "door 404 403 403 403 form 403"),
    "reporting:comment_answer": (NO_POST_BEHIND_DOOR, "door 404 403 403 form form 403"),
    "reporting:sheet_withdraw": ("door 404 403 403 403 in 403", "door 404 403 403 403 form 403"),
    "reporting:sheet_verify": (EVERYONE, NO_POST),
    "programmes:language_choose": (NO_POST, EVERYONE),
    "programmes:job_list": (SIGNED_IN, NO_POST_BEHIND_DOOR),
    "programmes:job_cancel": (NO_POST_BEHIND_DOOR, "door 404 404 404 in 404 in"),
    "programmes:people_list": ("door in 403 403 in in in", NO_POST_BEHIND_DOOR),
    "programmes:person_invite": ("door in 403 403 in in in", "door form 403 403 form form form"),
    "programmes:invitation_resend": (NO_POST_BEHIND_DOOR, "door 404 403 403 in in in"),
    "programmes:invitation_revoke": (NO_POST_BEHIND_DOOR, "door 404 403 403 in in in"),
    "programmes:membership_end": ("door 404 403 403 in in in", "door 404 403 403 in in in"),
    "programmes:invitation_accept": (EVERYONE, EVERYONE.replace("in", "form", 1)),
    "programmes:programme_new": ("door in 403 403 in in in", "door form 403 403 form form form"),
    "reporting:sheet_as_it_was": (WORKSPACE, NO_POST_BEHIND_DOOR),
    "programmes:history_list": (WORKSPACE, NO_POST_BEHIND_DOOR),
    "programmes:block_history": (WORKSPACE, NO_POST_BEHIND_DOOR),
    "programmes:block_restore": (RCO_ONLY, RCO_ONLY.replace("in", "form")),
    "programmes:translation_list": (WORKSPACE, NO_POST_BEHIND_DOOR),
    "programmes:translation_edit": (RCO_ONLY, RCO_ONLY.replace("in", "form")),
    "programmes:section_edit": (RCO_ONLY, RCO_ONLY.replace("in", "form")),
    "beneficiaries:figure_source": (WORKSPACE, NO_POST_BEHIND_DOOR),
    "beneficiaries:total_list": (WORKSPACE, NO_POST_BEHIND_DOOR),
    "beneficiaries:agreed_edit": (RCO_ONLY, RCO_ONLY.replace("in", "form")),
    "beneficiaries:submission_list": (WORKSPACE, NO_POST_BEHIND_DOOR),
    "beneficiaries:submission_new": ("door 404 403 in in 403 403", "door 404 403 form form 403 403"),
    "beneficiaries:submission_detail": (WORKSPACE, NO_POST_BEHIND_DOOR),
    "beneficiaries:submission_confirm": (NO_POST_BEHIND_DOOR, "door 404 403 403 in 403 403"),
    "beneficiaries:submission_progress": (WORKSPACE, NO_POST_BEHIND_DOOR),
    "beneficiaries:submission_discard": ("door 404 403 403 in 403 403", "door 404 403 403 in 403 403"),
    "beneficiaries:submission_withdraw": (RCO_ONLY, RCO_ONLY.replace("in", "form")),
    "beneficiaries:submission_file": ("door 404 403 form form form form", NO_POST_BEHIND_DOOR),
    "beneficiaries:submission_annotated": ("door 404 403 form form form form", NO_POST_BEHIND_DOOR),
    "beneficiaries:count_export": (WORKSPACE, NO_POST_BEHIND_DOOR),
    "beneficiaries:template_download": ("door 404 403 in in 403 403", NO_POST_BEHIND_DOOR),
}


def addresses(patterns, namespace="", route=""):
    """Every named or unnamed pattern of the resolver, with the route that leads to it."""
    for pattern in patterns:
        path = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern.url_patterns, inner, path)
        elif isinstance(pattern, URLPattern):
            yield namespace + (pattern.name or str(pattern.pattern)), path


ALL = dict(addresses(get_resolver().url_patterns))


@pytest.fixture
def person(request):
    """A person by the name of their fixture; nobody for ``anonymous``."""
    return lambda name: None if name == "anonymous" else request.getfixturevalue(name)


def address_of(name, programme):
    submission = Submission.objects.get(programme=programme)
    values = {
        "code": programme.code,
        "text": "title",
        "place": "summary",
        "at": "4000000000000000",
        "section": "summary",
        "block": "budget",
        "pk": str(submission.pk),
        "ending": "xlsx",
        "iso2": programme.country.iso2,
        "slug": programme.window.slug,
    }
    if name.startswith("programmes:invitation"):
        values |= {"token": "a-link-by-mail", "pk": str(_invitation(programme).pk)}
    if name == "programmes:job_cancel":
        office = User.objects.get(email="oficina.cr@panama.example")
        values["pk"] = str(jobs.start("load_submission", asked_by=office).pk)
    if name in ("reporting:batch_detail", "reporting:batch_file"):
        office = User.objects.get(email="oficina.cr@panama.example")
        values["pk"] = str(jobs.start("sheets_as_zip", asked_by=office, facts={"codes": [programme.code]}).pk)
    if name == "programmes:membership_end":
        values["pk"] = str(Membership.objects.get(user__email="fao@panama.example").pk)
    if name.startswith(("reporting:sheet_", "reporting:comment_")):
        values |= _sheets(programme)
    path = "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda match: values[match[1]], ALL[name])
    if name == "beneficiaries:figure_source":
        path += "?category=women&reach=direct"
    if name == "beneficiaries:template_download":
        fao, period = Agency.objects.get(acronym_en="FAO"), Period.objects.get(code="2011-S2")
        path += f"?agency={fao.acronym_en}&period={period.code}"
    return path


def _sheets(programme):
    """The sheet in force, and one that waits for the Secretariat with a comment."""
    issued = programme.sheet_issues.get(number=1)
    by, at = User.objects.get(email="oficina.cr@panama.example"), timezone.now()
    submitted = {"as_of_on": issued.as_of_on, "frozen": issued.frozen, "submitted_by": by, "submitted_at": at}
    waiting = programme.sheet_issues.create(state="submitted", period=issued.period, endorsed_on=at, **submitted)
    comment = waiting.comments.create(block="budget", text="?", by=by, at=at)
    values = {"number": 1, "language": "es", "token": issued.token, "pk": waiting.pk, "comment": comment.pk}
    return {name: str(value) for name, value in values.items()}


def _invitation(programme):
    """Somebody is invited by the office of Panama to read the programme's sheets."""
    sent_at = timezone.now()
    return Invitation.objects.create(
        email="elena@fao.example",
        role=Role.READER,
        programme=programme,
        language="es",
        token_digest=digest_of("a-link-by-mail"),
        invited_by=User.objects.get(email="oficina.cr@panama.example"),
        sent_at=sent_at,
        expires_at=sent_at + LIFETIME,
    )


def answer(response):
    code, target = response.status_code, response.headers.get("Location", "")
    if code == 302 and "/accounts/login/" in target:
        return {"door"}
    if code in (200, 302, 303):
        return {"in", "form"} if code == 200 else {"in"}
    return {str(code), "form"} if code in (400, 404, 409, 422) else {str(code)}


def test_every_address_is_in_the_table_or_belongs_to_the_administration_or_to_the_accounts():
    elsewhere = {name for name, route in ALL.items() if route.startswith(("admin/", "accounts/"))}
    assert set(ALL) - elsewhere == set(TABLE)


@pytest.mark.parametrize("name", TABLE)
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", PEOPLE)
def test_who_may_do_what_at_every_address(who, method, name, panama, person, client_of):
    expected = TABLE[name][method == "post"].split()[PEOPLE.index(who)]
    response = getattr(client_of(person(who)), method)(address_of(name, panama))
    assert expected in answer(response), (name, method, who, response.status_code)


@pytest.mark.parametrize("name", [name for name in TABLE if "405" not in TABLE[name][0]])
@pytest.mark.parametrize("who", PEOPLE)
def test_looking_at_a_page_writes_nothing(who, name, panama, person, client_of, reading_only):
    client, path = client_of(person(who)), address_of(name, panama)
    with reading_only():
        client.get(path)


ADMINISTRATION = [name for name, route in ALL.items() if route.startswith("admin/") and "<" not in route]


@pytest.mark.parametrize("who", [name for name in PEOPLE if name != "administrator"])
@pytest.mark.parametrize(
    "name", [name for name in ADMINISTRATION if name not in ("admin:login", "admin:logout", "admin:jsi18n")]
)
def test_the_administration_is_closed_to_all_but_the_administrator(who, name, person, client_of):
    response = client_of(person(who)).get("/" + ALL[name])
    assert response.status_code in (302, 403), response.status_code
    assert response.status_code == 403 or "login" in response.headers["Location"]


#: Pages of the account that a person without one may open.
OPEN_ACCOUNT_PAGES = {
    "account_login",
    "account_logout",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_inactive",
    "account_email_verification_sent",
}


@pytest.mark.parametrize(
    "name", sorted(name for name, route in ALL.items() if route.startswith("accounts/") and "<" not in route)
)
def test_pages_of_an_account_need_one_except_those_on_the_way_in(name, client):
    response = client.get("/" + ALL[name].replace("^", "").replace("$", ""))
    is_open = response.status_code == 200
    assert is_open <= (name in OPEN_ACCOUNT_PAGES), name
