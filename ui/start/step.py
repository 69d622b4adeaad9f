"""One step on a card: its number, what it is for, whether it is done, and its body while it is the one to do."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.theme import Tone, sizes
from ui.widgets.labels import Label, heading, quiet
from ui.widgets.panels import Card, Chip


class StepState(StrEnum):
    LATER = "later"
    NOW = "now"
    DONE = "done"


class SetupStep(Card):
    """Fill ``body``. A step that is done shows only its result; one that comes later shows only its title."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = number
        s = sizes(self)
        line = QHBoxLayout()
        line.setSpacing(s.m)
        self.title = heading("", 2)
        line.addWidget(self.title, 1)
        self.chip = Chip("", Tone.NEUTRAL)
        line.addWidget(self.chip)
        self.box.addLayout(line)
        self.why = Label("")
        self.box.addWidget(self.why)
        self.result = quiet("")
        self.box.addWidget(self.result)
        self._content = QWidget()
        self.body = QVBoxLayout(self._content)
        self.body.setContentsMargins(0, s.s, 0, 0)
        self.body.setSpacing(s.m)
        self.box.addWidget(self._content)
        self.progress = StepState.LATER
        self.set_progress(StepState.LATER)

    def set_words(self, title: str, why: str) -> None:
        self.title.setText(f"{self._number}. {title}")
        self.why.setText(why)

    def set_progress(self, progress: StepState, result: str = "", *, keep_open: bool = False) -> None:
        """``result`` is what came of it; ``keep_open`` shows the body of a done step too."""
        self.progress = progress
        words = {
            StepState.LATER: (self.tr("Later"), Tone.NEUTRAL),
            StepState.NOW: (self.tr("Now"), Tone.INFO),
            StepState.DONE: (self.tr("Done"), Tone.GOOD),
        }
        self.chip.set(*words[progress])
        self._content.setVisible(progress is StepState.NOW or keep_open)
        self.why.setVisible(progress is StepState.NOW)
        self.result.setText(result)
        self.result.setVisible(bool(result))

    def focus_first(self) -> None:
        """Put the keyboard on the first thing of the body that takes it."""
        for widget in self._content.findChildren(QWidget):
            takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            if takes and widget.isVisibleTo(self) and widget.isEnabledTo(self):
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def focus_main(self) -> None:
        """Put the keyboard on its main button, so that Enter goes on from what is done."""
        for button in self._content.findChildren(QPushButton):
            if button.property("role") == "primary" and button.isVisibleTo(self) and button.isEnabledTo(self):
                button.setFocus(Qt.FocusReason.OtherFocusReason)
                return
