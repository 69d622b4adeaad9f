from __future__ import annotations

from tests.ui.visiting import offices, visit

__all__ = ["offices", "visit"]
