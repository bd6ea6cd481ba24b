"""I1 to I5: a spreadsheet of counts, from bytes to database, against django-import-export on the same figures."""

import io
import itertools
import statistics
from contextlib import contextmanager
from time import perf_counter

import tablib
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from beneficiaries.models import Count, Submission
from beneficiaries.spreadsheets import loading, reading
from beneficiaries.spreadsheets.accepting import accept
from beneficiaries.spreadsheets.columns import columns_of
from beneficiaries.spreadsheets.understood import Reading, Row
from programmes.quantities import ND, Quantity
from tests.bench import import_memory
from tests.bench.__main__ import Measured
from tests.bench.import_peers import AsItComes, AtItsBest, import_by, preview_by, workbook_for
from tests.bench.invented_counts import FIGURES_AN_AREA, TODAY, figures_of, invent_programme, long_workbook, purpose_of
from tests.beneficiaries.files import ods

ROWS, MANY_ROWS = 10_000, 100_000
#: As it comes, django-import-export takes a minute for all of them: it imports these, and its time is taken tenfold.
FEW_ROWS = ROWS // 10
REVISIONS = itertools.count(1000)


def run():
    programme, officer = invent_programme("MDGF-I1", "XA", ROWS // FIGURES_AN_AREA)
    data, theirs = long_workbook(programme), workbook_for(programme)
    yield from whole_imports(programme, officer, data, theirs)
    yield from previews(programme, officer, data)
    yield from readings(data, theirs)
    large, person = invent_programme("MDGF-I2", "XB", MANY_ROWS // FIGURES_AN_AREA)
    yield from in_memory(large, person)
    if connection.vendor == "postgresql":
        yield import_memory.measured(long_workbook(large), large, person, MANY_ROWS)


# Sides


def receive(programme, officer, data):
    purpose = purpose_of(programme)
    chosen = {name: getattr(purpose, name) for name in ("agency", "period", "basis", "counted_to_on")}
    file = ContentFile(data, name="conteos.xlsx")
    return loading.receive(programme=programme, **chosen, file=file, by=officer, today=TODAY)


def import_ours(programme, officer, data):
    return loading.confirm(receive(programme, officer, data), by=officer, today=TODAY)


def empty_submission(programme):
    purpose = purpose_of(programme)
    return Submission.objects.create(
        programme=programme,
        agency=purpose.agency,
        period=purpose.period,
        basis=purpose.basis,
        counted_to_on=purpose.counted_to_on,
        status=Submission.Status.WITHDRAWN,
        revision=next(REVISIONS),
    )


def forget(submission):
    """Away with it, so that the next round finds the table as this one did."""
    submission.counts.all()._raw_delete("default")
    submission.delete()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE beneficiaries_count")


@contextmanager
def timed(times):
    started = perf_counter()
    yield
    times.append(perf_counter() - started)


def at_least(name, ratio, goal):
    return Measured(name, f"{ratio:.2f}", f"≥ {goal}", ratio >= goal * 0.9)


# I1 and I3


def whole_imports(programme, officer, data, theirs):
    ours, best, again = [], [], []
    for number in range(4):
        with timed(ours):
            loaded = import_ours(programme, officer, data)
        assert loaded.counts.count() == ROWS
        if number == 0:
            written = Count.objects.count(), Submission.objects.count(), Submission.history.count()
        with timed(again):
            assert receive(programme, officer, data).unchanged
        if number == 0:
            after = Count.objects.count(), Submission.objects.count(), Submission.history.count()
        forget(loaded)
        submission = empty_submission(programme)
        with timed(best):
            import_by(AtItsBest(submission), theirs)
        assert submission.counts.count() == ROWS
        forget(submission)
    few = workbook_for(programme, FEW_ROWS)
    submission, as_it_comes = empty_submission(programme), []
    with timed(as_it_comes):
        import_by(AsItComes(submission), few)
    forget(submission)
    own = statistics.median(ours[1:])
    tenfold = as_it_comes[0] * ROWS / FEW_ROWS
    yield at_least(f"I1 {ROWS:,} rows, over its default ({FEW_ROWS:,} rows × 10)", tenfold / own, 80)
    yield at_least(f"I1 {ROWS:,} rows, over its best tuned form", statistics.median(best[1:]) / own, 6)
    yield at_least("I3 the same file again, over the first time", own / statistics.median(again[1:]), 3)
    rows = sum(after) - sum(written)
    yield Measured("I3 rows written by the same file again", str(rows), "0", rows == 0)


# I2


def in_memory(programme, officer):
    purpose, columns = purpose_of(programme), columns_of(programme)
    rows = [
        Row(area, category, reach, ND if value is None else Quantity(value), f"Datos!D{number}")
        for number, (area, category, reach, value) in enumerate(figures_of(programme), start=2)
    ]
    ours, bare = [], []
    for _round in range(4):
        with timed(bare), transaction.atomic():
            submission = empty_submission(programme)
            copy_bare(submission, rows)
        forget(submission)
        submission = Submission.objects.create(**_stated(purpose))
        sent = purpose.sent()
        with CaptureQueriesContext(connection) as queries, timed(ours), transaction.atomic():
            accept(submission, purpose, Reading(rows=rows), columns, sent, by=officer, today=TODAY)
        assert submission.counts.count() == len(rows) == MANY_ROWS
        forget(submission)
    speeds = [plain / own for plain, own in list(zip(bare, ours, strict=True))[1:]]
    yield at_least(f"I2 {MANY_ROWS:,} rows in memory, speed of bare COPY", statistics.median(speeds), 0.7)
    done = [query["sql"] for query in queries if not query["sql"].startswith(("BEGIN", "COMMIT", "SAVE", "RELEASE"))]
    yield Measured("I2 statements, totals included", str(len(done)), "≤ 10", len(done) <= 10)


def _stated(purpose):
    names = ("programme", "agency", "period", "basis", "counted_to_on")
    return {name: getattr(purpose, name) for name in names} | {"content_digest": "invented"}


def copy_bare(submission, rows):
    """One COPY of the lines; the foreign keys are checked when the transaction ends."""
    columns = ("submission_id", "area_id", "category_id", "reach", "value", "state", "cell")
    facts = [
        (submission.pk, row.area.pk, row.category.pk, row.reach, row.quantity.value, row.quantity.state.value, row.cell)
        for row in rows
    ]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            lines = ("\t".join(r"\N" if fact is None else str(fact) for fact in line) + "\n" for line in facts)
            cursor.copy_expert(f"COPY {Count._meta.db_table} ({', '.join(columns)}) FROM STDIN", _file(lines))
        else:
            cursor.executemany(
                f"INSERT INTO {Count._meta.db_table} ({', '.join(columns)}) VALUES (%s, %s, %s, %s, %s, %s, %s)", facts
            )


def _file(lines):
    return io.StringIO("".join(lines))


# I4


def previews(programme, officer, data):
    browser = Client(headers={"accept-language": "es"})
    browser.force_login(officer)
    ours = []
    for _round in range(3):
        with timed(ours):
            submission = receive(programme, officer, data)
            with CaptureQueriesContext(connection) as queries:
                page = browser.get(submission.get_absolute_url())
        assert page.status_code == 200
        submission.delete()
    submission, theirs = empty_submission(programme), []
    few = workbook_for(programme, FEW_ROWS)
    with timed(theirs):
        html = preview_by(AsItComes(submission), few)
    assert html.count("<tr") == FEW_ROWS
    submission.delete()
    yield Measured(f"I4 queries, preview of {ROWS:,} rows", str(len(queries)), "≤ 20", len(queries) <= 20)
    size = len(page.content) / 1024
    yield Measured("I4 its size, KB", f"{size:.0f}", "≤ 200", size <= 200)
    tenfold = theirs[0] * ROWS / FEW_ROWS
    name = f"I4 read and previewed, over its own ({FEW_ROWS:,} rows × 10)"
    yield at_least(name, tenfold / statistics.median(ours[1:]), 10)


# I5


def readings(data, theirs):
    """Bytes to cells. tablib's ods takes long and is read once."""
    own, tablibs = [], []
    for _round in range(3):
        with timed(own):
            reading.read(data, "conteos.xlsx")
        with timed(tablibs):
            tablib.Dataset().load(theirs, "xlsx")
    yield at_least(f"I5 {ROWS:,} rows of xlsx, over tablib", statistics.median(tablibs) / statistics.median(own), 12)
    table = [list(row) for row in reading.read(theirs, "conteos.xlsx").sheets[0].rows]
    as_ods = ods(table)
    own, tablibs = [], []
    for _round in range(3):
        with timed(own):
            reading.read(as_ods, "conteos.ods")
    with timed(tablibs):
        tablib.Dataset().load(as_ods, "ods")
    yield at_least(f"I5 {ROWS:,} rows of ods, over tablib", tablibs[0] / statistics.median(own), 40)
