"""Any counts, exported in any format, layout and language, come back equal, states included. No database."""

import io
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from beneficiaries.models import Category, Count, Submission
from beneficiaries.spreadsheets import child, export, template
from beneficiaries.spreadsheets.columns import columns_for
from beneficiaries.spreadsheets.identity import Expected
from beneficiaries.spreadsheets.parties import Scope
from beneficiaries.spreadsheets.reading import Sheet, Workbook
from beneficiaries.spreadsheets.rows import read_rows
from programmes.models import Agency, Area, Period, Programme
from programmes.quantities import Quantity, State

NAMES = ("Coclé", "Ñürün / Besikó", "Kuna Yala", "Colón", "O'Higgins «x», y; z")
AREAS = [Area(pk=n, name=name, slug=f"a{n}", kind="provincia", iso_code=f"PA-{n}") for n, name in enumerate(NAMES, 1)]
CATEGORIES = [
    Category(pk=1, code="institutions", label_es="Instituciones", label_en="Institutions", unit="institutions"),
    Category(pk=2, code="women", label_es="Mujeres", label_en="Women", unit="persons"),
    Category(pk=3, code="men", label_es="Hombres", label_en="Men", unit="persons"),
    Category(pk=4, code="ethnic_groups", label_es="Grupos étnicos", label_en="Ethnic groups", unit="groups"),
]
COLUMNS = columns_for(None, AREAS, AREAS, CATEGORIES)
PROGRAMME = Programme(code="MDGF-2097", title_es="Red", title_en="Network")
AGENCIES = {
    "FAO": Agency(pk=1, acronym_es="FAO", acronym_en="FAO"),
    "UNDP": Agency(pk=2, acronym_es="PNUD", acronym_en="UNDP"),
}
PERIODS = [
    Period(pk=1, code="2011-S1", starts_on=date(2011, 1, 1), ends_on=date(2011, 6, 30)),
    Period(pk=2, code="2011-S2", starts_on=date(2011, 7, 1), ends_on=date(2011, 12, 31)),
]
SCOPE = Scope.of(
    agency="FAO",
    period="2011-S2",
    basis="new",
    names={"FAO": "FAO", "PNUD": "UNDP", "UNDP": "UNDP"},
    allowed=None,
    periods=[(period.code, period.starts_on, period.ends_on) for period in PERIODS],
)
figures = st.one_of(
    st.integers(0, 2_147_483_647),
    st.sampled_from([0, 1, 999, 1000, 2011]),
    st.sampled_from([State.ND, State.NA, State.PENDING, State.BLANK]),
)
keys = st.tuples(st.sampled_from([*AREAS, None]), st.sampled_from(COLUMNS.counts))
counts = st.dictionaries(keys.map(lambda key: (key[0] and key[0].pk, key[1].name)), figures, min_size=1).filter(
    lambda found: any(value != State.BLANK for value in found.values())
)
sent = st.dictionaries(
    st.tuples(st.sampled_from(["FAO", "UNDP", ""]), st.sampled_from(["2011-S1", "2011-S2"])), counts, max_size=3
)


def submission(agency, period, figures):
    by_name = {column.name: column for column in COLUMNS.counts}
    of = Submission(
        programme=PROGRAMME,
        agency=AGENCIES.get(agency),
        period=next(each for each in PERIODS if each.code == period),
        basis="new",
        counted_to_on=date(2011, 6, 30) if period == "2011-S1" else date(2011, 10, 31),
    )
    return of, [
        Count(
            area=COLUMNS.area_by_pk.get(area),
            category=by_name[name].category,
            reach=by_name[name].reach,
            value=value if isinstance(value, int) else None,
            state=State.REPORTED if isinstance(value, int) else value,
            cell="Hoja1!D14",
        )
        for (area, name), value in figures.items()
    ]


def read(data, ending, scope=SCOPE):
    told = child.read(data, f"f.{ending}")
    sheets = [Sheet(s["name"], s["rows"], merged=tuple(map(tuple, s.get("merged", ())))) for s in told["sheets"]]
    expected = Expected("MDGF-2097", ("FAO",), "2011-S2", "new", scope=scope)
    found = read_rows(Workbook(told["format"], tuple(sheets)), COLUMNS, None, expected)
    assert ([(p.code, p.cell, p.found) for p in found.problems], found.questions) == ([], [])
    return found


def told_of(found):
    back = {}
    for row in found.rows:
        agency = {"": "FAO", "programme": ""}.get(row.agency, row.agency)
        value = row.quantity.value if row.quantity.is_reported else row.quantity.state
        key = (row.area and row.area.pk, f"{row.category.code}_{row.reach}")
        back.setdefault((agency, row.period or "2011-S2"), {})[key] = value
    return back


@settings(deadline=None, max_examples=120)
@given(
    sent,
    counts,
    st.sampled_from(["xlsx", "ods", "csv"]),
    st.sampled_from(["long", "wide"]),
    st.sampled_from(["es", "en"]),
    st.booleans(),
)
def test_any_counts_come_back_from_every_format_and_layout(others, own, ending, layout, language, hxl):
    everything = {("FAO", "2011-S2"): own} | {key: found for key, found in others.items() if key != ("FAO", "2011-S2")}
    data = export.written(
        [submission(*key, found) for key, found in everything.items()], COLUMNS, ending, language, layout, hxl
    )
    found = read(data, ending)
    assert told_of(found) == everything
    own_purpose = found.purposes["", ""]
    assert own_purpose["basis"][0] == "new"
    assert own_purpose["counted_to_on"][0] == date(2011, 10, 31)


@settings(deadline=None, max_examples=25)
@given(counts, st.sampled_from(["es", "en"]))
def test_any_counts_come_back_from_the_template(own, language):
    """A row in which something is said has a figure in each column, blank where nothing is."""
    previous = {
        (area, column.category.code, column.reach): Quantity(value) if isinstance(value, int) else Quantity(None, value)
        for (area, name), value in own.items()
        for column in COLUMNS.counts
        if column.name == name
    }
    data = template.build(PROGRAMME, AGENCIES["FAO"], PERIODS[1], COLUMNS, language, "new", previous)
    back = told_of(read(io.BytesIO(data).getvalue(), "xlsx"))["FAO", "2011-S2"]
    assert {key: value for key, value in back.items() if value != State.BLANK} == {
        key: value for key, value in own.items() if value != State.BLANK
    }
    assert {key for key in own if own[key] == State.BLANK} & back.keys() <= {
        key for key, v in back.items() if v == State.BLANK
    }
