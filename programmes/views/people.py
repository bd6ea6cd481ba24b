"""Who belongs: the list, inviting, and ending a role."""

from django.contrib import messages
from django.contrib.auth import logout
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programmes.access import Right, grantable, grantable_scopes, require
from programmes.actions import people
from programmes.forms.people import InvitationForm
from programmes.models import Invitation, Membership, Programme, User

PAGE = 50
_SCOPE = ("programme", "agency", "country", "fund")


def grantable_by(user, model):
    """The memberships or invitations within this person's reach; each once, however it is reached."""
    within = model.objects.filter(grantable(user)).values("pk")
    return model.objects.filter(pk__in=within).select_related(*_SCOPE)


def _of_programme(code, programmes):
    """What concerns a programme: its own people, its country's office and its fund's Secretariat."""
    chosen = programmes.filter(code=code).first() if code and "\0" not in code else None
    if chosen is None:
        return None, Q()
    return chosen, Q(programme=chosen) | Q(country=chosen.country_id) | Q(fund=chosen.fund_id)


@require_safe
def people_list(request):
    require(request.user, Right.INVITE_PEOPLE)
    programmes = Programme.objects.filter(grantable_scopes(request.user, "programme"))
    chosen, concerned = _of_programme(request.GET.get("programme", ""), programmes)
    held = grantable_by(request.user, Membership).filter(concerned, ended_at__isnull=True).select_related("user")
    page = Paginator(held.order_by("user__name", "user", "role", "pk"), PAGE).get_page(request.GET.get("page"))
    invitations = grantable_by(request.user, Invitation).filter(concerned).waiting().select_related("invited_by")
    context = {
        "language": get_language()[:2],
        "programmes": programmes,
        "chosen": chosen,
        "page": page,
        "invitations": invitations,
        "at": timezone.now(),
    }
    return render(request, "programmes/people_list.html", context)


@require_http_methods(["GET", "POST"])
def person_invite(request):
    require(request.user, Right.INVITE_PEOPLE)
    data = request.POST if request.method == "POST" else None
    form = InvitationForm(data, person=request.user, code=request.GET.get("programme", ""))
    if data is not None and form.is_valid() and _sent(request, form):
        return to_the_list()
    return render(request, "programmes/person_invite.html", {"form": form})


def _sent(request, form):
    """Somebody of the person's own list gets the role at once; everybody else is invited and accepts it."""
    given = form.cleaned_data
    known = grantable_by(request.user, Membership).filter(user__email=given["email"], user__is_active=True)
    asked = {"role": given["role"], "scope": form.scope, "by": request.user, "at": timezone.now()}
    try:
        if known.filter(ended_at__isnull=True).exists():
            user = User.objects.get(email=given["email"])
            failed = _("%(name)s has the role from now on, but the mail that says so could not be sent: tell them.")
            failed %= {"name": user}
            people.grant(user=user, language=given["language"], **asked)
            said = _("%(name)s has an account and has the role from now on; a mail says so.") % {"name": user}
        else:
            failed = unsent()
            people.invite(email=given["email"], name=given["name"], language=given["language"], **asked)
            said = _("The invitation is on its way to %(email)s.") % {"email": given["email"]}
    except people.Refused as refused:
        form.add_error("email", str(refused))
        return False
    except OSError:
        messages.warning(request, failed)
        return True
    messages.success(request, said)
    return True


@require_POST
def invitation_resend(request, pk):
    return _act_on_invitation(
        request, pk, people.resend, _("A new link is on its way to %(email)s; the earlier one no longer works.")
    )


@require_POST
def invitation_revoke(request, pk):
    return _act_on_invitation(
        request, pk, people.revoke, _("The invitation of %(email)s is revoked: its link no longer works.")
    )


def _act_on_invitation(request, pk, verb, said):
    require(request.user, Right.INVITE_PEOPLE)
    invitation = get_object_or_404(grantable_by(request.user, Invitation), pk=pk)
    try:
        verb(invitation=invitation, by=request.user, at=timezone.now())
        messages.success(request, said % {"email": invitation.email})
    except people.Refused as refused:
        messages.error(request, str(refused))
    except OSError:
        messages.warning(request, unsent())
    return to_the_list()


@require_http_methods(["GET", "POST"])
def membership_end(request, pk):
    require(request.user, Right.INVITE_PEOPLE)
    held = grantable_by(request.user, Membership).select_related("user")
    membership = get_object_or_404(held, pk=pk, ended_at__isnull=True)
    refusal = people.why_not_end(membership, request.user)
    if request.method == "POST" and not refusal:
        try:
            people.end(membership=membership, by=request.user, at=timezone.now())
        except people.Refused as refused:
            refusal = str(refused)
        else:
            return _ended(request, membership)
    others = membership.user.memberships.filter(ended_at__isnull=True).exclude(pk=membership.pk).exists()
    context = {"membership": membership, "refusal": refusal, "keeps_others": others, "language": get_language()[:2]}
    return render(request, "programmes/membership_end.html", context, status=409 if refusal and request.POST else 200)


def _ended(request, membership):
    said = _("%(name)s is no longer %(role)s. All their sessions are closed.")
    values = {"name": membership.user, "role": membership.described_in(get_language()[:2])}
    if membership.user_id == request.user.pk:
        logout(request)
    messages.success(request, said % values)
    return to_the_list()


def unsent():
    return _("The mail could not be sent just now. Nothing else is lost: in a few minutes send it again from the list.")


def to_the_list():
    return HttpResponseRedirect(reverse("programmes:people_list"), status=303)
