"""What the beneficiaries' pages show, decided before a template lays it out."""

from beneficiaries.screens.listing import ListScreen
from beneficiaries.screens.submission import SubmissionScreen, said_of_others

__all__ = ["ListScreen", "SubmissionScreen", "said_of_others"]
