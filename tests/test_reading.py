"""One way to read anybody's file: only a file, only so much of it, and never waiting."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from intake import reading
from intake.reading import Changing, NotRegular, TooLong, opened, read_file, read_head
from tests.odd_files import KERNEL_LOG, NO_FILES, POSIX, at_once

pytestmark = POSIX
MAKERS = pytest.mark.parametrize("make", NO_FILES.values(), ids=NO_FILES)


@pytest.mark.attack("a pipe, a device or a socket in place of a file", refusal="NotRegular")
@MAKERS
def test_what_is_no_file_is_not_opened(tmp_path: Path, make, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path / "odd")
    monkeypatch.setattr(os, "open", lambda *_: pytest.fail("it was opened"))

    for read in (
        lambda path: read_file(path, 100),
        lambda path: read_head(path, 8),
        lambda path: opened(path).__enter__(),
    ):
        with at_once(), pytest.raises(NotRegular, match="it is not a file"):
            read(tmp_path / "odd")


@pytest.mark.attack("a file exchanged for a pipe between the look and the opening", refusal="NotRegular")
def test_what_is_exchanged_before_it_is_opened_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"a file")
    really_open = os.open

    def exchanged(place: Path, flags: int) -> int:
        path.unlink()
        os.mkfifo(path)
        return really_open(place, flags)

    monkeypatch.setattr(os, "open", exchanged)

    with at_once(), pytest.raises(NotRegular):
        read_file(path, 100)


@pytest.mark.attack("a link to the kernel’s log", refusal="read as the empty file it says it is")
def test_a_file_the_system_makes_up_holds_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Root may open it, anybody else is refused at once; the second is open to everybody.
    names = [name for name in (KERNEL_LOG, "/proc/self/mounts") if os.access(name, os.R_OK)]
    if not names:
        pytest.skip("this system makes up no files")
    monkeypatch.setattr(os, "read", lambda *_: pytest.fail("it was read"))

    for name in names:
        (tmp_path / "log").unlink(missing_ok=True)
        (tmp_path / "log").symlink_to(name)
        with at_once(), opened(tmp_path / "log") as stream:
            assert read_file(tmp_path / "log", 1 << 20) == b""
            assert read_head(tmp_path / "log", 8) == b""
            assert stream.read() == b""


@pytest.mark.attack("a file of terabytes that takes no room", refusal="TooLong")
def test_a_file_too_long_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "hollow").open("wb") as stream:
        stream.truncate(1 << 40)
    assert read_head(tmp_path / "hollow", 8) == bytes(8)
    monkeypatch.setattr(os, "read", lambda *_: pytest.fail("it was read"))

    with pytest.raises(TooLong) as refused:
        read_file(tmp_path / "hollow", 100)

    assert refused.value.size == 1 << 40


def test_a_file_and_a_link_to_one_are_read_whole(tmp_path: Path) -> None:
    data = bytes(range(256)) * 10_000
    (tmp_path / "file").write_bytes(data)
    (tmp_path / "link").symlink_to(tmp_path / "file")
    (tmp_path / "empty").touch()

    for name in ("file", "link"):
        assert read_file(tmp_path / name, len(data)) == data
        assert read_head(tmp_path / name, 3) == data[:3]
        with opened(tmp_path / name) as stream:
            stream.seek(256)
            assert stream.read(2) == b"\x00\x01"
    assert read_file(tmp_path / "empty", 0) == b""


@pytest.mark.parametrize("length", [1, 9])
def test_a_file_that_changes_its_length_meanwhile_is_not_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, length: int
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"12345")
    really_read = reading.read_opened

    def written(handle: int, state: os.stat_result, count: int) -> bytes:
        path.write_bytes(b"x" * length)
        return really_read(handle, state, count)

    monkeypatch.setattr(reading, "read_opened", written)

    with pytest.raises(Changing, match="another program is still writing it"):
        read_file(path, 100)


def test_nothing_stays_open(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"12345")
    before = len([*Path("/dev/fd").iterdir()])

    for limit in (1, 100):
        with pytest.raises(TooLong) if limit == 1 else opened(tmp_path / "file"):
            read_file(tmp_path / "file", limit)

    assert len([*Path("/dev/fd").iterdir()]) == before
