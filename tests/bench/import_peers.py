"""The same counts the ways django-import-export offers: as it comes, and at its best."""

import tablib
from django.template import Context, Engine
from import_export import fields, resources, widgets

from beneficiaries.models import Category, Count
from programmes.models import Area
from tests.bench.invented_counts import figures_of, saved

COLUMNS = ("area", "category", "reach", "value", "state")
#: What its preview page lists, as its own template does.
PREVIEW = """<table>{% for row in result.valid_rows %}<tr class="{{ row.import_type }}"><td>{{ row.import_type }}</td>
{% for field in row.diff %}<td>{{ field }}</td>{% endfor %}</tr>{% endfor %}</table>"""


class AsItComes(resources.ModelResource):
    """A row a count, found again by its area, category and reach; every change shown; the table's own checks."""

    area = fields.Field("area", "area", widgets.ForeignKeyWidget(Area, "name"))
    category = fields.Field("category", "category", widgets.ForeignKeyWidget(Category, "code"))

    class Meta:
        model = Count
        fields = COLUMNS
        import_id_fields = ("area", "category", "reach")

    def __init__(self, submission):
        super().__init__()
        self.submission = submission

    def get_queryset(self):
        return super().get_queryset().filter(submission=self.submission)

    def before_save_instance(self, instance, row, **kwargs):
        instance.submission = self.submission


class _Known(widgets.Widget):
    """A row of another table, looked up once for all."""

    def __init__(self, known):
        super().__init__()
        self.known = known

    def clean(self, value, row=None, **kwargs):
        return self.known[value] if value else None


class AtItsBest(AsItComes):
    """In batches, without differences, nothing looked up twice, every row taken for new."""

    class Meta(AsItComes.Meta):
        use_bulk = True
        batch_size = 1000
        skip_diff = True
        skip_html_diff = True
        force_init_instance = True
        use_transactions = True

    def __init__(self, submission):
        super().__init__(submission)
        areas = Area.objects.filter(country=submission.programme.country_id)
        self.fields["area"].widget = _Known({area.name: area for area in areas})
        self.fields["category"].widget = _Known({category.code: category for category in Category.objects.all()})


def workbook_for(programme, rows=None):
    """The same figures with the columns that a resource takes."""
    counts = list(figures_of(programme))[:rows]
    return saved(
        COLUMNS,
        (
            (area.name, category.code, reach, value, "nd" if value is None else "reported")
            for area, category, reach, value in counts
        ),
    )


def import_by(resource, data, dry_run=False):
    """Read and load, as its page does; the result."""
    table = tablib.Dataset().load(data, "xlsx")
    result = resource.import_data(table, dry_run=dry_run, raise_errors=True)
    assert len(table) == sum(result.totals[kind] for kind in ("new", "update", "skip")) or resource._meta.use_bulk
    return result


def preview_by(resource, data):
    """Its preview: a trial of every row, and the page's list of differences."""
    result = import_by(resource, data, dry_run=True)
    return Engine().from_string(PREVIEW).render(Context({"result": result}))
