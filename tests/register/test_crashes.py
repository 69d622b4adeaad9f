"""What a kill, a full disk and a second process do to the register: nothing that was acknowledged is ever lost."""

from __future__ import annotations

import random
import resource
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from intake.register import refusals
from intake.register.store.backup import check
from tests.domain.world import Site, organisation
from tests.register.helpers import open_register, pack, take

pytestmark = pytest.mark.disk

_PREPARED = """
import sys
from pathlib import Path
from tests.domain.world import organisation
from tests.register.helpers import open_register, pack
site = organisation()
register = open_register(Path(sys.argv[1]))
register.join(site.org)
register.append([pack(act) for act in site.acts.values()], site.blobs)
"""

_APPENDS_FOREVER = (
    _PREPARED
    + """
print("ready", flush=True)
number = int(sys.argv[2])
while True:
    number += 1
    case = site.revision(title=f"Case {number}")
    acts = [case, site.ciso(case.id), site.comment("cleo", case.id)]
    register.append([pack(act) for act in acts], site.blobs)
    site.blobs.clear()
    print(case.id, flush=True)
"""
)

_SIGNS_FOREVER = (
    _PREPARED
    + """
from intake.domain.acts.envelope import Act
case = site.revision(title="The case")
register.append([pack(case)])
print("ready", flush=True)
while True:
    stream, seq, prev = register.installation.next_link(case.signer, case.id)
    act = site.act("ada", "comment", {"text": "Hello", "about": ""}, case=case.id, stream=stream, seq=seq, prev=prev)
    print(stream, seq, prev or "-", act.id, flush=True)
    register.append([pack(act)])
    print("stored", act.id, flush=True)
"""
)


@pytest.mark.kill
@pytest.mark.exhaustive
def test_killed_while_appending_nothing_acknowledged_is_lost_and_nothing_is_half_there(tmp_path: Path) -> None:
    chance = random.Random(7)
    acknowledged: set[str] = set()

    for number in range(4):
        acknowledged |= set(_run_and_kill(_APPENDS_FOREVER, tmp_path, number * 1000, after=chance.randint(1, 12)))

    register = open_register(tmp_path)
    with register._database.read() as connection:
        counts = dict(
            connection.exec_driver_sql("SELECT case_id, count(*) FROM act WHERE case_id <> '' GROUP BY 1").fetchall()
        )
    assert acknowledged
    assert acknowledged <= counts.keys()
    assert set(counts.values()) == {3}
    assert register.receipts.wanted() == ()
    assert register.rebuild(check=True).identical
    assert register.queries.counts().total == len(counts)
    register.close()
    assert check(tmp_path / "register.sqlite") == ""


@pytest.mark.attack("killed between signing and storing", refusal="no number twice, no fork")
@pytest.mark.kill
def test_killed_while_signing_no_number_is_signed_twice_and_no_stream_forks(tmp_path: Path) -> None:
    chance = random.Random(11)
    signed: list[tuple[str, ...]] = []
    stored: set[str] = set()

    for _ in range(4):
        for line in _run_and_kill(_SIGNS_FOREVER, tmp_path, 0, after=chance.randint(1, 15)):
            words = tuple(line.split())
            if words[0] == "stored":
                stored.add(words[1])
            else:
                signed.append(words)

    numbers = [(stream, seq) for stream, seq, _, _ in signed]
    register = open_register(tmp_path)
    assert len(numbers) == len(set(numbers))
    assert len({stream for stream, _ in numbers}) == 1
    assert stored
    assert all(register.queries.has_act(name) for name in stored)
    assert register.queries.page().rows[0].alarms == 0
    register.close()


@pytest.mark.attack("a full disk while storing", refusal="DiskFull")
def test_a_full_disk_takes_the_whole_call_back(tmp_path: Path, site: Site) -> None:
    register = open_register(tmp_path)
    take(register, site)
    with register._database.writer.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
    cases = [site.revision(title=f"Case {number} " + "x" * 180) for number in range(30)]

    with pytest.raises(refusals.DiskFull):
        register.append([pack(case) for case in cases])

    assert register.queries.counts().total == 0
    with register._database.writer.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    register.append([pack(case) for case in cases])
    assert register.queries.counts().total == 30
    assert register.rebuild(check=True).identical
    register.close()


