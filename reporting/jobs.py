"""What is counted in the background, so that home needs no sheet."""

from django.utils import timezone
from django_tasks import task

from programmes.jobs import every_minute
from reporting.finding_counts import recount


@every_minute
@task()
def count_findings():
    return recount(timezone.localdate())
