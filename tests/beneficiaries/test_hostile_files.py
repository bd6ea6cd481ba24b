"""Hostile and damaged files: each ends in figures or a clear refusal, soon, in little memory, with a living portal."""

import json
import resource
import signal
import subprocess
import sys
import time

import pytest
from django.urls import reverse

from beneficiaries.spreadsheets import child, reading
from beneficiaries.spreadsheets.messages import UNREADABLE, Refused
from beneficiaries.spreadsheets.reading import Sheet, Workbook
from beneficiaries.spreadsheets.rows import read_rows
from tests.beneficiaries.hostile import FILES, damaged
from tests.beneficiaries.test_rows import COLUMNS
from tests.beneficiaries.test_upload_page import sent

SECONDS = 2
MEMORY_BYTES = 200 * 2**20
IN_THE_SUITE, IN_ALL = 100, 2_000


def outcome(data, name):
    """What a person is told of a file: the code of a refusal, or what was understood."""
    try:
        found = read_rows(reading.read(data, name), COLUMNS)
    except reading.Unreadable as refused:
        return refused.code if str(UNREADABLE[refused.code]) % {"found": refused.found} else ""
    except Refused as refused:
        return refused.problems[0].code
    assert all(said.message for said in (*found.problems, *found.questions, *found.notes))
    return found


def spent_by_the_child(data, name):
    """Seconds of processor time and bytes of memory of the process that reads."""
    program = (
        "import resource, subprocess, sys\n"
        f"subprocess.run([sys.executable, '-S', '-c', 'from {child.__name__} import main; main()', sys.argv[1]],"
        " stdin=sys.stdin, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)\n"
    )
    told = subprocess.run(
        [sys.executable, "-S", "-c", program, name], input=data, capture_output=True, env=reading.CHILD_ENVIRONMENT
    )
    seconds, memory = told.stdout.split()
    return float(seconds), int(memory)


@pytest.mark.parametrize("case", FILES)
def test_a_hostile_file_is_refused_soon_and_in_little_memory(case):
    name, make = FILES[case]
    data = make()
    before = time.process_time()
    found = outcome(data, name)
    own = time.process_time() - before
    assert isinstance(found, str) or not found.rows
    seconds, memory = spent_by_the_child(data, name)
    assert own + seconds < SECONDS
    assert memory < MEMORY_BYTES


def test_a_hundred_thousand_rows_are_not_hostile():
    rows = ["Área;Categoría;Alcance;Cantidad;Estado"]
    rows += [f"Lugar {n};Mujeres;directo;{n % 5000};reported" for n in range(100_000)]
    [sheet] = reading.read("\n".join(rows).encode(), "f.csv").sheets
    assert len(sheet.rows) == 100_001


#: One process for many files, as bounded as that for one: what it says of each is a line.
READ_MANY = """
import json, resource, sys
from beneficiaries.spreadsheets import child, guard
resource.setrlimit(resource.RLIMIT_AS, (child.MEMORY_BYTES, child.MEMORY_BYTES))
while size := int(sys.stdin.buffer.readline() or 0):
    name, data = sys.stdin.buffer.readline().decode().strip(), sys.stdin.buffer.read(size)
    try:
        told = child.read(data, name)
    except guard.Refused as refused:
        told = {"refused": refused.code, "found": refused.found}
    except (MemoryError, RecursionError):
        told = {"refused": "expands_too_far", "found": ""}
    print(json.dumps(told), flush=True)
"""


def read_many(files):
    """What is told of each; a file that ends its process is told as the portal tells it, and the next ones are read."""
    told = []
    while len(told) < len(files):
        rest = files[len(told) :]
        sent = b"".join(b"%d\n%s\n%s" % (len(data), name.encode(), data) for name, data in rest if data)
        ended = subprocess.run(
            [sys.executable, "-S", "-c", READ_MANY], input=sent, capture_output=True, env=reading.CHILD_ENVIRONMENT
        )
        told += [json.loads(line) for line in ended.stdout.splitlines()]
        if ended.returncode:
            assert ended.returncode == -signal.SIGABRT, ended.stderr.decode()[-500:]
            told.append({"refused": "reader_stopped", "found": ""})
    return told


def test_damaged_files_are_read_or_refused():
    files = [(name, data or b"x") for name, data in map(damaged, range(IN_THE_SUITE))]
    for told in read_many(files):
        if "refused" in told:
            assert told["refused"] in UNREADABLE
            continue
        sheets = [Sheet(sheet["name"], sheet["rows"], sheet["hidden"]) for sheet in told["sheets"]]
        try:
            found = read_rows(Workbook(told["format"], tuple(sheets)), COLUMNS)
        except Refused:
            continue
        assert all(said.message for said in (*found.problems, *found.questions, *found.notes))


@pytest.mark.soak
@pytest.mark.parametrize("first", range(0, IN_ALL, 100))
def test_two_thousand_damaged_files_are_read_or_refused_soon(first):
    for seed in range(first, first + 100):
        name, data = damaged(seed)
        started = time.perf_counter()
        outcome(data, name)
        assert time.perf_counter() - started < SECONDS, seed
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 < MEMORY_BYTES


@pytest.mark.django_db
@pytest.mark.parametrize(
    "case",
    [
        "one long text in many cells",
        "a cell at the end of the world",
        "quotes that never close",
        "laughs behind a comment",
    ],
)
def test_the_page_survives_a_hostile_file(case, client_of, panama, focal_point_fao):
    name, make = FILES[case]
    address = reverse("beneficiaries:submission_new", args=[panama.code])
    response = sent(client_of(focal_point_fao), address, make(), name)
    assert response.status_code in (200, 303)
    assert client_of(focal_point_fao).get(address).status_code == 200
