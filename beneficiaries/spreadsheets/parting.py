"""One file with the figures of several agencies or periods: a submission for each."""

from dataclasses import replace

from beneficiaries.models import Basis
from beneficiaries.spreadsheets.identity import is_another_code
from beneficiaries.spreadsheets.messages import Problem, Refused
from beneficiaries.spreadsheets.parties import PROGRAMME, Scope
from beneficiaries.spreadsheets.purpose import names_of, require_allowed
from programmes.access import MissingRight, Right, own_agencies
from programmes.models import Agency


def scope_of(purpose, by, today):
    """What a file may say beside what was chosen: agencies of the programme, periods of the fund."""
    programme, agencies = purpose.programme, purpose.programme.agencies_at(today)
    own = own_agencies(by, Right.UPLOAD_BENEFICIARIES, programme) if by else None
    names = {name: agency.acronym_en for agency in agencies for name in names_of(agency)}
    periods = programme.fund.periods.values_list("code", "starts_on", "ends_on")
    return Scope.of(
        agency=purpose.agency.acronym_en if purpose.agency else PROGRAMME,
        period=purpose.period.code,
        basis=purpose.basis,
        names=names,
        allowed=None if own is None else frozenset(agency.acronym_en for agency in own),
        periods=tuple(periods),
    )


def parts(purpose, found, by, today):
    """``[(purpose, reading)]``: what was chosen in the form first, then each other agency and period of the file.

    While something is open, all of it stays with what was chosen. What may not be sent is a problem of that reading.
    """
    found.problems += _differences(purpose, found)
    keys = dict.fromkeys((row.agency, row.period) for row in found.rows)
    others = [key for key in keys if key != ("", "")]
    found.elsewhere = [list(key) for key in others]
    if not others or found.problems or found.questions:
        return [(purpose, _only(found, ("", "")))]
    if ("", "") not in keys:
        named = ", ".join(" ".join(filter(None, key)) for key in others)
        found.problems.append(Problem("", "", named, "nothing_for_what_was_chosen"))
        return [(purpose, _only(found, ("", "")))]
    divided = []
    for key in others:
        other = _other(purpose, *key, found.purposes.get(key, {}), today)
        try:
            require_allowed(other, by, today)
        except Refused as refusal:
            found.problems += refusal.problems
        except MissingRight as missing:
            found.problems.append(Problem("", "", key[0], "missing_right", {"sentence": str(missing)}))
        divided.append((other, _only(found, key)))
    if found.problems:
        divided = []
    return [(purpose, _only(found, ("", ""))), *divided]


def _differences(purpose, found):
    """A problem for each thing that the rows say of what was chosen and that was not chosen."""
    said = found.purposes.get(("", ""), {})
    basis, at = said.get("basis", (purpose.basis, ""))
    if basis != purpose.basis:
        word = str(Basis(basis).label)
        yield Problem(at, "", word, "other_basis", {"expected": str(Basis(purpose.basis).label)})
    day, at = said.get("counted_to_on", (purpose.counted_to_on, ""))
    if day != purpose.counted_to_on:
        params = {"read_on": day.isoformat(), "chosen_on": purpose.counted_to_on.isoformat()}
        yield Problem(at, "", day.isoformat(), "other_day", params)
    for parts in found.purposes.values():
        code, at = parts.get("programme", (purpose.programme.code, ""))
        if is_another_code(code, purpose.programme.code):
            yield Problem(at, "", code, "other_programme", {"expected": purpose.programme.code})


def _other(purpose, agency, period, said, today):
    """The same for another agency or period: as its rows say, or counted to its end."""
    if agency:
        agency = None if agency == PROGRAMME else Agency.objects.get(acronym_en=agency)
        purpose = replace(purpose, agency=agency)
    if period:
        period = purpose.programme.fund.periods.get(code=period)
        last = max(period.starts_on, min(period.ends_on, today))
        purpose = replace(purpose, period=period, counted_to_on=last)
    return replace(purpose, **{part: said[part][0] for part in ("basis", "counted_to_on") if part in said})


def _only(found, key):
    rows = [row for row in found.rows if row.agency == key[0] and row.period == key[1]]
    if any(key):
        rows = [row._replace(agency="", period="") for row in rows]
    return replace(found, rows=rows)
