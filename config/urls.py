"""Where each address leads. The paths are contracts: people and other programs rely on them."""

from django.contrib import admin
from django.urls import include, path, register_converter
from django.views.generic import RedirectView

from config import health
from programmes.addresses import CodeConverter

register_converter(CodeConverter, "code")

TO_PASSWORD = RedirectView.as_view(url="/accounts/password/change/")

handler404 = "programmes.views.not_found.page_not_found"

handler400 = "config.error_pages.bad_request"

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("admin/", admin.site.urls),
    # An account's address is whom its invitation was meant for: an administrator changes it, nobody by themselves.
    *(path(f"accounts/{page}", TO_PASSWORD) for page in ("email/", "confirm-email/", "confirm-email/<str:key>/")),
    path("accounts/", include("allauth.urls")),
    path("", include("programmes.urls")),
    path("", include("beneficiaries.urls")),
    path("", include("reporting.urls")),
]
