"""What reporting keeps: sheets as they were submitted and issued, what was said about them, counts of findings."""

from reporting.models.comments import LONGEST_COMMENT, SheetComment
from reporting.models.finding_counts import FindingCount
from reporting.models.issues import MOVES, RIGHT_TO, FrozenSheet, IssueState, Move, SheetFile, SheetIssue
from reporting.models.portfolio_rows import PortfolioRow, Trend

__all__ = [
    "LONGEST_COMMENT",
    "MOVES",
    "RIGHT_TO",
    "FindingCount",
    "FrozenSheet",
    "IssueState",
    "Move",
    "PortfolioRow",
    "SheetComment",
    "SheetFile",
    "SheetIssue",
    "Trend",
]
