"""What the start of the app must not reach."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("sqlalchemy", "alembic", "reportlab", "pikepdf", "pyhanko", "aiohttp", "cryptography", "pypdfium2", "sqlite3")


def test_importing_the_app_reaches_nothing_heavy() -> None:
    code = f"import sys, ui.app; print([name for name in {HEAVY!r} if name in sys.modules])"

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert said.stdout.strip() == "[]"


def test_the_window_tests_itself_and_ends(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ui.main", "--selftest", "--data-dir", str(tmp_path)], capture_output=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.exhaustive
def test_a_window_that_cannot_open_its_register_says_so(tmp_path: Path) -> None:
    (tmp_path / "register.sqlite").write_bytes(b"this is no database" * 1000)

    done = subprocess.run(
        [sys.executable, "-m", "ui.main", "--selftest", "--data-dir", str(tmp_path)], capture_output=True, check=False
    )

    assert done.returncode != 0
    assert b"Traceback" not in done.stderr
