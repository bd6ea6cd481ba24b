"""What leaves: home, the live sheet of a programme with its findings, issued sheets and the way to them."""

from django.urls import path

from reporting.views import (
    as_it_was,
    batch,
    changes,
    findings,
    money,
    portfolio,
    reviewing,
    sheet,
    sheets,
    submitting,
    verify,
    workspace,
)

app_name = "reporting"
urlpatterns = [
    path("", portfolio.portfolio_list, name="portfolio"),
    path("portfolio.<code:ending>", portfolio.portfolio_export, name="portfolio_export"),
    path("countries/<code:iso2>/", portfolio.country_detail, name="country_detail"),
    path("windows/<code:slug>/", portfolio.window_detail, name="window_detail"),
    path("programmes/<code:code>/", workspace.programme_detail, name="programme_detail"),
    path("programmes/<code:code>/blocks/<code:block>/", workspace.block_detail, name="block_detail"),
    path("programmes/<code:code>/sheet.pdf", sheet.sheet_pdf, name="sheet_pdf"),
    path("programmes/<code:code>/sheets/", sheets.sheet_list, name="sheet_list"),
    path("programmes/<code:code>/sheets/changes/", changes.sheet_changes, name="sheet_changes"),
    path("programmes/<code:code>/sheets/changes.pdf", changes.sheet_changes_pdf, name="sheet_changes_pdf"),
    path("programmes/<code:code>/sheets/submit/", submitting.sheet_submit, name="sheet_submit"),
    path("programmes/<code:code>/sheets/review/<int:pk>/", reviewing.sheet_review, name="sheet_review"),
    path(
        "programmes/<code:code>/sheets/review/<int:pk>/comments/<int:comment>/",
        reviewing.comment_answer,
        name="comment_answer",
    ),
    path("programmes/<code:code>/sheets/<int:number>/", sheets.sheet_detail, name="sheet_detail"),
    path("programmes/<code:code>/sheets/<int:number>/withdraw/", sheets.sheet_withdraw, name="sheet_withdraw"),
    path("programmes/<code:code>/sheets/<int:number>/sheet.<code:language>.pdf", sheets.sheet_file, name="sheet_file"),
    path("sheets/batch/", batch.batch_new, name="batch_new"),
    path("sheets/batch/<int:pk>/", batch.batch_detail, name="batch_detail"),
    path("sheets/batch/<int:pk>/sheets.zip", batch.batch_file, name="batch_file"),
    path("verify/<code:token>/", verify.sheet_verify, name="sheet_verify"),
    path("programmes/<code:code>/money/", money.money_detail, name="money_detail"),
    path("programmes/<code:code>/as-it-was/", as_it_was.sheet_as_it_was, name="sheet_as_it_was"),
    path("programmes/<code:code>/findings/", findings.finding_list, name="finding_list"),
    path("programmes/<code:code>/findings/accept/", findings.finding_accept, name="finding_accept"),
    path("programmes/<code:code>/findings/withdraw/", findings.finding_withdraw, name="finding_withdraw"),
]
