"""Reference data as tables: how a row is recognised, how its columns are read, and which files carry it."""

import datetime
import io

import openpyxl
import tablib
from django.db import models
from django.db.models import F
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from import_export import fields, resources, widgets
from import_export.exceptions import FieldError
from import_export.formats import base_formats
from import_export.resources import Diff
from import_export.results import RowResult
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

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

#: A spreadsheet takes a text that begins with one of these for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def starts_like_a_formula(value):
    return isinstance(value, str) and value.startswith(FORMULA_STARTS)


class SafeCSV(base_formats.CSV):
    """CSV in which nothing is a formula: an apostrophe goes before it, and is taken off again on the way in.

    One goes before an apostrophe too, so that every text comes back as it was.
    """

    def export_data(self, dataset, **kwargs):
        return _each_cell(dataset, lambda cell: f"'{cell}" if _takes_apostrophe(cell) else cell).export("csv", **kwargs)

    def create_dataset(self, in_stream, **kwargs):
        dataset = super().create_dataset(in_stream, **kwargs)
        return _each_cell(dataset, lambda cell: cell[1:] if cell[:1] == "'" and _takes_apostrophe(cell[1:]) else cell)


def _takes_apostrophe(cell):
    return starts_like_a_formula(cell) or (isinstance(cell, str) and cell.startswith("'"))


def _each_cell(dataset, change):
    """The same table with every cell changed, its headers too."""
    rows = ([change(cell) for cell in row] for row in dataset)
    return tablib.Dataset(*rows, headers=[change(header) for header in dataset.headers or ()] or None)


class SafeXLSX(base_formats.XLSX):
    """A workbook in which every text is a text cell, also one that begins like a formula."""

    def export_data(self, dataset, **kwargs):
        workbook = openpyxl.Workbook()
        sheet = workbook.active
        for row_number, row in enumerate([dataset.headers, *dataset], start=1):
            for column_number, value in enumerate(row, start=1):
                _write(sheet.cell(row_number, column_number), value)
        sheet.freeze_panes = "A2"
        file = io.BytesIO()
        workbook.save(file)
        return file.getvalue()


def _write(cell, value):
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", value)
        cell.data_type = "s"
        cell.quotePrefix = starts_like_a_formula(value)
    else:
        cell.value = value


class NamesWidget(widgets.Widget):
    """Several names in one cell, with | between them."""

    def clean(self, value, row=None, **kwargs):
        return [name.strip() for name in str(value or "").split("|") if name.strip()]

    def render(self, value, obj=None, **kwargs):
        return " | ".join(value or [])


class DayWidget(widgets.DateWidget):
    """A day as 2011-10-31, or as the date of a spreadsheet: 10/12/2011 is two different days, so it is refused."""

    def __init__(self, **kwargs):
        super().__init__(format="%Y-%m-%d")

    def clean(self, value, row=None, **kwargs):
        if isinstance(value, datetime.datetime):
            return value.date()
        try:
            return super().clean(value, row=row, **kwargs)
        except ValueError:
            raise ValueError(_("“%(found)s” is not a date: write it as 2011-10-31.") % {"found": value}) from None


class NamedWidget(widgets.ForeignKeyWidget):
    """Another entry, called by its code; ``within`` names the column that says in which fund or country it is."""

    def __init__(self, model, key, within=None):
        super().__init__(model, key)
        self.within = within

    def get_queryset(self, value, row, *args, **kwargs):
        entries = self.model.objects.all()
        if self.within is None:
            return entries
        column, lookup = self.within
        return entries.filter(**{lookup: row.get(column)})

    def clean(self, value, row=None, **kwargs):
        try:
            return super().clean(value, row=row, **kwargs)
        except self.model.DoesNotExist:
            raise ValueError(
                _("There is no entry “%(found)s” under “%(list)s”: write its code as shown there, or add it first.")
                % {"found": value, "list": self.model._meta.verbose_name_plural}
            ) from None


