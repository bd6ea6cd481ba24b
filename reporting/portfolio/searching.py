"""Looking for a word without minding accents or capitals: “Panama” finds “Panamá”, on every database.

What is sought stands folded in the portfolio's row. Where the row lags behind the programme, its own columns are read,
so that nobody looks in vain for what was written a moment ago.
"""

import re
import unicodedata
from functools import reduce
from operator import or_

from django.db.models import F, Q

FIELDS = ("code", "title_es", "title_en", "country__name_es", "country__name_en")
#: How each letter may stand in a Spanish, Portuguese or French name.
WRITTEN = {"a": "aáàâãä", "c": "cç", "e": "eéèêë", "i": "iíìîï", "n": "nñ", "o": "oóòôõö", "u": "uúùûü"}
#: Each word is a condition of its own; nobody looks for more.
MOST_WORDS = 12

IS_CURRENT = Q(portfolio_row__version=F("version"))
LAGS = Q(portfolio_row__isnull=True) | ~IS_CURRENT


def folded(text):
    """Without accents and capitals.

    >>> folded("Educación en los ÑANDÚES")
    'educacion en los nandues'
    """
    return "".join(letter for letter in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(letter))


def searched(queryset, text):
    """The programmes that have every word of the text in their code, title, country, window or agencies."""
    for word in text.split()[:MOST_WORDS]:
        pattern = written(word)
        live = reduce(or_, (Q(**{f"{name}__iregex": pattern}) for name in FIELDS))
        queryset = queryset.filter((IS_CURRENT & Q(portfolio_row__sought__contains=folded(word))) | (LAGS & live))
    return queryset


def written(word):
    """The word as an expression that both databases read. PostgreSQL may not know the capitals of accented letters.

    >>> written("Ñu1.")
    '[nñNÑ][uúùûüUÚÙÛÜ]1\\\\.'
    """
    return "".join(_any_of(WRITTEN[letter]) if letter in WRITTEN else re.escape(letter) for letter in folded(word))


def _any_of(letters):
    return f"[{letters}{letters.upper()}]"
