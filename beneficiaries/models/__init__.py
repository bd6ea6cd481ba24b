"""What the agencies count: categories, submissions of counts, and where each came from."""

from beneficiaries.models.agreed import AgreedFigure
from beneficiaries.models.categories import Basis, Category, Reach
from beneficiaries.models.mappings import ColumnMapping
from beneficiaries.models.submissions import Count, Submission
from beneficiaries.models.totals import ProgrammeTotal

__all__ = ["AgreedFigure", "Basis", "Category", "ColumnMapping", "Count", "ProgrammeTotal", "Reach", "Submission"]
