"""A full disk destroys nothing: whatever is written again, the file that was there stays, byte for byte."""

from __future__ import annotations

import resource
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from intake.files import NotWritten
from intake.register.refusals import DiskFull, MarkUnreadable
from intake.register.store import backup
from intake.register.store.marks import Mark, write_mark
from intake.services.installation.workspace import Workspace
from tests.commands.conftest import copied
from tests.commands.house import PASSPHRASE, run
from tests.mounts import fill, small_disk
from ui.records import paper_jobs

OLD = b"the only copy of what was here before"


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Path]:
    """A full disk; everything on it was written before."""
    with small_disk(tmp_path / "disk") as disk:
        yield disk


@pytest.mark.parametrize(
    ("name", "words", "refusal"),
    [
        ("record.pdf", ("record", "{case}", "{target}"), "NotWritten"),
        ("all.countersign", ("export", "{target}", "--replace"), "TargetFull"),
        ("register.sqlite", ("backup", "{target}"), "DiskFull"),
        ("bob.p7m", ("enrol", "--name", "Bob", "--out", "{target}"), "NotWritten"),
    ],
)
def test_a_command_leaves_the_file_it_would_replace(decided, tmp_path, full, name, words, refusal):
    house, case = copied(decided[0], tmp_path / "house"), decided[1]
    target = full / name
    old = b'{"person": "ada"}' if name == "settings.json" else OLD
    target.write_bytes(old)
    fill(full)

    said = house.ask("bob", *(word.format(case=case, target=target) for word in words), expect=2)

    assert said["refusal"]["code"] == refusal
    assert target.read_bytes() == old
    # What a program holds while it writes stays behind empty.
    left = {path.name for path in full.iterdir()} - {"settings.lock"}
    assert left == {name, "filler"}


def test_acts_are_whole_or_not_there(decided, full):
    house, _ = decided
    whole = {path.name: path.read_bytes() for path in (house.root / "acts").iterdir()}
    first = full / "acts" / min(whole)
    first.parent.mkdir()
    first.write_bytes(OLD)
    fill(full)

    assert house.ask("bob", "acts", first.parent, expect=2)["refusal"]["code"] == "NotWritten"

    assert [path.name for path in first.parent.iterdir()] == [first.name]
    assert first.read_bytes() in {OLD, whole[first.name]}


WRITERS: dict[str, Callable[[Path], object]] = {
    "settings.json": lambda target: Workspace(target.parent).change_settings(person="ada" * 2_000),
    "register.sqlite.mark": lambda target: write_mark(target, Mark("a" * 32, 7, "here" * 4_000)),
    "shown.pdf": lambda target: paper_jobs.save(None, paper_jobs.OpenedRecord("a.pdf", b"%PDF" * 4_000), target),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("name", WRITERS)
def test_a_file_of_the_home_or_the_window_stays(full, name):
    target = full / name
    old = b'{"person": "ada"}' if name == "settings.json" else OLD
    target.write_bytes(old)
    fill(full)

    with pytest.raises((NotWritten, MarkUnreadable)):
        WRITERS[name](target)

    assert target.read_bytes() == old
    # What a program holds while it writes stays behind empty.
    left = {path.name for path in full.iterdir()} - {"settings.lock"}
    assert left == {name, "filler"}


def test_a_key_that_cannot_be_saved_is_not_used(house, full):
    home = full / "home"
    shutil.copytree(house.home("ada"), home)
    before = Workspace(home).settings(), Workspace(home).key_files()
    fill(full)

    refused = run("new-key", "Ada", "--person", "ada", "--home", home, "--passphrase-file", house.passphrase, expect=2)

    assert "its disk is full" in refused.stderr
    assert (Workspace(home).settings(), Workspace(home).key_files()) == before
    assert Workspace(home).signer("ada", before[0].key, PASSPHRASE).person == "ada"


@pytest.mark.parametrize("allowed", [0, 1, 4_096, 100_000])
def test_a_file_that_may_not_grow_stops_a_backup_anywhere(house, tmp_path, allowed):
    target = tmp_path / "copy.sqlite"
    target.write_bytes(OLD)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (allowed, before[1]))
    try:
        with pytest.raises((NotWritten, DiskFull)):
            backup.back_up(Workspace(house.home("ada")).register, target)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert target.read_bytes() == OLD
    assert not list(tmp_path.glob(".*"))
