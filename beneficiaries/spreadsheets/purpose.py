"""What a file of figures is sent for, and whether this person may send it now."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from beneficiaries.models import Submission
from beneficiaries.spreadsheets.messages import refuse
from programmes.access import Right, own_agencies, require
from programmes.models import Agency, Period, Programme


def names_of(agency):
    """All names an agency goes by, its acronyms in Spanish and in English first."""
    return (agency.acronym_es, agency.acronym_en, *agency.aliases, agency.name_es, agency.name_en)


@dataclass(frozen=True)
class Purpose:
    """Programme, agency (``None``: the programme as a whole), period; what the figures count, and up to which day."""

    programme: Programme
    agency: Agency | None
    period: Period
    basis: str
    counted_to_on: date

    @classmethod
    def of(cls, submission):
        return cls(
            submission.programme, submission.agency, submission.period, submission.basis, submission.counted_to_on
        )

    @property
    def names(self):
        """Every name of the agency, as templates may state it."""
        return names_of(self.agency) if self.agency else ()

    def submissions(self):
        """All revisions of the key."""
        return Submission.objects.of_key(self.programme, self.agency, self.period)

    def current(self):
        """The revision that counts now, without what was read of its file; ``None`` when nothing does."""
        return self.submissions().accepted().defer("reading").order_by("-revision").first()

    def sent(self):
        """Everything that was sent for it, without what was read of the files."""
        return list(self.submissions().defer("reading"))

    def last_revision(self):
        """The highest number given so far; 0 when none was."""
        return self.submissions().aggregate(last=Max("revision"))["last"] or 0


def counting_of(sent):
    """Of what was sent the revision that counts; ``None`` when nothing does."""
    accepted = [submission for submission in sent if submission.status == Submission.Status.ACCEPTED]
    return max(accepted, key=lambda submission: submission.revision, default=None)


def must_explain(purpose, today):
    """In a closed period figures are revised with a reason."""
    return purpose.period.closed_on is not None and purpose.period.closed_on <= today


def require_allowed(purpose, by, today):
    """Refuse what this person may not send, or nobody may send now."""
    require(by, Right.UPLOAD_BENEFICIARIES, purpose.programme, purpose.agency)
    period = purpose.period
    if period.fund_id != purpose.programme.fund_id:
        raise refuse("period_of_another_fund", period)
    if period.starts_on > today:
        raise refuse("period_not_started", period)
    if purpose.agency and purpose.agency not in purpose.programme.agencies_at(today):
        raise refuse("agency_not_in_programme", purpose.agency)
    last = min(period.ends_on, max(today, period.starts_on))
    if not period.starts_on <= purpose.counted_to_on <= last:
        stated = {"counted_to_on": purpose.counted_to_on, "starts_on": period.starts_on, "ends_on": last}
        days = {name: day.isoformat() for name, day in stated.items()}
        raise refuse("counted_to_outside_period", purpose.counted_to_on.isoformat(), **days)
    is_limited_to_agencies = own_agencies(by, Right.UPLOAD_BENEFICIARIES, purpose.programme) is not None
    if must_explain(purpose, today) and is_limited_to_agencies:
        raise refuse("period_closed", period)
