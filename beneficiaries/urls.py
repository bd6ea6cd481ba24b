"""Spreadsheets in."""

from django.urls import path

from beneficiaries import views

app_name = "beneficiaries"
urlpatterns = [
    path("programmes/<code:code>/beneficiaries/", views.submission_list, name="submission_list"),
    path("programmes/<code:code>/beneficiaries/template.xlsx", views.template_download, name="template_download"),
    path("programmes/<code:code>/beneficiaries/submissions/new/", views.submission_new, name="submission_new"),
    path(
        "programmes/<code:code>/beneficiaries/submissions/<int:pk>/", views.submission_detail, name="submission_detail"
    ),
    path(
        "programmes/<code:code>/beneficiaries/submissions/<int:pk>/confirm/",
        views.submission_confirm,
        name="submission_confirm",
    ),
    path(
        "programmes/<code:code>/beneficiaries/submissions/<int:pk>/discard/",
        views.submission_discard,
        name="submission_discard",
    ),
    path(
        "programmes/<code:code>/beneficiaries/submissions/<int:pk>/file/", views.submission_file, name="submission_file"
    ),
]
