"""Something done by another account of this computer: ``python -m tests.account UID FUNCTION WARM REAL ARGUMENT…``.

``as_account`` starts it from root. The interpreter and the checkout may be where other accounts cannot read, so our own
code is copied to where they can, and everything is imported by doing it once, as root, with the folder WARM.
"""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.lending import end_spare, lending

CODE = Path(__file__).resolve().parent.parent


@contextmanager
def open_place() -> Iterator[Path]:
    """A folder every account may enter, with a copy of our code in ``code``; pytest's own are closed."""
    place = Path(tempfile.mkdtemp(prefix="countersign-accounts-"))
    try:
        place.chmod(0o755)
        # What another worker compiles meanwhile is for a moment under a name that is gone before it is copied.
        left_out = shutil.ignore_patterns("data", "*.pyc.*")
        for name in ("intake", "resources", "tests", "ui"):
            shutil.copytree(CODE / name, place / "code" / name, ignore=left_out)
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def as_account(place: Path, uid: int, function: Callable[..., str], real: Path, *words: str) -> str:
    """What ``function(real, *words)`` says when ``uid`` runs it with umask 022."""
    warm = place / f"warm-{function.__name__}"
    if not warm.exists():
        shutil.copytree(real, warm, symlinks=True)
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.account",
            str(uid),
            f"{function.__module__}:{function.__name__}",
            warm,
            real,
            *words,
        ],
        cwd=place / "code",
        env=os.environ | {"PYTHONPATH": str(place / "code")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip().splitlines()[-1]


def main(uid: int, function: str, warm: Path, real: Path, *words: str) -> None:
    module, _, name = function.partition(":")
    act = getattr(importlib.import_module(module), name)
    with lending():
        act(warm, *words)
    # What this account may start itself is part of the test.
    end_spare()
    os.umask(0o022)
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    os.environ["HOME"] = "/nowhere"
    print(act(real, *words))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]), *sys.argv[5:])
