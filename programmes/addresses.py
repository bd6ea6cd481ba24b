"""What may stand in an address."""

from django.urls.converters import StringConverter


class CodeConverter(StringConverter):
    """A code: no control characters, which no code has and no database looks up. Such an address is not found."""

    regex = r"[^/\x00-\x1f\x7f]+"
