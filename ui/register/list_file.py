"""A list as a file for spreadsheets: asks where, writes it beside the other work, shows how far it is and can be cancelled."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui import files
from ui.context import Context
from ui.jobs import JobLane, JobTask
from ui.widgets.progress_panel import ProgressPanel

Write = Callable[[JobTask, Any, Path], int]
"""``write(task, session, path)`` writes the list to a file; gives how many lines."""


class ListFile(QObject):
    """``refused`` carries the refusal; what was written is said in the status line."""

    refused = Signal(object)

    def __init__(self, context: Context, page: QWidget, progress: ProgressPanel) -> None:
        super().__init__(page)
        self._context, self._page, self._progress = context, page, progress
        self._write: Write | None = None

    def begin(self, write: Write, name: str) -> None:
        """Ask where; ``write`` is what was asked for when it began, whatever the page shows by then."""
        self._write = write
        files.ask_save(
            self._page, self.tr("Save the list"), f"{name}.csv", self.tr("Tables (*.csv)"), self.write_to, suffix="csv"
        )

    def write_to(self, path: str) -> None:
        if self._write is None:
            return
        # Not on the lane of the lists: a long file must not keep anybody from reading on.
        handle = self._context.run(JobLane.PAPER, self._write, Path(path), owner=self)
        handle.done.connect(partial(self._say, Path(path).name))
        handle.refused.connect(self.refused)
        self._progress.follow(handle, self.tr("Writing the list"))

    def _say(self, name: str, count: int) -> None:
        self._context.say(self.tr("%Ln use cases saved as “{name}”", "", count).format(name=name))
