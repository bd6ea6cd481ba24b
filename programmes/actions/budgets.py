"""What a revision gives to the programme and to each agency."""

from programmes.actions.arranging import arrange
from programmes.actions.writing import save_one, writing


def state(*, programme, revision, agency_budgets, by, reason=""):
    """Write a revision's total and its agencies' budgets as the document states them, adding up or not."""
    with writing(programme, by, reason):
        save_one(revision)
        for budget in agency_budgets:
            budget.revision = revision
        arrange(revision.agency_budgets.all(), agency_budgets, key="agency_id")


def revise(*, programme, revision, agency_budgets, by):
    """Record a decision: a new revision with its own budget for each agency; those of before stay as they were."""
    for budget in agency_budgets:
        budget.pk, budget._state.adding = None, True
    state(programme=programme, revision=revision, agency_budgets=agency_budgets, by=by, reason=revision.reason)
