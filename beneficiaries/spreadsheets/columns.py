"""The one declaration of a beneficiary spreadsheet.

Its headers in both languages, its synonyms, types, explanations and examples make the template, the reader, the
messages, the export's headers and the written instructions: they cannot contradict each other.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from beneficiaries.models import Category, Reach
from programmes.quantities import State
from programmes.state_words import TOKENS

LANGUAGES = ("es", "en")
_WORDS = re.compile(r"[^\W_]+")


def folded(text):
    """Words without accents, case or punctuation: “Áreas, N.º” and “areas n º” are one.

    >>> folded("  Coclé "), folded("Mujeres (directo)"), folded("PA-2")
    ('cocle', 'mujeres directo', 'pa 2')
    """
    plain = str(text).casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", str(text)).casefold()
        plain = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(_WORDS.findall(plain))


class Kind(StrEnum):
    AREA = "area"
    COUNT = "count"
    NOTE = "note"


#: Typed in place of a figure, these mean that there is none. (The number 0 shown as a dash is still 0.)
DASHES = frozenset("-–—−_.…·")
REACH_WORDS = {
    Reach.DIRECT: {"es": ("directo", "directa", "directos", "directas", "dir"), "en": ("direct", "directly")},
    Reach.INDIRECT: {
        "es": ("indirecto", "indirecta", "indirectos", "indirectas", "indir"),
        "en": ("indirect", "indirectly"),
    },
}
#: Words that headers carry and that say nothing about which column it is.
NOISE = frozenset({
    "no", "n", "o", "nro", "num", "numero", "cantidad", "de", "del", "la", "las", "los", "el", "por", "alcance",
    "beneficiario", "beneficiaria", "beneficiarios", "beneficiarias",
    "number", "of", "the", "by", "reach", "beneficiary", "beneficiaries",
})  # fmt: skip
NO_AREA = {
    "es": ("Sin área", "sin desglose", "sin desglosar", "no desglosado", "programa completo", "todo el programa"),
    "en": ("No area", "without area", "not by area", "whole programme", "not broken down"),
}
TOTAL_WORDS = frozenset(("total", "totales", "total general", "totals", "grand total", "suma", "sum", "subtotal"))
TITLE = {"es": "Beneficiarios por área", "en": "Beneficiaries by area"}
DATA_SHEET = {"es": "Beneficiarios", "en": "Beneficiaries"}
INSTRUCTIONS_SHEET = {"es": "Instrucciones", "en": "Instructions"}
IDENTITY_SHEET = "_ficha"
TEMPLATE_VERSION = "1"
#: What the template says about itself, above its header row and in its hidden sheet.
IDENTITY = {
    "programme": {"es": "Programa", "en": "Programme"},
    "agency": {"es": "Agencia", "en": "Agency"},
    "period": {"es": "Período", "en": "Period"},
    "basis": {"es": "Cifras", "en": "Figures"},
}
#: Above the header: up to which day the figures count, in files that state it.
COUNTED_TO = (
    "Contado hasta", "Contados hasta", "Contadas hasta", "Cifras hasta", "Datos hasta", "Fecha de corte", "Corte al",
    "Counted to", "Counted up to", "Figures to", "Data up to", "Cut-off date", "Cutoff date",
)  # fmt: skip
PROGRAMME_LEVEL = {"es": "Programa completo", "en": "Whole programme"}
BASIS_WORDS = {
    "new": {"es": "nuevas en el período", "en": "new in the period"},
    "cumulative": {"es": "acumuladas desde el inicio", "en": "cumulative since the start"},
}
#: By which word of a cell each is known, in any of its forms.
BASIS_FORMS = {
    "new": frozenset(("new", "nuevo", "nueva", "nuevos", "nuevas")),
    "cumulative": frozenset(("cumulative", "acumulado", "acumulada", "acumulados", "acumuladas")),
}
#: How the long form calls each state, in the column beside the number.
STATE_NAMES = {
    State.REPORTED: {"es": "informado", "en": "reported"},
    State.BLANK: {"es": "en blanco", "en": "blank"},
    **{state: {language: words[0] for language, words in spoken.items()} for state, spoken in TOKENS.items()},
}


@dataclass(frozen=True)
class LongColumn:
    """A column of the long form, one figure a row: its headers, and its tag for programs that read HXL."""

    name: str
    header_es: str
    header_en: str
    tag: str

    def header(self, language):
        return self.header_es if language == "es" else self.header_en


#: The long form. Of a wide one the first seven stand before the figures.
LONG_FORM = (
    LongColumn("programme", IDENTITY["programme"]["es"], IDENTITY["programme"]["en"], "#activity+programme+code"),
    LongColumn("agency", IDENTITY["agency"]["es"], IDENTITY["agency"]["en"], "#org+agency"),
    LongColumn("period", IDENTITY["period"]["es"], IDENTITY["period"]["en"], "#date+period"),
    LongColumn("basis", IDENTITY["basis"]["es"], IDENTITY["basis"]["en"], "#meta+basis"),
    LongColumn("counted_to", "Contado hasta", "Counted to", "#meta+counted_to"),
    LongColumn("area", "Área", "Area", "#loc+area+name"),
    LongColumn("area_code", "Código de área", "Area code", "#loc+area+code"),
    LongColumn("category", "Categoría", "Category", "#indicator+category"),
    LongColumn("reach", "Alcance", "Reach", "#indicator+reach"),
    LongColumn("value", "Cantidad", "Count", "#reached"),
    LongColumn("state", "Estado", "State", "#status+figure"),
    LongColumn("cell", "Celda de origen", "Source cell", "#meta+source"),
)
PLACE_OF = {column.name: place for place, column in enumerate(LONG_FORM)}
WIDE_LABELS = LONG_FORM[: PLACE_OF["category"]]


@dataclass(frozen=True)
class Column:
    """One column: what it is called, what stands in it, and how to explain it to a person."""

    name: str  # stable, for programs: "area", "women_direct"
    kind: Kind
    header_es: str
    header_en: str
    help: str  # lazily translated
    example: str
    synonyms: tuple[str, ...] = ()
    category: Category | None = None
    reach: str = ""

    def header(self, language):
        return self.header_es if language == "es" else self.header_en

    def state_header(self, language):
        """The header of the column beside it, which says why there is no number."""
        return f"{self.header(language)}: {LONG_FORM[PLACE_OF['state']].header(language).lower()}"

    @property
    def tag(self):
        """For programs that read HXL."""
        attribute = {"women": "f", "men": "m"}.get(self.category.code, self.category.code)
        return f"#reached+{attribute}+{self.reach}"

    @cached_property
    def keys(self):
        """Every folded header under which the column is recognised."""
        names = {significant(name) for name in (self.header_es, self.header_en, *self.synonyms)}
        return frozenset(names | {f"{second} {first}" for first, second in filter(None, map(_split_last, names))})


def significant(header):
    """A header's folded words without those that say nothing."""
    words = folded(header)
    return " ".join([word for word in words.split() if word not in NOISE]) or words


