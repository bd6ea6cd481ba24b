"""Signing in: accounts are made by invitation only, and a refusal says what to do."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from programmes.models import Membership


class PeopleWithRoles(AuthenticationBackend):
    """Who is signed in, read together with their roles: every page asks for both. One query."""

    def get_user(self, user_id):
        held = Membership.objects.filter(user_id=user_id, ended_at__isnull=True)
        found = list(held.select_related("user", "agency", "country", "fund"))
        if not found:
            return super().get_user(user_id)
        user = found[0].user
        user.current_memberships = found
        return user if self.user_can_authenticate(user) else None


class NoSelfSignUp(DefaultAccountAdapter):
    """The sign-up page stays closed; everything else is allauth's, in the portal's words."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "No account has this address with this password. Check both; capitals count in a password."
        ),
        "too_many_login_attempts": _(
            "Too many attempts with a wrong password. Wait five minutes, or ask for a link to choose a new one."
        ),
        "incorrect_password": _("This is not your password. Capitals count."),
        "enter_current_password": _("This is not your present password. Capitals count."),
        "account_inactive": _("This account is closed. Whoever invited you can have it opened again."),
        "invalid_password_reset": _("The link no longer works. Ask for a new one."),
        "rate_limited": _("Too many attempts. Wait a few minutes and try again."),
    }

    def is_open_for_signup(self, request):
        return False

    def get_reset_password_from_key_url(self, key):
        """The link names the portal by its own address, whatever the request called it."""
        person, _separator, secret = key.partition("-")
        return settings.PUBLIC_URL + reverse("account_reset_password_from_key", args=[person, secret])

    def format_email_subject(self, subject):
        return subject  # it names the portal itself

    def send_mail(self, template_prefix, email, context):
        """In the language the person has chosen, otherwise in that of the page."""
        person = context.get("user")
        with override((person and person.language) or get_language()):
            super().send_mail(template_prefix, email, context | {"public_url": settings.PUBLIC_URL})


class SecondStep(DefaultMFAAdapter):
    """The code from the telephone: what is refused is said in the portal's words."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("The code is not right, or is too old. Write the one the application shows now."),
        "cannot_generate_recovery_codes": _("Recovery codes belong to two-step sign-in: switch it on first."),
    }
