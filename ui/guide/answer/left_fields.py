"""Which question the keyboard has left, said once nothing is being clicked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget


class LeftFields(QObject):
    """Advice on an answer comes when the keyboard has left it: nobody is told that a sentence begun is short.

    When a click takes the keyboard, ``left`` comes after the click: what is said above would move the very thing that is being
    clicked from under the pointer.
    """

    left = Signal(str)

    def __init__(self, sheet: QWidget, row_of: Callable[[QWidget], str]) -> None:
        super().__init__(sheet)
        self._sheet, self._row_of = sheet, row_of
        self._here = ""
        self._leaving: list[str] = []
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)

    def forget(self) -> None:
        """Other questions are shown: nothing of those before is left."""
        self._here = ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonRelease:
            application = QApplication.instance()
            if application is not None:
                application.removeEventFilter(self)
            # After the click has done what it does.
            QTimer.singleShot(0, self._say)
        return super().eventFilter(watched, event)

    def _on_focus(self, _: QWidget | None, now: QWidget | None) -> None:
        here = self._row_of(now) if now is not None and self._sheet.isVisible() else ""
        if self._here and here != self._here:
            self._leaving.append(self._here)
            application = QApplication.instance()
            if application is not None and QApplication.mouseButtons() != Qt.MouseButton.NoButton:
                application.installEventFilter(self)
            else:
                self._say()
        self._here = here

    def _say(self) -> None:
        names, self._leaving = self._leaving, []
        for name in names:
            self.left.emit(name)
