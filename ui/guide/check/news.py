"""What has come to the use case since the draft was begun, and that its owner says to have seen before anything is filed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from ui.guide.shown import ShownDraft
from ui.theme import Tone
from ui.widgets.links import LinkButton
from ui.widgets.panels import NoticePanel, action_button
from ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from intake.services.filing.news import CaseNews


class NewsPanel(NoticePanel):
    """Hidden while there is nothing new. ``looking`` carries the use case, ``seen`` the draft and the acts confirmed."""

    looking = Signal(str)
    seen = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", tone=Tone.WARN, parent=parent)
        self._draft = ""
        self.news: CaseNews | None = None
        self.look = LinkButton(
            "", self.tr("Look at the use case"), name=self.tr("Look at the use case and what has come to it")
        )
        self.look.followed.connect(self.looking)
        self.words.addWidget(self.look, 0, Qt.AlignmentFlag.AlignLeft)
        seen = QAction(self.tr("I have seen it"), self)
        why = self.tr(
            "The revision will say that you knew what is listed here, and nothing that comes later. "
            "What you have written stays as it is."
        )
        seen.setToolTip(plain_tip(why))
        seen.setStatusTip(why)
        seen.triggered.connect(self._on_seen)
        self.seen_button = action_button(seen)
        self.words.addWidget(self.seen_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def follow(self, shown: ShownDraft) -> None:
        self._draft, self.news = shown.draft, shown.opened.news
        if self.news is None:
            self.hide()
            return
        self.look.key = self.news.case
        self.tell(self.news.refusal)

    def _on_seen(self) -> None:
        if self.news is not None:
            # What is listed here is confirmed; what has come since the panel was filled is not.
            self.seen.emit(self._draft, self.news.seen)
