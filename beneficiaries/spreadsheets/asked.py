"""How the choices of a question read on a page, in the person's language: names of columns, places, ways to go on."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

#: What a column may be besides a figure, and what else may be answered to a question about a table.
WORDS = {
    "count": _("The number itself: its row says of what"),
    "area": _("The area"),
    "category": _("What is counted (women, men, …)"),
    "reach": _("Whether direct or indirect"),
    "agency": _("The agency"),
    "period": _("The period"),
    "total": _("A total: check it, do not load it"),
    "leave_out": _("Leave it out"),
    "include": _("Read them too"),
    "above": _("To the area above"),
    "none": _("To no area"),
    "direct": _("direct"),
    "indirect": _("indirect"),
    "nd": _("nd: no data"),
}
FREE = frozenset(("area", "sheet", "date", "numbers"))  # their choices are names, days and numbers


def offered(question, columns):
    """``[(choice, words)]``; for a column the figures come in a group of their own."""
    kind = question.code.partition(":")[0]
    if kind in FREE:
        return question.offered
    names = _names(question, columns)
    plain = [(choice, names.get(choice) or WORDS.get(choice, choice)) for choice in question.choices]
    if kind != "column":
        return plain
    figures = {"count", *(column.name for column in columns.counts)}
    return [
        ("", _("Choose one")),
        (_("Figures"), [pair for pair in plain if pair[0] in figures]),
        (_("Other"), [pair for pair in plain if pair[0] not in figures]),
    ]


def _names(question, columns):
    language = (get_language() or "es")[:2]
    if question.code == "areas":
        listed = dict(part.split(": ", 1) for part in question.found.split("; ") if ": " in part)
        return {letter: f"{letter}: {header}" for letter, header in listed.items()} | {"none": _("None of them")}
    if question.code == "category":
        return {code: str(category) for code, category in columns.category_by_code.items()}
    return {column.name: column.header(language) for column in columns.counts}
