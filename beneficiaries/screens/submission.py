"""One submission: its preview before it counts, what was loaded afterwards."""

from datetime import date
from functools import cached_property

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from beneficiaries import jobs, waiting
from beneficiaries.forms import ConfirmForm
from beneficiaries.models import Submission
from beneficiaries.screens.changes import AreaTotals, Changes
from beneficiaries.screens.kinds import kinds_of
from beneficiaries.screens.loaded import Loaded
from beneficiaries.screens.second_look import SecondLook
from beneficiaries.spreadsheets import loading, preview, stored
from beneficiaries.spreadsheets.columns import columns_of
from beneficiaries.spreadsheets.purpose import Purpose
from beneficiaries.standing import standing_of
from programmes.access import Right, may
from programmes.quantities import State

AREAS_NAMED = 12


def said_of_others(submission):
    """What a person is told of the other agencies and periods in their file."""
    others = getattr(submission, "others", ())
    if not others:
        return []
    named = ", ".join(f"{other.agency or _('programme')} {other.period}" for other in others)
    return [
        _("The file also has figures of: %(named)s. Each has a submission of its own to confirm.") % {"named": named}
    ]


class SubmissionScreen:
    """One submission: its preview before it counts, what was loaded afterwards."""

    def __init__(self, submission, user, today, data=None, query=None):
        self.submission, self.user, self.today, self.data, self.query = submission, user, today, data, query
        self.purpose = Purpose.of(submission)
        self.said = []

    @property
    def is_preview(self):
        return self.submission.status == Submission.Status.UPLOADED

    @property
    def template(self):
        return f"beneficiaries/submission_{'preview' if self.is_preview else 'detail'}.html"

    @cached_property
    def columns(self):
        return columns_of(self.purpose.programme)

    @cached_property
    def found(self):
        return stored.from_stored(self.submission.reading, self.columns)

    @cached_property
    def preview(self):
        return preview.build(self.purpose, self.found, self.today)

    @cached_property
    def form(self):
        return ConfirmForm(
            self.data,
            purpose=self.purpose,
            found=self.found,
            preview=self.preview,
            today=self.today,
            columns=self.columns,
        )

    @property
    def may_upload(self):
        return may(self.user, Right.UPLOAD_BENEFICIARIES, self.purpose.programme, self.purpose.agency)

    @property
    def may_withdraw(self):
        return self.may_upload and self.submission.status == Submission.Status.ACCEPTED

    @property
    def can_be_confirmed(self):
        return self.may_upload and not self.found.problems and not self.found.questions and not self.is_unchanged

    @cached_property
    def is_unchanged(self):
        """The figures have come to count since they were read."""
        current = self.preview.current
        return current is not None and stored.digest_of_submission(current) == self.submission.content_digest

    def act(self):
        """Answer the questions, or confirm. The submission to show next, or ``None`` when something is missing."""
        if not self.is_preview:
            return self.submission
        if waiting.is_being_loaded(self.submission):
            self.said.append(_("These figures are being loaded already: nothing was done a second time."))
            return self.submission
        if not self.form.is_valid():
            return None
        if self.form.questions:
            loading.answer(self.submission, answers=self.form.answers, by=self.user, today=self.today)
            self.said.append(_("The answers were taken in. Look at what would change."))
            self.said += said_of_others(self.submission)
            return self.submission
        cleaned = self.form.cleaned_data
        seen = {"reason": cleaned.get("reason", ""), "against": cleaned["against"]}
        if waiting.is_large(self.submission):
            jobs.confirm_later(self.submission, by=self.user, today=self.today, **seen)
            return self.submission
        done = loading.confirm(self.submission, by=self.user, today=self.today, **seen)
        self.said.append(self._loaded(done))
        return done

    def _loaded(self, done):
        if done.unchanged:
            return _("These are the figures that already count: nothing was changed.")
        return ngettext(
            "%(count)s figure was loaded as revision %(revision)s.",
            "%(count)s figures were loaded as revision %(revision)s.",
            len(self.found.rows),
        ) % {"count": len(self.found.rows), "revision": done.revision}

    @property
    def elsewhere(self):
        """The other agencies and periods of the file."""
        own = (self.submission.agency.acronym_en if self.submission.agency else "", self.submission.period.code)
        named = (
            " ".join(filter(None, (agency or own[0], period or own[1]))) for agency, period in self.found.elsewhere
        )
        return ", ".join(named)

    @property
    def mapped_before_on(self):
        """When somebody answered the same questions for a file of the same shape."""
        return date.fromisoformat(self.found.mapped_before_on) if self.found.mapped_before_on else None

    # What the preview's head says

    @property
    def tally(self):
        """How many cells were read, and of which kind."""
        in_trouble = {problem.cell for problem in self.found.problems}
        states = [row.quantity.state for row in self.found.rows if row.cell not in in_trouble]
        return {
            "cells": self.found.cells,
            "figures": states.count(State.REPORTED),
            "nd": states.count(State.ND),
            "na": states.count(State.NA),
            "pending": states.count(State.PENDING),
            "problems": len(self.found.problems),
            "questions": len(self.found.questions),
        }

    @cached_property
    def areas(self):
        """The areas that the file names, as many as can be read in a line."""
        return list(dict.fromkeys(row.area.name for row in self.found.rows if row.area))

    @property
    def areas_named(self):
        return self.areas[:AREAS_NAMED]

    @property
    def further_areas(self):
        return max(0, len(self.areas) - AREAS_NAMED)

    @property
    def problems(self):
        return self.found.problems

    @cached_property
    def problem_kinds(self):
        return kinds_of(self.found.problems, self.query, "problem")

    @cached_property
    def note_kinds(self):
        return kinds_of(self.found.notes, self.query, "note")

    # What would change, and what is doubtful in it

    @cached_property
    def changes(self):
        return Changes(self.preview.changes, self.query)

    @property
    def total_rows(self):
        """``(category's code, its totals before and after)``, persons last."""
        preview = self.preview
        coded = [*preview.totals_before.rows, preview.totals_before.persons]
        return [(row.code, total) for row, total in zip(coded, (*preview.rows, preview.persons), strict=True)]

    @cached_property
    def by_area(self):
        return AreaTotals(self.preview, self.found.rows, self.query)

    @cached_property
    def second_look(self):
        return SecondLook(self.preview, preview.report_of(self.purpose, self.found), self.purpose.agency)

    # What was loaded

    @cached_property
    def loaded(self):
        return Loaded(self.submission, self.categories, self.query)

    @property
    def categories(self):
        return list(self.columns.category_by_code.values())

    @property
    def language(self):
        return (get_language() or "es")[:2]

    @cached_property
    def standing(self):
        current = self.preview.current if self.is_preview else self.purpose.current()
        return standing_of(
            self.submission, current=current, problems=self.found.problems, questions=self.found.questions
        )

    @property
    def base_to_on(self):
        """Up to which day the programme's base speaks for all agencies."""
        facts = self.preview.totals_after.facts
        return max(report.counted_to_on for report in facts.reports if not report.agency and report.is_cumulative)
