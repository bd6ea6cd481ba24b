"""What a template says it is for, and whether that is what the person chose. Pure."""

from dataclasses import dataclass
from datetime import date

from beneficiaries.spreadsheets.columns import BASIS_WORDS, IDENTITY, IDENTITY_SHEET, PROGRAMME_LEVEL, folded
from beneficiaries.spreadsheets.messages import Problem
from beneficiaries.spreadsheets.parties import Scope
from beneficiaries.spreadsheets.reading import address

ROWS_LOOKED_AT = 15
PROGRAMME_WORD = "programme"  # stands for the whole programme where an agency's acronym would stand


@dataclass(frozen=True, slots=True)
class Expected:
    """What the person chose: codes, and all the names an agency may be written by (none: the whole programme)."""

    programme: str
    agency_names: tuple[str, ...]
    period: str
    basis: str
    counted_to_on: date | None = None
    scope: Scope | None = None  # what a file of another layout may say beside it

    def holds(self, part, found):
        """Whether what the template says fits what was chosen."""
        match part:
            case "programme":
                return _same_code(found, self.programme)
            case "agency":
                names = self.agency_names or (PROGRAMME_WORD, *PROGRAMME_LEVEL.values())
                return folded(found) in {folded(name) for name in names}
            case "period":
                return folded(found) == folded(self.period)
            case _:
                return folded(found) in {self.basis, *(folded(word) for word in BASIS_WORDS[self.basis].values())}

    def shown(self, part):
        agency = self.agency_names[0] if self.agency_names else PROGRAMME_LEVEL["es"]
        return {"programme": self.programme, "agency": agency, "period": self.period, "basis": self.basis}[part]


def _same_code(found, code):
    """The code may have lost or kept its registry suffix: MDGF-2097- and MDGF-2097-D-PAN are MDGF-2097."""
    written, known = folded(found).split(), folded(code).split()
    return written[: len(known)] == known


def is_another_code(found, code):
    """Whether a text is the code of another programme of the fund; a title, or anything else, is not.

    >>> [is_another_code(text, "MDGF-2097") for text in ("MDGF-2097-D-PAN", "MDGF-1719", "Panamá 2097", "")]
    [False, True, False, False]
    """
    written, known = folded(found).split(), folded(code).split()
    return written[:1] == known[:1] and len(written) >= len(known) and not _same_code(found, code)


def stated(workbook):
    """``{part: (what it says, cell, label)}`` of a template; empty for a file that is not one.

    What the person sees above the header speaks first; the hidden sheet fills in what is not there.
    """
    found, is_template = {}, False
    for sheet in sorted(workbook.sheets, key=lambda sheet: sheet.name == IDENTITY_SHEET):
        hidden = sheet.name == IDENTITY_SHEET
        is_template |= hidden
        for number, row in enumerate(sheet.rows[:ROWS_LOOKED_AT]):
            if len(row) < 2 or not isinstance(row[0], str) or row[1] in (None, ""):
                continue
            part = _part(row[0], hidden=hidden)
            if part and part not in found:
                found[part] = (str(row[1]).strip(), address(sheet.name, number, 1), row[0].strip())
    return found if is_template or found.keys() >= {"programme", "agency", "period"} else {}


def _part(label, *, hidden):
    if hidden:
        return label if label in IDENTITY else None
    words = folded(label)
    return next((part for part, names in IDENTITY.items() if words in {folded(name) for name in names.values()}), None)


def differences(workbook, expected):
    """One problem for each thing the template says it is for that was not chosen."""
    if expected is None:
        return []
    return [
        Problem(cell, label, found, f"other_{part}", {"expected": expected.shown(part)})
        for part, (found, cell, label) in stated(workbook).items()
        if not expected.holds(part, found)
    ]
