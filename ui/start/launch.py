"""Opening another window of Countersign on another data folder: a separate program with its own register and lock."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QProcess


def command(data_dir: Path) -> tuple[str, list[str]]:
    """Program and arguments that open the sample in ``data_dir``; in a frozen build the program is the app itself."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "ui.main"]
    return program[0], [*program[1:], "--sample", "--data-dir", str(data_dir)]


def launch(data_dir: Path) -> bool:
    """Open the sample in ``data_dir`` in a separate window; says whether the program started."""
    program, arguments = command(data_dir)
    started, _ = QProcess.startDetached(program, arguments)
    return started
