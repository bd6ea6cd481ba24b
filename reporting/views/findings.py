"""Everything that does not fit in a programme's data, with the way to mend it."""

from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from reporting import workspace
from reporting.findings import live_findings
from reporting.status_sheet import live_sheet
from reporting.views.workspace import date_of, seen_programme


@require_safe
def finding_list(request, code):
    programme = seen_programme(request, code)
    as_of = date_of(programme)
    sheet = live_sheet(programme, as_of)
    findings = live_findings(programme, as_of)
    context = {
        "programme": programme,
        "title": sheet.identity.title.shown_in(get_language()[:2])[0],
        "numbered": workspace.number_of(findings, sheet),
        "counted": workspace.counted(findings),
    }
    return render(request, "reporting/finding_list.html", context)
