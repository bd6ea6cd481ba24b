"""What a page says, in the visitor's language: journeys find buttons and links by the catalogue's words."""

from django.db import connection
from django.utils.translation import gettext, override

from reporting.demonstration import PASSWORD

OFFICER = "oficina.cr@panama.example"
FAO = "fao@panama.example"
SECRETARIAT = "secretariado@fund.example"
READER = "lector@panama.example"
ADMINISTRATOR = "administracion@ficha.example"

#: What a page does to a browser does not depend on the database: tried in Spanish on SQLite, in English on PostgreSQL.
LANGUAGE_HERE = ["es"] if connection.vendor == "sqlite" else ["en"]

__all__ = ["ADMINISTRATOR", "FAO", "LANGUAGE_HERE", "OFFICER", "PASSWORD", "READER", "SECRETARIAT", "said"]


def said(language, msgid, **values):
    """The sentence as the portal says it in a language."""
    with override(language):
        return gettext(msgid) % values if values else gettext(msgid)
