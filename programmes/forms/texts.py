"""Texts in both languages side by side: what was typed, which language is the source, and what was confirmed."""

from dataclasses import dataclass, replace
from functools import cached_property

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.forms.fields import NATIVE_NAMES, LineField, RichField
from programmes.models.narrative import BilingualText, TextSource, Translation, digest

RICH_LIMIT = 6000


@dataclass(frozen=True, slots=True)
class TextSpec:
    """How one text of a form is asked for."""

    label: str
    hint: str = ""
    limit: int = RICH_LIMIT
    rows: int = 1
    rich: bool = False
    required: bool = False
    is_name: bool = False  # a name may be the same in both languages

    def field(self, language):
        """Label and hint are the portal's words, in the person's language; only what is typed is in ``language``."""
        given = {"label": self.label, "help_text": self.hint}
        field = (
            RichField(limit=self.limit, **given) if self.rich else LineField(limit=self.limit, rows=self.rows, **given)
        )
        field.widget.attrs["lang"] = language
        return field


@dataclass(frozen=True, slots=True)
class Column:
    """One language of one text, as the page lays it out."""

    language: str
    native_name: str
    field: forms.BoundField
    state: str
    state_label: str
    tick: forms.BoundField | None
    source: forms.BoundField | None


class TextsForm(forms.Form):
    """A form some of whose fields are texts in both languages.

    ``texts`` maps a name to its ``TextSpec``; ``stored_texts`` what is stored. Valid, ``cleaned_data[name]`` is a
    ``BilingualText``.
    """

    texts: dict[str, TextSpec] = {}
    order: tuple[str, ...] = ()  # texts and fields as the page asks for them; nothing: texts first
    folded: tuple[str, ...] = ()  # fields that wait in a details element
    group = ""  # the heading this form stands under, when a page has several of a kind
    shows_group = True
    hint = ""  # what holds for all its fields
    anchor = ""  # where a link to this form lands, when a page has several

    def __init__(self, *args, stored_texts=None, texts=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.texts = texts if texts is not None else self.texts
        self.stored_texts = stored_texts or {name: BilingualText() for name in self.texts}
        for name, spec in self.texts.items():
            self._ask(name, spec, self.stored_texts[name])

    def _ask(self, name, spec, stored):
        for language in ("es", "en"):
            field = spec.field(language)
            field.initial = stored[language]
            if spec.rich:
                field.widget.stored = stored[language]
            self.fields[f"{name}_{language}"] = field
        choices = TextSource.choices if spec.is_name else TextSource.choices[:2]
        self.fields[f"{name}_source"] = forms.ChoiceField(
            label=gettext_lazy("Written first in"),
            choices=choices,
            initial=str(stored.source) if spec.is_name or stored.source != TextSource.SAME else TextSource.ES,
        )
        self.fields[f"{name}_same"] = forms.BooleanField(required=False, initial=False, label=_says_the_same(stored))

    @property
    def name_in_errors(self):
        """What tells this form from the others of its page."""
        return str(self.group) if self.shows_group else ""

    def said_in_errors(self, bound, message):
        """An error as the summary at the top says it: in which row, in which field, in which language."""
        text, _joint, part = bound.name.rpartition("_")
        label = "" if isinstance(bound.field, forms.BooleanField) else bound.label
        if text in self.texts and part in NATIVE_NAMES:
            label = f"{label}, {NATIVE_NAMES[part]}"
        place = " – ".join(str(words) for words in (self.name_in_errors, label) if words)
        return f"{place}: {message}" if place else message

    def text_fields(self):
        return {f"{name}_{part}" for name in self.texts for part in ("es", "en", "source", "same")}

    def clean(self):
        cleaned = super().clean()
        cleaned = self.cleaned_data if cleaned is None else cleaned
        for name, spec in self.texts.items():
            if f"{name}_es" in cleaned and f"{name}_en" in cleaned and f"{name}_source" in cleaned:
                cleaned[name] = self._clean_text(name, spec, cleaned)
        return cleaned

    def _clean_text(self, name, spec, cleaned):
        stored = self.stored_texts[name]
        typed = BilingualText(cleaned[f"{name}_es"], cleaned[f"{name}_en"], cleaned[f"{name}_source"])
        if not typed:
            if spec.required:
                self.add_error(f"{name}_{stored.source_language}", _("Write it in at least one of the two languages."))
            return BilingualText(source=stored.source)
        if typed.source == TextSource.SAME:
            return self._clean_name(name, typed)
        if cleaned.get(f"{name}_same"):
            if not (typed.es and typed.en):
                self.add_error(f"{name}_same", _("Write the text in both languages first, or leave this unticked."))
            return replace(typed, confirmed=digest(typed[typed.source_language]))
        return replace(typed, confirmed=_still_confirmed(typed, stored))

    def _clean_name(self, name, typed):
        if typed.es and typed.en and typed.es != typed.en:
            self.add_error(
                f"{name}_source",
                _("The two languages differ. Make them equal, or choose the language it was written in."),
            )
        return replace(typed, es=typed.es or typed.en, en=typed.en or typed.es)

    @cached_property
    def items(self):
        """What the page asks, in its order: a field, or the two columns of a text, the source's first."""
        of_texts = self.text_fields()
        names = self.order or (*self.texts, *(name for name in self.fields if name not in of_texts))
        names = [name for name in names if name in self.texts or name in self.fields]
        return [
            {"columns": self._pair(name)} if name in self.texts else {"field": self[name]}
            for name in names
            if name not in self.folded
        ]

    @property
    def asked(self):
        """Every field in the order of the page."""
        for item in self.items:
            for column in item.get("columns", ()):
                yield from (field for field in (column.field, column.source, column.tick) if field is not None)
            if "field" in item:
                yield item["field"]
        yield from self.folded_fields

    @property
    def folded_fields(self):
        return [self[name] for name in self.folded]

    @property
    def is_unfolded(self):
        """What is filled in or wrong does not hide."""
        return any(field.errors or field.value() not in (None, "") for field in self.folded_fields)

    def _pair(self, name):
        stored = self.stored_texts[name]
        source = stored.source_language
        columns = []
        for language in (source, "en" if source == "es" else "es"):
            is_source = language == source
            state = stored.state(language)
            columns.append(
                Column(
                    language=language,
                    native_name=NATIVE_NAMES[language],
                    field=self[f"{name}_{language}"],
                    state=state,
                    state_label=state.label,
                    tick=None if is_source else self[f"{name}_same"],
                    source=self[f"{name}_source"] if is_source else None,
                )
            )
        return columns


def _says_the_same(stored):
    """The sentence at the tick, in the language that is confirmed."""
    if stored.source_language == "es":
        return gettext_lazy("The English says the same as the Spanish")
    return gettext_lazy("The Spanish says the same as the English")


def _still_confirmed(typed, stored):
    """Untouched texts keep their confirmation even when only the source language is changed."""
    untouched = (typed.es, typed.en) == (stored.es, stored.en)
    was_current = stored.state("en" if stored.source_language == "es" else "es") == Translation.CURRENT
    if untouched and (was_current or stored.source == TextSource.SAME):
        return digest(typed[typed.source_language])
    return stored.confirmed


class TextsModelForm(TextsForm, forms.ModelForm):
    """The same for the row of one model: the texts are its bilingual fields of the same names."""

    def __init__(self, *args, instance=None, **kwargs):
        instance = instance if instance is not None else self._meta.model()
        kwargs.setdefault("stored_texts", {name: getattr(instance, name) for name in self.texts})
        super().__init__(*args, instance=instance, **kwargs)

    def clean(self):
        cleaned = super().clean()
        for name in self.texts:
            if name in cleaned:
                setattr(self.instance, name, cleaned[name])
        return cleaned
