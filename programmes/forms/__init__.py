"""The forms of a programme's blocks: one page per block, found by its name in the address."""

from django.http import Http404

from programmes.blocks import Block
from programmes.findings.money import FINANCES
from programmes.forms.finances import FinancesPage
from programmes.forms.indicators import IndicatorsPage, ReadingsPage
from programmes.forms.money import BudgetPage, DisbursementsPage
from programmes.forms.monitoring import EvaluationsPage, MissionsPage, StatusPage
from programmes.forms.narrative import NarrativePage
from programmes.forms.places import AreasPage
from programmes.forms.programmes import DatesPage, IdentityPage, PartiesPage
from programmes.forms.results import AchievementsPage, ResultsPage
from programmes.forms.revisions import RevisionPage
from programmes.models import Section

REVISION, INDICATORS, READINGS = "revision", "indicators", "readings"
PAGES = {
    Block.IDENTITY: IdentityPage,
    Block.DATES: DatesPage,
    Block.PARTIES: PartiesPage,
    Block.BUDGET: BudgetPage,
    Block.DISBURSEMENTS: DisbursementsPage,
    Block.RESULTS: ResultsPage,
    Block.AREAS: AreasPage,
    Block.STATUS: StatusPage,
    Block.ACHIEVEMENTS: AchievementsPage,
    Block.MISSIONS: MissionsPage,
    Block.EVALUATIONS: EvaluationsPage,
    FINANCES: FinancesPage,
    REVISION: RevisionPage,
    INDICATORS: IndicatorsPage,
    READINGS: ReadingsPage,
}


def edit_page(programme, name, person, today, data=None):
    """The page that edits a block, or a section of the Fund's template by its short name; otherwise not found."""
    if name in PAGES:
        return PAGES[name](programme, person, data, today=today)
    found = _section(programme, name)
    # A sub-head is edited together with the others under its heading; one comes back to where one began.
    page = NarrativePage(programme, person, data, section=found.parent or found, today=today)
    page.sub_head = found if found.parent else None
    return page


def _section(programme, name):
    sections = Section.objects.filter(fund=programme.fund).select_related("parent")
    if name in (Block.SUMMARY, Block.GENDER):
        found = sections.filter(block=name, parent=None).first()
    else:
        found = sections.filter(slug=name).first()
    if found is None:
        raise Http404
    return found
