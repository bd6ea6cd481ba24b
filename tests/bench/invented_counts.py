"""An invented country of many municipalities, a programme in it, and what an agency counts there."""

import io
from datetime import date

from openpyxl import Workbook

from beneficiaries.models import Category, Reach
from beneficiaries.spreadsheets.purpose import Purpose
from programmes.models import (
    Agency,
    AgencyBudget,
    Area,
    Country,
    Fund,
    Membership,
    Period,
    Programme,
    ProgrammeArea,
    Revision,
    Role,
    User,
)

TODAY = date(2012, 1, 20)
#: An area has a figure for each of four categories, direct and indirect.
FIGURES_AN_AREA = 8
HEADERS = ("Municipio", "Categoría", "Alcance", "Cantidad")
LABELS = {"institutions": "Instituciones", "women": "Mujeres", "men": "Hombres", "ethnic_groups": "Grupos étnicos"}
REACHES = {"direct": "Directo", "indirect": "Indirecto"}


def invent_programme(code, iso2, areas):
    """A programme of the demo's Fund in as many municipalities, one agency in it, and the RCO officer who uploads."""
    country = Country.objects.create(iso2=iso2, iso3=f"{iso2}X", name_es=f"País {iso2}", name_en=f"Country {iso2}")
    places = Area.objects.bulk_create(
        Area(country=country, slug=f"m{number}", name=f"Municipio {number:05}", kind="municipio")
        for number in range(areas)
    )
    fund, agency = Fund.objects.get(code="MDG-F"), Agency.objects.get(acronym_en="FAO")
    programme = Programme.objects.create(
        code=code, title_es="Inventado", title_en="Invented", country=country, fund=fund, starts_on=date(2011, 7, 1)
    )
    revision = Revision.objects.create(programme=programme, number=1, total_budget_usd=1, ends_on=date(2012, 12, 31))
    AgencyBudget.objects.create(revision=revision, agency=agency, amount_usd=1)
    ProgrammeArea.objects.bulk_create(ProgrammeArea(programme=programme, area=place) for place in places)
    officer = User.objects.create_user(f"oficina@{iso2.lower()}.example", "una-clave-larga-2011", name="Ana Mora")
    Membership.objects.create(user=officer, role=Role.RCO, country=country)
    return programme, officer


def purpose_of(programme, period="2011-S2", basis="new"):
    period = Period.objects.get(fund=programme.fund, code=period)
    return Purpose(programme, Agency.objects.get(acronym_en="FAO"), period, basis, period.ends_on)


def figures_of(programme, changed=0):
    """(area, category, reach, value or ``None`` for nd) of every figure; ``changed`` moves some of them."""
    areas = [link.area for link in programme.programme_areas.select_related("area")]
    categories = list(Category.objects.filter(code__in=LABELS))
    number = 0
    for area in areas:
        for category in categories:
            for reach in Reach:
                number += 1
                nd = number % 37 == 0
                yield area, category, reach.value, None if nd else number % 900 + (changed and number % 5 == 0)


def long_workbook(programme, changed=0):
    """One row a figure, in an agency's own layout, as xlsx."""
    return saved(
        HEADERS,
        (
            (area.name, LABELS[category.code], REACHES[reach], "nd" if value is None else value)
            for area, category, reach, value in figures_of(programme, changed)
        ),
    )


def saved(headers, rows):
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Datos")
    sheet.append(headers)
    for row in rows:
        sheet.append(row)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()
