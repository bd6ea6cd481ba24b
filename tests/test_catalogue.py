"""The catalogue's own compiler gives gettext what gettext's tools would."""

import gettext
import io
import os

from config.catalogue import binary, compile_catalogues, parse

SOURCE = r"""
# A header
msgid ""
msgstr ""
"Language: es\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

#: programmes/models/money.py
msgid "disbursement"
msgstr "desembolso"

#, python-format
msgid ""
"%(count)s agency has "
"\"sent\" figures."
msgid_plural "%(count)s agencies have sent figures."
msgstr[0] "%(count)s agencia ha «enviado» cifras."
msgstr[1] "%(count)s agencias han enviado cifras."

msgctxt "of a result"
msgid "Rating"
msgstr "Valoración"
msgid "Rating"
msgstr "Calificación"

#, fuzzy
msgid "Area"
msgstr "Región"

msgid "Share"
msgstr ""

#~ msgid "Project"
#~ msgstr "Proyecto"
"""


def translations():
    return gettext.GNUTranslations(io.BytesIO(binary(parse(SOURCE))))


def test_plain_plural_and_contextual_messages_are_found():
    catalogue = translations()
    assert catalogue.gettext("disbursement") == "desembolso"
    singular, plural = '%(count)s agency has "sent" figures.', "%(count)s agencies have sent figures."
    assert catalogue.ngettext(singular, plural, 1).startswith("%(count)s agencia ha")
    assert catalogue.ngettext(singular, plural, 5).startswith("%(count)s agencias han")
    assert catalogue.pgettext("of a result", "Rating") == "Valoración"
    assert catalogue.gettext("Rating") == "Calificación"


def test_what_is_fuzzy_or_missing_stays_english():
    catalogue = translations()
    assert catalogue.gettext("Area") == "Area"
    assert catalogue.gettext("Share") == "Share"


def test_obsolete_entries_are_not_read():
    assert "Project" not in {entry.msgid for entry in parse(SOURCE)}


def test_a_catalogue_is_compiled_again_only_when_it_changed(tmp_path):
    source = tmp_path / "es" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(SOURCE, encoding="utf-8")
    compile_catalogues(tmp_path)
    compiled = source.with_suffix(".mo")
    first = compiled.read_bytes()

    source.write_text(SOURCE.replace("desembolso", "transferencia"), encoding="utf-8")
    os.utime(source, ns=(0, 0))
    compile_catalogues(tmp_path)
    assert compiled.read_bytes() == first

    os.utime(source, (4_000_000_000, 4_000_000_000))
    compile_catalogues(tmp_path)
    assert b"transferencia" in compiled.read_bytes()
    assert sorted(path.name for path in source.parent.iterdir()) == ["django.mo", "django.po"]
