"""What leaves: home, the live sheet of a programme with its findings."""

from django.urls import path

from reporting.views import portfolio

app_name = "reporting"
urlpatterns = [
    path("", portfolio.portfolio_list, name="portfolio"),
]
