"""What leaves: home, the live sheet of a programme with its findings."""

from django.urls import path

from reporting.views import as_it_was, findings, money, portfolio, sheet, workspace

app_name = "reporting"
urlpatterns = [
    path("", portfolio.portfolio_list, name="portfolio"),
    path("programmes/<code:code>/", workspace.programme_detail, name="programme_detail"),
    path("programmes/<code:code>/blocks/<code:block>/", workspace.block_detail, name="block_detail"),
    path("programmes/<code:code>/sheet.pdf", sheet.sheet_pdf, name="sheet_pdf"),
    path("programmes/<code:code>/money/", money.money_detail, name="money_detail"),
    path("programmes/<code:code>/as-it-was/", as_it_was.sheet_as_it_was, name="sheet_as_it_was"),
    path("programmes/<code:code>/findings/", findings.finding_list, name="finding_list"),
    path("programmes/<code:code>/findings/accept/", findings.finding_accept, name="finding_accept"),
    path("programmes/<code:code>/findings/withdraw/", findings.finding_withdraw, name="finding_withdraw"),
]
