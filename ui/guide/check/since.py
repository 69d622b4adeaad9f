"""After a change of one answer: what does not fit together since then, said where the person comes back to."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from ui.guide.answer.answer_notes import doubt_notes
from ui.guide.shown import ShownDraft
from ui.theme import Tone
from ui.widgets.links import LinkButton
from ui.widgets.panels import NoticePanel


class SinceChange(NoticePanel):
    """Hidden while there is nothing new. ``followed`` comes when the person wants to see it."""

    followed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", tone=Tone.WARN, parent=parent)
        self.see = LinkButton("", self.tr("Show it"), name=self.tr("Show what does not fit together"))
        self.see.clicked.connect(self.followed)
        self.words.addWidget(self.see, 0, Qt.AlignmentFlag.AlignLeft)
        self._draft = ""
        self._known: frozenset[str] = frozenset()
        self._new: tuple[str, ...] = ()
        self.hide()

    def look(self, shown: ShownDraft) -> None:
        """Compare with what was there when this was last called for the draft; a draft just opened has nothing new."""
        said = tuple(note.text for note in doubt_notes(shown))
        opened = self._draft != shown.view.row.id
        self._new = () if opened else tuple(text for text in said if text not in self._known)
        self._draft, self._known = shown.view.row.id, frozenset(said)

    def say(self) -> None:
        """Come up with what is new, for eyes and for a screen reader."""
        self.setVisible(bool(self._new))
        if not self._new:
            return
        self.set_words(self.tr("Since your change %Ln things do not fit together", "", len(self._new)), self._new[0])
        words = f"{self.title.text()}. {self.text.text()}"
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
