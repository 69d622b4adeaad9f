"""Notes at a question: a remark, a doubt, a piece of advice, each with the places it speaks of as links.

Notes never stop anybody; what is wrong with an answer is in the error summary instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.theme import Tone, sizes
from ui.widgets.boxes import bare_column
from ui.widgets.labels import Label, strong
from ui.widgets.links import LinkButton
from ui.widgets.panels import paint_slip


@dataclass(frozen=True, slots=True)
class QuestionNote:
    """``links`` are keys and words of what can be gone to from here."""

    title: str
    text: str = ""
    tone: Tone = Tone.WARN
    links: tuple[tuple[str, str], ...] = ()


class Notes(QWidget):
    """A few notes one below the other. ``followed`` carries the key of the link chosen."""

    followed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = bare_column(self, sizes(self).xs)
        self._shown: tuple[QuestionNote, ...] = ()
        self._made: list[_Slip] = []
        self.hide()

    @property
    def shown(self) -> tuple[QuestionNote, ...]:
        return self._shown

    @property
    def links(self) -> tuple[LinkButton, ...]:
        """Where Tab stops, in order."""
        return tuple(link for slip in self._made for link in slip.links)

    def set_notes(self, notes: Sequence[QuestionNote]) -> None:
        """Show these. What stays as it was is not touched, so that the keyboard is not taken from it."""
        wanted = tuple(notes)
        if wanted == self._shown:
            return
        kept = {slip.note: slip for slip in self._made}
        for slip in self._made:
            self._box.removeWidget(slip)
            if slip.note not in wanted:
                slip.hide()
                slip.deleteLater()
        self._made = []
        before: QWidget | None = None
        for note in wanted:
            slip = kept.get(note) or self._make(note)
            self._box.addWidget(slip)
            self._made.append(slip)
            for link in slip.links:
                if before is not None:
                    QWidget.setTabOrder(before, link)
                before = link
        self._shown = wanted
        if wanted or not self.isHidden():
            self.setVisible(bool(wanted))

    def _make(self, note: QuestionNote) -> _Slip:
        slip = _Slip(note, self)
        for link in slip.links:
            link.followed.connect(self.followed)
        return slip


class _Slip(QFrame):
    def __init__(self, note: QuestionNote, parent: QWidget) -> None:
        super().__init__(parent)
        self.note = note
        s = sizes(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(s.m + s.xs, s.s, s.m, s.s)
        box.setSpacing(s.xs)
        title = strong(note.title)
        title.set_tone(note.tone)
        box.addWidget(title)
        if note.text:
            box.addWidget(Label(note.text))
        self.links = tuple(LinkButton(key, words) for key, words in note.links)
        for link in self.links:
            box.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_slip(self, self.note.tone, bar=3)
