"""Reference data as it comes with the portal: complete, in both languages, and free of known traps."""

import datetime as dt
import itertools

import pytest

from beneficiaries.models import Category
from programmes.models import Agency, Area, Country, Fund, Period, Section, Target, ThematicWindow
from programmes.resources import (
    AgencyResource,
    AreaResource,
    CountryResource,
    FundResource,
    PeriodResource,
    SectionResource,
    TargetResource,
    ThematicWindowResource,
)

pytestmark = pytest.mark.django_db
MODELS = [Agency, Area, Category, Country, Fund, Period, Section, Target, ThematicWindow]


@pytest.mark.parametrize("model", MODELS)
def test_every_entry_is_valid_and_found_by_its_natural_key(model):
    for entry in model.objects.all():
        entry.full_clean()
        assert model.objects.get_by_natural_key(*entry.natural_key()) == entry


@pytest.mark.parametrize("model", MODELS)
def test_whatever_stands_in_one_language_stands_in_the_other(model):
    names = [field.name for field in model._meta.fields if field.name.endswith("_es")]
    for entry in model.objects.all():
        for name in names:
            other = name.removesuffix("_es") + "_en"
            assert bool(getattr(entry, name)) == bool(getattr(entry, other)), (entry, name)


def test_goals_and_targets_are_all_there():
    mdg = Target.objects.filter(framework="MDG")
    assert sorted(mdg.exclude(code__contains=".").values_list("code", flat=True)) == list("12345678")
    assert mdg.filter(code__contains=".").count() == 21
    sdg = Target.objects.filter(framework="SDG")
    assert sorted(sdg.values_list("goal", flat=True)) == list(range(1, 18))
    target = Target.objects.get(framework="MDG", code="1.B")
    assert target.name_es.startswith("Lograr empleo pleno y productivo")
    assert target.name_en.startswith("Achieve full and productive employment")


def test_the_fund_has_eight_windows_and_fourteen_semesters():
    fund = Fund.objects.get()
    assert (fund.acronym_es, fund.acronym_en) == ("F-ODM", "MDG-F")
    assert fund.windows.count() == 8
    letters = fund.windows.exclude(code_letter="").values_list("code_letter", flat=True)
    assert sorted(letters) == ["A", "B", "D", "E", "F", "H"]
    periods = list(fund.periods.order_by("starts_on"))
    assert len(periods) == 14
    for period, following in itertools.pairwise(periods):
        assert following.starts_on == period.ends_on + dt.timedelta(days=1)
        assert period.due_on == period.ends_on + dt.timedelta(days=31)
        assert period.closed_on is None
    second = fund.periods.get(code="2011-S2")
    assert (second.starts_on, second.ends_on) == (dt.date(2011, 7, 1), dt.date(2011, 12, 31))


def test_codes_that_look_alike_belong_to_different_areas():
    assert Area.objects.get(iso_code="PA-2").name == Area.objects.get(ocha_code="PA03").name == "Coclé"
    assert Area.objects.get(iso_code="PA-4").name == Area.objects.get(ocha_code="PA02").name == "Chiriquí"
    assert Area.objects.get(country__iso2="PA", slug="panama-oeste").valid_from_on == dt.date(2014, 1, 1)
    comarcas = Area.objects.filter(is_indigenous=True)
    assert {area.kind for area in comarcas} == {"comarca"}
    assert comarcas.count() == 4
    assert "Kuna Yala" in Area.objects.get(slug="guna-yala").aliases


def test_wto_names_two_organisations_and_so_is_asked_about():
    named_wto = {agency.acronym_en for agency in Agency.objects.all() if "WTO" in agency.aliases}
    assert named_wto == {"UNWTO", "WTO"}


def test_no_other_name_belongs_to_two_agencies():
    owners = {}
    for agency in Agency.objects.all():
        for name in {agency.acronym_es, agency.acronym_en, *agency.aliases}:
            owners.setdefault(name.casefold(), set()).add(agency.acronym_en)
    assert {name: who for name, who in owners.items() if len(who) > 1} == {"wto": {"UNWTO", "WTO"}}


def test_an_identifier_says_where_it_comes_from():
    for agency in Agency.objects.all():
        assert bool(agency.iati_id) == bool(agency.iati_id_basis), agency


def test_the_template_stands_in_printing_order():
    printed = list(Section.objects.filter(fund__code="MDG-F").values_list("slug", "kind", "parent__slug"))
    heading, text, plan = Section.Kind.HEADING, Section.Kind.TEXT, Section.Kind.PLAN
    assert printed == [
        ("summary", text, None),
        ("gender", text, None),
        ("paris-declaration", heading, None),
        ("leadership", text, "paris-declaration"),
        ("civil-society", text, "paris-declaration"),
        ("harmonisation", text, "paris-declaration"),
        ("accountability", text, "paris-declaration"),
        ("delivering-as-one", heading, None),
        ("innovation", text, "delivering-as-one"),
        ("rco-role", text, "delivering-as-one"),
        ("coordination", text, "delivering-as-one"),
        ("sustainability", plan, None),
        ("scalability", text, None),
        ("external-factors", text, None),
        ("communication", plan, None),
        ("monitoring-evaluation", text, None),
    ]
    shared = Section.objects.filter(is_country_level=True).values_list("slug", flat=True)
    assert set(shared) == {"rco-role", "monitoring-evaluation"}
    for section in Section.objects.all():
        assert bool(section.question_es) == (section.kind == plan), section


def test_institutions_and_groups_are_not_persons():
    units = dict(Category.objects.values_list("code", "unit"))
    assert units == {"institutions": "institutions", "women": "persons", "men": "persons", "ethnic_groups": "groups"}


def test_no_header_names_two_categories():
    owners = {}
    for category in Category.objects.all():
        for name in {category.label_es, category.label_en, *category.synonyms}:
            owners.setdefault(name.casefold(), set()).add(category.code)
    assert [name for name, codes in owners.items() if len(codes) > 1] == []


@pytest.mark.parametrize(
    "resource",
    [
        AgencyResource,
        AreaResource,
        CountryResource,
        FundResource,
        PeriodResource,
        SectionResource,
        TargetResource,
        ThematicWindowResource,
    ],
)
def test_a_table_has_every_column_but_the_number_of_the_row(resource):
    model = resource._meta.model
    assert set(resource().get_export_headers()) == {field.name for field in model._meta.fields} - {"id"}


def test_what_an_administrator_changes_in_reference_data_stays_in_its_history(client_of, administrator):
    agency = Agency.objects.get(acronym_en="FAO")
    answers = {
        **{name: getattr(agency, name) for name in ("acronym_en", "acronym_es", "name_es", "iati_id", "iati_id_basis")},
        "name_en": "Food and Agriculture Organization",
        "aliases": "",
    }
    response = client_of(administrator).post(f"/admin/programmes/agency/{agency.pk}/change/", answers)
    assert response.status_code == 302
    now, before = agency.history.all()[:2]
    assert (now.history_user, now.name_en) == (administrator, "Food and Agriculture Organization")
    assert before.name_en == agency.name_en