def _split_last(name):
    """``mujeres directo`` may also be written ``directo mujeres``."""
    first, _space, last = name.rpartition(" ")
    return (first, last) if first else None


@dataclass(frozen=True)
class Columns:
    """The columns of one programme's spreadsheet, and the areas that may stand in the first."""

    area: Column
    counts: tuple[Column, ...]
    notes: Column
    areas: tuple
    country_areas: tuple = ()

    @cached_property
    def by_key(self):
        return {key: column for column in (self.notes, *self.counts, self.area) for key in column.keys}

    def match(self, header):
        """The column a header names, in either language or by a synonym; ``None`` when it names none."""
        return self.by_key.get(significant(header)) if folded(header) else None

    def count(self, category_code, reach):
        return next(c for c in self.counts if (c.category.code, c.reach) == (category_code, reach))

    @cached_property
    def area_by_pk(self):
        return {area.pk: area for area in self.areas}

    @cached_property
    def category_by_code(self):
        return {column.category.code: column.category for column in self.counts}


AREA_SYNONYMS = (
    "área de intervención", "áreas", "provincia", "provincias", "provincia o comarca", "comarca", "región", "zona",
    "territorio", "departamento", "municipio", "distrito", "lugar", "ubicación", "código de área", "código",
    "area of intervention", "areas", "province", "region", "zone", "district", "municipality", "department",
    "location", "place", "area code", "code", "P-code", "Pcode", "adm1", "admin1",
)  # fmt: skip
NOTE_SYNONYMS = (
    "nota",
    "notas",
    "observación",
    "comentario",
    "comentarios",
    "note",
    "comments",
    "remarks",
    "fuente",
    "source",
    "celda de origen",
    "source cell",
)


def columns_for(fund, areas, country_areas=(), categories=None):
    """The declaration for a fund's categories and a programme's areas.

    ``country_areas`` are all areas of the country: codes are read against them, so that a code of another area is
    never taken for one of the programme's.
    """
    categories = list(Category.objects.select_related("part_of")) if categories is None else categories
    counts = tuple(_count_column(category, reach) for reach in Reach for category in categories)
    area = Column(
        name="area",
        kind=Kind.AREA,
        header_es="Área",
        header_en="Area",
        help=_("The area's name or its code. Figures that are not known by area go into the row without area."),
        example=areas[0].name if areas else "",
        synonyms=AREA_SYNONYMS,
    )
    notes = Column(
        name="notes",
        kind=Kind.NOTE,
        header_es="Observaciones",
        header_en="Notes",
        help=_("Remarks for your own use: they are not loaded."),
        example="",
        synonyms=NOTE_SYNONYMS,
    )
    return Columns(
        area=area, counts=counts, notes=notes, areas=tuple(areas), country_areas=tuple(country_areas or areas)
    )


HELP = {
    (Category.Unit.PERSONS, Reach.DIRECT): _("Persons who took part themselves, each counted once."),
    (Category.Unit.PERSONS, Reach.INDIRECT): _(
        "Persons who benefit through those who took part, for instance their families."
    ),
    (Category.Unit.INSTITUTIONS, Reach.DIRECT): _(
        "Institutions that took part themselves: they are never added to persons."
    ),
    (Category.Unit.INSTITUTIONS, Reach.INDIRECT): _(
        "Institutions that benefit through others: never added to persons."
    ),
    (Category.Unit.GROUPS, Reach.DIRECT): _("The number of groups, not of the persons who belong to them."),
    (Category.Unit.GROUPS, Reach.INDIRECT): _("The number of groups that benefit through others, not of persons."),
}


def _count_column(category, reach):
    words = REACH_WORDS[reach]
    names = (category.label_es, category.label_en, *category.synonyms)
    return Column(
        name=f"{category.code}_{reach.value}",
        kind=Kind.COUNT,
        header_es=f"{category.label_es} ({words['es'][0]})",
        header_en=f"{category.label_en} ({words['en'][0]})",
        help=HELP[Category.Unit(category.unit), reach],
        example="120",
        synonyms=tuple(f"{name} {word}" for name in names for language in LANGUAGES for word in words[language]),
        category=category,
        reach=reach.value,
    )


def columns_of(programme):
    """The declaration for one programme: three queries."""
    country_areas = list(programme.country.areas.all())
    by_pk = {area.pk: area for area in country_areas}
    linked = programme.programme_areas.values_list("area_id", flat=True)
    return columns_for(programme.fund, [by_pk[pk] for pk in linked if pk in by_pk], country_areas)
