"""Letters the portal sends of itself: plain text, in the language that whoever causes them chose."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override


def send_invitation(invitation, token):
    """The only place where the secret of the link is written down."""
    address = settings.PUBLIC_URL + reverse("programmes:invitation_accept", args=[token])
    with override(invitation.language):
        offer = invitation.described_in(invitation.language)
        subject = _("Invitation to Ficha: %(offer)s") % {"offer": offer}
        words = {"invitation": invitation, "by": invitation.invited_by, "offer": offer, "address": address}
        _send("mail/invitation.txt", subject, words)


def tell_of_role(membership, by, language):
    with override(language):
        offer = membership.described_in(language)
        subject = _("Your new role in Ficha: %(offer)s") % {"offer": offer}
        words = {"membership": membership, "by": by, "offer": offer, "address": f"{settings.PUBLIC_URL}/"}
        _send("mail/role_granted.txt", subject, words)


def _send(template, subject, words):
    """Answers go to the person who caused it. A line break in a subject would begin another header: there is none."""
    to = words["invitation"].email if "invitation" in words else words["membership"].user.email
    body = render_to_string(template, words)
    EmailMessage(" ".join(subject.split()), body, to=[to], reply_to=[words["by"].email]).send()
