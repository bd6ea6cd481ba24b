"""How an agency's own layout was mapped: remembered, and proposed for the next file of the same shape."""

from dataclasses import replace

from django.utils import timezone

from beneficiaries.models import ColumnMapping

#: Questions about the table itself: the answers hold for every file of its shape. The others are about one cell.
ABOUT_THE_TABLE = frozenset(("column", "tag", "areas", "hidden_columns", "reach", "category", "blank_areas", "numbers"))


def propose(purpose, found):
    """Give each open question about the table the answer that somebody of the same agency gave before."""
    about = [question for question in found.questions if _is_about_the_table(question.code)]
    if not found.shape or not about:
        return
    known = ColumnMapping.objects.filter(agency=purpose.agency, shape=found.shape).first()
    answers = known.mapping if known else {}
    if any(answers.get(question.code) in question.choices for question in about):
        found.mapped_before_on = known.mapped_at.date().isoformat()
    found.questions = [
        replace(question, suggestion=answers[question.code])
        if answers.get(question.code) in question.choices
        else question
        for question in found.questions
    ]


def remember(purpose, found, answers, by):
    """Keep what a person said about a table, once nothing is open any more."""
    about = {code: choice for code, choice in (answers or {}).items() if _is_about_the_table(code)}
    if not found.shape or not about or found.questions:
        return
    ColumnMapping.objects.update_or_create(
        agency=purpose.agency,
        shape=found.shape,
        defaults={"mapping": about, "mapped_by": by, "mapped_at": timezone.now()},
    )


def _is_about_the_table(code):
    return code.partition(":")[0] in ABOUT_THE_TABLE
