"""What the portal does for somebody in the background: what was asked, how far it is, how it ended."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class JobState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("of a job", "waiting")
    RUNNING = "running", pgettext_lazy("of a job", "under way")
    DONE = "done", pgettext_lazy("of a job", "done")
    FAILED = "failed", pgettext_lazy("of a job", "not done")
    CANCELLED = "cancelled", pgettext_lazy("of a job", "cancelled")


#: State → the states it may become. Nothing follows an end; what stopped half-way waits for another try.
MOVES = {
    JobState.WAITING: {JobState.RUNNING, JobState.FAILED, JobState.CANCELLED},
    JobState.RUNNING: {JobState.WAITING, JobState.RUNNING, JobState.DONE, JobState.FAILED, JobState.CANCELLED},
    JobState.DONE: set(),
    JobState.FAILED: set(),
    JobState.CANCELLED: set(),
}
OPEN = [state for state, following in MOVES.items() if following]


class JobQuerySet(models.QuerySet):
    """Whose jobs, which of them are under way, and the one way in which a state changes."""

    def visible_to(self, user):
        """A person sees what they asked for themselves; administrators see everything."""
        return self if user.is_administrator else self.filter(asked_by=user)

    def open(self):
        return self.filter(state__in=OPEN)

    def of_run(self, run):
        """The job while that run still has it: neither cancelled nor taken over by another."""
        return self.filter(run=run, state=JobState.RUNNING)

    def move(self, state, **facts):
        """Give a state to those that may have it; how many. Each counts once, whoever else tries at that moment."""
        ended_at = None if MOVES[state] else timezone.now()
        may_follow = [before for before, following in MOVES.items() if state in following]
        return self.filter(state__in=may_follow).update(state=state, ended_at=ended_at, **facts)


class Job(models.Model):
    """Something that takes longer than a page may: asked for by a person, carried out by a worker, once.

    It is tried again when its worker dies or falls silent, three times at most, and can be cancelled by its owner.
    """

    kind = models.CharField(_("kind"), max_length=40, help_text=_("What is to be done: the name of its handler."))
    subject = models.CharField(
        _("subject"),
        max_length=100,
        blank=True,
        help_text=_("To what it is done: at most one job of a kind is open for it. Blank: as many as are asked for."),
    )
    facts = models.JSONField(
        _("facts"), default=dict, blank=True, help_text=_("What the person saw and decided, as the handler needs it.")
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="jobs",
        verbose_name=_("asked by"),
        help_text=_("Who started it: it is done in their name and with their rights at that moment."),
    )
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    state = models.CharField(_("state"), max_length=10, choices=JobState, default=JobState.WAITING)
    done = models.PositiveIntegerField(_("steps done"), default=0, help_text=_("As its run last said."))
    total = models.PositiveIntegerField(
        _("steps in all"), null=True, blank=True, help_text=_("Blank while nobody knows how many there will be.")
    )
    attempts = models.PositiveSmallIntegerField(
        _("attempts"), default=0, help_text=_("How often a worker began it: three times at most.")
    )
    run = models.UUIDField(
        _("run"), null=True, blank=True, editable=False, help_text=_("Of the attempt that has it now or had it last.")
    )
    worker = models.CharField(
        _("worker"), max_length=64, blank=True, editable=False, help_text=_("Who has it now or had it last.")
    )
    moved_at = models.DateTimeField(
        _("moved at"), null=True, blank=True, help_text=_("When a worker began it or took its last step.")
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True, help_text=_("Blank until then."))
    result = models.JSONField(
        _("result"), default=dict, blank=True, help_text=_("What came of it, or stood in its way.")
    )
    failure = models.CharField(
        _("failure"),
        max_length=40,
        blank=True,
        help_text=_("Code of the reason why it was not done; its kind words it."),
    )

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=models.Q(state__in=OPEN) & ~models.Q(subject=""),
                name="job_open_once_per_subject",
                violation_error_message=_("This is under way already: wait until it has ended."),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=OPEN, ended_at__isnull=True)
                | ~models.Q(state__in=OPEN) & models.Q(ended_at__isnull=False),
                name="job_ended_when_over",
                violation_error_message=_("A job has an end exactly when it is neither waiting nor under way."),
            ),
            models.CheckConstraint(
                condition=models.Q(state=JobState.FAILED) & ~models.Q(failure="")
                | ~models.Q(state=JobState.FAILED) & models.Q(failure=""),
                name="job_failure_has_its_reason",
                violation_error_message=_("A job that was not done says why, and no other does."),
            ),
            models.CheckConstraint(
                condition=models.Q(total__isnull=True) | models.Q(done__lte=models.F("total")),
                name="job_steps_within_total",
                violation_error_message=_("A job cannot have done more steps than it has."),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.subject}".strip()

    @property
    def is_open(self):
        return self.state in OPEN
