"""What a field holds, in three ways: as a form carries it, as one compares it, and as a person reads it."""

from contextlib import suppress

from django import forms

from programmes import rich_text
from programmes.forms.fields import NATIVE_NAMES, LineField, RichField
from programmes.models.narrative import sanitise


def carried(bound):
    """The value of a field that nobody has touched, as text or yes and no: what its form would send back."""
    value = bound.value()
    if isinstance(bound.field, forms.BooleanField):
        return bool(value)
    return "" if value is None else str(value)


def settled(field, value):
    """What two values are compared by: 1,000 and 1000 are one amount; what cannot be read stays as it was typed."""
    if isinstance(field, forms.BooleanField):
        return bool(field.to_python(value))
    if isinstance(field, forms.ChoiceField):
        return str(value or "")
    try:
        read = field.clean(value)
    except forms.ValidationError:
        return " ".join(str(value or "").split())
    return "" if read in (None, []) else read


def reads(field, value):
    """What a person sees: amounts, days and choices as the portal prints them, rich text as its lines."""
    if isinstance(field, forms.BooleanField):
        return "✓" if field.to_python(value) else ""
    if isinstance(field, forms.ChoiceField):
        return next((str(label) for key, label in field.choices if str(key) == str(value)), "") if value else ""
    if isinstance(field, RichField):
        return rich_text.to_plain(sanitise(value or ""))
    with suppress(forms.ValidationError):
        value = field.prepare_value(field.to_python(value))
    return "" if value is None else str(value).strip()


def is_prose(field):
    """A text is compared word by word; an amount, a date or a choice as a whole."""
    return isinstance(field, LineField | RichField)


def label_of(form, name):
    """A field's label, with its language where the form asks for both."""
    text, _joint, language = name.rpartition("_")
    words = [str(form.fields[name].label or name)]
    if text in getattr(form, "texts", ()) and language in NATIVE_NAMES:
        words.append(NATIVE_NAMES[language])
    return ", ".join(words)


def summary(form, values):
    """A whole row in a few lines: what it says, without what only says how it was written."""
    said = [(label_of(form, name), reads(asked, values.get(name, ""))) for name, asked in _telling(form)]
    return "\n".join(f"{label}: {text}" for label, text in said if text)


def _telling(form):
    return [(name, asked) for name, asked in form.fields.items() if not name.endswith(("_source", "_same"))]


def title(form, values):
    """The first thing a row says."""
    return next(filter(None, (reads(asked, values.get(name, "")) for name, asked in _telling(form))), "")
