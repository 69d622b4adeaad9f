"""Why a home cannot be written: one cause for each error of the system, and a register that is read all the same."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path

import pytest

from intake.domain.base.wording import said
from intake.files import Writing, trial
from intake.register import refusals
from intake.register.store.connecting import unwritable
from tests.mounts import fill, small_disk
from tests.register.helpers import open_register

CAUSES = [
    (errno.ENOSPC, refusals.HomeFull, "its disk is full"),
    (errno.EDQUOT, refusals.HomeFull, "you have used up the room you are given on its disk"),
    (errno.EFBIG, refusals.HomeFull, "its disk takes no file of this size"),
    (errno.EROFS, refusals.HomeReadOnly, "its disk can only be read"),
    (errno.EACCES, refusals.HomeReadOnly, "you may not write there"),
    (errno.EPERM, refusals.HomeReadOnly, "you may not write there"),
    (errno.EIO, refusals.HomeFaulty, "its disk or share does not answer"),
    (errno.ESTALE, refusals.HomeFaulty, "its disk or share does not answer"),
]


def breaks(monkeypatch: pytest.MonkeyPatch, step: str, number: int) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Writing, step, fail)


@pytest.mark.parametrize(("number", "kind", "words"), CAUSES, ids=[errno.errorcode[number] for number, *_ in CAUSES])
@pytest.mark.parametrize("step", ["create", "write"])
def test_each_error_has_its_cause_and_the_register_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int, kind: type, words: str
) -> None:
    open_register(tmp_path).close()
    breaks(monkeypatch, step, number)

    register = open_register(tmp_path)

    assert (type(register.closed), said(register.closed.facts["detail"])) == (kind, words)
    assert register.queries.page().rows == ()
    with pytest.raises(kind, match=words):
        register.keep(b"bytes")
    assert list(tmp_path.glob(".*")) == []
    register.close()


@pytest.mark.parametrize(("number", "kind", "words"), CAUSES, ids=[errno.errorcode[number] for number, *_ in CAUSES])
def test_a_counter_file_that_cannot_be_written_is_no_reason_to_show_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, kind: type, words: str
) -> None:
    open_register(tmp_path).close()
    (tmp_path / "register.sqlite.mark").unlink()
    breaks(monkeypatch, "replace", number)

    register = open_register(tmp_path)

    assert (type(register.closed), said(register.closed.facts["detail"])) == (kind, words)
    with pytest.raises(kind):
        register.installation.opening_link()
    register.close()


@pytest.mark.attack("a pipe in place of the counter file", refusal="HomeReadOnly")
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes in folders are a thing of POSIX systems")
def test_a_counter_file_that_is_none(tmp_path: Path) -> None:
    open_register(tmp_path).close()
    (tmp_path / "register.sqlite.mark").unlink()
    os.mkfifo(tmp_path / "register.sqlite.mark")

    register = open_register(tmp_path)

    with pytest.raises(refusals.HomeReadOnly, match="a device or a pipe of this name is there"):
        register.installation.opening_link()
    register.close()


def test_a_step_of_opening_that_finds_no_room_closes_it_to_writing(tmp_path: Path) -> None:
    register = open_register(tmp_path)

    def no_room() -> None:
        raise refusals.DiskFull(path=register.path)

    register.arrange(no_room)
    register.arrange(lambda: pytest.fail("nothing more is tried"))

    with pytest.raises(refusals.HomeFull, match="its disk is full"):
        register.keep(b"bytes")
    register.close()


def test_any_other_refusal_of_a_step_is_not_swallowed(tmp_path: Path) -> None:
    register = open_register(tmp_path)

    def damaged() -> None:
        raise refusals.DamagedRegister(path=register.path)

    with pytest.raises(refusals.DamagedRegister):
        register.arrange(damaged)
    assert not register.read_only
    register.close()


def test_a_home_that_can_be_written_is_left_as_it_was(tmp_path: Path) -> None:
    open_register(tmp_path).close()
    before = sorted(tmp_path.iterdir())

    assert (trial(tmp_path), unwritable(tmp_path / "register.sqlite")) == (None, None)
    assert sorted(tmp_path.iterdir()) == before


def test_what_somebody_else_writes_meanwhile_is_seen(tmp_path: Path) -> None:
    """Without room for a shared index the file is opened as unchanging, and it changes once there is room."""
    with small_disk(tmp_path / "disk", 4) as disk:
        open_register(disk).close()
        plain = sqlite3.connect(disk / "register.sqlite")
        plain.execute("PRAGMA journal_mode = WAL")
        plain.close()
        fill(disk)
        register = open_register(disk)
        register.installation.setting("count")
        (disk / "filler").unlink()

        other = sqlite3.connect(disk / "register.sqlite", isolation_level=None)
        for value in ("other", "another"):
            other.execute("INSERT OR REPLACE INTO installation (name, value) VALUES ('of others', ?)", (value,))
            assert register.installation.setting("of others") == value
        other.close()

        assert register.installation.setting("of others") == "another"
        assert register.read_only
        register.close()
