"""What takes long to make is made once for all workers of a test run; who changes it takes a copy."""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

_FOLDER = "COUNTERSIGN_TESTS_ONCE"


def share_folder() -> None:
    """Make the folder for what is made once, unless the process that started this one has; it goes when that one ends."""
    if _FOLDER not in os.environ:
        os.environ[_FOLDER] = tempfile.mkdtemp(prefix="countersign-once-")
        # Some tests are done by another account, which has to get through.
        Path(os.environ[_FOLDER]).chmod(0o711)
        atexit.register(shutil.rmtree, os.environ[_FOLDER], ignore_errors=True)


def made_once(name: str, make: Callable[[Path], object]) -> Path:
    """A folder as ``make`` leaves it, which is called by the first worker that asks. It is never changed."""
    share_folder()
    folder = Path(os.environ[_FOLDER])
    whole, part = folder / name, folder / f"{name} part"
    with (folder / f"{name} lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not whole.exists():
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir()
            make(part)
            part.rename(whole)
    return whole
