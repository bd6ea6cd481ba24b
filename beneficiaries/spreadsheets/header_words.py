"""The words of other people's headers, in both languages and as HXL tags: the rest of the columns' declaration.

All are folded (without accents, case or punctuation).
"""

import re
from enum import StrEnum

from beneficiaries.models import Reach
from beneficiaries.spreadsheets.columns import COUNTED_TO, IDENTITY, TOTAL_WORDS, folded


class Kind(StrEnum):
    """What a column of any layout may be."""

    COUNT = "count"
    AREA = "area"
    AGENCY = "agency"
    PERIOD = "period"
    CATEGORY = "category"
    REACH = "reach"
    STATE = "state"
    NOTE = "note"
    TOTAL = "total"
    LEAVE_OUT = "leave_out"
    UNKNOWN = "unknown"


#: Columns whose cells say to what the figures of their row belong.
LABELS = {
    Kind.AGENCY: ("agencia", "agencias", "agencia ejecutora", "agencia del snu", "organizacion", "organismo", "socio",
                  "agency", "agencies", "implementing agency", "un agency", "organisation", "organization"),
    Kind.PERIOD: ("periodo", "semestre", "mes", "ano", "trimestre", "fecha", "periodo de reporte",
                  "period", "semester", "month", "year", "quarter", "date", "reporting period"),
    Kind.CATEGORY: ("categoria", "sexo", "genero", "tipo", "tipo de beneficiario", "tipo de beneficiarios", "grupo",
                    "category", "sex", "gender", "type", "type of beneficiary", "beneficiary type", "group",
                    "indicador", "indicator"),
    Kind.REACH: ("alcance", "tipo de alcance", "directo o indirecto", "directos o indirectos", "directo indirecto",
                 "reach", "direct or indirect", "direct indirect"),
}  # fmt: skip
#: One figure a row: what heads the column of the figures.
VALUE_WORDS = frozenset((
    "cantidad", "numero", "valor", "cifra", "conteo", "beneficiarios", "beneficiarias", "personas beneficiarias",
    "numero de beneficiarios", "no de beneficiarios", "n o de beneficiarios", "total de beneficiarios", "no", "n o",
    "count", "number", "value", "figure", "quantity", "beneficiaries", "number of beneficiaries",
    "no of beneficiaries", "total beneficiaries",
))  # fmt: skip
#: What a line above a table may state, its value beside it.
STATEMENT_WORDS = frozenset(
    folded(word)
    for words in (
        COUNTED_TO,
        *(names.values() for names in IDENTITY.values()),
        LABELS[Kind.AGENCY],
        LABELS[Kind.PERIOD],
    )
    for word in words
)
#: What heads the numbers of the rows themselves.
NUMBERING = frozenset(("n", "no", "n o", "nro", "num", "numero", "item", "number", "orden", "id"))
#: Beneath a header: in what is counted, and nothing else.
UNIT_WORDS = frozenset((
    "personas", "persona", "numero", "numero de personas", "cantidad", "unidades", "unidad", "n o", "no", "n",
    "persons", "people", "number", "number of persons", "number of people", "count", "units", "unit",
    "instituciones", "institutions", "grupos", "groups",
))  # fmt: skip
#: Such figures are of persons to be reached or in need, not of persons reached: never taken unasked.
PLANNED_WORDS = frozenset((
    "meta", "metas", "previsto", "prevista", "previstos", "previstas", "planificado", "planificados", "planificadas",
    "programado", "programados", "programadas", "esperado", "esperados", "esperadas", "afectado", "afectados",
    "afectadas", "target", "targets", "targeted", "planned", "expected", "need", "affected", "linea",
))  # fmt: skip
SHARE = re.compile(
    r"%|\bporcentajes?\b|\bpercent(?:age)?s?\b|\bproporci[oó]n\b|\brates?\b|\btasas?\b|\bshares?\b", re.I
)
_SHORT = {
    "es": ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"),
    "en": ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
}
_LONG = {
    "es": [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    "en": [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ],
}
MONTHS = {
    name: number
    for names in (*_SHORT.values(), *_LONG.values())
    for number, name in enumerate(names, start=1)
} | {"setiembre": 9, "sept": 9, "set": 9}  # fmt: skip
_ORDINAL = r"(?:(?P<first>1|i|primer|1er|1o|first|1st)|(?P<second>2|ii|segundo|2do|2o|second|2nd))"
_SEMESTERS = (
    re.compile(rf"{_ORDINAL} (?:semestre|sem|semester|half|half year)(?: (?:de |del |of )?(?P<year>\d{{4}}))?"),
    re.compile(rf"(?:semestre|sem|semester|half) {_ORDINAL}(?: (?:de |del |of )?(?P<year>\d{{4}}))?"),
    re.compile(r"(?P<year>\d{4}) ?(?:s|h|sem |semestre )(?:(?P<first>1|i)|(?P<second>2|ii))"),
    re.compile(r"(?:s|h)(?:(?P<first>1)|(?P<second>2)) ?(?P<year>\d{4})"),
)
_MONTH = re.compile(
    rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})(?: (?:de |del )?(?P<year>\d{{4}}|\d{{2}}))?"
)
_NUMBERED_MONTH = re.compile(r"(?P<year>\d{4}) (?P<month>0[1-9]|1[0-2])")


