"""How the programs of this copy are started: from a checkout by the interpreter, frozen by their own files."""

from __future__ import annotations

import sys
from pathlib import Path


def this_program() -> list[str]:
    return [sys.executable] if _frozen() else [sys.executable, "-m", "intake.cli"]


def window_program() -> list[str]:
    """The program with the window; nothing here knows Qt."""
    if _frozen():
        return [str(Path(sys.executable).with_name(f"countersign-desk{Path(sys.executable).suffix}"))]
    return [sys.executable, "-m", "ui.main"]


def pictures_program() -> list[str]:
    """What takes pictures of every screen."""
    return [*window_program(), "--demo-screens"] if _frozen() else [sys.executable, "-m", "ui.pictures.demo"]


def _frozen() -> bool:
    return bool(getattr(sys, "frozen", False))
