"""Any counts, written in any layout and any format, come back equal, states included."""

from hypothesis import given, settings
from hypothesis import strategies as st

from beneficiaries.spreadsheets import child
from beneficiaries.spreadsheets.reading import Sheet, Workbook
from beneficiaries.spreadsheets.rows import read_rows
from tests.beneficiaries.files import csv_bytes, ods, xlsb, xlsx
from tests.beneficiaries.test_rows import AREAS, COLUMNS

AREA_NAMES = [area.name for area in AREAS[:4]]
KINDS = [(category, reach) for category in ("women", "men") for reach in ("direct", "indirect")]
WORDS = {"women": "Mujeres", "men": "Hombres", "direct": "directo", "indirect": "indirecto"}
figure = st.one_of(st.integers(0, 2_000_000), st.sampled_from(["nd", "na", "pendiente"]))
tables = st.dictionaries(st.sampled_from(AREA_NAMES), st.lists(figure, min_size=4, max_size=4), min_size=1)
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
