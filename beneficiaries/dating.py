"""Of which date a programme's sheet and totals are, when nobody asks for another."""

from django.db.models import OuterRef, Subquery

from beneficiaries.models import Submission
from programmes.models import (
    Disbursement,
    FinancialReport,
    LifeCycle,
    Mission,
    Precision,
    Programme,
    Revision,
    StatusAssessment,
)

ENDED = frozenset({LifeCycle.OPERATIONALLY_CLOSED, LifeCycle.FINANCIALLY_CLOSED, LifeCycle.CANCELLED})


def default_as_of(of, today):
    """Today while the programme runs; once it has ended, the date of its last dated fact.

    A later date would claim what nobody counted. A mission of which only the month is known has no day to give.
    A programme without any dated fact is shown as of today.
    """
    found = Programme.objects.filter(pk=of.pk).values(**last_dated_facts(today)).first() if of.pk else None
    return as_of_given(of.life_cycle, found or {}, today)


def is_running(life_cycle, approved_end, today):
    """Whether an approved end alone shows that the programme runs: its date is then today."""
    return life_cycle not in ENDED and approved_end is not None and approved_end >= today


def as_of_given(life_cycle, found, today):
    """The same from the columns of ``last_dated_facts``."""
    end = found.get("last_end")
    has_ended = life_cycle in ENDED or (end is not None and end < today)
    facts = [day for name, day in found.items() if name != "last_end" and day is not None]
    return max(facts) if has_ended and facts else today


def last_dated_facts(today):
    """The latest date of each kind of fact until today, and the end, as columns of a programme's row."""
    return {
        "last_end": _last(Revision, "ends_on"),
        "last_counted": _last(Submission, "counted_to_on", status=Submission.Status.ACCEPTED, counted_to_on__lte=today),
        "last_assessed": _last(StatusAssessment, "assessed_on", assessed_on__lte=today),
        "last_paid": _last(Disbursement, "made_on", made_on__lte=today),
        "last_visited": _last(Mission, "held_on", held_on__lte=today, precision=Precision.DAY),
        "last_reported": _last(FinancialReport, "as_of_on", as_of_on__lte=today),
        "last_revised": _last(Revision, "approved_on", approved_on__lte=today),
    }


def _last(model, field, **conditions):
    """The latest date of one kind, as a column of the programme's row."""
    rows = model.objects.filter(programme=OuterRef("pk"), **conditions).order_by(f"-{field}")
    return Subquery(rows.values(field)[:1])
