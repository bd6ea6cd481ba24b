"""Reference data and the Fund's template, by hand and by table."""

from django import forms
from django.contrib import admin, messages
from django.db import models, transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from import_export.admin import ImportExportModelAdmin
from import_export.forms import ExportForm
from translated_fields.admin import TranslatedFieldAdmin
from translated_fields.fields import show_language_code

from programmes.models import (
    Agency,
    Area,
    Country,
    Fund,
    Period,
    Programme,
    Section,
    Target,
    ThematicWindow,
)
from programmes.resources import SafeCSV, SafeXLSX, outdate_every_sheet, resource_of


class OnePerLine(forms.CharField):
    """A list of names, one on each line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, *, encoder=None, decoder=None, **kwargs):
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        return [line.strip() for line in (value or "").splitlines() if line.strip()]

    def has_changed(self, initial, data):
        return (initial or []) != self.to_python(data)


class ReferenceAdmin(TranslatedFieldAdmin, ImportExportModelAdmin):
    """Reference data by hand or by table. Whatever changes here, every sheet is built anew."""

    formats = [SafeXLSX, SafeCSV]
    export_form_class = ExportForm
    import_template_name = "admin/reference_import.html"
    formfield_overrides = {models.JSONField: {"form_class": OnePerLine}}
    view_on_site = False

    def get_resource_classes(self, request):
        return [resource_of(self.model)]

    def get_context_data(self, **kwargs):
        """For the pages of import and export: each column as a file names it, and what stands in it."""
        fields = self.get_resource_classes(None)[0]().get_user_visible_fields()
        named = [(field.column_name, self.model._meta.get_field(field.attribute)) for field in fields]
        with show_language_code(True):
            columns = [(column, str(field.verbose_name), field.help_text) for column, field in named]
        return super().get_context_data(**kwargs) | {"columns": columns}

    @transaction.atomic
    def save_model(self, request, entry, form, change):
        super().save_model(request, entry, form, change)
        outdate_every_sheet()

    @transaction.atomic
    def delete_model(self, request, entry):
        super().delete_model(request, entry)
        outdate_every_sheet()

    @transaction.atomic
    def delete_queryset(self, request, entries):
        super().delete_queryset(request, entries)
        outdate_every_sheet()

    def get_import_data_kwargs(self, **kwargs):
        return super().get_import_data_kwargs(**kwargs) | {"rollback_on_validation_errors": True}

    def process_result(self, result, request):
        """If the data changed between preview and confirmation, nothing was imported, and we say so."""
        if not result.has_errors() and not result.has_validation_errors():
            return super().process_result(result, request)
        messages.error(
            request,
            _("Nothing was imported: the data changed after the preview. Upload the file again to see what is wrong."),
        )
        return HttpResponseRedirect(reverse("admin:{}_{}_import".format(*self.get_model_info())))


@admin.register(Fund)
class FundAdmin(ReferenceAdmin):
    list_display = ["code", "acronym_es", "acronym_en", "name_es", "name_en", "tranche_share"]


@admin.register(ThematicWindow)
class ThematicWindowAdmin(ReferenceAdmin):
    list_display = ["slug", "code_letter", "name_es", "name_en", "fund"]
    list_filter = ["fund"]
    list_select_related = ["fund"]
    search_fields = ["slug", "name_es", "name_en"]


@admin.register(Section)
class SectionAdmin(ReferenceAdmin):
    list_display = ["position", "label_es", "label_en", "block", "kind", "parent", "is_country_level", "fund"]
    list_display_links = ["label_es", "label_en"]
    list_filter = ["fund", "block", "kind", "is_country_level"]
    list_select_related = ["fund", "parent"]
    search_fields = ["slug", "label_es", "label_en"]


@admin.register(Agency)
class AgencyAdmin(ReferenceAdmin):
    list_display = ["acronym_en", "acronym_es", "name_es", "name_en", "iati_id"]
    search_fields = ["acronym_en", "acronym_es", "name_es", "name_en", "iati_id"]


@admin.register(Country)
class CountryAdmin(ReferenceAdmin):
    list_display = ["iso2", "iso3", "name_es", "name_en"]
    search_fields = ["iso2", "iso3", "name_es", "name_en"]


@admin.register(Area)
class AreaAdmin(ReferenceAdmin):
    list_display = ["name", "kind", "iso_code", "ocha_code", "census_code", "is_indigenous", "parent", "country"]
    list_filter = ["country", "kind", "is_indigenous"]
    list_select_related = ["country", "parent"]
    search_fields = ["slug", "name", "iso_code", "ocha_code", "census_code"]


@admin.register(Target)
class TargetAdmin(ReferenceAdmin):
    list_display = ["framework", "code", "name_es", "name_en"]
    list_display_links = ["framework", "code"]
    list_filter = ["framework", "goal"]
    search_fields = ["code", "name_es", "name_en"]


@admin.register(Period)
class PeriodAdmin(ReferenceAdmin):
    list_display = ["code", "starts_on", "ends_on", "due_on", "closed_on", "fund"]
    list_filter = ["fund"]
    list_select_related = ["fund"]


@admin.register(Programme)
class ProgrammeAdmin(TranslatedFieldAdmin, admin.ModelAdmin):
    """To look up only: programmes are edited in the portal, where the roles and the checks are."""

    list_display = ["code", "title_es", "title_en", "country", "fund", "window", "life_cycle"]
    list_filter = ["fund", "country", "life_cycle"]
    list_select_related = ["country", "fund", "window"]
    search_fields = ["code", "registry_code", "title_es", "title_en"]
    fields = ["code", "registry_code", "title_es", "title_en", "country", "fund", "window", "life_cycle", "starts_on"]
    view_on_site = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, programme=None):
        return False

    def has_delete_permission(self, request, programme=None):
        return False
