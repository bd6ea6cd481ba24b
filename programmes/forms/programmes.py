"""Forms of what a programme is called, when it runs and who takes part in it."""

from copy import copy

from django.utils.translation import gettext_lazy as _

from programmes.actions import programmes
from programmes.blocks import Block
from programmes.forms.edit_page import EditPage
from programmes.forms.fields import DAY_HINT, DayField, LineField, OneOf
from programmes.forms.rows import RowList, RowMixin
from programmes.forms.texts import TextsForm, TextsModelForm, TextSpec
from programmes.models import GovernmentEntity, Programme, ThematicWindow

TITLE = TextSpec(_("Title"), _("As the programme document says it."), limit=240, required=True, is_name=True)
REGISTRY_CODE_HINT = _("The administrative agent's full code, MDGF-2097-D-PAN. Blank where it is not known.")
NAME = TextSpec(_("Name"), limit=200, required=True, is_name=True)


class IdentityForm(TextsModelForm):
    """Title, window, registry code and life cycle."""

    texts = {"title": TITLE}
    order = ("title", "window", "registry_code", "life_cycle")
    registry_code = LineField(
        label=_("Registry code"),
        help_text=REGISTRY_CODE_HINT,
        limit=40,
    )

    class Meta:
        model = Programme
        fields = ("registry_code", "life_cycle")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        windows = ThematicWindow.objects.filter(fund=self.instance.fund)
        self.fields["window"] = OneOf(windows, label=_("Thematic window"), required=False, initial=self.instance.window)

    def clean(self):
        cleaned = super().clean()
        if "window" in cleaned:
            self.instance.window = cleaned["window"]
        return cleaned


class IdentityPage(EditPage):
    block = Block.IDENTITY
    save_label = _("Save the programme")

    def build(self):
        return {"main": IdentityForm(self.data, instance=copy(self.programme))}

    def write(self, reason):
        changed = self.parts["main"].instance
        programmes.describe(programme=self.programme, changed=changed, by=self.person, reason=reason)


class DatesForm(TextsForm):
    """The dates as documents state them, right or wrong."""

    hint = DAY_HINT
    starts_on = DayField(
        label=_("Starts on"),
        help_text=_("As the programme document says, usually the first transfer."),
        required=False,
    )

    def __init__(self, *args, programme, revisions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = programme.starts_on
        if revisions:
            self._ask_approval(revisions[0])
        if len(revisions) > 1:
            self._ask_extension(revisions[-1])

    def _ask_approval(self, approval):
        self.fields["approved_on"] = DayField(
            label=_("Approved on"),
            help_text=_("Blank when the document does not say: it then counts from the start."),
            required=False,
            initial=approval.approved_on,
        )
        self.fields["ends_on"] = DayField(
            label=_("Ends on, as first approved"),
            help_text=_("As stated, even where it looks wrong: it is then shown as a warning."),
            initial=approval.ends_on,
        )

    def _ask_extension(self, extension):
        self.fields["extended_to_on"] = DayField(
            label=_("Extended to"),
            help_text=_("The end date of the last revision, as stated."),
            initial=extension.ends_on,
        )
        self.fields["extension_approved_on"] = DayField(
            label=_("Extension approved on"),
            help_text=_("Blank when the document does not say: it then counts from the start."),
            required=False,
            initial=extension.approved_on,
        )


class DatesPage(EditPage):
    block = Block.DATES
    save_label = _("Save dates")

    def build(self):
        self.revisions = list(self.programme.revisions.order_by("number"))
        return {"main": DatesForm(self.data, programme=self.programme, revisions=self.revisions)}

    def write(self, reason):
        given = self.parts["main"].cleaned_data
        changed = copy(self.programme)
        changed.starts_on = given["starts_on"]
        if self.revisions:
            self.revisions[0].approved_on, self.revisions[0].ends_on = given["approved_on"], given["ends_on"]
        if len(self.revisions) > 1:
            last = self.revisions[-1]
            last.approved_on, last.ends_on = given["extension_approved_on"], given["extended_to_on"]
        programmes.set_dates(
            programme=self.programme, changed=changed, revisions=self.revisions, by=self.person, reason=reason
        )


class PartiesForm(TextsModelForm):
    """The people whom the sheet names."""

    coordinator_name = LineField(
        label=_("Programme coordinator"), help_text=_("Blank while nobody is appointed."), limit=120
    )
    rco_contact_name = LineField(
        label=_("RCO contact"), help_text=_("Who follows the programme in the RCO."), limit=120
    )

    class Meta:
        model = Programme
        fields = ("coordinator_name", "rco_contact_name")


class GovernmentEntityRow(RowMixin, TextsModelForm):
    texts = {"name": NAME}

    class Meta:
        model = GovernmentEntity
        fields = ()


class PartiesPage(EditPage):
    block = Block.PARTIES
    save_label = _("Save parties")

    def build(self):
        entities = RowList(
            "entities",
            GovernmentEntityRow.builder(),
            self.programme.government_entities.all(),
            self.data,
            title=_("Government entities"),
            row_title=_("Institution"),
            add_label=_("Add an institution"),
            empty=_("No institution is named yet."),
        )
        return {"main": PartiesForm(self.data, instance=copy(self.programme)), "entities": entities}

    def write(self, reason):
        programmes.set_parties(
            programme=self.programme,
            changed=self.parts["main"].instance,
            government_entities=[row.instance for row in self.parts["entities"].filled],
            by=self.person,
            reason=reason,
        )
