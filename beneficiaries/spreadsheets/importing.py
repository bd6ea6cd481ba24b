"""One file from reading to loading in a single step, with an outcome for programs and one for people."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beneficiaries.models import Reach
from beneficiaries.spreadsheets import loading, parting, preview, stored
from beneficiaries.spreadsheets.identity import PROGRAMME_WORD
from beneficiaries.spreadsheets.messages import Problem, Refused
from beneficiaries.spreadsheets.purpose import require_allowed
from beneficiaries.spreadsheets.understood import Reading
from beneficiaries.totals import totals_with
from programmes import figures
from programmes.access import MissingRight


@dataclass
class Outcome:
    """What became of a file."""

    accepted: bool = False
    submission: int | None = None
    others: list = field(default_factory=list)  # (purpose, reading) of each other agency or period in the file
    other_submissions: list[int] = field(default_factory=list)
    revision: int | None = None
    unchanged: bool = False
    dry_run: bool = False
    found: Reading = field(default_factory=Reading)
    problems: list[Problem] = field(default_factory=list)
    before: object = None
    after: object = None

    def as_json(self):
        in_trouble = {problem.cell for problem in self.problems}
        return {
            "accepted": self.accepted,
            "submission": self.submission,
            "unchanged": self.unchanged,
            "problems": [problem.as_json() for problem in self.problems],
            "questions": [question.as_json() for question in self.found.questions],
            "notes": [note.as_json() for note in self.found.notes],
            "counts": [count_as_json(row) for row in self.found.rows if row.cell not in in_trouble],
            **self._others_as_json(),
            "totals_before": totals_as_json(self.before),
            "totals_after": totals_as_json(self.after),
        }

    def _others_as_json(self):
        """Only where the file holds figures of more agencies or periods than the one that was chosen."""
        if not self.others:
            return {}
        return {
            "other_submissions": self.other_submissions,
            "other_counts": [
                {
                    "agency": purpose.agency.acronym_en if purpose.agency else PROGRAMME_WORD,
                    "period": purpose.period.code,
                    **count_as_json(row),
                }
                for purpose, found in self.others
                for row in found.rows
            ],
        }

    def as_text(self):
        lines = [self._verdict()]
        for problem in self.problems:
            where = " · ".join(filter(None, (problem.cell, problem.column, problem.quoted)))
            lines.append(f"  {where}: {problem.message}" if where else f"  {problem.message}")
        for question in self.found.questions:
            lines.append(f"  {question.cell}: {question.message}")
            lines.append("    " + "   ".join(f"--answer {question.code}={choice}" for choice in question.choices))
        return "\n".join(lines)

    def _verdict(self):
        if self.unchanged:
            return _("These figures already count as revision %(revision)s: nothing was changed.") % {
                "revision": self.revision
            }
        if self.accepted and self.dry_run:
            return _("The file can be loaded. Nothing was loaded: this was a trial.")
        if self.accepted:
            return ngettext(
                "%(count)s figure was loaded as revision %(revision)s.",
                "%(count)s figures were loaded as revision %(revision)s.",
                len(self.found.rows),
            ) % {"count": len(self.found.rows), "revision": self.revision}
        return _("Nothing was loaded.")


def run(purpose, file, *, by, today, answers=None, reason="", dry_run=False):
    """Read, preview and, unless it is a trial, load. What is refused changes nothing and names every problem."""
    outcome = Outcome(dry_run=dry_run)
    try:
        require_allowed(purpose, by, today)
        data = file.read()
        divided = parting.parts(purpose, loading.examine(purpose, data, file.name, answers, by, today), by, today)
        (_purpose, outcome.found), *outcome.others = divided
        seen = preview.build(purpose, outcome.found, today)
        outcome.before, outcome.after = seen.totals_before, seen.totals_after
        for other, found in outcome.others:
            outcome.after = totals_with(outcome.after, preview.report_of(other, found))
        outcome.problems = list(outcome.found.problems)
        if outcome.problems or outcome.found.questions:
            return outcome
        if not dry_run:
            loaded, *others = loading.load_at_once(
                divided, data, file.name, by=by, today=today, answers=answers, reason=reason
            )
            outcome.accepted, outcome.unchanged = True, all(each.unchanged for each in (loaded, *others))
            outcome.submission, outcome.revision = loaded.pk, loaded.revision
            outcome.other_submissions = [each.pk for each in others]
            return outcome
        for part, found in divided:
            loading.require_reason(part, found, reason, today)
        outcome.unchanged = all(_has_same_figures(part.current(), part, found) for part, found in divided)
        outcome.revision = seen.current.revision if outcome.unchanged else None
        outcome.accepted = True
    except Refused as refusal:
        outcome.problems = refusal.problems
    except MissingRight as missing:
        outcome.problems = [Problem("", "", str(missing.right), "missing_right", {"sentence": str(missing)})]
    return outcome


def _has_same_figures(current, purpose, found):
    if current is None:
        return False
    digest = stored.digest_of_reading(purpose.basis, purpose.counted_to_on, found)
    return stored.digest_of_submission(current) == digest


def count_as_json(row):
    return {
        "area": row.area.name if row.area else None,
        "category": row.category.code,
        "reach": row.reach,
        "value": row.quantity.value,
        "state": str(row.quantity.state),
        "cell": row.cell,
    }


def totals_as_json(totals):
    if totals is None:
        return []
    return [
        {
            "category": row.code,
            "reach": reach.value,
            "known": row[reach].known,
            "reported": row[reach].reported,
            "missing": row[reach].missing,
            "display": figures.partial(row[reach]),
        }
        for row in totals.rows
        for reach in Reach
    ]
