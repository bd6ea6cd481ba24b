"""What a page says, as lines of text: to compare what is stored now with what was typed."""

from django import forms

from programmes.rich_text import to_plain


def readable(page):
    """``{label: text}`` of every field; a list is one entry with a line per row."""
    said = {}
    for part in page.parts.values():
        if isinstance(part, forms.BaseForm):
            for label, text in _fields(part):
                said[label] = text
        else:
            said[str(part.title)] = "\n".join(
                f"{number}. " + " · ".join(text for _label, text in _fields(row) if text)
                for number, row in enumerate(part.rows, start=1)
            )
    return said


def _fields(form):
    """Labels are told apart by language and by the fieldset they stand in."""
    for bound in form:
        if bound.is_hidden or bound.name.endswith(("_source", "_same")) or bound.name == "reason":
            continue
        language = {"es": "Español · ", "en": "English · "}.get(bound.name.rpartition("_")[2], "")
        group = f"{form.group} · " if getattr(form, "group", "") else ""
        yield f"{group}{language}{bound.label}", _text(bound)


def _text(bound):
    value = bound.value()
    field = bound.field
    if isinstance(field, forms.BooleanField):
        return "✓" if value and value != "False" else ""
    if isinstance(field, forms.ModelChoiceField):
        return next((str(label) for key, label in field.choices if str(key) == str(value)), "") if value else ""
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, ""))
    if hasattr(field.widget, "stored"):
        return to_plain(value or "")
    return "" if value is None else " ".join(str(value).split()) if not isinstance(value, list) else ", ".join(value)
