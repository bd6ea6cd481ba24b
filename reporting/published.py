"""Issued sheets as pages: what was frozen is laid out once in a process, and costs no query after that."""

from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.db.models import Case, F, Q, TextField, When
from django.template.loader import render_to_string

from reporting import workspace
from reporting.before_issuing import LANGUAGE_CHOICES
from reporting.models import FrozenSheet, IssueState, SheetIssue
from reporting.models.issues import OPEN
from reporting.status_sheet import from_json


def issues_of(person, programmes):
    """The sheets of programmes that a person may know of, with what their pages name. One query for one sheet."""
    return SheetIssue.objects.filter(programme__in=programmes).select_related("programme", "period", "superseded_by")


def in_force(programmes):
    """Programme → the sheet that holds now."""
    if not programmes:
        return {}
    found = SheetIssue.objects.filter(programme__in=programmes, state=IssueState.ISSUED).select_related(
        "programme", "period"
    )
    return {issue.programme_id: issue for issue in found}


def on_the_way(programme, without=None):
    """What stands at the head of the workspace: sheets submitted or sent back, and the one in force, in this order.

    The one in force brings what was frozen along as ``frozen_value``, unless it is the frozen sheet ``without``.
    """
    asked = Q(state=IssueState.ISSUED) & ~Q(frozen_id=without) if without else Q(state=IssueState.ISSUED)
    found = SheetIssue.objects.filter(programme=programme, state__in=[*OPEN, IssueState.ISSUED])
    found = found.select_related("programme", "period", "submitted_by", "sent_back_by").annotate(
        frozen_value=Case(When(asked, then=F("frozen__value")), output_field=TextField())
    )
    return sorted(found, key=lambda issue: (issue.number is not None, -issue.submitted_at.timestamp()))


def paper(issue, chosen, reads):
    """The frozen sheet as HTML, in the languages chosen, with labels in the reader's."""
    key = f"paper:{issue.frozen_id}:{chosen}:{reads}"
    found = caches["sheets"].get(key)
    if found is None:
        sheet = from_json(FrozenSheet.objects.get(pk=issue.frozen_id).value)
        found = render_to_string("reporting/sheets/_paper.html", context_of(sheet, chosen, reads))
        caches["sheets"].set(key, found)
    return found


def context_of(sheet, chosen, reads):
    """What the blocks of a sheet need that nobody can edit."""
    title, title_language = sheet.identity.title.shown_in(reads)
    return {
        "sheet": sheet,
        "title": title,
        "title_language": title_language,
        "reads": reads,
        "chosen": chosen,
        "languages": LANGUAGE_CHOICES[chosen],
        "language": LANGUAGE_CHOICES[chosen][0],
        "screen": True,
        "parts": workspace.parts(sheet, [], AnonymousUser(), None),
    }
