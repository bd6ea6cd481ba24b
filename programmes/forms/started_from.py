"""What a page started from: every value it showed, signed, so that saving can tell who changed what.

It travels in the form, so it is what this person saw: neither another edit that was under way when the page was read
nor a history that begins later makes a difference. Saving names the programme's version too.
"""

from django import forms
from django.core import signing

from programmes.forms.readable import carried

_SALT = "programmes.forms.started_from"


def row_key(form):
    """Which stored row a form edits; blank when there is none yet."""
    row = getattr(form, "own", None) or getattr(form, "shared", None) or getattr(form, "instance", None)
    return str(row.pk) if row is not None and row.pk else ""


def values_of(form):
    return {name: carried(form[name]) for name in form.fields}


def snapshot(page):
    """``{"page", "version", "identity", "parts"}`` of a page that shows what is stored.

    A form is ``{"row", "values"}``, a list ``{"title", "rows": [[key, values, what depends on it], …]}``.
    """
    parts = {name: part_of(page, name) for name in page.parts if name != "reason"}
    return head_of(page) | {"parts": parts}


def head_of(page):
    return {"page": page.address, "version": page.version, "identity": page.identity, "parts": {}}


def part_of(page, name):
    part = page.parts[name]
    if isinstance(part, forms.BaseForm):
        return {"row": row_key(part), "values": values_of(part)}
    below = page.depending(name)
    rows = [[key, values_of(row), below.get(key, "")] for key, row in zip(part.stored, part.rows, strict=True)]
    return {"title": str(part.title), "rows": rows}


def signed(state):
    return signing.dumps(state, salt=_SALT, compress=True)


def read(given, page):
    """The snapshot that a form carries; ``None`` when it is none, or one of another page."""
    try:
        state = signing.loads(given, salt=_SALT)
    except signing.BadSignature:
        return None
    return state if state["page"] == page.address else None
