"""Any counts, written in any layout and any format, come back equal, states included."""

from hypothesis import given, settings
from hypothesis import strategies as st

from beneficiaries.spreadsheets import child
from beneficiaries.spreadsheets.identity import Expected
from beneficiaries.spreadsheets.messages import Refused
from beneficiaries.spreadsheets.parties import Scope
from beneficiaries.spreadsheets.reading import Sheet, Workbook
from beneficiaries.spreadsheets.rows import read_rows
from beneficiaries.spreadsheets.stored import as_stored, from_stored
from tests.beneficiaries.files import csv_bytes, ods, xlsb, xlsx
from tests.beneficiaries.test_layouts import SCOPE
from tests.beneficiaries.test_rows import AREAS, COLUMNS

AREA_NAMES = [area.name for area in AREAS[:4]]
KINDS = [(category, reach) for category in ("women", "men") for reach in ("direct", "indirect")]
WORDS = {"women": "Mujeres", "men": "Hombres", "direct": "directo", "indirect": "indirecto"}
figure = st.one_of(st.integers(0, 2_000_000), st.sampled_from(["nd", "na", "pendiente"]))
tables = st.dictionaries(st.sampled_from(AREA_NAMES), st.lists(figure, min_size=4, max_size=4), min_size=1)
WORDS_SEEN = (
    "Área|Coclé|Herrera|PA02|02|Mujeres|Mujeres (directo)|Hombres indirecto|Total|Sexo|Agencia|FAO|PNUD|"
    "Período|2011-S1|julio|julio 2011|directo|Cantidad|"
    "#adm1|#org|#reached+f|nd|-|~300|10-15|1.839|1,839|1 242|35 familias|Meta|%"
)
CELLS = st.one_of(
    st.none(),
    st.integers(-(10**12), 10**12),
    st.floats(-1e9, 1e9),
    st.booleans(),
    st.sampled_from([{"error": "#REF!"}, {"error": "="}, {"date": "2011-07-31"}, {"date": "12:00:00"}]),
    st.sampled_from([*WORDS_SEEN.split("|"), "", " ", "x" * 300]),
    st.text(max_size=6),
)
grids = st.lists(st.lists(CELLS, max_size=6), max_size=9)
FORMATS = {
    "xlsx": xlsx,
    "ods": ods,
    "xlsb": xlsb,
    "csv": lambda rows: csv_bytes(rows, ";", "utf-8"),
    "tsv": lambda rows: csv_bytes(rows, "\t", "utf-16-le", "\r"),
    "txt": lambda rows: csv_bytes(rows, "|", "cp1252", "\n"),
}


def wide(counts):
    return [
        ["Área", *[f"{WORDS[c]} ({WORDS[r]})" for c, r in KINDS]],
        *[[a, *figures] for a, figures in counts.items()],
    ]


def two_header_rows(counts):
    top = ["", *[WORDS[category] for category, _reach in KINDS]]
    return [["Informe", *[None] * 4], top, ["Provincia", *[WORDS[r] for _c, r in KINDS]], *wide(counts)[1:]]


def long(counts):
    return [
        ["Lugar", "Sexo", "Alcance", "Cantidad"],
        *[[a, WORDS[c], WORDS[r], figures[n]] for a, figures in counts.items() for n, (c, r) in enumerate(KINDS)],
    ]


def areas_as_columns(counts):
    rows = [[f"{WORDS[c]} {WORDS[r]}", *[figures[n] for figures in counts.values()]] for n, (c, r) in enumerate(KINDS)]
    return [["Categoría", *counts], *rows]


LAYOUTS = [wide, two_header_rows, long, areas_as_columns]
STATES = {"nd": "nd", "na": "na", "pendiente": "pending"}


@settings(deadline=None, max_examples=60)
@given(tables, st.sampled_from(LAYOUTS), st.sampled_from(sorted(FORMATS)))
def test_counts_come_back_from_every_layout_and_format(counts, layout, name):
    told = child.read(FORMATS[name](layout(counts)), f"f.{name}")
    sheets = [Sheet(s["name"], s["rows"], merged=tuple(map(tuple, s.get("merged", ())))) for s in told["sheets"]]
    found = read_rows(Workbook(told["format"], tuple(sheets)), COLUMNS)
    assert (found.problems, found.questions) == ([], [])
    back = {
        (row.area.name, row.category.code, row.reach): (row.quantity.value, row.quantity.state) for row in found.rows
    }
    assert back == {
        (area, *KINDS[place]): (None, STATES[cell]) if isinstance(cell, str) else (cell, "reported")
        for area, figures in counts.items()
        for place, cell in enumerate(figures)
    }


@settings(deadline=None, max_examples=150)
@given(grids, st.lists(st.tuples(*[st.integers(0, 5)] * 4), max_size=2), st.booleans())
def test_whatever_stands_in_a_sheet_ends_in_figures_questions_or_problems(rows, merged, is_new):
    merged = tuple((min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in merged)
    scope = Scope(**{**vars(SCOPE), "is_new": is_new})
    expected = Expected("MDGF-2097", ("FAO",), "2011-S2", "new", scope=scope)
    sheet = Sheet("Hoja1", rows, merged=merged, hidden_rows=((3, 4),))
    answers = {}
    for _round in range(8):
        try:
            found = read_rows(Workbook("xlsx", (sheet,)), COLUMNS, answers, expected)
        except Refused:
            return  # a column of names, perhaps
        if not found.questions:
            break
        answers |= {question.code: question.suggestion or question.choices[0] for question in found.questions}
    assert not found.questions
    assert found.rows or found.problems
    assert len({(row.agency, row.period, *row.key) for row in found.rows}) == len(found.rows)
    assert all(problem.message for problem in (*found.problems, *found.notes))
    assert as_stored(found) == as_stored(from_stored(as_stored(found), COLUMNS)) or found.elsewhere
