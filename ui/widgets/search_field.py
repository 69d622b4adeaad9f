"""A search field that waits for a pause in typing, so that SQL is not asked at every key."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.icons import icon
from ui.widgets.length_note import NO_END


class SearchField(QLineEdit):
    """``searched`` carries the text after a pause, at once on Enter, and when it is cleared."""

    searched = Signal(str)
    entered = Signal()
    """Enter was pressed: on to what is found."""

    PAUSE_MS = 200

    def __init__(self, name: str, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setClearButtonEnabled(True)
        self.setMaxLength(NO_END)
        glass = QAction(icon("search"), name, self)
        glass.triggered.connect(self.setFocus)
        self.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(self.PAUSE_MS)
        self._pause.timeout.connect(self._emit)
        self._last = ""
        self.textChanged.connect(self._on_text)
        self.returnPressed.connect(self._on_enter)

    def show_text(self, text: str) -> None:
        """Show what is searched already: nobody typed it, so nothing is asked for."""
        with QSignalBlocker(self):
            self.setText(text)
        self._pause.stop()
        self._last = text.strip()

    def sizeHint(self) -> QSize:
        """Wide enough for what it says while it is empty."""
        words = self.fontMetrics().horizontalAdvance(self.placeholderText())
        return super().sizeHint().expandedTo(QSize(words + 3 * self.fontMetrics().height(), 0))

    def _on_text(self, _: str) -> None:
        self._pause.start()

    def _on_enter(self) -> None:
        self._emit()
        self.entered.emit()

    def _emit(self) -> None:
        self._pause.stop()
        text = self.text().strip()
        if text != self._last:
            self._last = text
            self.searched.emit(text)
