"""What the start of the app must not reach."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("sqlalchemy", "alembic", "reportlab", "pikepdf", "pyhanko", "aiohttp", "cryptography", "pypdfium2", "sqlite3")


def test_importing_the_app_reaches_nothing_heavy() -> None:
    code = f"import sys, ui.app; print([name for name in {HEAVY!r} if name in sys.modules])"

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert said.stdout.strip() == "[]"
