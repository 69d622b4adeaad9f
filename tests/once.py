"""What takes long to make is made once for all workers of a test run; each gets a copy to do with as it likes."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder as ``make`` leaves it, which is called by the first worker that asks."""
    base = factory.getbasetemp()
    # The folders of the workers of one run are in one that belongs to the run.
    shared = base.parent if base.name.startswith("popen-") else base
    whole = shared / f"{name}-made-once"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not whole.exists():
            part = shared / f"{name}-part"
            shutil.rmtree(part, ignore_errors=True)
            make(part)
            part.rename(whole)
    copy = factory.mktemp(name) / "copy"
    shutil.copytree(whole, copy)
    return copy
