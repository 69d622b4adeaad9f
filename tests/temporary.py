"""Where tests keep their files: in memory, for most of their time would go into waiting for a disk.

What happens on a disk when a program is killed, or is told that a file may not grow, is tried on the disk: tests marked
``kill`` or ``disk`` get their ``tmp_path`` there.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 2 << 30
"""Bytes that have to be free in memory; the files of all tests that run at one time need a small part of it."""

_DISK = "COUNTERSIGN_TESTS_DISK"


def prefer_memory() -> None:
    """Let everything temporary be made in memory, here and in processes started from here, if there is room.

    pytest keeps the folders of tests that failed there, until another run begins; all else goes when this process ends.
    """
    # A worker is started with what was decided for all.
    if _DISK in os.environ:
        return
    os.environ[_DISK] = tempfile.gettempdir()
    if "TMPDIR" in os.environ or not roomy(MEMORY):
        return
    folder = Path(tempfile.mkdtemp(prefix="countersign-run-", dir=MEMORY))
    # Some tests are done by another account, which has to get through.
    folder.chmod(0o711)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ |= {"TMPDIR": str(folder), "PYTEST_DEBUG_TEMPROOT": str(MEMORY)}
    tempfile.tempdir = None


def roomy(folder: Path) -> bool:
    try:
        return os.access(folder, os.W_OK | os.X_OK) and shutil.disk_usage(folder).free >= ROOM
    except OSError:
        return False


@contextmanager
def on_disk() -> Iterator[Path]:
    """A folder on the disk, gone afterwards."""
    with tempfile.TemporaryDirectory(
        prefix="countersign-disk-", dir=os.environ[_DISK], ignore_cleanup_errors=True
    ) as made:
        yield Path(made).resolve()
