"""Signing in: accounts are made by invitation only, and a refusal says what to do."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils.translation import gettext_lazy as _


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
    }

    def is_open_for_signup(self, request):
        return False


class SecondStep(DefaultMFAAdapter):
    """The code from the telephone: what is refused is said in the portal's words."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("The code is not right, or is too old. Write the one the application shows now."),
    }
