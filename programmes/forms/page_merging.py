"""A whole page merged with what is stored now: its forms, its lists, and what is there no longer."""

from django import forms

from programmes import rich_text
from programmes.forms.merging import THEIRS, Conflict, Merged, Posted, against, as_stored, is_another_row, merge_fields
from programmes.forms.row_merging import ListMerge
from programmes.forms.started_from import head_of, part_of, row_key, values_of

_NOT_WRITTEN = ("-format", "_source", "_same", "-choice", "-pk")


def merge_page(data, base, now):
    """``base`` is the snapshot that the page started from or ``None``, ``now`` the page of what is stored.

    The result's ``values`` is the data that the page goes on with, its ``base`` the snapshot that it starts from then.
    """
    merged = Merged(data.copy(), head_of(now))
    known = base["parts"] if base else {}
    is_another = bool(base) and base["identity"] != now.identity
    others = {
        name: is_another or is_another_row(part, known.get(name))
        for name, part in now.parts.items()
        if isinstance(part, forms.BaseForm)
    }
    for name, part in now.parts.items():
        if name == "reason":
            continue
        if isinstance(part, forms.BaseForm):
            one = _merge_form(part, known.get(name), data, is_new=bool(base), is_another=others[name])
        else:
            below = now.depending(name)
            one = ListMerge(part, known.get(name), data, below=below, is_another=any(others.values())).run()
        if one is not None:
            _take(merged, name, one)
        else:
            merged.base["parts"][name] = known[name] if name in known else part_of(now, name)
    for name in sorted(known.keys() - now.parts.keys()):
        _keep_typed(merged, name, known[name], data)
    return merged


def _merge_form(form, base, data, *, is_new, is_another):
    posted = Posted(data, form.prefix or "")
    if base is None and is_new and not any(key.startswith(posted.key("")) for key in data):
        one = Merged(as_stored(form))
        one.base = {"row": row_key(form), "values": values_of(form)}
    else:
        one = merge_fields(form, base["values"] if base else {}, posted, is_another=is_another)
        one.base = {"row": row_key(form), "values": one.base}
    one.values = {posted.key(name): value for name, value in one.values.items()}
    for conflict in one.conflicts:
        conflict.key = posted.key(f"{conflict.name}-choice")
    return one


def _take(merged, name, one):
    for key, value in one.values.items():
        if value is None:
            merged.values.pop(key, None)
        else:
            merged.values.setlist(key, value)
    merged.base["parts"][name] = one.base
    merged.conflicts += one.conflicts
    merged.kept += one.kept


def _keep_typed(merged, name, base, data):
    """They removed what a whole part of the page belonged to: what was typed there is shown until that is seen."""
    typed = _typed(name, base, data)
    conflict = Conflict("part", None, "gone", f"{name}-gone-choice", against=against(name, typed))
    conflict.mine, conflict.row_title = "\n\n".join(typed), base.get("title", "")
    if not typed or Posted(data, name).chosen(conflict) == THEIRS:
        return
    conflict.hidden = {key: data[key] for key in data if key.startswith(f"{name}-") and not key.endswith("-choice")}
    merged.conflicts.append(conflict)
    merged.base["parts"][name] = base


def _typed(name, base, data):
    """The texts that were posted under a part and are none of those it started from."""
    rows = [values for _key, values, _below in base["rows"]] if "rows" in base else [base["values"]]
    known = {_plain(str(value)) for values in rows for value in values.values()}
    start = f"{name}-"
    given = [data[key] for key in data if key.startswith(start) and not key.endswith((*_NOT_WRITTEN, "-count"))]
    return [text for text in map(_plain, given) if text and text not in known]


def _plain(value):
    text = rich_text.to_plain(value) if value.startswith("<") else value
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())
