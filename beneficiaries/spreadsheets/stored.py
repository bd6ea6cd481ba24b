"""A reading as the submission keeps it, so that the preview shows it again without the file."""

import hashlib
import json

from beneficiaries.spreadsheets.messages import Problem, Question
from beneficiaries.spreadsheets.understood import Reading, Row
from programmes.quantities import Quantity, State

_PLAIN = ("sheet", "header_row", "columns", "cells", "empty_rows", "shape", "elsewhere", "mapped_before_on")


def as_stored(reading, answers=None):
    """JSON: plain facts, rows as short lists, messages as code and parameters."""
    return {
        **{name: getattr(reading, name) for name in _PLAIN},
        "rows": [
            [
                row.area.pk if row.area else None,
                row.category.code,
                row.reach,
                row.quantity.value,
                row.quantity.state,
                row.cell,
            ]
            for row in reading.rows
        ],
        "problems": [problem.as_stored() for problem in reading.problems],
        "questions": [question.as_stored() for question in reading.questions],
        "notes": [note.as_stored() for note in reading.notes],
        "answers": answers or {},
    }


def from_stored(stored, columns):
    """The reading again. A row whose area or category the programme no longer has is left to a new reading."""
    reading = Reading(**{name: stored[name] for name in _PLAIN if name in stored})
    reading.rows = list(_rows(stored.get("rows", ()), columns))
    reading.problems = [Problem(*problem) for problem in stored.get("problems", ())]
    reading.questions = [_question(*parts) for parts in stored.get("questions", ())]
    reading.notes = [Problem(*note) for note in stored.get("notes", ())]
    return reading


def _question(code, cell, column, found, choices, suggestion=""):
    return Question(code, cell, column, found, tuple(choices), suggestion)


def _rows(stored, columns):
    """Figures that are equal share one value: a file holds thousands of them."""
    areas, categories, quantities = {None: None} | columns.area_by_pk, columns.category_by_code, {}
    for area, category, reach, value, state, cell in stored:
        quantity = quantities.get((value, state))
        if quantity is None:
            quantity = quantities[value, state] = Quantity(value, State(state))
        if area in areas and category in categories:
            yield Row(areas[area], categories[category], reach, quantity, cell)


def content_digest(basis, counted_to_on, rows):
    """Equal for equal figures, whatever file they came in. ``rows``: (area pk, category code, reach, value, state)."""
    figures = sorted([(area or 0, *figure) for area, *figure in rows])  # a state is written as its word
    stated = [str(basis), counted_to_on.isoformat(), figures]
    return hashlib.sha256(json.dumps(stated).encode()).hexdigest()


def digest_of_reading(basis, counted_to_on, reading):
    facts = (
        (row.area.pk if row.area else None, row.category.code, row.reach, row.quantity.value, row.quantity.state)
        for row in reading.rows
    )
    return content_digest(basis, counted_to_on, facts)


def digest_of_submission(submission):
    """Of what a submission counts: stored, or computed for one that was not loaded from a file."""
    if submission.content_digest:
        return submission.content_digest
    rows = submission.counts.values_list("area_id", "category__code", "reach", "value", "state")
    return content_digest(submission.basis, submission.counted_to_on, rows)


__all__ = ["as_stored", "content_digest", "digest_of_reading", "digest_of_submission", "from_stored"]
