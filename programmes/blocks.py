"""The blocks of a status sheet: one list that workspace, edit pages, findings and PDF follow, in printing order."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from programmes.access import Right


class Block(TextChoices):
    """A block's value is its anchor on the sheet and its name in addresses; its label is its title."""

    IDENTITY = "programme", _("Programme")
    DATES = "dates", _("Dates")
    PARTIES = "parties", _("Parties")
    BUDGET = "budget", _("Budget by agency")
    DISBURSEMENTS = "disbursements", _("Disbursements")
    SUMMARY = "summary", _("Summary")
    RESULTS = "results", _("Results")
    AREAS = "areas", _("Areas and targets")
    BENEFICIARIES = "beneficiaries", _("Beneficiaries to date")
    STATUS = "status", _("Status")
    GENDER = "gender", _("Gender")
    ACHIEVEMENTS = "achievements", _("Main achievements")
    OBSERVATIONS = "observations", _("Observations")
    MISSIONS = "missions", _("Secretariat missions")
    EVALUATIONS = "evaluations", _("Mid-term evaluation")


#: What a person needs to edit a block. Observations are edited section by section, beneficiaries by spreadsheet.
RIGHT_TO_EDIT = {
    Block.IDENTITY: Right.EDIT_SECTIONS,
    Block.DATES: Right.RECORD_REVISION,
    Block.PARTIES: Right.EDIT_SECTIONS,
    Block.BUDGET: Right.RECORD_REVISION,
    Block.DISBURSEMENTS: Right.RECORD_DISBURSEMENT,
    Block.SUMMARY: Right.EDIT_SECTIONS,
    Block.RESULTS: Right.EDIT_SECTIONS,
    Block.AREAS: Right.EDIT_SECTIONS,
    Block.BENEFICIARIES: Right.UPLOAD_BENEFICIARIES,
    Block.STATUS: Right.ASSESS_STATUS,
    Block.GENDER: Right.EDIT_SECTIONS,
    Block.ACHIEVEMENTS: Right.EDIT_SECTIONS,
    Block.OBSERVATIONS: Right.EDIT_SECTIONS,
    Block.MISSIONS: Right.RECORD_MISSION,
    Block.EVALUATIONS: Right.EDIT_SECTIONS,
}
