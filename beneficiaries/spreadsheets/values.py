"""One cell → one figure with its state, or what is wrong with it. Pure."""

import re
from decimal import Decimal

from beneficiaries.spreadsheets.columns import DASHES, folded
from programmes.figures import Ambiguous, parse_number
from programmes.quantities import BLANK, Quantity, State
from programmes.state_words import TOKENS

LONGEST_TOKEN = 40
LARGEST = 2_147_483_647
NOT_COMPUTED = "="  # stands for a formula without a stored result
_ERROR_TEXT = re.compile(r"#[¡¿]?[A-ZÁÉÍÓÚÑ0-9/]+[!?]?|Err:\d+", re.IGNORECASE)
_DAY = re.compile(r"\s*\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}\s*")
_LOST_CELL = re.compile(r"#[¡¿]?REF", re.IGNORECASE)


def _written(token):
    return re.sub(r"[\s/.]+", " ", " ".join(folded(token).split())).strip()


_TOKENS = {_written(token): state for state, words in TOKENS.items() for tokens in words.values() for token in tokens}


class NotAFigure(Exception):
    """The cell holds no figure; ``code`` says which problem it is."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def state_of(text):
    """The state a typed word or dash means; ``None`` when it is something else.

    >>> state_of("N/D"), state_of(" — "), state_of("No aplica"), state_of("Pendiente"), state_of("12") is None
    (State.ND, State.ND, State.NA, State.PENDING, True)
    """
    if len(text) > LONGEST_TOKEN:
        return None
    bare = "".join(text.split())
    if bare and set(bare) <= DASHES:
        return State.ND
    return _TOKENS.get(_written(text))


def plain_count(cell):
    """A cell that is a count and nothing else, in every way of writing numbers; ``None`` for any other.

    >>> plain_count(12), plain_count("12"), plain_count("1,242"), plain_count(-1), plain_count(True), plain_count("²")
    (12, 12, None, None, None, None)
    """
    if type(cell) is str:
        return int(cell) if cell.isdigit() and cell.isascii() and len(cell) < 10 else None
    return cell if type(cell) is int and 0 <= cell <= LARGEST else None


def is_day(text):
    """Whether a text is a date in digits."""
    return bool(_DAY.fullmatch(text))


def figure(value, thousands=""):
    """A cell as a ``Quantity``. ``thousands`` is the sign that groups digits in this column; empty when unknown.

    Numbers of the workbook are trusted; texts are read by the convention of their column. Raises ``NotAFigure``.
    """
    match value:
        case None:
            return BLANK
        case bool():
            raise NotAFigure("not_a_number")
        case int() | float():
            return whole(Decimal(str(value)))
        case {"date": _}:
            raise NotAFigure("date_for_number")
        case {"error": text}:
            raise NotAFigure(_error_code(text))
        case _:
            return _typed(str(value).replace("\u00a0", " ").strip(), thousands)


def _typed(text, thousands):
    if not text:
        return BLANK
    if _ERROR_TEXT.fullmatch(text):
        raise NotAFigure(_error_code(text))
    state = state_of(text)
    if state is not None:
        return Quantity(None, state)
    if is_day(text):
        raise NotAFigure("date_for_number")
    read = parse_number(text)
    if read is None:
        raise NotAFigure("not_a_number")
    if isinstance(read, Ambiguous):
        grouped = (thousands or ",") in text
        read = read.choices[0] if grouped else read.choices[1]
    return whole(read)


def whole(number):
    """A number as a count; raises ``NotAFigure``."""
    nearest = number.to_integral_value()
    # A formula such as 0.1 × 30 leaves a remainder that nobody wrote.
    if abs(number - nearest) > Decimal("0.000001"):
        raise NotAFigure("negative" if number < 0 else "decimals")
    if nearest < 0:
        raise NotAFigure("negative")
    if nearest > LARGEST:
        raise NotAFigure("number_too_large")
    return Quantity(int(nearest))


def _error_code(text):
    if text == NOT_COMPUTED:
        return "formula_not_computed"
    return "formula_lost_cell" if _LOST_CELL.match(text) else "formula_error"


def doubtful(value):
    """The two readings of a typed number that has a single separator, ``1,839``; ``None`` for any other cell."""
    read = parse_number(value) if isinstance(value, str) and not is_day(value) else None
    return read.choices if isinstance(read, Ambiguous) else None


def note_of(quantity, cell):
    """The code of the note that says how a cell was read; blank when it was read as it stands.

    >>> note_of(Quantity(1200), "1,200"), note_of(Quantity(1200), "1200"), note_of(Quantity(None, State.ND), "-")
    ('comma_groups', '', 'typed_dash')
    """
    if quantity.state == State.NA:
        return "not_applicable"
    if quantity.state == State.ND:
        return "typed_dash" if set("".join(str(cell).split())) <= DASHES else ""
    readings = doubtful(cell)
    return "comma_groups" if readings and "," in cell and quantity.value == readings[0] else ""


def grouping_of(values):
    """The sign that groups thousands in a column of typed numbers.

    ``.`` or ``,`` when something in the column shows it, ``""`` when nothing needs it, ``None`` when only the person
    can tell. The portal itself writes 1,839: a comma is asked about only where something else in the column is at
    odds with it.

    >>> grouping_of(["1.839.500", "1.200"]), grouping_of(["1,839"]), grouping_of(["12"]), grouping_of(["1.839"])
    ('.', ',', '', None)
    >>> grouping_of(["1,839", "12,5"]), grouping_of(["1,839", "1.839.500"]), grouping_of(["1,839", "1.200"])
    (None, None, None)
    """
    shown, signs = set(), set()
    for value in values:
        if not isinstance(value, str) or is_day(value):
            continue
        if doubtful(value):
            signs.add("." if "." in value else ",")
        elif parse_number(value) is not None:
            shown |= _shown_by(value)
    if signs == {"."}:
        return shown.pop() if len(shown) == 1 else None
    if signs == {","}:
        return "," if shown <= {","} else None
    return None if signs else ""


def _shown_by(text):
    """What a number that can be read in one way only tells about its column."""
    signs = [char for char in text if char in ".,"]
    if not signs:
        return set()
    if len(set(signs)) == 2 or len(signs) > 1:
        return {signs[0]}
    # A single sign that cannot group thousands is the decimal sign: the other one groups.
    return {"," if signs[0] == "." else "."}


def shown(cell):
    """A cell as a message quotes it.

    >>> shown(-12), shown({"error": "#REF!"}), shown({"date": "2011-10-31"}), shown(12.5), shown({"error": "="})
    ('-12', '#REF!', '2011-10-31', '12.5', '=')
    """
    if isinstance(cell, dict):
        return str(next(iter(cell.values())))
    return str(cell).strip()[:120]
