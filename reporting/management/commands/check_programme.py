"""The findings of a programme, for people and, with --json, for other programs."""

import json
from datetime import date

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from programmes.figures import day
from programmes.findings import Level
from programmes.models import Programme
from reporting.findings import live_findings
from reporting.status_sheet import default_as_of


class Command(BaseCommand):
    help = "Lists what does not fit in a programme's data: level, code, where, what was seen and what to do."

    def add_arguments(self, parser):
        parser.add_argument("code", metavar="CODE", help="the programme's code, MDGF-2097")
        parser.add_argument("--json", action="store_true", dest="as_json", help="one JSON list instead of text")
        parser.add_argument("--language", choices=("es", "en"), help="of the messages; the portal's by default")
        parser.add_argument(
            "--as-of", type=date.fromisoformat, metavar="DATE", help="2011-10-31; the sheet's by default"
        )

    def handle(self, *, code, as_json, language, as_of, **options):
        with override(language or settings.LANGUAGE_CODE):
            programme = Programme.objects.filter(code=code).first()
            if programme is None:
                message = _("There is no programme with the code %(code)s.") % {"code": code}
                raise CommandError(message, returncode=2)
            found = live_findings(programme, as_of or default_as_of(programme, timezone.localdate()))
            if as_json:
                self.stdout.write(json.dumps([_plain(finding) for finding in found], ensure_ascii=False, indent=2))
            else:
                self.stdout.write(_listing(programme, found))


def _plain(finding):
    return {
        "level": finding.level.value,
        "code": finding.code,
        "where": str(finding.where),
        "seen": finding.seen,
        "message": _sentences(finding.title, finding.message),
        "suggestion": finding.suggestion,
        "accepted": not finding.is_open,
    }


def _sentences(*parts):
    return " ".join(part if part[-1] in ".?" else f"{part}." for part in parts if part)


def _listing(programme, found):
    if not found:
        return _("%(programme)s: nothing found.") % {"programme": programme.code}
    still_open = sum(finding.is_open for finding in found)
    lines = [ngettext("%(programme)s: one finding", "%(programme)s: %(count)s findings", still_open)
             % {"programme": programme.code, "count": still_open}]  # fmt: skip
    if still_open < len(found):
        accepted = len(found) - still_open
        lines.append(ngettext("%(count)s accepted", "%(count)s accepted", accepted) % {"count": accepted})
    for finding in sorted(found, key=lambda finding: not finding.is_open):
        lines.append("")
        lines.append(f"{Level(finding.level).label} · {finding.place} · {finding.title}")
        lines += [f"  {part}" for part in (finding.message, finding.suggestion, _acceptance(finding)) if part]
    return "\n".join(lines)


def _acceptance(finding):
    if finding.is_open:
        return ""
    held = finding.acceptance
    values = {"person": held.accepted_by, "day": day(held.accepted_on, get_language()[:2]), "reason": held.reason}
    return _("Accepted by %(person)s on %(day)s: %(reason)s") % values
