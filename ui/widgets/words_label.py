"""The ten words of a key or an organisation, to be compared by voice."""

from __future__ import annotations

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from ui.widgets.labels import Label


class WordsLabel(Label):
    """Ten words to compare by voice: large, in two lines of five."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 1.25)
        font.setWeight(QFont.Weight.DemiBold)
        self.setFont(font)

    def set_words(self, words: str) -> None:
        parts = words.split()
        half = (len(parts) + 1) // 2
        self.setText("\n".join(" ".join(part) for part in (parts[:half], parts[half:]) if part))
