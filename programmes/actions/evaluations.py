"""Mid-term and final evaluations."""

from programmes.actions.arranging import replace
from programmes.actions.writing import writing


def set_all(*, programme, evaluations, by, reason=""):
    """Write the programme's evaluations, one of each kind at most."""
    with writing(programme, by, reason):
        for evaluation in evaluations:
            evaluation.programme = programme
        replace(programme.evaluations.all(), evaluations, key="kind")
