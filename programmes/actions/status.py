"""How a person judges the programme."""

from programmes.actions.writing import save_one, writing


def assess(*, programme, assessment, by, reason=""):
    """Record a judgement. Another performance or another day is a new assessment in this person's name;
    the same judgement with other words corrects the stored one, and its author stays.
    """
    stored = programme.status_assessments.filter(pk=assessment.pk).first() if assessment.pk else None
    if stored is None or (stored.performance, stored.assessed_on) != (assessment.performance, assessment.assessed_on):
        assessment.pk = None
        assessment._state.adding = True
        assessment.assessed_by = by
    with writing(programme, by, reason):
        save_one(assessment)
    return assessment
