"""One edit page: the forms and lists of one block, what they started from, and what saving them does.

Only what the person changed is written. Where somebody else has changed the same field meanwhile, nothing is written:
the page shows what it said before, theirs and mine, and the person chooses.
"""

from functools import cached_property

from django import forms
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes import access
from programmes.blocks import RIGHT_TO_EDIT
from programmes.forms import started_from
from programmes.forms.conflicts import described, what_came_in
from programmes.forms.fields import LineField
from programmes.forms.page_merging import merge_page
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
        self.conflict = None  # what the person has to choose between, once two people's changes met
        self.locked_at = None  # the last instant before anything of this save was written
        self.came_in = ""  # what others changed meanwhile and stays
        self.goes_on_from = None
        self.says_what_it_started_from = True
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

    #: Which one of several things the page is about, where that can change meanwhile: the number of a revision.
    identity = ""

    @property
    def address(self):
        """What it edits: the value of another page is not taken for what this one started from."""
        section = self.section.pk if self.section is not None else ""
        return f"{type(self).__name__} {self.programme.code if self.programme else ''} {section}"

    @property
    def version(self):
        return self.programme.version if self.programme else 0

    def depending(self, name):
        """What goes when a row of this list is removed: ``{key: whatever tells that it has changed}``."""
        return {}

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

    @property
    def started_from(self):
        """What the form carries back: the version, and every value of it that the person saw."""
        if self.goes_on_from is not None:
            return started_from.signed(self.goes_on_from)
        if self.data is not None:
            return self.data.get("started_from", "")
        return started_from.signed(started_from.snapshot(self))

    def act(self):
        """Carry out a list button, if one was pressed: the page comes back with everything typed, nothing saved."""
        action = self.data.get("list_action", "")
        if not action:
            return False
        for part in self.lists.values():
            data = part.acted(action)
            if data is not None:
                self._come_back_with(data)
        if "choosing" in self.data:
            self._ask(self._merged())
        self._leave_unjudged()
        return True

    def _leave_unjudged(self):
        """They are still being filled in."""
        for form in self.forms:
            form._errors = forms.utils.ErrorDict()
            form.cleaned_data = {}

    def _come_back_with(self, data):
        self.data = data
        self.focus = data.get("focus", "")
        del self.parts
        for form in self.forms:
            if form.prefix == self.focus and (first := next(iter(form.asked), None)):
                first.field.widget.attrs["autofocus"] = True

    def is_valid(self):
        valid = False not in [part.is_valid() for part in self.parts.values()]
        if valid:
            self.check()
            valid = not any(form.errors for form in self.forms)
        return valid and not any(part.own_errors for part in self.lists.values())

    def save(self):
        """Write and say so; a refusal leaves everything typed on the page.

        Whoever holds the lock compares, judges and writes: nobody comes in between.
        """
        with transaction.atomic():
            self.lock()
            programmes = Programme.objects.for_reading().select_for_update(of=("self",))
            self.programme = get_object_or_404(programmes, pk=self.programme.pk)
            self.locked_at = timezone.now()
            merged = self._merged()
            if merged.conflicts or not self.says_what_it_started_from:
                self._ask(merged)
                self._leave_unjudged()
                self.status = 409
                return False
            self._go_on_with(merged)
            if not self.is_valid():
                self.status = 422
                return False
            self.write(self.reason)
        self.came_in = what_came_in(merged)
        return True

    def _merged(self):
        base = started_from.read(self.data.get("started_from", ""), self)
        self.says_what_it_started_from = base is not None
        return merge_page(
            self.data, base, type(self)(self.programme, self.person, section=self.section, today=self.today)
        )

    def _go_on_with(self, merged):
        self.data, self.goes_on_from = merged.values, merged.base
        self.__dict__.pop("parts", None)

    def _ask(self, merged):
        """Nothing is written: each side is shown, and every field holds what this person wrote."""
        self._go_on_with(merged)
        self.conflict = described(merged)
        self.came_in = what_came_in(merged)

    @property
    def reason(self):
        form = self.parts.get("reason")
        return form.cleaned_data["reason"] if form is not None else ""

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

    def notices(self):
        """What was saved as stated and yet needs a look."""
        return []

    def saved_message(self):
        has_changed = any(part.has_changed() for name, part in self.parts.items() if name != "reason")
        said = _("%(block)s: saved.") if has_changed else _("%(block)s: nothing has changed.")
        saved = said % {"block": self.heading}
        return f"{saved} {self.came_in}" if self.came_in else saved


def _errors_of(form):
    asked = list(form.asked)
    for message in form.non_field_errors():
        named = f"{form.name_in_errors}: {message}" if form.name_in_errors else message
        yield asked[0].id_for_label or asked[0].auto_id, named
    for bound in asked:
        for message in bound.errors:
            yield bound.id_for_label or bound.auto_id, form.said_in_errors(bound, message)
