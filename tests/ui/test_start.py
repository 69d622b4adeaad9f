"""What the start of the app must not reach."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.register.helpers import open_register
from tests.register.test_lists import fill

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("sqlalchemy", "alembic", "reportlab", "pikepdf", "pyhanko", "aiohttp", "cryptography", "pypdfium2", "sqlite3")
LATER = ("intake.domain.acts.kinds", "intake.domain.case.fold", "ui.growing", "ui.home.needs", "ui.widgets.dialogs")
"""What is ours and no part of the first page."""
_UP_TO_THE_FIRST_PAINT = """
import linecache, os, sys
from ui.main import load_app
app = load_app()
def finish(_):
    print([name for name in {later!r} if name in sys.modules])
    ours = [name for name in linecache.cache if name.startswith({root!r}) and "site-packages" not in name]
    print(ours, flush=True)  # what is installed may lie below this folder too, and PySide6 reads itself
    os._exit(0)
app.Desktop._settle_in = finish
app.main(["--data-dir", {home!r}])
"""


def test_importing_the_app_reaches_nothing_heavy() -> None:
    code = f"import sys, ui.app; print([name for name in {HEAVY!r} if name in sys.modules])"

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert said.stdout.strip() == "[]"


def test_the_first_page_is_painted_without_what_it_does_not_show(tmp_path: Path) -> None:
    register = open_register(tmp_path)
    fill(register, 3)
    register.installation.set("org", "a" * 64)  # else the window opens on the first steps
    register.close()
    code = _UP_TO_THE_FIRST_PAINT.format(
        later=tuple({*HEAVY, *LATER} - {"sqlite3"}), root=str(ROOT), home=str(tmp_path)
    )

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    imported, read_as_source = said.stdout.splitlines()
    assert imported == "[]"
    assert read_as_source == "[]"


@pytest.mark.exhaustive
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
