"""What tests of invitations share: who is invited to what, and the link in the mail."""

import re
from datetime import UTC, datetime, timedelta

from django.core import mail

from programmes.actions import people
from programmes.models import Agency, Role

AT = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
EXPIRED = AT + timedelta(hours=72)
EMAIL = "elena.castillo@fao.example"
PASSWORD = "tres acacias junto al canal"


def focal_point_of(programme, acronym="FAO"):
    return {
        "role": Role.FOCAL_POINT,
        "scope": {"programme": programme, "agency": Agency.objects.get(acronym_en=acronym)},
    }


def reader_of(programme):
    return {"role": Role.READER, "scope": {"programme": programme}}


def invited(by, programme, capture, **changed):
    """An invitation as focal point of FAO, and the token in its mail."""
    asked = {"email": EMAIL, "language": "en", "by": by, "at": AT} | focal_point_of(programme) | changed
    with capture(execute=True):
        invitation = people.invite(**asked)
    return invitation, token_in(mail.outbox[-1])


def token_in(message):
    return re.search(r"/invitation/([\w-]+)/", message.body)[1]
