from __future__ import annotations

from tests.ui.guide.conftest import ada, drive, house

__all__ = ["ada", "drive", "house"]
