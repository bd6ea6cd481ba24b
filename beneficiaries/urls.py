"""Spreadsheets in."""

from django.urls import path

from beneficiaries.views import agreed, annotated, export, figures, files, progress, submissions, totals, withdrawal

app_name = "beneficiaries"
urlpatterns = [
    path("programmes/<code:code>/beneficiaries/", submissions.submission_list, name="submission_list"),
    path("programmes/<code:code>/beneficiaries/totals/", totals.total_list, name="total_list"),
    path("programmes/<code:code>/beneficiaries/agreed/", agreed.agreed_edit, name="agreed_edit"),
    path("programmes/<code:code>/beneficiaries/template.xlsx", files.template_download, name="template_download"),
    path("programmes/<code:code>/beneficiaries/counts.<slug:ending>", export.count_export, name="count_export"),
    path("programmes/<code:code>/beneficiaries/figures/", figures.figure_source, name="figure_source"),
    path("programmes/<code:code>/beneficiaries/submissions/new/", submissions.submission_new, name="submission_new"),
    path(
        "programmes/<code:code>/beneficiaries/submissions/<int:pk>/",
        submissions.submission_detail,
        name="submission_detail",
    ),
    path(
        "programmes/<code:code>/beneficiaries/submissions/<int:pk>/confirm/",
        submissions.submission_confirm,
        name="submission_confirm",
    ),
    path(
        "programmes/<code:code>/beneficiaries/submissions/<int:pk>/progress/",
        progress.submission_progress,
        name="submission_progress",
    ),
    path(
        "programmes/<code:code>/beneficiaries/submissions/<int:pk>/discard/",
        submissions.submission_discard,
        name="submission_discard",
    ),
    path(
        "programmes/<code:code>/beneficiaries/submissions/<int:pk>/withdraw/",
        withdrawal.submission_withdraw,
        name="submission_withdraw",
    ),
    path(
        "programmes/<code:code>/beneficiaries/submissions/<int:pk>/file/", files.submission_file, name="submission_file"
    ),
    path(
        "programmes/<code:code>/beneficiaries/submissions/<int:pk>/annotated.xlsx",
        annotated.submission_annotated,
        name="submission_annotated",
    ),
]
