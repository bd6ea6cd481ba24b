"""The page behind the link of an invitation. It is open: looking at it changes nothing, whoever opens the mail."""

from functools import wraps

from allauth.account.adapter import get_adapter
from allauth.decorators import rate_limit
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from programmes.actions import people
from programmes.forms.people import AccountForm
from programmes.models import Invitation

#: A link that nobody ever sent.
UNKNOWN = "unknown"


def keeps_its_address(view):
    """The secret in the address is told to nobody. Only the portal's name is: without it a browser posts the form as
    coming from nowhere, and the guard against foreign forms refuses it.
    """

    @wraps(view)
    def kept(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "strict-origin"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return kept


@login_not_required
@keeps_its_address
@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
@rate_limit(action="signup", limit_get=True)
def invitation_accept(request, token):
    found = Invitation.objects.with_token(token)
    invitation = found.select_related("programme", "agency", "country", "fund", "invited_by").first()
    reason = people.why_closed(invitation, timezone.now()) if invitation else UNKNOWN
    if reason:
        status = 404 if reason == UNKNOWN else 410
        context = {"reason": reason, "invitation": invitation}
        return render(request, "programmes/invitation_closed.html", context, status=status)
    if request.user.is_authenticated:
        return _accept_as(request, invitation)
    if people.has_account(invitation.email):
        return _page(request, invitation, step="sign_in")
    return _make_account(request, invitation)


def _accept_as(request, invitation):
    if request.user.email.lower() != invitation.email:
        return _page(request, invitation, step="other_account")
    if request.method != "POST":
        return _page(request, invitation, step="accept")
    return _done(request, lambda: people.accept(invitation=invitation, by=request.user, at=timezone.now()))


def _make_account(request, invitation):
    form = AccountForm(request.POST if request.method == "POST" else None, invitation=invitation)
    if not form.is_valid():
        return _page(request, invitation, step="account", form=form)
    given = {"name": form.cleaned_data["name"], "password": form.cleaned_data["password1"]}
    return _done(request, lambda: people.accept_as_new(invitation=invitation, at=timezone.now(), **given))


def _done(request, accept):
    """In, with the role; who came a moment after somebody else sees the page as it is by now."""
    try:
        membership = accept()
    except (people.LinkClosed, people.Refused):
        return HttpResponseRedirect(request.path, status=303)
    if not request.user.is_authenticated:
        get_adapter().login(request, membership.user)
        request.session.set_expiry(0)  # as after the sign-in page: until the browser is closed
        UserSession.objects.create_from_request(request)
    role = membership.described_in(get_language()[:2])
    messages.success(request, _("Welcome, %(name)s. Your role: %(role)s.") % {"name": membership.user, "role": role})
    return HttpResponseRedirect("/", status=303)


def _page(request, invitation, step, form=None):
    context = {"invitation": invitation, "step": step, "form": form, "language": get_language()[:2]}
    return render(request, "programmes/invitation_accept.html", context)
