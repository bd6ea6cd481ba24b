"""Any selection of programmes as one ZIP of PDFs with a manifest, made by a worker.

Issued sheets are copied as they are stored. Drafts are printed unless they were printed before, so a worker that goes
on after another one died prints only what is left. Made again from the same sheets, the ZIP is the same to the byte.
"""

import os
import shutil
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override

from programmes import jobs
from programmes.access import Right, may
from programmes.models import Programme
from reporting import issued_files, kept_pdfs, printers
from reporting.before_issuing import LANGUAGE_CHOICES
from reporting.exports.manifest import Line, as_csv, as_json, pages_of
from reporting.findings import live_findings
from reporting.models import IssueState, SheetFile
from reporting.rendering import PangoMissing, render_html
from reporting.status_sheet import default_as_of, live_sheet

KIND = "sheets_as_zip"
MOST = 500
#: How long a finished ZIP lies ready.
KEPT = timedelta(days=7)
#: A ZIP is of no time: what is in it says its own.
NO_TIME = (1980, 1, 1, 0, 0, 0)


class What(models.TextChoices):
    ISSUED = "issued", _("The issued sheets in force")
    DRAFT = "draft", _("Drafts of the live sheets, as of today")


def start(*, codes, languages, what, today, reads, by):
    """Ask for the sheets of these programmes in these languages; reasons are worded in the language that is read."""
    facts = {
        "codes": sorted(set(codes)),
        "languages": [language for language in LANGUAGE_CHOICES if language in languages],
        "what": str(what),
        "today": today.isoformat(),
        "reads": reads,
    }
    return jobs.start(KIND, asked_by=by, facts=facts)


def _title(job):
    count = len(job.facts["codes"])
    said = ngettext("Sheets of %(count)s programme as ZIP", "Sheets of %(count)s programmes as ZIP", count)
    return said % {"count": count}


def address_of(job):
    return reverse("reporting:batch_detail", args=[job.pk])


@jobs.handler(
    KIND,
    title=_title,
    address=address_of,
    failures={
        "pango": _(
            "PDF files need Pango, which is not installed where the worker runs, so nothing was printed. "
            "Tell the administrator; issued sheets can be had without it."
        )
    },
)
def zip_sheets(run):
    asked, by = run.facts, run.job.asked_by
    programmes = Programme.objects.visible_to(by).for_reading().filter(code__in=asked["codes"])
    found = {programme.code: programme for programme in programmes}
    order = _issued if asked["what"] == What.ISSUED else _drafts
    total = len(asked["codes"]) * len(asked["languages"])
    lines = {(code, language): Line(code, language, problem="unknown") for code, language in _pairs(asked)}
    try:
        for number, line in enumerate(order(found, asked, by), start=1):
            lines[line.code, line.language] = line
            run.step(number, total)
    except PangoMissing:
        raise jobs.Failed("pango") from None
    described = [_described(line) for line in lines.values()]
    digest, size = _packed(path_of(run.job.pk), described, asked["reads"])
    ready = sum(line.problem == "" for line in described)
    return {"sha256": digest, "size": size, "sheets": ready, "missing": len(described) - ready}


def _pairs(asked):
    return [(code, language) for code in asked["codes"] for language in asked["languages"]]


def _issued(found, asked, by):
    """The files of the sheets in force, where they lie."""
    allowed = [programme for programme in found.values() if may(by, Right.DOWNLOAD_ISSUED, programme)]
    files = SheetFile.objects.filter(issue__programme__in=allowed, issue__state=IssueState.ISSUED)
    stored = {}
    for file in files.select_related("issue__programme"):
        stored.setdefault(file.issue.programme.code, {})[file.language] = file
    for code, language in _pairs(asked):
        if code not in found:
            continue
        of_it = stored.get(code, {})
        if language in of_it:
            file = of_it[language]
            name = f"{code}_{file.issue.number}_{language}.pdf"
            yield Line(code, language, number=file.issue.number, name=name, path=issued_files.path_of(file.sha256))
        else:
            number = next((file.issue.number for file in of_it.values()), None)
            yield Line(code, language, number=number, problem="other_language" if of_it else "not_issued")


def _drafts(found, asked, by):
    """The drafts, printed where they are not kept yet; what the person may not see says so."""
    ready, ordered = [], {}

    def orders():
        for programme in found.values():
            if not may(by, Right.SEE_WORKSPACE, programme):
                ready.extend(Line(programme.code, language, problem="no_right") for language in asked["languages"])
                continue
            for line, key, html in _draft(programme, asked):
                if html is None:
                    ready.append(line)
                else:
                    ordered[key] = line
                    yield key, html

    for key, is_there in printers.printed(orders()):
        yield from _taken(ready)
        line = ordered.pop(key)
        yield line if is_there else Line(line.code, line.language, problem="not_printed")
    yield from _taken(ready)


def _taken(ready):
    while ready:
        yield ready.pop()


def _draft(programme, asked):
    """``(line, key, html)`` in each language; no HTML for what is kept."""
    as_of = default_as_of(programme, date.fromisoformat(asked["today"]))
    sheet, findings = live_sheet(programme, as_of), live_findings(programme, as_of)
    for language in asked["languages"]:
        languages = LANGUAGE_CHOICES[language]
        key = kept_pdfs.key_of(sheet, languages, findings)
        line = Line(
            programme.code, language, name=f"{programme.code}_draft_{language}.pdf", path=kept_pdfs.path_of(key)
        )
        yield line, key, None if kept_pdfs.is_kept(key) else render_html(sheet, languages, findings=findings)


def _described(line):
    """With its pages and digest, from the file itself."""
    if line.problem:
        return line
    try:
        content = line.path.read_bytes()
    except FileNotFoundError:
        return Line(line.code, line.language, number=line.number, problem="no_file")
    return line.described(pages_of(content), sha256(content).hexdigest())


def folder():
    return Path(settings.MEDIA_ROOT) / "batches"


def path_of(pk):
    return folder() / f"{pk}.zip"


def _packed(path, lines, reads):
    """Write the ZIP, whole or not at all; ``(SHA-256, size)``. The same lines give the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
        with ZipFile(file, "w", ZIP_STORED) as archive, override(reads):
            archive.writestr(_entry("manifest.csv"), as_csv(lines))
            archive.writestr(_entry("manifest.json"), as_json(lines))
            for line in lines:
                if not line.problem:
                    with line.path.open("rb") as source, archive.open(_entry(line.name), "w") as target:
                        shutil.copyfileobj(source, target)
        file.flush()
        os.fsync(file.fileno())
    os.chmod(file.name, settings.FILE_UPLOAD_PERMISSIONS)
    with open(file.name, "rb") as written:
        digest = sha256()
        while part := written.read(1 << 20):
            digest.update(part)
    os.replace(file.name, path)
    return digest.hexdigest(), path.stat().st_size


def _entry(name):
    entry = ZipInfo(name, NO_TIME)
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    return entry


def forget_old(now):
    """Delete the ZIPs that have lain ready for a week, and what killed workers left half written; how many."""
    forgotten = 0
    for path in folder().glob("*"):
        if path.stat().st_mtime < now.timestamp() - KEPT.total_seconds():
            path.unlink(missing_ok=True)
            forgotten += 1
    return forgotten
