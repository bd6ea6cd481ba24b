"""The page that translates one text: its source to read, its translation to write, and what confirms it."""

from copy import copy
from dataclasses import replace

from django.http import Http404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.actions import narrative, programmes
from programmes.blocks import Block
from programmes.forms import indicators
from programmes.forms.edit_page import EditPage
from programmes.forms.monitoring import EXPLANATION
from programmes.forms.programmes import NAME, TITLE
from programmes.forms.results import ACHIEVEMENT, HEADING, RATING, STATEMENT
from programmes.forms.texts import TextsForm, TextSpec
from programmes.models import Country
from programmes.models.narrative import TextSource, digest, sanitise
from programmes.rich_text import to_plain
from programmes.texts import next_gap, texts_of

CONFIRM, SAVE, SAME = "confirm", "save", "same"
SECTION = TextSpec(gettext_lazy("Text"), rich=True)
SPECS = {
    (Block.IDENTITY, "title"): TITLE,
    (Block.PARTIES, "name"): NAME,
    (Block.RESULTS, "statement"): STATEMENT,
    (Block.RESULTS, "heading"): HEADING,
    (Block.RESULTS, "rating"): RATING,
    (Block.RESULTS, "name"): indicators.NAME,
    (Block.RESULTS, "unit"): indicators.UNIT,
    (Block.ACHIEVEMENTS, "text"): ACHIEVEMENT,
    (Block.STATUS, "narrative"): EXPLANATION,
}


class TranslationForm(TextsForm):
    """One field: the text in the language it lacks."""

    def __init__(self, *args, written, spec, **kwargs):
        super().__init__(*args, **kwargs)
        language = written.target_language
        field = replace(spec, hint="").field(language)
        field.label = capfirst(_("Spanish") if language == "es" else _("English"))
        field.initial = written.text[language]
        if spec.rich:
            field.widget.stored = field.initial
        field.widget.attrs |= {"lang": language}
        self.fields["translation"] = field


class TextGone(Http404):
    """There is no such text, or somebody has removed it."""


class TranslationPage(EditPage):
    """One text of a programme, found by its key; pressing a button says what its translation now is."""

    template = "programmes/translation_edit.html"
    save_label = gettext_lazy("Confirm and go on")

    def __init__(self, programme, person, data=None, *, today, section=None):
        super().__init__(programme, person, data, today=today, section=section)
        self._read()
        self.block = self.written.block
        self.spec = SPECS.get((self.block, self.written.field), SECTION)

    def _read(self):
        """The texts as they are stored now: once for the page, and again by whoever holds the lock."""
        self.texts = texts_of(self.programme)
        self.written = next((written for written in self.texts if written.key == self.section), None)
        if self.written is None:
            raise TextGone

    @property
    def address(self):
        return f"{type(self).__name__} {self.programme.code} {self.section}"

    @property
    def source_digest(self):
        """Of the source that the person reads: nothing is confirmed against another one."""
        return digest(self.written.source)

    def lock(self):
        """A country's text is edited from each of its programmes: one person at a time."""
        if getattr(self.written.row, "country_id", None) and self.block != Block.IDENTITY:
            Country.objects.select_for_update().get(pk=self.programme.country_id)

    @property
    def heading(self):
        return f"{self.written.place} · {self.written.mark}" if self.written.mark else self.written.place

    @property
    def next(self):
        """The next text that lacks its translation, or ``None``."""
        return next_gap(self.texts, self.written.key)

    @property
    def next_address(self):
        if self.next is None:
            return reverse("programmes:translation_list", args=[self.programme.code])
        return reverse("programmes:translation_edit", args=[self.programme.code, self.next.key])

    def build(self):
        self._read()
        return {"main": TranslationForm(self.data, written=self.written, spec=self.spec)}

    def check(self):
        """What is confirmed must be there, and say the same as the source that was read."""
        form = self.parts["main"]
        if self.data.get("source", "") != self.source_digest:
            form.add_error("translation", _("The source has changed in the meantime: read it again, then confirm."))
        if self.chosen == CONFIRM and not form.cleaned_data.get("translation"):
            form.add_error("translation", _("Write the translation first: there is nothing to confirm yet."))

    @property
    def chosen(self):
        """The button that was pressed; a name may also be the same in both languages."""
        pressed = self.data.get("then", CONFIRM)
        return pressed if pressed in (CONFIRM, SAVE) or (pressed == SAME and self.spec.is_name) else CONFIRM

    def write(self, reason):
        row = copy(self.written.row)
        setattr(row, self.written.field, self._translated())
        if self.block == Block.IDENTITY:
            programmes.describe(programme=self.programme, changed=row, by=self.person, reason=reason)
        else:
            narrative.translate(programme=self.programme, row=row, by=self.person, reason=reason)

    def _translated(self):
        text, language = self.written.text, self.written.target_language
        source = self.written.source
        if self.chosen == SAME:
            return replace(text, es=source, en=source, source=TextSource.SAME)
        typed = self.parts["main"].cleaned_data["translation"]
        confirmed = digest(source) if self.chosen == CONFIRM else ""
        return replace(text, **{language: typed}, source=text.source_language, confirmed=confirmed)

    def saved_message(self):
        if self.chosen == SAVE:
            return _("%(text)s: saved, not confirmed yet.") % {"text": self.heading}
        return _("%(text)s: confirmed.") % {"text": self.heading}


def typed_in(data):
    """The translation that somebody typed, as lines."""
    return to_plain(sanitise(data.get("translation", "")))
