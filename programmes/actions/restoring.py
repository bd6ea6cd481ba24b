"""Back to an earlier state of a block, as a new change: nothing of what came in between is lost."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ForeignKey
from django.utils.translation import gettext as _

from programmes.actions.arranging import park
from programmes.actions.narrative import move_siblings
from programmes.actions.writing import save_changed, writing
from programmes.edits import earlier
from programmes.models import Achievement, Country, Programme, Result, Revision, SectionText


class Moved(Exception):
    """What is stored is no longer what the person saw: going back would do something else."""


def restore(*, programme, place, at, agreed, by, reason=""):
    """Make a place of the sheet what it was at an instant. Returns how many rows moved.

    ``agreed`` is the digest of the plans that the person saw; raises ``Moved`` when others are needed by now, and
    ``ValidationError`` when something that the earlier state needs is gone, or would be lost.
    """
    with transaction.atomic():
        # The country first, as edit pages lock it: its texts are edited from each of its programmes.
        Country.objects.select_for_update().get(pk=programme.country_id)
        with writing(programme, by, reason):
            plans = earlier.plans(programme, place, at)
            if earlier.digest_of(plans) != agreed:
                raise Moved
            _carry_out(plans, programme)
            if any(getattr(row, "country_id", None) for row in _texts(plans)):
                move_siblings(programme)
    return sum(len(plan.pairs) for plan in plans)


def _carry_out(plans, programme):
    for plan in plans:
        _require_nothing_lost(plan)
    for plan in reversed(plans):
        for row in plan.deleted:
            row.delete()
    for plan in plans:
        _require_parents(plan)
        _park(plan)
        for now, then in plan.pairs:
            if then is not None:
                _save(then, now)


def _texts(plans):
    return [
        row
        for plan in plans
        if plan.table.model is SectionText
        for pair in plan.pairs
        for row in pair
        if row is not None
    ]


def _require_nothing_lost(plan):
    """A result that came later may hold achievements, which are another block's: they do not go unasked."""
    if any(isinstance(row, Programme) or (isinstance(row, Revision) and row.number == 1) for row in plan.deleted):
        raise ValidationError(_("The programme was not in the portal then: there is nothing to go back to."))
    for result in (row for row in plan.deleted if isinstance(row, Result)):
        if Achievement.objects.filter(result=result).exists():
            message = _("%(result)s did not exist then and has achievements now. Remove those first, then go back.")
            raise ValidationError(message % {"result": result.label})


def _require_parents(plan):
    """What a row refers to may have been deleted since."""
    for row in plan.written:
        for field in row._meta.concrete_fields:
            key = getattr(row, field.attname) if isinstance(field, ForeignKey) else None
            if key is not None and not field.related_model._default_manager.filter(pk=key).exists():
                message = _("What it stood under then is gone (%(name)s). Restore that first, then go back.")
                raise ValidationError(message % {"name": field.related_model._meta.verbose_name})


def _park(plan):
    column = plan.table.number
    both = [(now, then) for now, then in plan.pairs if column and now and then]
    keys = [now.pk for now, then in both if getattr(now, column) != getattr(then, column)]
    if keys:
        park(plan.table.model._default_manager.filter(pk__in=keys), column)


def _save(then, now):
    then._state.adding = now is None
    try:
        save_changed(then, now)
    except IntegrityError as refusal:
        message = _("The earlier state does not fit beside what is stored now. Nothing was changed.")
        raise ValidationError(message) from refusal
