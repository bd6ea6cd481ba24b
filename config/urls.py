"""Where each address leads. The paths are contracts: people and other programs rely on them."""

from django.contrib import admin
from django.urls import include, path, register_converter

from config import health
from programmes.addresses import CodeConverter

register_converter(CodeConverter, "code")

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("", include("programmes.urls")),
    path("", include("beneficiaries.urls")),
    path("", include("reporting.urls")),
]
