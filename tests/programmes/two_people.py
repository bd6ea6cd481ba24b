"""Two people on one page: what the page asks, and the form as it goes back."""

import re

from django.urls import reverse

from tests.programmes.browsing import form_on

EN = {"accept-language": "en"}


def address(section):
    return reverse("programmes:section_edit", args=["MDGF-2097", section])


def choices(answer):
    """``{key: {mine|theirs|both: value}}`` of the questions on the page."""
    found = {}
    for key, value in re.findall(r'<input type="radio" name="([^"]+-choice)" value="([^"]+)"', answer.content.decode()):
        found.setdefault(key, {})[value.partition(":")[0]] = value
    return found


def choosing(answer, which, **more):
    """The form as it comes back, with every question answered one way."""
    return form_on(answer) | {key: offered[which] for key, offered in choices(answer).items()} | more


def said(answer):
    page = answer.context["page"]
    return [clash.conflict.kind for clash in page.conflict]
