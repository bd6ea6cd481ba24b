"""How a job stands, in a sentence: also that nobody works at it, and since when."""

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from programmes import figures, jobs
from programmes.models.jobs import JobState


def moment(at):
    """A day and an hour, in the person's language."""
    local = timezone.localtime(at)
    return f"{figures.day(local.date(), (get_language() or 'es')[:2])}, {local:%H:%M}"


class Told:
    """A job as a page tells it. ``marker`` changes whenever the page would say something else."""

    def __init__(self, job, user, alive=None):
        alive = jobs.living([job]) if alive is None else alive
        self.job, self.a_worker_lives = job, jobs.ANYBODY in alive
        self.kind = jobs.KINDS.get(job.kind)
        self.is_in_good_hands = jobs.is_in_good_hands(job, alive)
        self.may_be_cancelled = job.is_open and (user.is_administrator or job.asked_by_id == user.pk)

    @property
    def title(self):
        return self.kind.title(self.job) if self.kind else str(self.job)

    @property
    def address(self):
        return self.kind.address(self.job) if self.kind else ""

    @property
    def marker(self):
        job = self.job
        return f"{job.state}-{job.done}-{job.attempts}-{self.is_in_good_hands:d}{self.a_worker_lives:d}"

    @property
    def sentence(self):
        match self.job.state:
            case JobState.WAITING:
                return self._waiting()
            case JobState.RUNNING if self.is_in_good_hands:
                return self._doing()
            case JobState.RUNNING:
                return _(
                    "Its worker has said nothing for a while. In a few minutes another takes over, or goes on if it "
                    "wakes; nothing is done twice."
                )
            case JobState.DONE:
                return _("Done on %(moment)s.") % {"moment": moment(self.job.ended_at)}
            case JobState.CANCELLED:
                return _("Cancelled on %(moment)s. Nothing of it counts.") % {"moment": moment(self.job.ended_at)}
        return jobs.said_of(self.job)

    def _waiting(self):
        since = {"moment": moment(self.job.moved_at or self.job.asked_at)}
        if not self.a_worker_lives:
            return (
                _("It has waited since %(moment)s, and no worker is running. It starts by itself once one runs.")
                % since
            )
        if self.job.attempts:
            return _("The last attempt stopped on %(moment)s. It is tried again in a few seconds.") % since
        return _("It has waited for its turn since %(moment)s.") % since

    def _doing(self):
        if self.kind and self.kind.doing:
            return self.kind.doing(self.job)
        if self.job.total:
            return _("%(done)s of %(total)s steps done.") % {"done": self.job.done, "total": self.job.total}
        return _("A worker has begun.")

    @property
    def attempt(self):
        """Said from the second one on."""
        if self.job.is_open and self.job.attempts > 1:
            return _("Attempt %(number)s of %(all)s.") % {"number": self.job.attempts, "all": jobs.ATTEMPTS}
        return ""
