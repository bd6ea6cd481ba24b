"""Four places list a programme's texts: for translating, for completeness, for findings and for home. They agree."""

from collections import Counter
from datetime import date

import pytest

from programmes.blocks import Block
from programmes.edits.tracked import TABLES
from programmes.models import Indicator, IndicatorFigure, Programme
from programmes.texts import texts_of
from reporting import completeness
from reporting.findings import _texts_by_place
from reporting.portfolio import page_of
from reporting.portfolio.words import words_of
from reporting.status_sheet import build_status_sheet

DAY = date(2011, 10, 31)


@pytest.fixture
def written(panama):
    """Panama with a text in every bilingual column that its tables have: what is listed for translating."""
    row = Indicator.objects.create(result=panama.results.first(), name_es="Familias", unit_es="familias")
    IndicatorFigure.objects.create(indicator=row, kind="baseline", state="blank")
    for result in panama.results.all():
        result.heading_es, result.rating_es = f"Corto {result.number}", f"Valorado {result.number}"
        result.save()
    return Counter((text.text.es, text.text.en) for text in texts_of(panama))


def counted(texts):
    return Counter((text.es, text.en) for text in texts if text)


def test_every_bilingual_column_of_a_programme_is_listed_for_translating(panama, written):
    listed = {(type(text.row), text.field) for text in texts_of(panama)}
    columns = {
        (table.model, field.name.removesuffix("_source"))
        for table in TABLES
        for field in table.model._meta.concrete_fields
        if field.name.endswith("_source") and hasattr(table.model, field.name.removesuffix("_source") + "_es")
    }
    assert listed == columns


def test_completeness_findings_and_home_list_the_same_texts(panama, written):
    sheet = build_status_sheet(panama, DAY)
    assert counted(text for block in Block for text in completeness.texts(sheet, block)) == written
    assert counted(text for _where, _place, texts in _texts_by_place(sheet) for _field, text in texts) == written
    [programme], _count = page_of(Programme.objects.filter(pk=panama.pk), 1, DAY)
    assert counted(words_of([programme]).all_texts(programme)) == written
