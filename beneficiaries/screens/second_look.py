"""What deserves a second look before it is confirmed: figures that fall, that contradict or that look mistyped."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from beneficiaries.findings.drafts import compared, contradictions
from beneficiaries.totals.agreed import agreed_changes
from programmes.findings import Name

SHOWN = 20
HEADINGS = {
    "sexes_exchanged": _("Women and men may have changed places"),
    "ten_times": _("Ten times as many as before, or more"),
    "zero_for_number": _("0 where there was a number"),
}


@dataclass(frozen=True, slots=True)
class DoubtKind:
    """All doubts of one code: how many, and the first of them as ``(cell, category, reach, area, doubt)``."""

    heading: str
    count: int
    shown: tuple

    @property
    def further(self):
        return self.count - len(self.shown)


class SecondLook:
    """Nothing of it keeps the file from being loaded but a fall, which needs a reason."""

    def __init__(self, preview, draft, agency):
        self.falls = preview.falls
        names = {agency.acronym_en: Name(agency.acronym_es, agency.acronym_en)} if agency else {}
        self.findings = contradictions(preview.totals_before, preview.totals_after, draft, names)
        self.compared = compared(draft, preview.totals_before.facts.reports)
        self.totals = preview.totals_after
        self.agreed = agreed_changes(preview.totals_before, preview.totals_after)

    @property
    def count(self):
        return len(self.agreed) + len(self.falls) + len(self.findings) + len(self.compared.found)

    @property
    def falls_shown(self):
        return self.falls[:SHOWN]

    @property
    def further_falls(self):
        return max(0, len(self.falls) - SHOWN)

    @property
    def findings_shown(self):
        return self.findings[:SHOWN]

    @property
    def further_findings(self):
        return max(0, len(self.findings) - SHOWN)

    @cached_property
    def kinds(self):
        return [
            DoubtKind(HEADINGS[code], len(found), tuple(self._said(*one) for one in found[:SHOWN]))
            for code, found in self.compared.by_code().items()
        ]

    def _said(self, doubt, cell):
        area, category, reach = doubt.key
        row, known = self.totals.row(category), self.totals.facts.areas
        return cell, Name(row.label_es, row.label_en), reach, known[area].name if area in known else "", doubt
