"""A question to the register of which only the newest answer matters: one is under way, the last of the others waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from ui.context import Context
from ui.jobs import JobLane


class Newest(QObject):
    """``found`` carries what ``function(task, session, *args)`` gave for what was asked last.

    ``quietly`` is for advice: that it cannot be given is no trouble of the person who writes.
    """

    found = Signal(object)
    ended = Signal()
    """Nothing is being looked up any more, whether or not there was an answer."""

    def __init__(
        self, context: Context, function: Callable[..., Any], parent: QObject, *, quietly: bool = False
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._function = function
        self._quietly = quietly
        self._asked: tuple[object, ...] | None = None
        self._next: tuple[object, ...] | None = None

    @property
    def asking(self) -> bool:
        """Whether something is being looked up."""
        return self._asked is not None

    def ask(self, *args: object) -> None:
        """Have this looked up, unless it is what was asked last."""
        if args == self._asked:
            self._next = None
        else:
            self.ask_again(*args)

    def ask_again(self, *args: object) -> None:
        """Have this looked up, also when it was asked last: what it rests on has changed."""
        if self._asked is None:
            self._run(args)
        else:
            self._next = args

    def _run(self, args: tuple[object, ...]) -> None:
        self._asked = args
        handle = self._context.run(JobLane.REGISTER, self._function, *args, owner=self)
        handle.done.connect(self._on_done)
        if self._quietly:
            handle.refused.connect(self._on_refused)
        handle.finished.connect(self._on_finished)

    def _on_done(self, found: object) -> None:
        # An answer to the same question is worth showing until the next one is here.
        if self._next is None or self._next == self._asked:
            self.found.emit(found)

    def _on_refused(self, _: object) -> None:
        """Nothing is said."""

    def _on_finished(self) -> None:
        self._asked = None
        if self._next is not None:
            following, self._next = self._next, None
            self._run(following)
        else:
            self.ended.emit()
