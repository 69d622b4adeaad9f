"""A question to a worker that only the newest answer matters of: while one is under way, the next waits, others are dropped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from ui.context import Context
from ui.jobs import Lane


class Newest(QObject):
    """``found`` carries what the function gave for what was asked last."""

    found = Signal(object)

    def __init__(self, context: Context, function: Callable[..., Any], parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._function = function
        self._asked: tuple[object, ...] | None = None
        self._next: tuple[object, ...] | None = None

    def ask(self, *args: object) -> None:
        """Have this looked up, unless it is what was asked last."""
        if self._asked is None:
            self._run(args)
        elif args != self._asked:
            self._next = args
        else:
            self._next = None

    def _run(self, args: tuple[object, ...]) -> None:
        self._asked = args
        handle = self._context.run(Lane.REGISTER, self._function, *args, owner=self)
        handle.done.connect(self._on_done)
        # Advice that cannot be given is no trouble of the person who writes.
        handle.refused.connect(self._on_refused)
        handle.finished.connect(self._on_finished)

    def _on_done(self, found: object) -> None:
        if self._next is None:
            self.found.emit(found)

    def _on_refused(self, _: object) -> None:
        """Nothing is said."""

    def _on_finished(self) -> None:
        self._asked = None
        if self._next is not None:
            following, self._next = self._next, None
            self._run(following)
