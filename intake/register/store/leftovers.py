"""What a program that was killed left in a home: files that never got their name, copies of a whole register among them.

Only files that are called as ours are before they get their name, and never one that somebody is writing: SQLite has a
database locked while it is copied into, and what was written a short while ago is left for the next start. If this were
wrong about a file, its writer would say that it could not be written; nothing that was there before would be touched.
"""

from __future__ import annotations

import contextlib
import re
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from intake.files import PART
from intake.register.store.pragmas import header

_OURS = re.compile(rf"(\.[0-9a-f]{{16}}{re.escape(PART)})(-journal|-wal|-shm)?")
_AT_REST = 600
"""Seconds for which nothing was written into what is removed; a copy that is being made is written all the time."""


def remove_leftovers(folder: Path, *, now: Callable[[], float] = time.time) -> None:
    """Remove what was left in ``folder``. What cannot be listed or removed stays."""
    with contextlib.suppress(OSError):
        found: dict[str, list[Path]] = {}
        for path in folder.iterdir():
            if named := _OURS.fullmatch(path.name):
                found.setdefault(named[1], []).append(path)
        for name, paths in found.items():
            if all(_at_rest(path, now()) for path in paths) and not _in_use(folder / name):
                for path in paths:
                    path.unlink(missing_ok=True)


def _at_rest(path: Path, now: float) -> bool:
    state = path.lstat()
    return now - state.st_mtime > _AT_REST


def _in_use(part: Path) -> bool:
    """Whether a program has locked it as a database."""
    if not part.is_file() or part.is_symlink():
        return False
    # Read only, so that an unfinished journal is not applied to it; a lock of another is met all the same.
    try:
        opened = sqlite3.connect(f"{part.absolute().as_uri()}?mode=ro", uri=True, timeout=0)
        try:
            header(opened)
        finally:
            opened.close()
    except sqlite3.Error as error:
        return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    return False
