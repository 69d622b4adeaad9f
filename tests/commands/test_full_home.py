"""A home on a disk without one byte left is read: what cannot be written when it is opened is skipped, and it is said."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from intake.register.store import backup
from tests.commands.conftest import copied
from tests.commands.house import House
from tests.mounts import fill, small_disk

Change = Callable[[Path], object]


def in_register(*statements: str) -> Change:
    def change(home: Path) -> None:
        with sqlite3.connect(home / "register.sqlite") as plain:
            for statement in statements:
                plain.execute(statement)
        plain.close()

    return change


def lose_the_mark(home: Path) -> None:
    (home / "register.sqlite.mark").unlink()


TO_WRITE: dict[str, Change] = {
    "nothing": lambda _: None,
    "a new installation id, as the mark is lost": lose_the_mark,
    "a write-ahead log": in_register("PRAGMA journal_mode = WAL"),
}


@contextmanager
def without_room(house: House, who: str, change: Change = lambda _: None) -> Iterator[Path]:
    """Somebody's home, changed, on a separate disk that is full to the last byte; nothing of it may change."""
    home, aside = house.home(who), house.root / "aside"
    change(home)
    shutil.move(home, aside)
    with small_disk(home, 12) as disk:
        shutil.copytree(aside, disk, dirs_exist_ok=True)
        disk.chmod(0o700)
        fill(disk)
        before = {path: path.read_bytes() for path in disk.rglob("*") if path.is_file() and path.name != "filler"}
        yield disk
        after = {path: path.read_bytes() for path in disk.rglob("*") if path.is_file() and path.name != "filler"}
        assert after == before


@pytest.mark.attack(
    "a disk that is full when the home is opened", refusal="opened to be read; HomeFull for every writing"
)
@pytest.mark.parametrize("change", TO_WRITE.values(), ids=TO_WRITE)
def test_everything_is_read_and_nothing_is_written(decided, tmp_path: Path, change: Change) -> None:
    house, case = copied(decided[0], tmp_path / "house"), decided[1]
    house.sync("ada")

    with without_room(house, "ada", change):
        listed = house.run("ada", "list")
        assert "can only be read: its disk is full" in listed.stderr
        assert case in {item["case"] for item in house.ask("ada", "list")["cases"]}
        assert house.ask("ada", "show", case)["case"] == case
        assert house.ask("ada", "verify", house.root / "record.pdf")["files"][0]["indication"] == "TOTAL-PASSED"
        house.run("ada", "record", case, house.root / "again.pdf")
        house.run("ada", "acts", house.root / "acts again")
        house.run("ada", "export", house.root / "again.countersign")
        house.run("ada", "backup", house.root / "copy.sqlite")
        found = {item["code"]: item for item in house.ask("ada", "doctor", expect=1)["findings"]}
        for words in (
            ("draft", house.answers()),
            ("withdraw", case, "--reason", "It is over"),
            ("comment", case, "Seen"),
            ("new-key", "Ada", "--person", "ada"),
            ("sync", "--folder", house.shared),
            ("import", house.root / "all.countersign"),
            ("rebuild",),
        ):
            refusal = house.ask("ada", *words, expect=2)["refusal"]
            assert (refusal["code"], "its disk is full" in refusal["what"]) == ("HomeFull", True), words

    assert "its disk is full" in found["home-read-only"]["said"]["text"]
    assert found["home-read-only"]["next"]["text"].startswith("Make room on its disk")
    assert (house.root / "again.pdf").read_bytes() == (house.root / "record.pdf").read_bytes()
    assert backup.check(house.root / "copy.sqlite") == ""


@pytest.mark.parametrize(
    "change",
    [
        in_register("UPDATE installation SET value = '0' WHERE name = 'projections'"),
        in_register("INSERT INTO rejudge (case_pk) SELECT pk FROM use_case"),
    ],
    ids=["lists of another version", "cases to judge again"],
)
def test_what_would_show_something_untrue_is_refused_with_the_true_reason(decided, tmp_path, change: Change) -> None:
    house = copied(decided[0], tmp_path / "house")

    with without_room(house, "ada", change):
        refusal = house.ask("ada", "list", expect=2)["refusal"]

    assert refusal["code"] == "NeedsWriting"
    assert "its disk is full" in refusal["what"]


@pytest.mark.slow("a disk is filled and emptied")
@pytest.mark.exhaustive
def test_it_is_written_again_once_there_is_room(decided, tmp_path: Path) -> None:
    house, case = copied(decided[0], tmp_path / "house"), decided[1]

    with small_disk(tmp_path / "disk", 12) as disk:
        shutil.copytree(house.home("ada"), disk / "home")
        fill(disk)
        own = ("--home", disk / "home", "--passphrase-file", house.passphrase)
        house_run = [sys.executable, "-m", "intake.cli", "comment", case, "Seen", *map(str, own)]
        full = subprocess.run(house_run, capture_output=True, text=True, check=False)
        (disk / "filler").unlink()
        roomy = subprocess.run(house_run, capture_output=True, text=True, check=False)

    assert (full.returncode, roomy.returncode) == (2, 0), full.stderr + roomy.stderr


@pytest.mark.exhaustive
def test_a_home_is_not_made_on_a_full_disk(tmp_path: Path, house: House) -> None:
    with small_disk(tmp_path / "disk", 1) as disk:
        (disk / "home").mkdir()
        fill(disk)
        refused = subprocess.run(
            [sys.executable, "-m", "intake.cli", "list", "--home", str(disk / "home")],
            capture_output=True,
            text=True,
            check=False,
        )

        assert refused.returncode == 2
        assert refused.stderr.startswith("The disk that holds ")
        assert [*(disk / "home").iterdir()] == []


@pytest.mark.parametrize("limit", [0, 5_000])
@pytest.mark.slow("starts a program for each thing that is read")
@pytest.mark.exhaustive
def test_somebody_whose_files_may_not_grow_reads_all_the_same(decided, tmp_path: Path, limit: int) -> None:
    """As a used-up quota: the disk has room, and the system refuses every byte more."""
    house, case = copied(decided[0], tmp_path / "house"), decided[1]
    house.sync("ada")

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    said = {}
    for words in (("list",), ("show", case), ("comment", case, "Seen")):
        own = ("--home", house.home("ada"), "--passphrase-file", house.passphrase)
        said[words[0]] = subprocess.run(
            # Without -B it would compile a module that no test had loaded yet, and keep what of it fits into the limit.
            [sys.executable, "-B", "-m", "intake.cli", *words, *map(str, own)],
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=limited,
            env=os.environ,
        )

    assert [item.returncode for item in said.values()] == [0, 0, 2]
    assert all("its disk takes no file of this size" in item.stderr for item in said.values())
    assert not [*house.home("ada").glob(".*.part")]
