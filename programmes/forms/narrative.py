"""Forms of the texts under the Fund's template: summary, gender, and each section of the observations."""

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.access import Right
from programmes.actions import narrative
from programmes.blocks import Block
from programmes.forms.edit_page import EditPage
from programmes.forms.texts import TextsForm, TextSpec
from programmes.models import Answer, Country, Section, SectionText

COUNTRY, PROGRAMME, RETURN = "country", "programme", "return"


class SectionForm(TextsForm):
    """One section or sub-head: its text, its yes or no, and whose text it is."""

    order = ("scope", "answer", "text", "not_applicable")
    not_applicable = forms.BooleanField(
        label=_("Not applicable: the section was considered and there is nothing to say"),
        required=False,
    )

    def __init__(self, *args, section, own, shared, country, **kwargs):
        self.section, self.own, self.shared = section, own, shared
        stored = own or shared or SectionText()
        spec = TextSpec(_("Text"), section.hint, rich=True)
        super().__init__(*args, texts={"text": spec}, stored_texts={"text": stored.text}, **kwargs)
        self.group, self.anchor = str(section.label), f"edit-{section.slug}"
        self.fields["not_applicable"].initial = stored.not_applicable
        if section.kind == Section.Kind.PLAN:
            self.fields["answer"] = forms.ChoiceField(
                label=section.question or _("Plan"),
                choices=[(value, label) for value, label in Answer.choices if value] + [("", Answer.UNANSWERED.label)],
                widget=forms.RadioSelect,
                required=False,
                initial=stored.answer,
            )
        if section.is_country_level:
            self._ask_scope(country)

    def _ask_scope(self, country):
        choices = [
            (COUNTRY, _("All programmes of %(country)s") % {"country": country}),
            (PROGRAMME, _("This programme only")),
        ]
        if self.own is not None and self.shared is not None:
            choices.append((RETURN, _("Print the country's text again; this programme's own text is removed")))
        self.fields["scope"] = forms.ChoiceField(
            label=_("Whose text is this?"),
            help_text=_("A text of the country is written once and printed on each of its sheets."),
            choices=choices,
            widget=forms.RadioSelect,
            initial=PROGRAMME if self.own is not None else COUNTRY,
        )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("not_applicable") and cleaned.get("text"):
            self.add_error("not_applicable", _("There is a text: remove it, or leave this unticked."))
        return cleaned

    @property
    def returns_to_country(self):
        return self.cleaned_data.get("scope") == RETURN

    def filled(self, programme):
        """The text to store, or ``None`` when nothing has been said and nothing was stored."""
        given = self.cleaned_data
        is_shared = given.get("scope", PROGRAMME) == COUNTRY
        stored = self.shared if is_shared else self.own
        owner = {"country": programme.country} if is_shared else {"programme": programme}
        text = SectionText(pk=stored.pk if stored else None, section=self.section, **owner)
        text._state.adding = stored is None
        text.text, text.not_applicable = given["text"], given["not_applicable"]
        text.answer = given.get("answer", stored.answer if stored else "")
        says_something = given["text"] or given["not_applicable"] or text.answer
        return text if self.own or stored or says_something else None


class NarrativePage(EditPage):
    """All sub-heads of a section together; ``section`` is the top-level section."""

    block = Block.OBSERVATIONS
    right = Right.EDIT_SECTIONS
    save_label = _("Save the text")
    sub_head = None  # the one it was opened at

    @property
    def heading(self):
        return self.section.label

    @property
    def place(self):
        if self.sub_head is not None:
            return self.sub_head.slug
        return self.section.slug if self.section.block == Section.Block.OBSERVATIONS else self.section.block

    @property
    def anchor(self):
        return f"section-{self.place}" if self.section.block == Section.Block.OBSERVATIONS else self.place

    def lock(self):
        """A country's texts are edited from each of its programmes: one person at a time."""
        if any(section.is_country_level for section in self._written()):
            Country.objects.select_for_update().get(pk=self.programme.country_id)

    def _written(self):
        """The sections that hold text: the sub-heads of a heading, or the section itself."""
        below = list(self.section.sub_heads.order_by("position"))
        return below if self.section.kind == Section.Kind.HEADING else [self.section, *below]

    def _stored(self):
        texts = SectionText.objects.filter(section__in=self._written())
        return texts.filter(programme=self.programme) | texts.filter(country=self.programme.country)

    def build(self):
        own = {text.section_id: text for text in self._stored() if text.programme_id}
        shared = {text.section_id: text for text in self._stored() if text.country_id}
        parts = {}
        sections = self._written()
        for section in sections:
            form = SectionForm(
                self.data,
                prefix=section.slug,
                section=section,
                own=own.get(section.pk),
                shared=shared.get(section.pk),
                country=self.programme.country,
            )
            form.shows_group = len(sections) > 1
            parts[section.slug] = form
        return parts

    def write(self, reason):
        forms_ = [form for form in self.parts.values() if isinstance(form, SectionForm)]
        returning = [form for form in forms_ if form.returns_to_country]
        texts = [form.filled(self.programme) for form in forms_ if form not in returning]
        narrative.write(
            programme=self.programme, texts=[text for text in texts if text is not None], by=self.person, reason=reason
        )
        for form in returning:
            narrative.return_to_country(programme=self.programme, section=form.section, by=self.person, reason=reason)
