"""Findings as pages list them: numbered, with the way to the field that mends each."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import ngettext

from beneficiaries.findings.wording import AGREE, UPLOAD
from beneficiaries.spreadsheets.identity import PROGRAMME_WORD
from programmes.access import Right, may, own_agencies
from programmes.blocks import RIGHT_TO_EDIT, Block
from programmes.findings.money import FINANCES
from programmes.models import Result
from reporting import completeness
from reporting.findings import LEVELS, known_agencies
from reporting.status_sheet import kept

BY_SECTION = frozenset({Block.OBSERVATIONS})
TRANSLATION_CODES = frozenset({"translation_missing", "translation_stale", "translation_unconfirmed"})
#: Blanks and translations have a list of their own in the workspace.
LISTED_BELOW = TRANSLATION_CODES | {"blank_section"}
SHOWN_AT_FIRST = 3


@dataclass(frozen=True, slots=True)
class Numbered:
    """A finding with its number among the open ones of its level, its place on the workspace and where it is mended.

    ``number`` is 0 for an accepted one. ``mends_at`` is blank for who may not edit it.
    """

    number: int
    finding: object
    block: str
    anchor: str
    mends_at: str = ""


class Ways:
    """From a finding to the field of an edit page, for one person and one programme."""

    def __init__(self, sheet, programme, user):
        self.programme, self.user, self.as_of = programme, user, sheet.as_of_on
        self.block_of = completeness.block_of_each_section(sheet)

    def to_field(self, finding):
        """The address of the page that mends it, at the field; blank when this person may not edit it."""
        page = finding.page or str(finding.where)
        if page == UPLOAD:
            return self._to_upload(*finding.field.split("/"))
        if page == AGREE:
            return self._to_agree(finding.field)
        if not self._may_edit(page, finding):
            return ""
        address = reverse("programmes:section_edit", args=[self.programme.code, page])
        field = self._id(page, finding.field)
        return f"{address}#{field}" if field else address

    def _may_edit(self, page, finding):
        if page != FINANCES:
            return may(self.user, RIGHT_TO_EDIT[Block(self.block_of.get(page, page))], self.programme)
        return self._may_for(Right.REPORT_FINANCES, finding.field.rpartition("-")[0])

    def _may_for(self, right, acronym):
        """For this agency; a person who is limited to one is sent to no other's figures."""
        if not may(self.user, right, self.programme, any_agency=True):
            return False
        own = own_agencies(self.user, right, self.programme)
        return own is None or acronym in {agency.acronym_en for agency in own}

    def _to_upload(self, acronym, period):
        if not self._may_for(Right.UPLOAD_BENEFICIARIES, acronym):
            return ""
        address = reverse("beneficiaries:submission_new", args=[self.programme.code])
        if not (acronym or period):
            return f"{address}#id_file"
        return f"{address}?{urlencode({'agency': acronym or PROGRAMME_WORD, 'period': period})}#id_file"

    def _to_agree(self, day):
        if not may(self.user, Right.SET_AGREED_FIGURE, self.programme):
            return ""
        return f"{reverse('beneficiaries:agreed_edit', args=[self.programme.code])}?on={day}"

    def _id(self, page, field):
        """Rows of these two pages are named by the key of what they belong to."""
        if page == FINANCES and field:
            acronym, _dash, name = field.rpartition("-")
            return f"id_agency-{known_agencies(self.programme, self.as_of).keys.get(acronym, '')}-{name}"
        if page == Block.ACHIEVEMENTS and field:
            label, _dash, rest = field.partition("-")
            prefix = f"result{self._results.get(label, '')}"
            return f"id_{prefix}-{rest}" if rest else f"list-{prefix}"
        return field

    @property
    def _results(self):
        """R1, R2… → the key of each."""
        return kept(
            "results",
            self.programme,
            self.as_of,
            lambda: {row.label: row.pk for row in Result.objects.filter(programme=self.programme)},
        )


def number_of(findings, sheet, ways=None):
    """The open findings, numbered within their level, in the order in which they are listed.

    What has a list of its own in the workspace comes last in its level, so that the numbers beside it do not skip.
    """
    home = completeness.block_of_each_section(sheet)
    listed = sorted(
        (finding for finding in findings if finding.is_open),
        key=lambda finding: (LEVELS.index(finding.level), finding.code in LISTED_BELOW),
    )
    counts, numbered = {}, []
    for finding in listed:
        counts[finding.level] = counts.get(finding.level, 0) + 1
        numbered.append(_entry(finding, home, counts[finding.level], ways))
    return numbered


def accepted_of(findings, sheet):
    """The findings that somebody accepted: they stay in sight."""
    home = completeness.block_of_each_section(sheet)
    return [_entry(finding, home) for finding in findings if not finding.is_open]


def _entry(finding, home, number=0, ways=None):
    block = str(home.get(finding.where, finding.where))
    anchor = f"section-{finding.where}" if block in BY_SECTION else block
    return Numbered(number, finding, block, anchor, ways.to_field(finding) if ways else "")


def first_ones(numbered):
    """What the rail shows: what does not fit. Texts that are blank or lack a translation have a list of their own."""
    return [entry for entry in numbered if entry.finding.code not in LISTED_BELOW][:SHOWN_AT_FIRST]


def counted(findings):
    """“2 warnings, 3 notes”: what is open."""
    levels = [finding.level for finding in findings if finding.is_open]
    return counts_said(*(levels.count(level) for level in ("error", "warning", "note")))


def counts_said(errors, warnings, notes):
    parts_said = [
        ngettext("%(count)s error", "%(count)s errors", errors) % {"count": errors} if errors else "",
        ngettext("%(count)s warning", "%(count)s warnings", warnings) % {"count": warnings} if warnings else "",
        ngettext("%(count)s note", "%(count)s notes", notes) % {"count": notes} if notes else "",
    ]
    return ", ".join(part for part in parts_said if part)
