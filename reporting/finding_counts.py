"""The open findings of each programme, counted where nobody waits for it."""

from programmes.models import Programme
from reporting.findings import LEVELS, live_findings
from reporting.models import FindingCount
from reporting.status_sheet import as_of_given, last_dated_facts


def recount(today):
    """Count those that changed since, and those whose sheet has another date today; how many."""
    dated = last_dated_facts(today)
    recounted = 0
    for programme in Programme.objects.for_reading().select_related("finding_count").annotate(**dated):
        as_of = as_of_given(programme.life_cycle, {name: getattr(programme, name) for name in dated}, today)
        if not is_current(programme, as_of):
            found = [finding.level for finding in live_findings(programme, as_of) if finding.is_open]
            counts = {f"{level}s": found.count(level) for level in LEVELS}
            FindingCount.objects.update_or_create(
                programme=programme, defaults={"version": programme.version, "as_of_on": as_of, **counts}
            )
            recounted += 1
    return recounted


def is_current(programme, as_of):
    """Whether the count is of what the programme says now; ``finding_count`` was read along with it."""
    counted = getattr(programme, "finding_count", None)
    return counted is not None and (counted.version, counted.as_of_on) == (programme.version, as_of)
