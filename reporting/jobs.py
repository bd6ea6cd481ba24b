"""What is counted in the background, so that home and the portfolio need no sheet."""

from django.utils import timezone
from django_tasks import task

from programmes.jobs import every_minute, weekly
from reporting import kept_pdfs
from reporting.exports import batch
from reporting.finding_counts import recount
from reporting.portfolio import refreshing


@every_minute
@task()
def count_findings():
    return recount(timezone.localdate())


@every_minute
@task()
def refresh_portfolio():
    """The rows of programmes that have changed; a row whose totals a worker has still to count comes a minute later."""
    return refreshing.refresh(timezone.localdate())


@weekly
@task()
def forget_old_sheets():
    """ZIPs that have lain ready for a week, and drafts that nobody has asked for in two months."""
    return batch.forget_old(timezone.now()) + kept_pdfs.forget_unused()
