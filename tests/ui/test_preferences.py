"""Preferences of the window that cannot be read: the window is not opened, says which file it is, and writes nothing over it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile

from tests.odd_files import POSIX, at_once
from ui.context import PreferencesUnreadable, WindowSettings
from ui.home_lock import take_home


def _huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(3 << 30)


def _junk(path: Path) -> None:
    path.write_bytes(b"no preferences\n" * 3)


@pytest.mark.attack("preferences of the window that are a pipe, of gigabytes, or junk", refusal="PreferencesUnreadable")
@pytest.mark.parametrize(
    "make",
    [Path.mkdir, _huge, _junk, pytest.param(getattr(os, "mkfifo", None), marks=POSIX)],
    ids=["folder", "gigabytes", "junk", "pipe"],
)
def test_preferences_that_cannot_be_read_are_refused_by_name(
    qapp, tmp_path: Path, make: Callable[[Path], None]
) -> None:
    path = tmp_path / "settings.ini"
    make(path)
    before = path.lstat()

    with at_once(30):
        refused = take_home(tmp_path)

    assert isinstance(refused, PreferencesUnreadable)
    assert str(path) in refused.what_happened
    assert refused.exit_code == 3
    assert (path.lstat().st_ino, path.lstat().st_size) == (before.st_ino, before.st_size)


def test_what_the_window_wrote_itself_is_read(qapp, tmp_path: Path) -> None:
    kept = WindowSettings(tmp_path)
    kept.set_text("start/name", 'Ada = "Ünal"; [x]')
    kept.set_blob("window/geometry", b"\x00\x01[=;")
    kept.sync()

    lock = take_home(tmp_path)

    assert isinstance(lock, QLockFile)
    lock.unlock()
