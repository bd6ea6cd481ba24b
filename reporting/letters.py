"""Letters about a sheet on its way: to those who must act next, each in the language they chose."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from programmes.access import ALLOWED, Right, covers
from programmes.models import Membership

SUBJECTS = {
    "submitted": gettext_noop("Sheet submitted: %(code)s, %(period)s"),
    "sent_back": gettext_noop("Sheet sent back: %(code)s, %(period)s"),
    "issued": gettext_noop("Sheet issued: %(code)s, no. %(number)s"),
    "withdrawn": gettext_noop("Sheet withdrawn: %(code)s, no. %(number)s"),
}
#: What has happened → the right of those who act next.
WHO_ACTS = {"submitted": Right.ISSUE_SHEET, "sent_back": Right.SUBMIT_SHEET}
WHO_ACTS |= {"issued": Right.SUBMIT_SHEET, "withdrawn": Right.SUBMIT_SHEET}


def tell(happened, issue, by):
    """Once it is stored. A mail server that does not answer undoes nothing: what waits stands on everybody's pages."""
    for person in people_with(WHO_ACTS[happened], issue.programme):
        if person.pk != by.pk:
            transaction.on_commit(lambda to=person: _send(happened, issue, by, to), robust=True)


def people_with(right, programme):
    """Everybody who has the right in this programme, by name."""
    held = Membership.objects.filter(ended_at__isnull=True, user__is_active=True, role__in=ALLOWED[right])
    found = {one.user for one in held.select_related("user") if covers(one, programme)}
    return sorted(found, key=lambda person: (person.name, person.pk))


def _send(happened, issue, by, to):
    with override(to.language or settings.LANGUAGE_CODE):
        values = {"code": issue.programme.code, "period": issue.period.code, "number": issue.number}
        subject = _(SUBJECTS[happened]) % values
        address = settings.PUBLIC_URL + issue.get_absolute_url()
        words = {"issue": issue, "by": by, "address": address, "happened": happened}
        body = render_to_string("mail/sheet.txt", words)
    EmailMessage(" ".join(subject.split()), body, to=[to.email], reply_to=[by.email]).send()
