"""A link in running text: a button that looks like words and says where it leads."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget


class LinkButton(QPushButton):
    """``followed`` carries the key."""

    followed = Signal(str)

    def __init__(self, key: str, words: str, parent: QWidget | None = None, *, name: str = "") -> None:
        """``name`` is what a screen reader says when the words alone do not tell where it leads."""
        # An ampersand in somebody's words is no shortcut.
        super().__init__(words.replace("&", "&&"), parent)
        self.key = key
        self.setProperty("role", "link")
        self.setAccessibleName(name or words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.followed.emit(self.key)
