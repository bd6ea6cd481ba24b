"""The live sheet of a programme, without a browser."""

from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from programmes.figures import day, number
from programmes.models import Programme
from reporting.before_issuing import LANGUAGE_CHOICES
from reporting.findings import live_findings
from reporting.rendering import PangoMissing, render_html, render_pdf, self_contained
from reporting.status_sheet import build_status_sheet, default_as_of, to_json


class Command(BaseCommand):
    help = "Writes the live status sheet of a programme to a file, marked as a draft."

    def add_arguments(self, parser):
        parser.add_argument("code", help="The programme's code, for instance MDGF-2097.")
        parser.add_argument("--language", choices=[*LANGUAGE_CHOICES], default="both")
        parser.add_argument("--format", choices=["html", "pdf", "json"], default="pdf")
        parser.add_argument("--as-of", type=_day, help="Facts up to this date, written 2011-10-31.")
        parser.add_argument("--output", required=True, type=Path, help="The file to write.")

    def handle(self, *, language, **options):
        """What is said about the sheet is in its language; about one in both, in the portal's."""
        with override(settings.LANGUAGE_CODE if language == "both" else language):
            self.write_sheet(language=language, **options)

    def write_sheet(self, *, code, language, format, output, as_of, verbosity, **options):
        programme = Programme.objects.filter(code=code).first()
        if programme is None:
            raise CommandError(_("There is no programme with the code %(code)s.") % {"code": code}, returncode=2)
        sheet = build_status_sheet(programme, as_of or default_as_of(programme, timezone.localdate()))
        try:
            written = _written(sheet, LANGUAGE_CHOICES[language], format, live_findings(programme, sheet.as_of_on))
        except PangoMissing as missing:
            raise CommandError(str(missing)) from missing
        try:
            output.write_bytes(written)
        except OSError as refused:
            values = {"file": output, "reason": refused.strerror}
            raise CommandError(_("%(file)s cannot be written: %(reason)s.") % values, returncode=2) from refused
        if verbosity:
            values = {"file": output, "code": code, "language": language, "size": number(len(written))}
            values["day"] = day(sheet.as_of_on, get_language()[:2])
            said = _("%(file)s: %(code)s, language: %(language)s, data as of %(day)s, %(size)s bytes")
            self.stdout.write(said % values)


def _written(sheet, languages, format, findings):
    if format == "json":
        return f"{to_json(sheet)}\n".encode()
    html = render_html(sheet, languages, findings=findings)
    return render_pdf(html) if format == "pdf" else self_contained(html).encode()


def _day(text):
    """A date as ``argparse`` reads it: what is not one ends with usage, code 2."""
    return date.fromisoformat(text)


_day.__name__ = "date (YYYY-MM-DD)"
