"""What an issued sheet says of itself: its number, when it was issued, and where anybody can check it."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

import qrcode
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from qrcode.constants import ERROR_CORRECT_M

from programmes import figures
from reporting.templatetags.sheet_figures import in_both

QUIET_ZONE = 3  # modules of white around the code


@dataclass(frozen=True, slots=True)
class Imprint:
    number: int
    issued_on: date
    address: str  # of the public page that verifies it

    @property
    def numbered(self):
        return in_both(lambda _language: _("Status sheet no. %(number)s") % {"number": self.number})

    @property
    def issued(self):
        return in_both(lambda language: _("Issued on %(day)s") % {"day": figures.day(self.issued_on, language)})

    @property
    def typed_address(self):
        """Where it is checked, as people type it."""
        parts = urlsplit(self.address)
        return f"{parts.netloc}{parts.path}"

    @property
    def code_name(self):
        return in_both(lambda _language: _("QR code: the page that verifies this sheet"))

    @property
    def qr(self):
        """The address as a QR code in SVG: one path, a run of dark modules a stroke."""
        title = self.code_name[(get_language() or "es")[:2]]
        code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE)
        code.add_data(self.address)
        rows = code.get_matrix()
        path = "".join(f"M{x} {y}h{length}v1h-{length}z" for y, row in enumerate(rows) for x, length in _runs(row))
        return format_html(
            '<svg class="qr-code" viewBox="0 0 {0} {0}" width="21mm" height="21mm" role="img" '
            'shape-rendering="crispEdges"><title>{1}</title><rect width="{0}" height="{0}" fill="#fff"/>'
            '<path d="{2}" fill="#000"/></svg>',
            len(rows),
            title,
            path,
        )


def _runs(row):
    """``(start, length)`` of the dark modules that stand side by side."""
    start = None
    for place, dark in enumerate([*row, False]):
        if dark and start is None:
            start = place
        elif not dark and start is not None:
            yield start, place - start
            start = None


def verify_address(token):
    return settings.PUBLIC_URL + reverse("reporting:sheet_verify", args=[token])


def imprint_of(issue):
    return Imprint(issue.number, timezone.localdate(issue.issued_at), verify_address(issue.token))
