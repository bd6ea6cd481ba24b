"""Editing a programme, and the person's own settings."""

from django.urls import path

app_name = "programmes"
urlpatterns = []
