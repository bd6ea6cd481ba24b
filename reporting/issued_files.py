"""The file store of issued sheets: each PDF under its SHA-256, never rendered twice, never written over.

Files are written before the transaction that names them ends. If it fails they stay, named by nobody, and serve the
next attempt.
"""

import os
import re
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings

from reporting import rendering

DIGEST = re.compile("[0-9a-f]{64}")


def path_of(digest):
    return Path(settings.MEDIA_ROOT) / "issued" / digest[:2] / f"{digest}.pdf"


def rendered(html):
    """``(SHA-256, size)`` of the PDF of a page. The same page, set by the same means, is not set again."""
    key = sha256(f"{rendering.made_by()}\n{html}".encode()).hexdigest()
    note = Path(settings.MEDIA_ROOT) / "rendered" / key[:2] / key
    known = note.read_text("ascii") if note.exists() else ""
    if DIGEST.fullmatch(known) and path_of(known).exists():
        return known, path_of(known).stat().st_size
    content = rendering.render_pdf(html)
    digest = sha256(content).hexdigest()
    write(path_of(digest), content)
    write(note, digest.encode("ascii"))
    return digest, len(content)


def write(path, content):
    """Whole or not at all, on the disk when this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.chmod(file.name, settings.FILE_UPLOAD_PERMISSIONS)
    os.replace(file.name, path)
