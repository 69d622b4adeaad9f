"""What a killed program left in a home is removed at a later start, and nothing that somebody writes or made."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from intake.register.store.leftovers import remove_leftovers
from tests.register.helpers import open_register

PART = ".0123456789abcdef.part"
_OPENS = "import sys; from pathlib import Path; from tests.register.helpers import open_register; open_register(Path(sys.argv[1]))"

_COPIES = f"""
import sqlite3, sys, time
from pathlib import Path
home = Path(sys.argv[1])
def step(*_):
    print("begun", flush=True)
    time.sleep(60)
source, target = sqlite3.connect(home / "register.sqlite"), sqlite3.connect(home / "backups" / "{PART}")
target.execute("PRAGMA cache_size = 1")
target.execute("CREATE TABLE old (x)")
target.commit()
source.backup(target, pages=64, progress=step)
"""


def age(*paths: Path, seconds: float = 3600) -> None:
    for path in paths:
        os.utime(path, (time.time() - seconds,) * 2)


@pytest.mark.attack("killed while the register is copied before a migration", refusal="what it left is removed later")
def test_copies_that_were_never_finished_are_removed_at_the_next_start(tmp_path: Path) -> None:
    open_register(tmp_path).close()
    backups = tmp_path / "backups"
    backups.mkdir()
    left = [folder / f"{PART}{end}" for folder in (tmp_path, backups) for end in ("", "-journal")]
    kept = [backups / "register-before-1.6.sqlite", backups / "mine.part", backups / ".0123.part", backups / ".other"]
    for path in (*left, *kept):
        path.write_bytes(b"half a register")
    age(*left, *kept)

    open_register(tmp_path).close()

    assert [path for path in left if path.exists()] == []
    assert all(path.exists() for path in kept)


@pytest.mark.attack("killed while the register is copied before a migration", refusal="what it left is removed later")
def test_a_copy_whose_program_was_killed_is_removed_with_its_journal(tmp_path: Path) -> None:
    open_register(tmp_path).close()
    backups = tmp_path / "backups"
    backups.mkdir()
    child = subprocess.Popen([sys.executable, "-c", _COPIES, str(tmp_path)], stdout=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.readline()
    child.kill()
    child.wait()
    child.stdout.close()
    left = list(backups.iterdir())
    age(*left)

    open_register(tmp_path).close()

    assert {path.name for path in left} == {PART, f"{PART}-journal"}
    assert list(backups.iterdir()) == []


def test_what_was_written_a_moment_ago_is_left_alone(tmp_path: Path) -> None:
    part, journal = tmp_path / PART, tmp_path / f"{PART}-journal"
    part.write_bytes(b"x")
    journal.write_bytes(b"x")
    age(part)

    remove_leftovers(tmp_path)

    assert part.exists()
    assert journal.exists()


@pytest.mark.attack("killed while the register is copied before a migration", refusal="what it left is removed later")
@pytest.mark.exhaustive
def test_a_copy_that_another_program_makes_is_never_removed(tmp_path: Path) -> None:
    open_register(tmp_path).close()
    backups = tmp_path / "backups"
    backups.mkdir()
    part = backups / PART
    part.touch()
    source, target = sqlite3.connect(tmp_path / "register.sqlite"), sqlite3.connect(part, isolation_level=None)
    started: list[int] = []

    def look(*_: int) -> None:
        if not started:
            age(*backups.iterdir())
            done = subprocess.run([sys.executable, "-c", _OPENS, str(tmp_path)], check=True, timeout=60)
            started.append(done.returncode)

    source.backup(target, pages=1, progress=look)
    target.close()
    source.close()

    assert started == [0]
    assert part.exists()


def test_what_cannot_be_removed_keeps_nobody_from_opening_the_register(tmp_path: Path) -> None:
    (tmp_path / PART).mkdir()
    age(tmp_path / PART)

    open_register(tmp_path).close()

    assert (tmp_path / PART).is_dir()
