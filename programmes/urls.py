"""Editing a programme, and the person's own settings."""

from django.urls import path

from programmes.views import language, programme_new, section_edit

app_name = "programmes"
urlpatterns = [
    path("programmes/new/", programme_new.programme_new, name="programme_new"),
    path("programmes/<code:code>/sections/<code:section>/edit/", section_edit.section_edit, name="section_edit"),
    path("language/", language.language_choose, name="language_choose"),
]
