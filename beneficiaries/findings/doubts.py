"""What looks wrong in figures that nobody has confirmed yet, held against what the same agency said before. Pure."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from beneficiaries.findings.contradictions import SEXES

TIMES = 10
WORTH_COMPARING = 5  # from here on: 1 may well become 10
NEAR = 0.25  # of the other sex's former figure
APART = 1.5  # times as many of one sex as of the other: only then an exchange shows
MESSAGES = {
    "ten_times": _("%(after)s, and %(before)s before: at least ten times as many. Check the digits."),
    "zero_for_number": _("0, and %(before)s before. If nobody counted this time, write nd."),
    "sexes_exchanged": _(
        "%(after)s, and %(before)s before: women and men look exchanged. Check the headers of the two columns."
    ),
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """A figure to look at again: it may be confirmed all the same."""

    code: str
    key: tuple  # area, category code, reach
    before: int
    after: int

    @property
    def message(self):
        return str(MESSAGES[self.code]) % {"before": f"{self.before:,}", "after": f"{self.after:,}"}


def doubts(before, after):
    """``before`` and ``after``: (area, category code, reach) → the reported value. Missing figures stay out of both.

    Compare like with like: the revision that counts now, or figures of the same basis for the last period.
    """
    found = []
    exchanged = {key for key in after if _are_exchanged(key, before, after)}
    for key, value in after.items():
        was = before.get(key)
        if was is None:
            continue
        if key in exchanged:
            found.append(Doubt("sexes_exchanged", key, was, value))
        elif value == 0 and was > 0:
            found.append(Doubt("zero_for_number", key, was, value))
        elif was >= WORTH_COMPARING and value >= TIMES * was:
            found.append(Doubt("ten_times", key, was, value))
    return found


def _are_exchanged(key, before, after):
    """Each sex now has about what the other had, and the two were far apart."""
    area, category, reach = key
    if category not in SEXES:
        return False
    other = (area, next(iter(SEXES - {category})), reach)
    values = [before.get(key), before.get(other), after[key], after.get(other)]
    if None in values or min(values) < WORTH_COMPARING:
        return False
    mine, theirs, mine_now, theirs_now = values
    if max(mine, theirs) < APART * min(mine, theirs):
        return False
    return abs(mine_now - theirs) <= NEAR * theirs and abs(theirs_now - mine) <= NEAR * mine
