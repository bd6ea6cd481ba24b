"""Fields that read what people type: amounts, days, months, plain and rich text. A refusal says what to write."""

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from programmes import dates, figures, rich_text
from programmes.models.narrative import sanitise
from programmes.pasted import from_elsewhere

#: Each language as those who speak it call it.
NATIVE_NAMES = dict(settings.LANGUAGES)

LARGEST_AMOUNT = 10**12


def language():
    """The language the person reads: ``es`` or ``en``."""
    return (get_language() or "es")[:2]


class TooLong(forms.ValidationError):
    """A text over its limit, and by how much."""

    def __init__(self, limit, length):
        over = length - limit
        message = ngettext(
            "This may have %(limit)s characters at most and has %(length)s: shorten it by %(over)s character.",
            "This may have %(limit)s characters at most and has %(length)s: shorten it by %(over)s characters.",
            over,
        )
        numbers = {"limit": limit, "length": length, "over": over}
        super().__init__(message, "too_long", {name: figures.number(value) for name, value in numbers.items()})


def short(text):
    """What was typed, for a parser of figures or dates: these are never long."""
    text = str(text or "")
    if len(text) > 80:
        raise forms.ValidationError(_("This is too long for a figure or a date."), "too_long")
    return text


class LineField(forms.CharField):
    """Plain text. It has no ``maxlength``, which would cut what is pasted without a word: it is counted instead."""

    widget = forms.TextInput

    def __init__(self, *, limit, rows=1, **kwargs):
        kwargs.setdefault("required", False)
        if rows > 1:
            kwargs["widget"] = forms.Textarea(attrs={"rows": rows})
        super().__init__(**kwargs)
        self.limit = limit
        self.widget.attrs |= {"data-limit": limit}

    def to_python(self, value):
        text = super().to_python(value).replace("\r\n", "\n")
        return text if isinstance(self.widget, forms.Textarea) else " ".join(text.split())

    def validate(self, value):
        super().validate(value)
        if len(value) > self.limit:
            raise TooLong(self.limit, len(value))


class ReadField(forms.CharField):
    """What is typed as text and read as something else; ``missing`` is what to say when there is nothing to read."""

    missing = ""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.widget.attrs |= {"autocomplete": "off"}

    def validate(self, value):
        if self.required and value is None:
            raise forms.ValidationError(self.missing, "required")

    def run_validators(self, value):
        """Those of a text do not apply to what was read."""

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != initial
        except forms.ValidationError:
            return True


class AmountField(ReadField):
    """An amount in USD as people type it: ``1,839,500``, ``1.839.500``, ``1 839 500``."""

    missing = gettext_lazy("Write the amount in USD.")

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "class": "num"}

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else figures.number(value).replace("−", "-")

    def to_python(self, value):
        amount = figures.parse_amount(short(value))
        if amount is not None and abs(amount) >= LARGEST_AMOUNT:
            raise forms.ValidationError(_("The amount must stay below 1,000,000,000,000: check it."), "too_large")
        return amount


DAY_HINT = gettext_lazy(
    "Write a date like December 18, 2009; in digits only where day and month cannot be confused: 18/12/2009."
)


class DayField(ReadField):
    """A date to the day, typed in words or digits; a page that comes back shows in words how it was read."""

    missing = gettext_lazy("Write the date.")

    def bound_data(self, data, initial):
        try:
            return self.to_python(data)
        except forms.ValidationError:
            return data

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else figures.day(value, language())

    def to_python(self, value):
        return dates.parse_day(short(value), language())


class MonthField(DayField):
    """A month, kept as its first day."""

    missing = gettext_lazy("Write the month.")

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else figures.month(value, language())

    def to_python(self, value):
        return dates.parse_month(short(value))


class DayOrMonthField(DayField):
    """A date of which only the month may be known: ``(date, is_month_only)``."""

    def prepare_value(self, value):
        if value is None or isinstance(value, str):
            return value
        known, is_month_only = value
        return (figures.month if is_month_only else figures.day)(known, language())

    def to_python(self, value):
        read = dates.parse_day_or_month(short(value), language())
        return None if read[0] is None else read


class OneOf(forms.TypedChoiceField):
    """One of some objects that the page has read already: a list of rows asks the database once, not per row."""

    def __init__(self, objects, name_of=str, **kwargs):
        known = {str(found.pk): found for found in objects}
        choices = [("", "—"), *((key, name_of(found)) for key, found in known.items())]
        super().__init__(choices=choices, coerce=known.get, empty_value=None, **kwargs)

    def prepare_value(self, value):
        return getattr(value, "pk", value)

    def has_changed(self, initial, data):
        return str(self.prepare_value(initial) or "") != str(data or "")


class NamesField(LineField):
    """Names of people, one a line."""

    def __init__(self, **kwargs):
        super().__init__(limit=2000, rows=3, **kwargs)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value):
        names = [" ".join(name.split()) for name in super().clean(value).splitlines() if name.strip()]
        for name in names:
            if len(name) > 120:
                raise TooLong(120, len(name))
        return list(dict.fromkeys(names))

    def has_changed(self, initial, data):
        return list(initial or []) != [line.strip() for line in (data or "").splitlines() if line.strip()]


class RichWidget(forms.Textarea):
    """An editor where JavaScript runs, otherwise a text area that shows plain lines and never tags.

    The text travels as HTML inside the portal and as ``plain`` or ``html`` in the post, named by a hidden field.
    """

    template_name = "programmes/edit/_rich_widget.html"
    stored = ""
    limit = 0

    def get_context(self, name, value, attrs):
        html = sanitise(value or "")
        context = super().get_context(name, rich_text.to_plain(html), attrs)
        return context | {"html": html, "format_name": f"{name}-format", "limit": figures.number(self.limit)}

    def value_from_datadict(self, data, files, name):
        given = data.get(name)
        if given is None or data.get(f"{name}-format") == "html":
            return given
        return rich_text.from_plain(given, self.stored or "")


class RichField(forms.CharField):
    """Rich text: paragraphs, lists, bold, italics and links; everything else is dropped."""

    widget = RichWidget

    def __init__(self, *, limit, **kwargs):
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)
        self.limit = limit
        self.widget.attrs |= {"rows": 12, "data-limit": limit}
        self.widget.limit = limit

    def clean(self, value):
        html = sanitise(from_elsewhere(super().clean(value or "")))
        length = rich_text.length(html)
        if length > self.limit:
            raise TooLong(self.limit, length)
        return html if length else ""

    def has_changed(self, initial, data):
        return sanitise(data or "") != (initial or "")
