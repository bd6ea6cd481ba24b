"""W1 to W3: queries of a page, and the time of reading and of saving over a hello view behind the same middleware."""

from datetime import date, timedelta
from statistics import median, quantiles
from time import perf_counter
from urllib.parse import urlencode

from django.core.cache import caches
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from beneficiaries.models import Category, ProgrammeTotal
from programmes.models import (
    Agency,
    AgencyBudget,
    Country,
    Disbursement,
    Fund,
    Programme,
    Revision,
    StatusAssessment,
    ThematicWindow,
    User,
)
from reporting.portfolio import refreshing
from tests.bench.__main__ import Measured, at_most, ratio_of_medians
from tests.programmes.browsing import form_on

PROGRAMMES = 10_000
LIVE = "/programmes/MDGF-2097/"
PORTFOLIO = "/"


def invent_portfolio(count=PROGRAMMES):
    """Programmes of the demo's Fund, each with a revision, two agencies, a disbursement and a status."""
    fund, country = Fund.objects.get(code="MDG-F"), Country.objects.get(iso2="PA")
    windows, agencies = list(ThematicWindow.objects.filter(fund=fund)), list(Agency.objects.order_by("pk")[:6])
    start = date(2009, 1, 1)
    programmes = Programme.objects.bulk_create(
        Programme(
            code=f"MDGF-B{number:05}",
            title_es=f"Programa inventado {number}",
            title_en=f"Invented programme {number}",
            country=country,
            fund=fund,
            window=windows[number % len(windows)],
            starts_on=start + timedelta(days=number % 700),
        )
        for number in range(count)
    )
    revisions = Revision.objects.bulk_create(
        Revision(programme=programme, number=1, total_budget_usd=6_000_000, ends_on=date(2013, 6, 30))
        for programme in programmes
    )
    AgencyBudget.objects.bulk_create(
        AgencyBudget(revision=revision, agency=agencies[(index + part) % 6], amount_usd=3_000_000, position=part)
        for index, revision in enumerate(revisions)
        for part in range(2)
    )
    Disbursement.objects.bulk_create(
        Disbursement(programme=programme, ordinal=1, made_on=date(2010, 1, 15), amount_usd=2_000_000)
        for programme in programmes
    )
    StatusAssessment.objects.bulk_create(
        StatusAssessment(programme=programme, assessed_on=date(2011, 6, 30), performance="on_track")
        for programme in programmes
    )
    invent_totals(programmes)
    refreshing.refresh(timezone.localdate())


def invent_totals(programmes):
    """Women and men of each as a worker would have counted them: some in part, some nd."""
    categories = Category.objects.filter(code__in=("women", "men"))
    ProgrammeTotal.objects.bulk_create(
        ProgrammeTotal(
            programme=programme,
            category=category,
            reach="direct",
            known=None if number % 13 == 0 else number,
            reported=number % 13 > 0,
            missing=number % 7 == 0 or number % 13 == 0,
            as_of_on=date(2011, 10, 31),
            version=programme.version,
        )
        for number, programme in enumerate(programmes)
        for category in categories
    )


def seconds_of_sql(client, path):
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return sum(float(query["time"]) for query in captured)


def last_over_first(client, sort):
    """The database's time for the last page of the portfolio over that for the first: medians of five in turn."""
    last = (PROGRAMMES + 1 - 1) // 100 + 1
    times = {1: [], last: []}
    for _round in range(6):
        for page, measured in times.items():
            measured.append(seconds_of_sql(client, f"{PORTFOLIO}?sort={sort}&page={page}"))
    return median(times[last][1:]) / median(times[1][1:])


EDITED = "/programmes/MDGF-2097/sections/parties/edit/"


def saving_over_hello(client, *, rounds=60):
    """The slowest twentieth of savings of a block over that of a hello view, run in turn."""
    form = form_on(client.get(EDITED))
    times = {"hello": [], "saving": []}
    for number in range(rounds):
        form |= {"coordinator_name": f"Persona {number}"}
        started = perf_counter()
        client.get("/hello/")
        times["hello"].append(perf_counter() - started)
        started = perf_counter()
        answer = client.post(EDITED, urlencode(form), content_type="application/x-www-form-urlencoded")
        times["saving"].append(perf_counter() - started)
        assert answer.status_code == 303, answer.status_code
        form = form_on(client.get(EDITED))
    p95 = {side: quantiles(measured, n=20)[-1] for side, measured in times.items()}
    return p95["saving"] / p95["hello"]


def _queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    return len(captured)


def _number(name, queries, goal):
    return Measured(name, str(queries), f"≤ {goal}", queries <= goal)


@override_settings(ROOT_URLCONF="tests.bench.urls")
def run():
    officer = Client(headers={"accept-language": "es"})
    officer.force_login(User.objects.get(email="oficina.cr@panama.example"))
    secretariat = Client(headers={"accept-language": "en"})
    secretariat.force_login(User.objects.get(email="secretariado@fund.example"))

    officer.get(LIVE)
    caches["sheets"].clear()
    yield _number("W1 queries, live sheet not built", _queries(officer, LIVE), 25)
    yield _number("W1 queries, live sheet built", _queries(officer, LIVE), 6)
    yield _number("W1 queries, portfolio of one programme", _queries(secretariat, PORTFOLIO), 6)
    yield at_most("E1 saving a block, p95 over hello", saving_over_hello(officer), 10)
    invent_portfolio()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    yield _number(f"W1 queries, portfolio of {PROGRAMMES + 1:,}", _queries(secretariat, PORTFOLIO), 6)
    yield at_most(
        "W2 live sheet, built, over hello",
        ratio_of_medians(lambda: officer.get(LIVE), lambda: officer.get("/hello/"), inner=5),
        55,
    )
    yield at_most(
        "W2 portfolio, 100 rows of 10,000, over hello",
        ratio_of_medians(lambda: secretariat.get(PORTFOLIO), lambda: secretariat.get("/hello/"), inner=3),
        60,
    )
    for sort in ("code", "-women"):
        yield at_most(f"W4 last page over the first, SQL, by {sort}", last_over_first(secretariat, sort), 3)
