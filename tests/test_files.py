"""Files appear whole or not at all, with the rights they are meant to have, whatever goes wrong on the way."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.causes import DISK_FULL, FileHeld
from intake.files import (
    WAITS,
    NotWritten,
    Writing,
    arriving,
    make_folder,
    make_private,
    put,
    write_whole,
)

pytestmark = pytest.mark.disk

OLD, NEW = b"what was there before", b"what comes instead"
posix = pytest.mark.skipif(os.name == "nt", reason="on Windows rights come from the folder")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(params=[0, 0o022, 0o077], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


class Failing(Writing):
    """Real files, but one step fails."""

    def __init__(self, step: str, error: OSError, *, times: int = 1_000_000) -> None:
        self._step, self._error, self._left = step, error, times

    def _fail(self, step: str) -> None:
        if step == self._step and self._left:
            self._left -= 1
            raise self._error

    def create(self, part, **rights):
        self._fail("create")
        return super().create(part, **rights)

    def write(self, handle, data):
        self._fail("write")
        super().write(handle, data)

    def sync(self, handle):
        self._fail("sync")
        super().sync(handle)

    def replace(self, part, target):
        self._fail("replace")
        super().replace(part, target)


@posix
def test_rights_are_what_the_file_is_meant_for(tmp_path, umask):
    assert mode(write_whole(tmp_path / "key", NEW, private=True)) == 0o600
    assert mode(write_whole(tmp_path / "record.pdf", NEW)) == 0o666 & ~umask

    make_private(tmp_path / "register")
    make_folder(tmp_path / "a" / "b", private=True)

    assert mode(tmp_path / "register") == 0o600
    assert mode(tmp_path / "a") == mode(tmp_path / "a" / "b") == 0o700


@posix
def test_a_private_file_replaces_an_open_one_and_closes_it(tmp_path):
    target = tmp_path / "settings.json"
    target.write_bytes(OLD)
    target.chmod(0o666)

    write_whole(target, NEW, private=True)

    assert (target.read_bytes(), mode(target)) == (NEW, 0o600)


@posix
def test_a_file_for_others_takes_the_group_of_its_folder(tmp_path):
    shared = tmp_path / "shared"
    shared.mkdir()
    if os.geteuid() == 0:
        os.chown(shared, -1, 4242)
    shared.chmod(0o2775)

    write_whole(shared / "all.countersign", NEW)

    assert (shared / "all.countersign").stat().st_gid == shared.stat().st_gid


@pytest.mark.parametrize("step", ["create", "write", "sync", "replace"])
@pytest.mark.parametrize("private", [True, False])
def test_whatever_fails_leaves_the_old_file_and_no_part(tmp_path, step, private):
    target = tmp_path / "settings.json"
    target.write_bytes(OLD)

    with pytest.raises(NotWritten) as refused:
        write_whole(target, NEW, private=private, writing=Failing(step, OSError(errno.ENOSPC, "No space left")))

    assert refused.value.facts["detail"] == DISK_FULL()
    assert target.read_bytes() == OLD
    assert [path.name for path in tmp_path.iterdir()] == ["settings.json"]


def test_a_source_that_breaks_leaves_the_old_file_too(tmp_path):
    target = tmp_path / "all.countersign"
    target.write_bytes(OLD)

    def pieces():
        yield NEW
        raise RuntimeError("a bug")

    with pytest.raises(RuntimeError):
        write_whole(target, pieces())

    assert target.read_bytes() == OLD
    assert [path.name for path in tmp_path.iterdir()] == ["all.countersign"]


def test_a_file_held_by_another_program_is_tried_again_and_then_refused(tmp_path):
    held = PermissionError(errno.EACCES, "Access is denied")
    held.winerror = 32  # type: ignore[attr-defined]
    waits: list[float] = []

    put(Failing("replace", held, times=2), tmp_path / "a", [NEW], replace=True, sleep=waits.append)
    assert waits == list(WAITS[:2])

    with pytest.raises(FileHeld):
        put(Failing("replace", held), tmp_path / "a", [OLD], replace=True, sleep=waits.append)
    assert (tmp_path / "a").read_bytes() == NEW


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (errno.ENOSPC, "its disk is full"),
        (errno.EDQUOT, "you have used up the room you are given on its disk"),
        (errno.EROFS, "its disk can only be read"),
        (errno.EACCES, "you may not write there"),
        (errno.EIO, "its disk or share does not answer"),
        (errno.EFBIG, "its disk takes no file of this size"),
    ],
)
def test_the_reason_is_plain(tmp_path, error, words):
    with pytest.raises(NotWritten, match=words):
        write_whole(tmp_path / "a", NEW, writing=Failing("write", OSError(error, "as the system calls it")))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: path.mkdir(), "a folder of this name is there"),
        (os.mkfifo, "a device or a pipe of this name is there"),
    ],
)
@posix
def test_only_a_file_is_replaced(tmp_path, make, words):
    make(tmp_path / "target")

    with pytest.raises(NotWritten, match=words):
        write_whole(tmp_path / "target", NEW)
    with pytest.raises(OSError):
        with arriving(tmp_path / "target"):
            pass

    assert [path.name for path in tmp_path.iterdir()] == ["target"]


def test_names_that_cannot_be_are_refused(tmp_path):
    for name in ("nowhere/a", "a\0b", "x" * 300, "file/a"):
        (tmp_path / "file").write_bytes(OLD)
        with pytest.raises(NotWritten) as refused:
            write_whole(tmp_path / name, NEW)
        assert "\0" not in refused.value.sentence


def test_a_file_that_is_there_can_be_left_alone(tmp_path):
    (tmp_path / "a").write_bytes(OLD)

    with pytest.raises(NotWritten, match="something of this name is there already"):
        write_whole(tmp_path / "a", NEW, replace=False)

    assert (tmp_path / "a").read_bytes() == OLD


@posix
def test_a_link_leads_to_the_file_of_others_and_never_to_a_private_one(tmp_path):
    (tmp_path / "elsewhere").write_bytes(OLD)
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")

    write_whole(tmp_path / "link", NEW)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "elsewhere").read_bytes() == NEW

    write_whole(tmp_path / "link", OLD, private=True)
    assert not (tmp_path / "link").is_symlink()
    assert (tmp_path / "elsewhere").read_bytes() == NEW


@posix
def test_a_private_file_is_not_made_where_a_link_leads(tmp_path):
    (tmp_path / "elsewhere").write_bytes(OLD)
    (tmp_path / "register").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(OSError):
        make_private(tmp_path / "register")
