"""What has come to the use case since the draft was begun, and that its owner says to have seen before anything is filed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from intake.domain.base.refusals import Refusal
from ui.guide.shown import ShownDraft
from ui.guide.work import OpenedDraft, confirm_seen
from ui.jobs import JobLane
from ui.theme import Tone
from ui.widgets.dialogs import show_refusal
from ui.widgets.links import LinkButton
from ui.widgets.panels import NoticePanel, action_button

if TYPE_CHECKING:
    from intake.services.filing.news import CaseNews
    from ui.context import Context


class NewsPanel(NoticePanel):
    """Hidden while there is nothing new. ``confirmed`` carries the draft after its owner has said to have seen it all."""

    confirmed = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("", tone=Tone.WARN, parent=parent)
        self._context = context
        self._draft = ""
        self.news: CaseNews | None = None
        self.look = LinkButton(
            "", self.tr("Look at the use case"), name=self.tr("Look at the use case and what has come to it")
        )
        self.look.followed.connect(self._on_look)
        self.words.addWidget(self.look, 0, Qt.AlignmentFlag.AlignLeft)
        self._seen = QAction(self.tr("I have seen it"), self)
        why = self.tr(
            "The revision will say that you knew what is listed here, and nothing that comes later. "
            "What you have written stays as it is."
        )
        self._seen.setToolTip(why)
        self._seen.setStatusTip(why)
        self._seen.triggered.connect(self._on_seen)
        self.seen_button = action_button(self._seen)
        self.words.addWidget(self.seen_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def follow(self, shown: ShownDraft) -> None:
        self._draft, self.news = shown.draft, shown.opened.news
        if self.news is None:
            self.hide()
            return
        self.look.key = self.news.case
        self.tell(self.news.refusal)

    def _on_look(self, case: str) -> None:
        self._context.go("case", case)

    def _on_seen(self) -> None:
        if self.news is None:
            return
        # What stands here is confirmed; what has come since the panel was filled is not.
        handle = self._context.run(
            JobLane.REGISTER, confirm_seen, self._draft, self.news.seen, owner=self, certain=True
        )
        handle.done.connect(self._on_confirmed)
        handle.refused.connect(self._on_refused)

    def _on_confirmed(self, opened: object) -> None:
        if isinstance(opened, OpenedDraft):
            self.confirmed.emit(opened)

    def _on_refused(self, refusal: Refusal) -> None:
        show_refusal(refusal, self)
