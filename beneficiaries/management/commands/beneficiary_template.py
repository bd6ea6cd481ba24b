"""The template workbook for one agency and period, without a browser."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from beneficiaries.keys import find_agency, find_period, find_programme
from beneficiaries.models import Basis
from beneficiaries.spreadsheets.loading import template_for


class Command(BaseCommand):
    help = "Write the workbook that an agency fills in: the same that the page offers."

    def add_arguments(self, parser):
        parser.add_argument("--programme", required=True, metavar="CODE")
        parser.add_argument("--agency", required=True, metavar="ACRONYM", help="or the word programme")
        parser.add_argument("--period", required=True, metavar="2011-S1")
        parser.add_argument("--basis", choices=Basis.values, default="")
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], default="es")
        parser.add_argument("--prefilled", action="store_true", help="with the figures of the accepted submission")
        parser.add_argument("--output", required=True, type=Path, metavar="FILE")

    def handle(self, *args, **options):
        programme = find_programme(options["programme"])
        agency = find_agency(options["agency"])
        period = find_period(options["period"], programme)
        workbook = template_for(
            programme, agency, period, options["language"], basis=options["basis"], prefilled=options["prefilled"]
        )
        options["output"].write_bytes(workbook)
        self.stdout.write(str(options["output"]))
