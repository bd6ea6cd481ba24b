"""Sending figures in tests: a purpose, a filled template, a file as the browser hands it over."""

from datetime import date

from django.core.files.base import ContentFile

from beneficiaries.models import Basis
from beneficiaries.spreadsheets import loading
from programmes.models import Agency, Period
from tests.beneficiaries.files import filled

TODAY = date(2012, 1, 20)
FIRST_ROW = 10


def agency(acronym):
    return None if acronym == "programme" else Agency.objects.get(acronym_en=acronym)


def period(code="2011-S2"):
    return Period.objects.get(code=code)


def template(programme, cells, of="FAO", code="2011-S2", language="es", **kwargs):
    """The template of an agency with these cells filled in."""
    return filled(loading.template_for(programme, agency(of), period(code), language, **kwargs), cells)


def receive(programme, by, data, of="FAO", code="2011-S2", basis=Basis.NEW, name="f.xlsx", today=TODAY, **kwargs):
    return loading.receive(
        programme=programme,
        agency=agency(of),
        period=period(code),
        basis=basis,
        counted_to_on=kwargs.pop("counted_to_on", period(code).ends_on),
        file=ContentFile(data, name=name),
        by=by,
        today=today,
        **kwargs,
    )


def load(programme, by, cells, reason="", today=TODAY, **kwargs):
    """Receive and confirm."""
    of = kwargs.get("of", "FAO")
    data = template(programme, cells, of, kwargs.get("code", "2011-S2"))
    submission = receive(programme, by, data, today=today, **kwargs)
    return loading.confirm(submission, by=by, today=today, reason=reason)
