"""The open findings of each programme, counted where nobody waits for it."""

import logging

from django.db import transaction

from programmes.models import Programme
from reporting.findings import LEVELS, live_findings
from reporting.models import FindingCount
from reporting.status_sheet import as_of_given, last_dated_facts

log = logging.getLogger(__name__)


def recount(today):
    """Count those that changed since, and those whose sheet has another date today; how many.

    One that cannot be counted, or was deleted meanwhile, keeps nobody else waiting.
    """
    dated = last_dated_facts(today)
    recounted = 0
    for programme in Programme.objects.for_reading().select_related("finding_count").annotate(**dated):
        as_of = as_of_given(programme.life_cycle, {name: getattr(programme, name) for name in dated}, today)
        if is_current(programme, as_of):
            continue
        try:
            with transaction.atomic():
                _count(programme, as_of)
        except Exception:
            log.exception("The findings of %s could not be counted", programme.code)
        else:
            recounted += 1
    return recounted


def _count(programme, as_of):
    found = [finding.level for finding in live_findings(programme, as_of) if finding.is_open]
    counts = {f"{level}s": found.count(level) for level in LEVELS}
    FindingCount.objects.update_or_create(
        programme=programme, defaults={"version": programme.version, "as_of_on": as_of, **counts}
    )


def is_current(programme, as_of):
    """Whether the count is of what the programme says now; ``finding_count`` was read along with it."""
    counted = getattr(programme, "finding_count", None)
    return counted is not None and (counted.version, counted.as_of_on) == (programme.version, as_of)
