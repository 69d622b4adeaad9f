"""Going on to another use case that waits for me, from one that is being looked at or was just signed."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ui.context import Context
from ui.inbox.fetching import case_beside, next_case
from ui.jobs import JobLane


class NextCase(QObject):
    """Which one comes next is asked when somebody goes: meanwhile others may have come."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context

    def after(self, case: str) -> None:
        """To the most pressing other one; to the inbox when nothing else waits."""
        handle = self._context.run(JobLane.REGISTER, next_case, case, owner=self)
        handle.done.connect(self._on_next)

    def beside(self, case: str, step: int) -> None:
        """To the one so many places behind this one in the inbox, before it where negative."""
        handle = self._context.run(JobLane.REGISTER, case_beside, case, step, owner=self)
        handle.done.connect(self._on_beside)

    def _on_next(self, case: str) -> None:
        if case:
            self._context.go("case", case)
            return
        self._context.go("inbox")
        self._context.say(self.tr("Nothing else waits for you"))

    def _on_beside(self, case: str) -> None:
        if case:
            self._context.go("case", case)
        else:
            self._context.say(self.tr("No further use case waits for you there"))
