"""Editing a programme, and the person's own settings."""

from django.urls import path

from programmes.views import language

app_name = "programmes"
urlpatterns = [
    path("language/", language.language_choose, name="language_choose"),
]