@pytest.mark.exhaustive
def test_a_file_that_may_not_grow_loses_nothing(tmp_path: Path) -> None:
    open_register(tmp_path).close()
    limit = (tmp_path / "register.sqlite").stat().st_size + 200_000

    done = subprocess.run(
        [sys.executable, "-B", "-c", _FILLS, str(tmp_path), "0"],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )

    *acknowledged, last = done.stdout.split()
    assert last == "DiskFull", done.stderr
    register = open_register(tmp_path)
    assert all(register.queries.has_act(name) for name in acknowledged)
    assert register.queries.counts().total == len(acknowledged)
    assert register.rebuild(check=True).identical
    register.close()
    assert check(tmp_path / "register.sqlite") == ""


@pytest.mark.exhaustive
def test_two_processes_append_at_once(tmp_path: Path) -> None:
    open_register(tmp_path).close()
    children = [
        subprocess.Popen(
            [sys.executable, "-c", _APPENDS_SOME, str(tmp_path), str(number)], stdout=subprocess.PIPE, text=True
        )
        for number in (100, 200)
    ]

    written = [child.communicate(timeout=120)[0].split() for child in children]

    register = open_register(tmp_path)
    numbers = [line for lines in written for line in lines if line.startswith("link:")]
    cases = [line for lines in written for line in lines if not line.startswith("link:")]
    assert [child.returncode for child in children] == [0, 0]
    assert len(cases) == 30
    assert len(set(numbers)) == len(numbers) == 30
    assert register.queries.counts().total == 30
    assert register.rebuild(check=True).identical
    register.close()


def test_reading_goes_on_while_another_thread_writes(tmp_path: Path) -> None:
    site = organisation()
    register = open_register(tmp_path)
    take(register, site)
    stop, seen, failed = threading.Event(), [], []

    def read() -> None:
        while not stop.is_set():
            try:
                page = register.queries.page()
                counted = register.queries.counts().total
                seen.append((len(page.rows), counted))
            except refusals.RegisterRefusal as refusal:
                failed.append(refusal)

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(15):
        register.append([pack(site.revision(title=f"Case {number}"))])
    stop.set()
    reader.join()

    assert failed == []
    assert seen
    assert all(before <= after for before, after in seen)
    register.close()


_FILLS = (
    _PREPARED
    + """
from intake.register.refusals import DiskFull
for number in range(2000):
    case = site.revision(title=f"Case {number}", answers={"purpose": "word " * 300 + str(number)})
    try:
        register.append([pack(case)])
    except DiskFull as refusal:
        print(refusal.code, flush=True)
        sys.exit()
    print(case.id, flush=True)
"""
)

_APPENDS_SOME = (
    _PREPARED
    + """
for number in range(15):
    case = site.revision(title=f"Case {sys.argv[2]} {number}")
    link = register.installation.next_link("a" * 64, "c" * 64)
    print("link:", link.stream, link.seq, sep="", flush=True)
    register.append([pack(case)])
    print(case.id, flush=True)
"""
)


def _run_and_kill(program: str, folder: Path, number: int, *, after: int) -> list[str]:
    """The lines a process printed before it was killed, some time after its ``after``-th."""
    child = subprocess.Popen(
        [sys.executable, "-c", program, str(folder), str(number)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    lines = []
    for line in child.stdout:
        lines.append(line.strip())
        if len(lines) == after + 1:
            child.send_signal(signal.SIGKILL)
            break
    rest, errors = child.communicate(timeout=60)
    lines += rest.splitlines()
    assert child.returncode == -signal.SIGKILL, errors
    assert lines[0] == "ready", errors
    return lines[1:]