def named(column, model, key, within=None):
    """A column that refers to another entry by its code."""
    return fields.Field(attribute=column, column_name=column, widget=NamedWidget(model, key, within))


class PlainDiff(Diff):
    """The preview's insertions and deletions without inline colours, which our security policy forbids."""

    STYLES = (' style="background:#e6ffe6;"', ' style="background:#ffe6e6;"')

    def as_html(self):
        shown = super().as_html()
        for style in self.STYLES:
            shown = [html.replace(style, "") for html in shown]
        return [mark_safe(html) for html in shown]


class ReferenceResource(resources.ModelResource):
    """Rows are recognised by what people call them, never by a number; one bad row and nothing is imported."""

    class Meta:
        exclude = ("id",)
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True
        use_transactions = True

    @classmethod
    def get_diff_class(cls):
        return PlainDiff

    @classmethod
    def widget_from_django_field(cls, f, default=widgets.Widget):
        if isinstance(f, models.JSONField):
            return NamesWidget
        if isinstance(f, models.DateField):
            return DayWidget
        return super().widget_from_django_field(f, default)

    def get_import_id_fields(self):
        return [lookup.partition("__")[0] for lookup in self._meta.model.NATURAL_KEY]

    def _check_import_id_fields(self, headers):
        """A table without the columns that recognise a row is refused: which are missing, and which it has."""
        found = [str(header) for header in headers or () if header]
        missing = [column for column in self.get_import_id_fields() if column not in found]
        if missing:
            raise FieldError(" ".join(_missing_columns(missing, found)))

    def after_import(self, dataset, result, **kwargs):
        super().after_import(dataset, result, **kwargs)
        if any(row.import_type != RowResult.IMPORT_TYPE_SKIP for row in result.rows):
            outdate_every_sheet()


def _missing_columns(missing, found):
    values = {"missing": ", ".join(missing), "found": ", ".join(f"“{name}”" for name in found)}
    yield (
        ngettext("This column is missing: %(missing)s.", "These columns are missing: %(missing)s.", len(missing))
        % values
    )
    if not found:
        yield _("The file has no first row with the names of the columns.")
        return
    yield _("The first row of the file names: %(found)s.") % values
    separator = next((sign for sign in (";", "\t") if len(found) == 1 and sign in found[0]), "")
    if separator:
        yield _(
            "The columns seem to be separated by semicolons or tabs: save the file as CSV with commas between "
            "the columns, or as an Excel workbook (.xlsx)."
        )
    else:
        yield _("The names of the columns must be written exactly as the list on this page gives them.")


def outdate_every_sheet():
    """Reference data stands on every sheet: all programmes move on by one version, so that each is built anew."""
    Programme.objects.update(version=F("version") + 1)


class FundResource(ReferenceResource):
    class Meta:
        model = Fund


class AgencyResource(ReferenceResource):
    class Meta:
        model = Agency


class CountryResource(ReferenceResource):
    class Meta:
        model = Country


class TargetResource(ReferenceResource):
    class Meta:
        model = Target


class ThematicWindowResource(ReferenceResource):
    fund = named("fund", Fund, "code")

    class Meta:
        model = ThematicWindow


class PeriodResource(ReferenceResource):
    fund = named("fund", Fund, "code")

    class Meta:
        model = Period


class SectionResource(ReferenceResource):
    fund = named("fund", Fund, "code")
    parent = named("parent", Section, "slug", within=("fund", "fund__code"))

    class Meta:
        model = Section


class AreaResource(ReferenceResource):
    country = named("country", Country, "iso2")
    parent = named("parent", Area, "slug", within=("country", "country__iso2"))

    class Meta:
        model = Area


def resource_of(model):
    """The table of one list of reference data, also of lists that are kept elsewhere."""
    return next(resource for resource in ReferenceResource.__subclasses__() if resource._meta.model is model)
