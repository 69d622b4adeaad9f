"""Another data folder in place of the one that is open, in the same program: how desks are changed in the sample."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QLockFile, QObject

from intake.domain.base.refusals import Refusal
from ui.context import Context, WindowSettings
from ui.shell.window import Window
from ui.theme import Scheme

Take = Callable[[Path], QLockFile | Refusal | None]
"""Gives the lock of a data folder, a refusal, or None where none is needed."""


@dataclass(frozen=True, slots=True)
class Following:
    """The data folder to be opened next, with its lock; the place of the window before, and its colours."""

    home: Path
    lock: QLockFile | None
    geometry: QByteArray
    scheme: Scheme

    def prepare(self) -> None:
        """Let the next window come up in the same colours, in the same place."""
        settings = WindowSettings(self.home)
        settings.scheme = self.scheme
        settings.set_blob("window/geometry", self.geometry)
        settings.sync()


class HomeChanger(QObject):
    """Answers ``ask("change-home", path)``: closes the window, and ``following`` says what is to be opened in its place.

    The lock of the other folder is taken first, so that nobody is left without a window.
    """

    def __init__(self, context: Context, window: Window, take: Take) -> None:
        super().__init__(window)
        self.following: Following | None = None
        self._context = context
        self._window = window
        self._take = take
        context.asked.connect(self._on_asked)
        context.went.connect(self._stay)
        window.stayed.connect(self._stay)

    def _on_asked(self, command: str, argument: object) -> None:
        if command != "change-home" or not isinstance(argument, Path):
            return
        self._stay()
        lock = self._take(argument)
        if isinstance(lock, Refusal):
            self._window.show_refusal(lock)
            return
        self.following = Following(argument, lock, self._window.saveGeometry(), self._context.theme.scheme)
        # Where somebody is asked something before it closes, it may stay open: who goes on in it has not left.
        self._window.close()

    def _stay(self, *_: object) -> None:
        following, self.following = self.following, None
        if following is not None and following.lock is not None:
            following.lock.unlock()
