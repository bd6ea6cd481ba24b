"""What a password must not be: each rule in the portal's words, before it is typed and when it is refused."""

from django.contrib.auth import password_validation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class LongEnough(password_validation.MinimumLengthValidator):
    def get_help_text(self):
        least = self.min_length
        return ngettext(
            "At least %(count)s character. Several words in a row are long and easy to remember.",
            "At least %(count)s characters. Several words in a row are long and easy to remember.",
            least,
        ) % {"count": least}

    def get_error_message(self):
        least = self.min_length
        return ngettext(
            "The password is too short: use at least %(count)s character.",
            "The password is too short: use at least %(count)s characters.",
            least,
        ) % {"count": least}


class NotOnlyDigits(password_validation.NumericPasswordValidator):
    def get_help_text(self):
        return _("Not only digits.")

    def get_error_message(self):
        return _("The password is only digits: add letters.")


class NotCommon(password_validation.CommonPasswordValidator):
    def get_help_text(self):
        return _("Not one that many people use.")

    def get_error_message(self):
        return _("Many people use this password, so it is easy to guess: choose another one.")


class NotLikeThePerson(password_validation.UserAttributeSimilarityValidator):
    def __init__(self):
        super().__init__(user_attributes=("name", "email"))

    def get_help_text(self):
        return _("Not like your name or your e-mail address.")

    def get_error_message(self):
        return _("The password is too much like your name or your e-mail address: choose another one.")
