"""Texts that people write: in two languages, one of them the source, the other its translation."""

import hashlib
import re
from dataclasses import dataclass

import nh3
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorField
from translated_fields import TranslatedField

from programmes.history import History

LANGUAGE_CODES = ("es", "en")
MOST_TAGS = 4000
RICH_EXTENSIONS = {"Bold": True, "Italic": True, "BulletList": True, "OrderedList": True, "Link": True}
_cleaner = nh3.Cleaner(
    tags={"p", "ul", "ol", "li", "strong", "em", "a", "br"},
    attributes={"a": {"href"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener noreferrer",
)


def bounded(html: str) -> str:
    """More tags than the longest text needs are no formatting but an attempt to keep the parser busy: words remain."""
    return html if html.count("<") <= MOST_TAGS else re.sub("<[^<>]*>?", " ", html)


def sanitise(html: str) -> str:
    """Only p, ul, ol, li, strong, em, a and br survive; an empty paragraph is no text at all."""
    cleaned = _cleaner.clean(bounded(html or "")).strip()
    return "" if cleaned in ("<p></p>", "<p><br></p>") else cleaned


def digest(text: str) -> str:
    """What a confirmed translation remembers of its source: 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


class TextSource(models.TextChoices):
    ES = "es", _("Spanish")
    EN = "en", _("English")
    SAME = "same", _("the same in both")


class Translation(models.TextChoices):
    """The state of one language of one text: derived, never stored."""

    ORIGINAL = "original", _("original")
    CURRENT = "current", _("current")
    STALE = "stale", _("out of date")
    UNCONFIRMED = "unconfirmed", _("not confirmed yet")
    MISSING = "missing", _("missing")
    SAME = "same", _("the same in both")
    EMPTY = "empty", _("blank")

    @property
    def is_old(self):
        """Written, but nobody has said that it says the same as its source does now."""
        return self in (Translation.STALE, Translation.UNCONFIRMED)


@dataclass(frozen=True, slots=True)
class BilingualText:
    """One text in both languages, with the rule that says how good its translation is."""

    es: str = ""
    en: str = ""
    source: str = TextSource.ES
    confirmed: str = ""

    def __bool__(self):
        return bool(self.es or self.en)

    def __getitem__(self, language: str) -> str:
        return self.es if language == "es" else self.en

    @property
    def source_language(self) -> str:
        """The language it was written in: a translation alone counts as the source."""
        written_in = TextSource.ES if self.source == TextSource.SAME else self.source
        other = "en" if written_in == "es" else "es"
        return str(written_in) if self[written_in] or not self[other] else other

    def shown_in(self, language: str) -> tuple[str, str]:
        """The text to read in a language and the language it is really in: the other one serves as a fall-back."""
        other = "en" if language == "es" else "es"
        return (self[language], language) if self[language] or not self[other] else (self[other], other)

    def state(self, language: str) -> Translation:
        """``original`` for the source; otherwise missing, unconfirmed (nobody ever said that it says the same),
        stale (the source has changed since somebody said so) or current.
        """
        if not self:
            return Translation.EMPTY
        if self.source == TextSource.SAME:
            return Translation.SAME
        if language == self.source_language:
            return Translation.ORIGINAL
        if not self[language]:
            return Translation.MISSING
        if not self.confirmed:
            return Translation.UNCONFIRMED
        return Translation.CURRENT if self.confirmed == digest(self[self.source_language]) else Translation.STALE


class RichTextField(ProseEditorField):
    """Rich text, sanitised whichever way it is saved."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, extensions=dict(RICH_EXTENSIONS), sanitize=sanitise, **kwargs)

    def pre_save(self, model_instance, add):
        cleaned = sanitise(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, cleaned)
        return cleaned


class BilingualField(TranslatedField):
    """Four columns for one text: ``_es``, ``_en``, ``_source`` and ``_confirmed``.

    Reading the attribute gives a ``BilingualText``; assigning one sets all four.
    """

    def __init__(self, field):
        super().__init__(field, languages=LANGUAGE_CODES, attrgetter=_getter, attrsetter=_setter)

    def contribute_to_class(self, cls, name):
        super().contribute_to_class(cls, name)
        source = models.CharField(
            _("source language"), max_length=4, choices=TextSource, default=TextSource.ES, editable=False
        )
        confirmed = models.CharField(
            _("source as last translated"), max_length=64, blank=True, default="", editable=False
        )
        source.contribute_to_class(cls, f"{name}_source")
        confirmed.contribute_to_class(cls, f"{name}_confirmed")


def _getter(name, field):
    columns = [f"{name}_{part}" for part in ("es", "en", "source", "confirmed")]
    return lambda instance: BilingualText(*(getattr(instance, column) for column in columns))


def _setter(name, field):
    def set_text(instance, text):
        for part in ("es", "en", "source", "confirmed"):
            setattr(instance, f"{name}_{part}", getattr(text, part))

    return set_text


class Answer(models.TextChoices):
    """What a template's yes-or-no question was answered."""

    UNANSWERED = "", _("not answered")
    YES = "yes", _("yes")
    NO = "no", _("no")


class SectionText(models.Model):
    """What one programme, or one country for all its programmes, writes under a section of the Fund's template."""

    section = models.ForeignKey("Section", on_delete=models.PROTECT, related_name="texts")
    programme = models.ForeignKey(
        "Programme",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="section_texts",
        help_text=_("Blank when the country writes it once for all its programmes."),
    )
    country = models.ForeignKey(
        "Country",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="section_texts",
        help_text=_("Only for a text that all programmes of the country share."),
    )
    text = BilingualField(RichTextField(_("text"), blank=True, default=""))
    answer = models.CharField(_("answer"), max_length=3, choices=Answer, blank=True, default=Answer.UNANSWERED)
    not_applicable = models.BooleanField(
        _("not applicable"), default=False, help_text=_("The section was considered and there is nothing to say.")
    )

    history = History()

    class Meta:
        verbose_name = _("section text")
        verbose_name_plural = _("section texts")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(programme__isnull=True) ^ models.Q(country__isnull=True),
                name="section_text_belongs_to_programme_or_country",
                violation_error_message=_("A text belongs either to one programme or to one country."),
            ),
            models.UniqueConstraint(
                fields=["section", "programme"],
                condition=models.Q(programme__isnull=False),
                name="section_text_once_per_programme",
                violation_error_message=_("This section already has a text in this programme."),
            ),
            models.UniqueConstraint(
                fields=["section", "country"],
                condition=models.Q(country__isnull=False),
                name="section_text_once_per_country",
                violation_error_message=_("This section already has a text for this country."),
            ),
        ]

    def __str__(self):
        return f"{self.section} · {self.programme or self.country}"
