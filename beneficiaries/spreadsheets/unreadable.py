"""Why a whole file is refused before anything in it is looked at. Nothing of it is kept."""

from django.utils.translation import gettext_lazy as _

UNREADABLE = {
    "empty_file": _("The file is empty. Choose the file with the figures."),
    "not_a_spreadsheet": _("The file is not a spreadsheet but %(found)s. Choose an Excel, LibreOffice or CSV file."),
    "text_named_as_workbook": _(
        "The file's name ends in %(found)s, but it holds plain text. Save it from Excel or LibreOffice as a workbook, "
        "or let its name end in .csv."
    ),
    "markup_named_as_workbook": _(
        "The file's name ends in %(found)s, but it is a web page. Open it in "
        "Excel or LibreOffice and save it as a workbook (.xlsx)."
    ),
    "encrypted": _("The workbook is protected with a password, so it cannot be read. Save a copy without a password."),
    "corrupt_file": _(
        "The file is damaged and cannot be read. Open it, save it again under another name, and choose that one."
    ),
    "expands_too_far": _(
        "The file unpacks to far more than its figures need, so it was not opened. "
        "Copy the figures into a new template and choose that one."
    ),
    "archive_inside": _("There is another file packed inside the workbook. Save a copy that holds only the figures."),
    "external_entities": _(
        "The workbook refers to things outside itself, so it was not opened. Copy the figures into a new template."
    ),
    "too_many_cells": _(
        "The workbook has more sheets, rows or columns than can be read "
        "(%(found)s). Save a copy that holds only the figures."
    ),
    "endless_cell": _(
        "One cell of the file has more than 100,000 characters: a quotation mark may be missing. "
        "Save it from Excel or LibreOffice as a workbook (.xlsx)."
    ),
    "hardly_a_figure": _(
        "The file holds %(found)s texts and hardly a figure, so it was not read. Save a copy with the figures alone."
    ),
    "too_large": _("The file is larger than this portal takes (%(found)s). Save a copy that holds only the figures."),
    "takes_too_long": _(
        "Reading the file took too long, so it was stopped. Copy the figures into a new template and choose that one."
    ),
    "reader_stopped": _("The file could not be read. Copy the figures into a new template and choose that one."),
}
