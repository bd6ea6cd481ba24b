"""One edit page: the forms and lists of one block, what they started from, and what saving them does.

A page that started from an older version of the same block is refused and shows what is stored now beside what was
typed; saving again then is the person's decision. Changes to other blocks are no conflict.
"""

import hashlib
from functools import cached_property

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes import access
from programmes.actions.writing import columns
from programmes.blocks import RIGHT_TO_EDIT
from programmes.forms.fields import LineField
from programmes.forms.readable import readable
from programmes.forms.texts import TextsForm
from programmes.models import Programme


class ReasonForm(TextsForm):
    """Why somebody who may act only with a reason does so."""

    reason = LineField(
        label=gettext_lazy("Reason (required)"),
        help_text=gettext_lazy("One sentence. It stays in the history with your name and the date."),
        limit=300,
        required=True,
        error_messages={"required": gettext_lazy("Say why you change this: the RCO will read it.")},
    )


class EditPage:
    """What every block's page shares. A block says which forms and lists it has and which verb writes them."""

    template = "programmes/section_edit.html"
    block = None
    title = ""
    save_label = gettext_lazy("Save changes")
    asks_reason = True

    def __init__(self, programme, person, data=None, *, today, section=None):
        self.programme, self.person, self.data, self.section = programme, person, data, section
        self.today = today
        self.conflict = None
        self.focus = ""
        self.status = 200

    # What a block declares

    @property
    def right(self):
        return RIGHT_TO_EDIT[self.block]

    def require(self):
        access.require(self.person, self.right, self.programme)

    @property
    def heading(self):
        return self.title or self.block.label

    @property
    def place(self):
        """What it edits, as the addresses of the workspace name it."""
        return self.block.value

    @property
    def anchor(self):
        return self.place

    def stored_objects(self):
        """The rows this page edits, as they are stored now: instances or tuples of values."""
        raise NotImplementedError

    def build(self):
        """The forms and lists in the order of the page: ``{name: Form or RowList}``."""
        raise NotImplementedError

    def write(self, reason):
        """Call the verb with what the valid parts hold."""
        raise NotImplementedError

    def check(self):
        """Rules across parts; adds errors to fields."""

    def lock(self):
        """What other programmes' pages may write too is locked before anybody compares."""

    # What every page does

    @cached_property
    def parts(self):
        parts = self.build()
        if self.asks_reason and access.must_give_reason(self.person, self.right, self.programme):
            parts["reason"] = ReasonForm(self.data)
        return parts

    @property
    def lists(self):
        return {name: part for name, part in self.parts.items() if not isinstance(part, forms.BaseForm)}

    @property
    def forms(self):
        """Every form of the page, those of lists row by row."""
        for part in self.parts.values():
            yield from [part] if isinstance(part, forms.BaseForm) else part.rows

    def digest(self):
        """Of everything stored that this page edits."""
        values = [sorted(columns(row).items()) if hasattr(row, "_meta") else row for row in self.stored_objects()]
        return hashlib.sha256(repr(values).encode()).hexdigest()

    @cached_property
    def started_from(self):
        if self.conflict is None and self.data is not None:
            return self.data.get("started_from", "")
        return self.digest()

    def act(self):
        """Carry out a list button, if one was pressed: the page comes back with everything typed, nothing saved."""
        action = self.data.get("list_action", "")
        if not action:
            return False
        for part in self.lists.values():
            data = part.acted(action)
            if data is not None:
                self._come_back_with(data)
        for form in self.forms:
            form._errors = forms.utils.ErrorDict()  # not judged yet: they are still being filled in
            form.cleaned_data = {}
        return True

    def _come_back_with(self, data):
        self.data = data
        self.focus = data.get("focus", "")
        del self.parts
        for form in self.forms:
            if form.prefix == self.focus and form.visible_fields():
                form.visible_fields()[0].field.widget.attrs["autofocus"] = True

    def is_valid(self):
        valid = False not in [part.is_valid() for part in self.parts.values()]
        if valid:
            self.check()
            valid = not any(form.errors for form in self.forms)
        return valid and not any(part.own_errors for part in self.lists.values())

    def save(self):
        """Write and say so; a refusal leaves everything typed on the page."""
        if not self.is_valid():
            self.status = 422
            return False
        with transaction.atomic():
            self.lock()
            Programme.objects.select_for_update().filter(pk=self.programme.pk).first()
            if self.data.get("started_from", "") == self.digest():
                self.write(self.reason)
                return True
        self._refuse_older_version()
        return False

    @property
    def reason(self):
        form = self.parts.get("reason")
        return form.cleaned_data["reason"] if form is not None else ""

    def _refuse_older_version(self):
        """Someone else has changed the block meanwhile: show both."""
        self.status = 409
        now = readable(type(self)(self.programme, self.person, section=self.section, today=self.today))
        typed = readable(self)
        labels = list(dict.fromkeys([*now, *typed]))
        self.conflict = [
            {"label": label, "stored": now.get(label, ""), "typed": typed.get(label, "")}
            for label in labels
            if now.get(label, "") != typed.get(label, "")
        ]
        self.__dict__.pop("started_from", None)

    @property
    def errors(self):
        """``(id of the field, sentence)`` of everything to correct, in the order of the page."""
        found = []
        for part in self.parts.values():
            if isinstance(part, forms.BaseForm):
                found += _errors_of(part)
            else:
                found += [(f"list-{part.prefix}", message) for message in part.own_errors]
                for row in part.rows:
                    found += _errors_of(row)
        return found

    def saved_message(self):
        return _("%(block)s: saved.") % {"block": self.heading}


def _errors_of(form):
    asked = list(form.asked)
    for message in form.non_field_errors():
        named = f"{form.name_in_errors}: {message}" if form.name_in_errors else message
        yield asked[0].id_for_label or asked[0].auto_id, named
    for bound in asked:
        for message in bound.errors:
            yield bound.id_for_label or bound.auto_id, form.said_in_errors(bound, message)
