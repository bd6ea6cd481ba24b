"""Where the numbers of a sheet come from: the page that each leads to on the workspace."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode


@dataclass(frozen=True, slots=True)
class Sources:
    """The addresses of one programme's numbers at one date. Paper, and readers of issued sheets, have none."""

    figures: str
    code: str
    as_of: date

    @classmethod
    def of(cls, code, as_of):
        return cls(reverse("beneficiaries:figure_source", args=[code]), code, as_of)

    def figure(self, category, reach):
        """The submissions, files and cells of a figure of beneficiaries."""
        asked = {"category": category, "reach": reach, "as_of": self.as_of.isoformat()}
        return f"{self.figures}?{urlencode(asked)}"

    def block(self, block):
        """Who entered the amounts of a block, when, and what they were before."""
        return reverse("programmes:block_history", args=[self.code, block])
