"""People, what each of them is where, and their second steps. What they may do comes from memberships alone."""

from allauth.account.admin import EmailAddress
from allauth.mfa.admin import Authenticator
from allauth.usersessions.admin import UserSession
from django.contrib import admin
from django.contrib.auth.admin import Group, UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.db import transaction
from django.db.models import F
from django.forms import ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django_tasks_db.admin import DBTaskResult
from simple_history.admin import SimpleHistoryAdmin

from programmes.actions import people
from programmes.history import acting
from programmes.models import Membership, Programme, User

# Their packages register these when imported above. Groups would be a second table of rights; addresses follow
# the account; sessions and the keys of second factors are nobody's to read; jobs are looked after by the portal.
admin.site.unregister([Group, EmailAddress, UserSession, Authenticator, DBTaskResult])


class ActingAdmin(SimpleHistoryAdmin):
    """Everything saved on these pages is in the history under the administrator's name; nothing is deleted."""

    view_on_site = False
    object_history_list_template = "admin/_history_list.html"

    def revert_disabled(self, request, entry=None):
        return True

    def history_form_view(self, request, *args, **kwargs):
        """The past is read in the list. Putting it back whole would lose what history does not hold: the password."""
        raise Http404

    def changeform_view(self, request, *args, **kwargs):
        with acting(request.user):
            return super().changeform_view(request, *args, **kwargs)

    def has_delete_permission(self, request, entry=None):
        return False


class SecondStepInline(admin.TabularInline):
    """Taken away from a person who has lost the telephone; its key is never shown."""

    model = Authenticator
    verbose_name = _("second step")
    verbose_name_plural = _("two-step sign-in: take it away when the telephone is lost")
    fields = readonly_fields = ["set_up", "last_used"]
    extra = 0

    @admin.display(description=_("set up"))
    def set_up(self, factor):
        return factor.created_at

    @admin.display(description=_("last used"), empty_value=_("never"))
    def last_used(self, factor):
        return factor.last_used_at

    def has_add_permission(self, request, person=None):
        return False

    def has_change_permission(self, request, factor=None):
        return False


class Granted:
    """A role is granted here and ended on its own page, which keeps the last administrator and closes sessions."""

    fields = ["user", "role", "programme", "agency", "country", "fund", "granted_at", "ended_at", "ending"]
    readonly_fields = ["granted_at", "ended_at", "ending"]

    @admin.display(description=_("End it"))
    def ending(self, membership):
        if membership.pk is None or membership.ended_at:
            return ""
        address = reverse("programmes:membership_end", args=[membership.pk])
        return format_html('<a href="{}">{}</a>', address, _("End this role"))


class MembershipInline(Granted, admin.TabularInline):
    model = Membership
    fk_name = "user"
    fields = Granted.fields[1:]
    extra = 0
    can_delete = False

    def has_change_permission(self, request, person=None):
        return False


@admin.register(Membership)
class MembershipAdmin(Granted, ActingAdmin):
    """A membership ends; it is not deleted, so that the history can still say who was who."""

    list_display = ["user", "role", "programme", "agency", "country", "fund", "granted_at", "ended_at"]
    list_filter = ["role", "country", "fund", ("ended_at", admin.EmptyFieldListFilter)]
    list_select_related = ["user", "programme", "agency", "country", "fund"]
    search_fields = ["user__name", "user__email", "programme__code"]
    autocomplete_fields = ["user", "programme", "agency"]

    def has_change_permission(self, request, membership=None):
        return membership is None and super().has_change_permission(request)


class NewPersonForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ["email", "name", "language"]

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class PersonForm(UserChangeForm):
    """``by`` is the administrator who changes it."""

    def clean_is_active(self):
        is_active = self.cleaned_data["is_active"]
        refusal = "" if is_active else people.why_not_switch_off(self.instance, self.by)
        if refusal:
            raise ValidationError(refusal)
        return is_active


@admin.register(User)
class PersonAdmin(ActingAdmin, UserAdmin):
    """Accounts. An account is switched off, never deleted: its history stays."""

    form = PersonForm
    add_form = NewPersonForm
    fieldsets = [
        (None, {"fields": ["email", "name", "language", "password"]}),
        (_("Access"), {"fields": ["is_active", "last_login", "joined_at"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["email", "name", "language", "usable_password", "password1", "password2"]}),
    ]
    readonly_fields = ["last_login", "joined_at"]
    filter_horizontal = []
    inlines = [MembershipInline]
    list_display = ["name", "email", "language", "is_active", "last_login"]
    list_filter = ["is_active", "language", "memberships__role"]
    search_fields = ["name", "email"]
    ordering = ["name"]

    def get_inlines(self, request, person):
        if person is None:
            return []
        return [*self.inlines, *([SecondStepInline] if person.authenticator_set.exists() else [])]

    def get_form(self, request, *args, **kwargs):
        form = super().get_form(request, *args, **kwargs)
        form.by = request.user
        return form

    def user_change_password(self, request, *args, **kwargs):
        with acting(request.user):
            return super().user_change_password(request, *args, **kwargs)

    @transaction.atomic
    def save_model(self, request, person, form, change):
        """Signing in goes by the address allauth knows: it follows the account's. A new name goes on the sheets."""
        super().save_model(request, person, form, change)
        if not person.is_active:
            people.end_sessions(person, timezone.now())
        if "name" in form.changed_data:
            assessed = Programme.objects.filter(pk__in=person.status_assessments.values("programme"))
            assessed.update(version=F("version") + 1)
        EmailAddress.objects.update_or_create(
            user=person, primary=True, defaults={"email": person.email, "verified": True}
        )
