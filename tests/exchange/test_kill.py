"""A sending process is ended with signal 9 at every step; the folder stays right and the next run completes it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from intake.exchange.folder.folder import FolderCarrier
from intake.exchange.package.package import read_package
from tests.exchange import zips
from tests.exchange.helpers import ORG, act, blob, fetched, wrongly_named

pytestmark = pytest.mark.disk

ENTRIES = [blob(1, 300_000), *(act(number) for number in range(20)), blob(2, 300_000)]

# Stops at the given step of the given file, says so, and waits for its end.
_SENDER = """
import sys
from pathlib import Path
from intake.exchange.disk import Disk
from intake.exchange.folder.folder import FolderCarrier
from intake.exchange.package.package import save_package
from tests.exchange import zips
from tests.exchange.helpers import ORG
from tests.exchange.test_kill import ENTRIES
root, where, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])

def wait(step):
    global count
    if step == where:
        count -= 1
        if count == 0:
            print("here", flush=True)
            sys.stdin.read()

class Slow(Disk):
    def create(self, part, **rights):
        handle = super().create(part, **rights)
        wait("created")
        return handle
    def write(self, handle, data):
        half = len(data) // 2
        super().write(handle, data[:half])
        wait("half")
        super().write(handle, data[half:])
        wait("written")
    def sync(self, handle):
        super().sync(handle)
        wait("synced")
    def publish(self, part, target):
        super().publish(part, target)
        wait("published")
    def remove(self, part):
        raise AssertionError("nothing failed")
    replace = publish

if sys.argv[4] == "folder":
    FolderCarrier(root, ORG, disk=Slow()).send(ENTRIES)
else:
    data = {(one.kind, one.id): one.data for one in ENTRIES}
    save_package(root / "p.countersign", data, lambda kind, entry_id: data[kind, entry_id], org=ORG, heads={},
                 made_at=zips.AT, sign=zips.sign, disk=Slow())
print("done", flush=True)
sys.stdin.read()
"""


def killed(root: Path, step: str, count: int, what: str = "folder") -> str:
    """Start a sender, wait until it says where it is, and kill it there."""
    project = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", _SENDER, str(root), step, str(count), what],
        cwd=project,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(project)},
    ) as sender:
        assert sender.stdout is not None
        said = sender.stdout.readline().strip()
        sender.kill()
        assert sender.wait() == -signal.SIGKILL
    return said


@pytest.mark.kill
@pytest.mark.parametrize("count", [1, 9])
@pytest.mark.parametrize("step", ["created", "half", "written", "synced", "published"])
def test_a_killed_sender_leaves_only_right_files_and_the_next_completes(tmp_path, step, count):
    assert killed(tmp_path, step, count) == "here"

    whole = [path for path in (tmp_path / ORG).rglob("*") if path.is_file() and path.suffix != ".part"]
    assert not wrongly_named(tmp_path)
    assert len(whole) == (count if step == "published" else count - 1)
    entries, problems = fetched(FolderCarrier(tmp_path, ORG))
    assert entries <= set(ENTRIES)
    assert not problems

    report = FolderCarrier(tmp_path, ORG).send(ENTRIES)

    assert report.sent + report.already_there == len(ENTRIES)
    assert report.already_there == len(whole)
    assert fetched(FolderCarrier(tmp_path, ORG)) == (set(ENTRIES), [])
    assert not wrongly_named(tmp_path)


@pytest.mark.kill
def test_a_part_left_behind_is_told_and_never_read(tmp_path):
    killed(tmp_path, "written", 1)
    fetch = FolderCarrier(tmp_path, ORG).fetch()

    assert list(fetch) == []
    assert fetch.report.unfinished == 1
    assert FolderCarrier(tmp_path, ORG).send(ENTRIES).sent == len(ENTRIES)
    assert len(list(tmp_path.rglob("*.part"))) == 1


@pytest.mark.kill
@pytest.mark.parametrize("step", ["created", "half", "synced"])
def test_a_killed_export_leaves_no_package(tmp_path, step):
    assert killed(tmp_path, step, 1, "package") == "here"

    assert not (tmp_path / "p.countersign").exists()


@pytest.mark.kill
def test_an_export_killed_after_its_last_step_is_whole(tmp_path):
    assert killed(tmp_path, "published", 1, "package") == "here"

    assert set(read_package(tmp_path / "p.countersign", verify=zips.verify).entries()) == set(ENTRIES)
