"""Work on a screen bit by bit, one bit in each turn of the event loop, so that the window never freezes for it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer, Signal

Bit = Callable[[], None]
"""A small piece of work, well under the 50 ms that a person notices."""


class Turns(QObject):
    """The bits waiting for their turn. ``ended`` comes after the last one; what is painted between two is complete."""

    ended = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: deque[Bit] = deque()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self.step)

    @property
    def over(self) -> bool:
        """Whether nothing waits any more."""
        return not self._waiting

    def begin(self, bits: Iterable[Bit]) -> None:
        """Do the first bit now and leave the others to the next turns; what still waited is dropped."""
        self._waiting = deque(bits)
        self._go()

    def first(self, bits: Iterable[Bit]) -> None:
        """The same, before whatever still waits."""
        self._waiting.extendleft(reversed(tuple(bits)))
        self._go()

    def finish(self) -> None:
        """Do all that waits now, because somebody needs it."""
        while self._waiting:
            self.step()

    def step(self) -> None:
        """One bit."""
        if not self._waiting:
            return
        self._waiting.popleft()()
        if not self._waiting:
            self._timer.stop()
            self.ended.emit()

    def _go(self) -> None:
        self._timer.start()
        self.step()
        if not self._waiting:
            self._timer.stop()