def span_in(text):
    """``(first month, last month, year or None, the words)`` of a month or semester named in folded words; or ``None``.

    >>> span_in("mujeres enero 2011")[:3], span_in("1er semestre")[:3], span_in("2011 s2")[:3], span_in("mujeres")
    ((1, 1, 2011), (1, 6, None), (7, 12, 2011), None)
    """
    for shape in _SEMESTERS:
        match = re.search(rf"\b{shape.pattern}\b", text)
        if match:
            first, last = (1, 6) if match["first"] else (7, 12)
            return first, last, int(match["year"]) if match["year"] else None, match[0]
    match = re.search(rf"\b{_NUMBERED_MONTH.pattern}\b", text)
    if match:
        return int(match["month"]), int(match["month"]), int(match["year"]), match[0]
    match = re.search(rf"\b{_MONTH.pattern}\b", text)
    if match:
        month, year = MONTHS[match["month"]], match["year"]
        return month, month, _year(year), match[0]
    return None


def _year(digits):
    if not digits:
        return None
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


_WHAT_TOTALS_SAY = re.compile(r"(?:sub ?)?total(?:es|s)?\b|gran total|grand total|suma(?:toria)?|sum\b|sum of\b")


def says_total(text):
    """Whether a label calls its row or column a total or a subtotal.

    >>> [says_total(text) for text in ("TOTAL", "Sub-total Coclé", "Coclé total", "Suma", "Totumas", "Coclé")]
    [True, True, True, True, False, False]
    """
    words = folded(text)
    return words in TOTAL_WORDS or bool(_WHAT_TOTALS_SAY.match(words)) or words.endswith((" total", " subtotal"))


TAG_OF_SEX = {"f": "women", "female": "women", "m": "men", "male": "men"}
TAG_OF_REACH = {"direct": Reach.DIRECT.value, "ind": "", "indirect": Reach.INDIRECT.value}
_TAG_KINDS = {
    "org": Kind.AGENCY, "adm1": Kind.AREA, "adm2": Kind.AREA, "adm3": Kind.AREA, "loc": Kind.AREA, "date": Kind.PERIOD,
    "affected": Kind.COUNT, "reached": Kind.COUNT, "beneficiary": Kind.COUNT, "targeted": Kind.UNKNOWN,
    "inneed": Kind.UNKNOWN, "population": Kind.UNKNOWN,
}  # fmt: skip


def kind_of_tag(tag):
    """``(kind, attributes)`` of an HXL tag; an unknown one says nothing.

    >>> kind_of_tag("#affected +f+direct"), kind_of_tag("#meta")
    ((<Kind.COUNT: 'count'>, ['f', 'direct']), (None, []))
    """
    name, *attributes = [part.strip().casefold() for part in tag.lstrip("#").split("+")]
    return _TAG_KINDS.get(name), attributes
