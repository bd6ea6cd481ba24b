"""All submissions of a programme."""

from django.db.models import F
from django.db.models.fields.json import KT

from beneficiaries.models import Submission
from beneficiaries.standing import standing_of
from programmes.access import Right, may


class ListScreen:
    """All submissions of a programme, the latest period first: of each agency what counts, what waits, the past."""

    def __init__(self, programme, user):
        self.submissions = list(
            programme.submissions.select_related("agency", "period", "uploaded_by", "withdrawn_by")
            .defer("reading")
            .annotate(problem=KT("reading__problems__0__3"), question=KT("reading__questions__0__0"))
            .order_by(
                "-period__starts_on",
                F("agency__acronym_en").asc(nulls_first=True),
                F("revision").desc(nulls_first=True),
                "-uploaded_at",
            )
        )
        counting = {}
        for submission in self.submissions:
            submission.programme = programme
            key = (submission.agency_id, submission.period_id)
            if submission.status == Submission.Status.ACCEPTED:
                # The highest revision comes first.
                counting.setdefault(key, submission)
        for submission in self.submissions:
            current = counting.get((submission.agency_id, submission.period_id))
            submission.standing = standing_of(
                submission, current=current, problems=submission.problem, questions=submission.question
            )
            submission.may_be_sent = may(user, Right.UPLOAD_BENEFICIARIES, programme, submission.agency)
        keys = list(dict.fromkeys((sent.period_id, sent.agency_id) for sent in self.submissions))
        self.submissions.sort(key=lambda sent: (keys.index((sent.period_id, sent.agency_id)), sent.standing.place))
        self.may_upload = may(user, Right.UPLOAD_BENEFICIARIES, programme, any_agency=True)
