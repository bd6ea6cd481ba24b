"""Looking for a word without minding accents or capitals: “Panama” finds “Panamá”, on every database."""

import re
import unicodedata
from functools import reduce
from operator import or_

from django.db.models import Q

FIELDS = ("code", "title_es", "title_en", "country__name_es", "country__name_en")
#: How each letter may stand in a Spanish, Portuguese or French name.
WRITTEN = {"a": "aáàâãä", "c": "cç", "e": "eéèêë", "i": "iíìîï", "n": "nñ", "o": "oóòôõö", "u": "uúùûü"}
#: Each word is a condition of its own; nobody looks for more.
MOST_WORDS = 12


def searched(queryset, text):
    """The programmes that have every word of the text in their title, code or country."""
    for word in text.split()[:MOST_WORDS]:
        pattern = written(word)
        queryset = queryset.filter(reduce(or_, (Q(**{f"{name}__iregex": pattern}) for name in FIELDS)))
    return queryset


def written(word):
    """The word as an expression that both databases read. PostgreSQL may not know the capitals of accented letters.

    >>> written("Ñu1.")
    '[nñNÑ][uúùûüUÚÙÛÜ]1\\\\.'
    """
    letters = (letter for letter in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(letter))
    return "".join(_any_of(WRITTEN[letter]) if letter in WRITTEN else re.escape(letter) for letter in letters)


def _any_of(letters):
    return f"[{letters}{letters.upper()}]"
