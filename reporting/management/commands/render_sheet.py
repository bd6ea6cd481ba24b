"""The live sheet of a programme, without a browser."""

from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from programmes.models import Programme
from reporting.rendering import LANGUAGE_CHOICES, PangoMissing, render_html, render_pdf, self_contained
from reporting.status_sheet import build_status_sheet, default_as_of, to_json


class Command(BaseCommand):
    help = "Writes the live status sheet of a programme to a file, marked as a draft."

    def add_arguments(self, parser):
        parser.add_argument("code", help="The programme's code, for instance MDGF-2097.")
        parser.add_argument("--language", choices=[*LANGUAGE_CHOICES], default="both")
        parser.add_argument("--format", choices=["html", "pdf", "json"], default="pdf")
        parser.add_argument("--as-of", type=_day, help="Facts up to this date, written 2011-10-31.")
        parser.add_argument("--output", required=True, type=Path, help="The file to write.")

    def handle(self, *, code, language, format, output, as_of, **options):
        programme = Programme.objects.filter(code=code).first()
        if programme is None:
            raise CommandError(f"There is no programme {code}.", returncode=2)
        sheet = build_status_sheet(programme, as_of or default_as_of(programme, timezone.localdate()))
        try:
            written = _written(sheet, LANGUAGE_CHOICES[language], format)
        except PangoMissing as missing:
            raise CommandError(str(missing)) from missing
        try:
            output.write_bytes(written)
        except OSError as refused:
            raise CommandError(f"{output} cannot be written: {refused.strerror}.", returncode=2) from refused
        if options["verbosity"]:
            self.stdout.write(f"{output}: {code}, {language}, data as of {sheet.as_of_on}, {len(written):,} bytes")


def _written(sheet, languages, format):
    if format == "json":
        return f"{to_json(sheet)}\n".encode()
    html = render_html(sheet, languages)
    return render_pdf(html) if format == "pdf" else self_contained(html).encode()


def _day(text):
    """A date as ``argparse`` reads it: what is not one ends with usage, code 2."""
    return date.fromisoformat(text)


_day.__name__ = "date (YYYY-MM-DD)"
