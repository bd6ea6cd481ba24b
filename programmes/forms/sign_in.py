"""Signing in, changing a password and the second step: allauth's forms with the portal's words on their fields."""

from allauth.account import forms as account
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.utils.translation import gettext_lazy as _

LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("Present password"),
    "password1": _("New password"),
    "password2": _("The same password again"),
    "code": _("Code"),
}


def in_our_words(form):
    """The same form; a placeholder that repeats the label, and vanishes when somebody types, is left out."""

    class Worded(form):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            for name in LABELS.keys() & self.fields.keys():
                self.fields[name].label = LABELS[name]
                self.fields[name].widget.attrs.pop("placeholder", None)

    return Worded


# Named as allauth names them; those of the second step begin with it.
login = in_our_words(account.LoginForm)
reset_password = in_our_words(account.ResetPasswordForm)
reset_password_from_key = in_our_words(account.ResetPasswordKeyForm)
change_password = in_our_words(account.ChangePasswordForm)
reauthenticate = in_our_words(account.ReauthenticateForm)
second_authenticate = in_our_words(second_step.AuthenticateForm)
second_reauthenticate = in_our_words(second_step.ReauthenticateForm)
second_activate_totp = in_our_words(ActivateTOTPForm)
