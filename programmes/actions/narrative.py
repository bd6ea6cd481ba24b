"""Texts under the sections of the Fund's template, of one programme or of a country."""

from django.db.models import F

from programmes.actions.writing import save_one, writing
from programmes.models import Programme, SectionText


def write(*, programme, texts, by, reason=""):
    """Write section texts. One that belongs to the country shows on each of its programmes: all their versions move."""
    with writing(programme, by, reason):
        for text in texts:
            save_one(text)
        if any(text.country_id for text in texts):
            siblings = Programme.objects.filter(country=programme.country, fund=programme.fund)
            siblings.exclude(pk=programme.pk).update(version=F("version") + 1)


def return_to_country(*, programme, section, by, reason=""):
    """Delete the programme's own text of a section, so that the country's is printed again."""
    with writing(programme, by, reason):
        for text in SectionText.objects.filter(programme=programme, section=section):
            text.delete()
