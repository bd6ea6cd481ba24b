"""A spreadsheet of beneficiaries in, without a browser: the same path as the page."""

import json
import sys
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import override

from beneficiaries.keys import find_agency, find_period, find_person, find_programme, wrong_usage
from beneficiaries.models import Basis
from beneficiaries.spreadsheets import importing
from beneficiaries.spreadsheets.purpose import Purpose

REFUSED = 1


class Command(BaseCommand):
    help = (
        "Read a spreadsheet of beneficiaries and load it. Exit 0: accepted; 1: refused, with every problem; 2: usage."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--programme", required=True, metavar="CODE")
        parser.add_argument("--agency", required=True, metavar="ACRONYM", help="or the word programme")
        parser.add_argument("--period", required=True, metavar="2011-S1")
        parser.add_argument("--basis", required=True, choices=Basis.values)
        parser.add_argument("--by", required=True, metavar="EMAIL")
        parser.add_argument(
            "--counted-to", type=date.fromisoformat, metavar="DATE", help="the period's end unless given"
        )
        parser.add_argument("--reason", default="", help="why a figure falls, or a closed period is revised")
        parser.add_argument("--answer", action="append", default=[], metavar="CODE=CHOICE", help="answers a question")
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES])
        parser.add_argument("--dry-run", action="store_true", help="read and preview; store nothing")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args, **options):
        programme = find_programme(options["programme"])
        period = find_period(options["period"], programme)
        by = find_person(options["by"])
        today = timezone.localdate()
        counted_to_on = options["counted_to"] or min(period.ends_on, max(today, period.starts_on))
        purpose = Purpose(programme, find_agency(options["agency"]), period, options["basis"], counted_to_on)
        with override(options["language"] or by.language or settings.LANGUAGE_CODE):
            outcome = importing.run(
                purpose,
                _file(options["file"]),
                by=by,
                today=today,
                answers=_answers(options["answer"]),
                reason=options["reason"],
                dry_run=options["dry_run"],
            )
            self.stdout.write(
                json.dumps(outcome.as_json(), ensure_ascii=False) if options["as_json"] else outcome.as_text()
            )
        if not outcome.accepted:
            sys.exit(REFUSED)


def _file(path):
    try:
        if path.stat().st_size > settings.UPLOAD_MAX_BYTES:
            # The size alone is the answer: the rest is not read.
            with path.open("rb") as large:
                return ContentFile(large.read(settings.UPLOAD_MAX_BYTES + 1), name=path.name)
        return ContentFile(path.read_bytes(), name=path.name)
    except OSError as error:
        raise wrong_usage(f"{path} cannot be read: {error.strerror}.") from None


def _answers(given):
    answers = {}
    for answer in given:
        code, sign, choice = answer.partition("=")
        if not sign:
            raise wrong_usage(f"{answer} is not an answer: write CODE=CHOICE.")
        answers[code] = choice
    return answers
