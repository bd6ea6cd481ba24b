"""The administrator's pages: reference data, the Fund's template, people and their memberships."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from programmes.admin.people import MembershipAdmin, PersonAdmin
from programmes.admin.reference import ReferenceAdmin

__all__ = ["MembershipAdmin", "PersonAdmin", "ReferenceAdmin"]

admin.site.site_header = _("Ficha: administration")
admin.site.site_title = _("Ficha: administration")
admin.site.index_title = _("Reference data, templates of funds, and people")
# One door: the portal's own sign-in page, with its limits and its second factor.
admin.site.login = secure_admin_login(admin.site.login)
