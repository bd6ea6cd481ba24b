"""A sheet as JSON and back, exactly: amounts as strings, dates as ISO 8601, every state beside its number."""

import json
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Union, get_args, get_origin, get_type_hints

from programmes.quantities import BLANK, Quantity, Sum
from reporting.status_sheet.values import StatusSheet


def to_json(sheet):
    """The same sheet always gives the same text."""
    return json.dumps(_plain(sheet), ensure_ascii=False, indent=1, sort_keys=True)


def from_json(text):
    """The sheet that ``to_json`` wrote, also long ago: of a value that came later nothing is said."""
    return _restored(StatusSheet, json.loads(text))


def _plain(value):
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


@cache
def _types(value_type):
    return get_type_hints(value_type)


def _restored(expected, value):
    """A plain value as the type that a field declares."""
    if get_origin(expected) in (UnionType, Union):
        return _restored_one_of(get_args(expected), value)
    if get_origin(expected) is tuple:
        return tuple(_restored(get_args(expected)[0], item) for item in value)
    if is_dataclass(expected):
        known = {name: kind for name, kind in _types(expected).items() if name in value}
        later = [field for field in fields(expected) if field.name not in value and field.default is MISSING]
        unsaid = {field.name: _unsaid(_types(expected)[field.name]) for field in later}
        return expected(**{name: _restored(kind, value[name]) for name, kind in known.items()} | unsaid)
    if expected is date:
        return date.fromisoformat(value)
    return expected(value)


def _unsaid(expected):
    """What stands for a value that nobody asked for when the sheet was written: blank, never a number."""
    if expected is Quantity:
        return BLANK
    if NoneType in get_args(expected):
        return None
    if get_origin(expected) is tuple:
        return ()
    if is_dataclass(expected) and expected is not Sum:
        return _restored(expected, {})
    return {str: "", bool: False, Sum: Sum(None, 0, 0)}[expected]


def _restored_one_of(choices, value):
    """``None``, a whole number, an exact amount, or the one other type."""
    if value is None:
        return None
    if Decimal in choices and isinstance(value, str):
        return Decimal(value)
    if int in choices and isinstance(value, int):
        return value
    return _restored(next(kind for kind in choices if kind is not NoneType), value)
