"""Forms of areas of intervention, goals and targets."""

from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programmes.actions import places
from programmes.blocks import Block
from programmes.forms.edit_page import EditPage
from programmes.forms.fields import OneOf
from programmes.forms.rows import RowList, RowMixin
from programmes.forms.texts import TextsModelForm
from programmes.models import Area, ProgrammeArea, ProgrammeTarget, Target


class AreaRow(RowMixin, TextsModelForm):
    order = ("area", "state")

    class Meta:
        model = ProgrammeArea
        fields = ("state",)

    def __init__(self, *args, areas, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"] = OneOf(areas, label=_("Area"), initial=self.instance.area_id)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("area"):
            self.instance.area = cleaned["area"]
        return cleaned


class TargetRow(RowMixin, TextsModelForm):
    class Meta:
        model = ProgrammeTarget
        fields = ()

    def __init__(self, *args, targets, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["target"] = OneOf(targets, _named, label=_("Goal or target"), initial=self.instance.target_id)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("target"):
            self.instance.target = cleaned["target"]
        return cleaned


def _named(target):
    """“ODM 1.B · …” in Spanish, as the sheet says it."""
    framework = gettext("MDG") if target.framework == Target.Framework.MDG else gettext("SDG")
    return f"{framework} {target.code} · {Truncator(target.name).chars(90)}"


class AreasPage(EditPage):
    block = Block.AREAS
    save_label = _("Save areas and targets")

    def build(self):
        areas = RowList(
            "areas",
            AreaRow.builder(areas=list(Area.objects.filter(country=self.programme.country))),
            self.programme.programme_areas.all(),
            self.data,
            title=_("Areas of intervention"),
            row_title=_("Area"),
            add_label=_("Add an area"),
            empty=_("No area is named yet."),
            once=("area", _("The programme already has this area.")),
        )
        targets = RowList(
            "targets",
            TargetRow.builder(targets=list(Target.objects.all())),
            self.programme.programme_targets.all(),
            self.data,
            title=_("Goals and targets"),
            row_title=_("Goal or target"),
            add_label=_("Add a goal or target"),
            empty=_("No goal or target is named yet."),
            once=("target", _("The programme already names this goal or target.")),
        )
        return {"areas": areas, "targets": targets}

    def write(self, reason):
        places.arrange_all(
            programme=self.programme,
            areas=[row.instance for row in self.parts["areas"].filled],
            targets=[row.instance for row in self.parts["targets"].filled],
            by=self.person,
            reason=reason,
        )
