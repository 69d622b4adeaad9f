"""Beginning a draft and going to it: empty, like an earlier request, or as the next revision of a filed case."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ui.context import Changes, Context
from ui.guide.stops import Stop
from ui.guide.work import begin, begin_like, begin_revision
from ui.jobs import JobHandle, Lane


class Beginning(QObject):
    """Begins drafts and goes to them. ``requests`` has the commands of the window that lead here."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def new(self) -> None:
        """An empty draft."""
        self._follow(self._context.run(Lane.REGISTER, begin, owner=self))

    def like(self, case: str) -> None:
        """A draft for another use case that begins with the answers of this one."""
        self._follow(self._context.run(Lane.REGISTER, begin_like, case, owner=self))

    def revise(self, case: str) -> None:
        """The next revision of a filed case."""
        self._follow(self._context.run(Lane.REGISTER, begin_revision, case, owner=self))

    def _follow(self, handle: JobHandle) -> None:
        handle.done.connect(self._on_begun)

    def _on_begun(self, draft: object) -> None:
        self._context.tell(Changes(drafts=frozenset({str(draft)})))
        self._context.go("guide", Stop(str(draft)))
