"""From starting the program to a window with its first page, against a bare window of the same toolkit."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.harness import Row
from tests.register.helpers import open_register
from tests.register.test_lists import fill

ROUNDS = 25
CASES = 1_000
TINY = {"ROUNDS": 1, "CASES": 10}

_BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, finish)
def finish():
    import os
    os._exit(0)
app = QApplication([])
window = Window()
window.resize(1280, 800)
window.show()
app.exec()
"""


_OURS = """
import os, sys
from ui.main import load_app
app = load_app()
# What is warmed up after the first paint is no part of the start: it is not waited for, and not begun.
app.Desktop._settle_in = lambda _: os._exit(0)
app.main(["--data-dir", sys.argv[1]])
"""


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        register = open_register(Path(folder))
        fill(register, CASES)
        register.installation.set("org", "a" * 64)  # else the window opens on the first steps
        register.close()
        ours = [sys.executable, "-c", _OURS, folder]
        bare = [sys.executable, "-c", _BARE]
        pairs = [(_seconds(ours), _seconds(bare)) for _ in range(ROUNDS + 1)][1:]
    found = statistics.median(one / other for one, other in pairs)
    taken = statistics.median(one for one, _ in pairs)
    yield Row("start to the window with its first page", "a bare window", found, 1.7, f"{taken * 1e3:.0f} ms")


def _seconds(command: list[str]) -> float:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    # An installed program has its byte code; the first round, which is not counted, writes it here.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return time.perf_counter() - start
