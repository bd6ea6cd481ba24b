"""W5: the totals of the whole portal from the summary, against a sum over every count that counts."""

from datetime import date

from django.db import connection

from beneficiaries.models import Category, Count, Reach, Submission
from beneficiaries.totals import summary
from programmes.models import Agency, Area, Country, Fund, Period, Programme, Revision
from tests.bench.__main__ import Measured, ratio_of_medians
from tests.bench.imports import at_least

PROGRAMMES, AREAS = 130, 962  # with four categories, direct and indirect: a million counts
TODAY = date(2012, 1, 20)
LIVE = """
    SELECT k.code, c.reach, SUM(c.value), SUM(CASE WHEN c.state = 'nd' THEN 1 ELSE 0 END)
    FROM beneficiaries_count c
    JOIN beneficiaries_category k ON k.id = c.category_id
    JOIN beneficiaries_submission s ON s.id = c.submission_id
    JOIN programmes_programme p ON p.id = s.programme_id
    WHERE s.status = 'accepted' AND p.code LIKE 'MDGF-W5%%' AND NOT EXISTS (
        SELECT 1 FROM beneficiaries_submission later
        WHERE later.programme_id = s.programme_id AND later.agency_id = s.agency_id
        AND later.period_id = s.period_id AND later.status = 'accepted' AND later.revision > s.revision)
    GROUP BY k.code, c.reach
"""
INVENT = """
    INSERT INTO beneficiaries_count (submission_id, area_id, category_id, reach, value, state, cell)
    SELECT s.id, a.id, k.id, r.reach,
        CASE WHEN (s.id + a.id) %% 37 = 0 OR s.id %% 13 = 0 AND k.code = 'women'
            THEN NULL ELSE (a.id + k.id) %% 900 END,
        CASE WHEN (s.id + a.id) %% 37 = 0 OR s.id %% 13 = 0 AND k.code = 'women'
            THEN 'nd' ELSE 'reported' END, ''
    FROM beneficiaries_submission s
    JOIN programmes_programme p ON p.id = s.programme_id
    JOIN programmes_area a ON a.country_id = p.country_id
    CROSS JOIN beneficiaries_category k
    CROSS JOIN (SELECT 'direct' AS reach UNION SELECT 'indirect') r
    WHERE p.code LIKE 'MDGF-W5%%'
"""


def invent_counts():
    """New figures of one agency in each programme, some nd; in one programme of thirteen all women are."""
    country = Country.objects.create(iso2="XC", iso3="XCX", name_es="País XC", name_en="Country XC")
    Area.objects.bulk_create(
        Area(country=country, slug=f"w{number}", name=f"Distrito {number:05}", kind="distrito")
        for number in range(AREAS)
    )
    fund, agency = Fund.objects.get(code="MDG-F"), Agency.objects.get(acronym_en="FAO")
    period = Period.objects.get(fund=fund, code="2011-S2")
    programmes = Programme.objects.bulk_create(
        Programme(code=f"MDGF-W5{number:03}", title_es="Inventado", title_en="Invented", country=country, fund=fund)
        for number in range(PROGRAMMES)
    )
    Revision.objects.bulk_create(
        Revision(programme=programme, number=1, total_budget_usd=1, ends_on=date(2012, 12, 31))
        for programme in programmes
    )
    stated = {"basis": "new", "status": Submission.Status.ACCEPTED, "revision": 1, "counted_to_on": period.ends_on}
    Submission.objects.bulk_create(
        Submission(programme=programme, agency=agency, period=period, **stated) for programme in programmes
    )
    with connection.cursor() as cursor:
        cursor.execute(INVENT, ())
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")


def live():
    with connection.cursor() as cursor:
        cursor.execute(LIVE, ())
        return {(category, reach): (known, nd) for category, reach, known, nd in cursor.fetchall()}


def run():
    invent_counts()
    summary.catch_up(TODAY)
    programmes = Programme.objects.filter(code__startswith="MDGF-W5")
    counts = Count.objects.filter(submission__programme__in=programmes).count()

    def from_summary():
        return summary.over(programmes)

    found, summed = from_summary(), live()
    kinds = [(category, reach.value) for category in Category.objects.values_list("code", flat=True) for reach in Reach]
    differing = [kind for kind in kinds if found[kind].known != summed[kind][0]]
    yield Measured(f"W5 totals that differ from a sum over {counts:,} counts", str(len(differing)), "0", not differing)
    without = found["women", "direct"].nd
    yield Measured("W5 programmes of 130 whose women stay nd", str(without), "10", without == PROGRAMMES // 13)
    yield at_least("W5 totals of the portal, speed over a live sum", 1 / ratio_of_medians(from_summary, live), 15)
