"""The categories that are counted, as reference data."""

from django.contrib import admin

from beneficiaries.models import Category
from programmes.admin import ReferenceAdmin
from programmes.resources import ReferenceResource, named


class CategoryResource(ReferenceResource):
    part_of = named("part_of", Category, "code")

    class Meta:
        model = Category


@admin.register(Category)
class CategoryAdmin(ReferenceAdmin):
    resource_classes = [CategoryResource]
    list_display = ["position", "code", "label_es", "label_en", "unit", "part_of"]
    list_display_links = ["code"]
    list_filter = ["unit"]
    list_select_related = ["part_of"]
