"""Drafts that were printed once: each PDF under the digest of everything that decides how it looks.

That is the sheet's value, what it lacks, its languages, the templates and words it is set with, the fonts and the
version of WeasyPrint. So the same sheet is never printed twice, and a changed one never passes for the old one.
"""

import os
import time
from datetime import timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from reporting import rendering
from reporting.before_issuing import gaps
from reporting.issued_files import write
from reporting.status_sheet import to_json

#: Nobody has asked for it in this time: it is printed anew when somebody does.
KEPT = timedelta(days=60)
SOURCES = (
    "templates/base_print.html",
    "templates/_partials/*.html",
    "templates/reporting/*.html",
    "templates/reporting/blocks/*.html",
    "locale/*/LC_MESSAGES/*.po",
    "programmes/figures.py",
    "programmes/templatetags/*.py",
    "reporting/passages.py",
    "reporting/rendering.py",
    "reporting/templatetags/*.py",
)


@cache
def set_with():
    """The digest of templates, words, fonts and renderer."""
    seen = sha256(rendering.made_by().encode())
    for pattern in SOURCES:
        for path in sorted(settings.ROOT.glob(pattern)):
            seen.update(path.read_bytes())
    return seen.hexdigest()


def key_of(sheet, languages, findings):
    """What a draft in these languages is kept under; of the programme's ``findings`` it lists the open ones."""
    lacks = [(each.es, each.en) for each in gaps(sheet, languages, findings)]
    return sha256(f"{set_with()}\n{languages}\n{lacks}\n{to_json(sheet)}".encode()).hexdigest()


def path_of(key):
    return Path(settings.MEDIA_ROOT) / "drafts" / key[:2] / f"{key}.pdf"


def is_kept(key):
    """Whether it is there; from now on it is kept for a while again."""
    try:
        os.utime(path_of(key))
    except FileNotFoundError:
        return False
    return True


def printed(key, html):
    """Print it and keep it."""
    write(path_of(key), rendering.render_pdf(html))


def forget_unused(now=None):
    """Delete the drafts that nobody asked for in a long time; how many."""
    before, forgotten = (now or time.time()) - KEPT.total_seconds(), 0
    for path in (Path(settings.MEDIA_ROOT) / "drafts").glob("*/*"):
        if path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
            forgotten += 1
    return forgotten
