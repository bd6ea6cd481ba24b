"""Signing in: accounts are made by invitation only."""

from allauth.account.adapter import DefaultAccountAdapter


class NoSelfSignUp(DefaultAccountAdapter):
    """The sign-up page stays closed; everything else is allauth's."""

    def is_open_for_signup(self, request):
        return False
