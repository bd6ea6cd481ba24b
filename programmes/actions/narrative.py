"""Texts under the sections of the Fund's template, of one programme or of a country."""

from django.db.models import F
from django.utils import timezone

from programmes.actions.writing import save_one, writing
from programmes.models import Programme, SectionText


def write(*, programme, texts, by, reason=""):
    """Write section texts. One that belongs to the country shows on each of its programmes: all their versions move.

    Who writes the country's text means this programme to print it: its own text of the section is removed.
    """
    with writing(programme, by, reason):
        for text in texts:
            save_one(text)
            if text.country_id:
                _remove_own(programme, text.section)
        if any(text.country_id for text in texts):
            move_siblings(programme)


def move_siblings(programme):
    """A country's text shows on each of its programmes of the fund: their versions move too."""
    siblings = Programme.objects.filter(country=programme.country, fund=programme.fund)
    siblings = siblings.exclude(pk=programme.pk).order_by("pk")
    # Locked in one order: two people who move many versions never wait for each other in a circle.
    locked = list(siblings.select_for_update().values_list("pk", flat=True))
    Programme.objects.filter(pk__in=locked).update(version=F("version") + 1, changed_at=timezone.now())


def translate(*, programme, row, by, reason=""):
    """Write one row whose translation was written or confirmed; a country's text moves each of its programmes."""
    if isinstance(row, SectionText):
        write(programme=programme, texts=[row], by=by, reason=reason)
    else:
        with writing(programme, by, reason):
            save_one(row)


def return_to_country(*, programme, section, by, reason=""):
    """Delete the programme's own text of a section, so that the country's is printed again."""
    with writing(programme, by, reason):
        _remove_own(programme, section)


def _remove_own(programme, section):
    for text in SectionText.objects.filter(programme=programme, section=section):
        text.delete()
