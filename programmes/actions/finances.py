"""What agencies say they have committed and spent."""

from programmes.actions.writing import save_changed, writing
from programmes.models import FinancialReport


def report(*, programme, reports, by, reason=""):
    """Record agencies' reports. A report for a date that the agency has reported before corrects that one."""
    with writing(programme, by, reason):
        for given in reports:
            given.programme = programme
            stored = FinancialReport.objects.filter(
                programme=programme, agency=given.agency, as_of_on=given.as_of_on
            ).first()
            if stored is None:
                given.pk = None
                given._state.adding = True
            save_changed(given, stored)
