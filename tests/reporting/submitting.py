"""A sheet on its way, for tests: everything that stops Panama's is accepted, then it is submitted."""

from datetime import UTC, date, datetime

from programmes.actions import findings
from programmes.models import Period
from reporting import issuing
from reporting.findings import live_findings
from reporting.models import SheetIssue

AS_OF = date(2011, 10, 31)
AT = datetime(2012, 1, 20, 15, tzinfo=UTC)
ENDORSED = issuing.Endorsement("Ana Real", "Comité de gestión, acta 4", date(2012, 1, 12))


def accept_warnings(programme, by):
    for finding in live_findings(programme, AS_OF):
        if finding.level == "warning" and finding.is_open:
            findings.accept(programme=programme, finding=finding, reason="As the sheet of 2011 states it.", by=by)


def submit(programme, by, *, period="2011-S2", languages="both", **given):
    accept_warnings(programme, by)
    return issuing.submit(
        programme=programme,
        period=Period.objects.get(code=period, fund=programme.fund),
        languages=languages,
        endorsement=ENDORSED,
        **{"seen_version": programme.version, "as_of": AS_OF, "by": by, "at": AT} | given,
    )


def issue(issue, by, at=AT):
    issue = SheetIssue.objects.select_related("programme", "frozen").get(pk=issue.pk)
    return issuing.issue(issue=issue, seen_digest=issue.frozen.digest, by=by, at=at)
