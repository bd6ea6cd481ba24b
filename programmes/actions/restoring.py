"""Back to an earlier state of a block, as a new change: nothing of what came in between is lost."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import F, ForeignKey
from django.utils.translation import gettext as _

from programmes.actions.narrative import move_siblings
from programmes.actions.writing import save_changed, writing
from programmes.edits import earlier
from programmes.models import Achievement, Country, Result

#: Far above any number in use: rows wait there while others take their numbers.
_PARKED = 10000


def restore(*, programme, place, at, by, reason=""):
    """Make a place of the sheet what it was at an instant. Returns how many rows moved.

    Raises ``ValidationError`` when something that the earlier state needs is gone, or would be lost.
    """
    with writing(programme, by, reason):
        Country.objects.select_for_update().get(pk=programme.country_id)  # its texts are edited from each programme
        plans = earlier.plans(programme, place, at)
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
        if any(getattr(row, "country_id", None) for plan in plans for row in _touched(plan)):
            move_siblings(programme)
    return sum(len(plan.pairs) for plan in plans)


def _touched(plan):
    return [row for pair in plan.pairs for row in pair if row is not None and type(row).__name__ == "SectionText"]


def _require_nothing_lost(plan):
    """A result that came later may hold achievements, which are another block's: they do not go unasked."""
    gone = [row for row in plan.deleted if isinstance(row, Result)]
    for result in gone:
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
    """Numbers that may stand only once are taken out of the way before rows exchange them."""
    column = plan.table.number
    keys = [
        now.pk for now, then in plan.pairs if column and now and then and getattr(now, column) != getattr(then, column)
    ]
    if keys:
        plan.table.model._default_manager.filter(pk__in=keys).update(**{column: F(column) + _PARKED})


def _save(then, now):
    then._state.adding = now is None
    try:
        save_changed(then, now)
    except IntegrityError as refusal:
        message = _("The earlier state does not fit beside what is stored now. Nothing was changed.")
        raise ValidationError(message) from refusal
