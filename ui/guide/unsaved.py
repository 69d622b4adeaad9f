"""What could not be stored yet, said above every view of a draft until it is stored."""

from __future__ import annotations

from PySide6.QtGui import QAction

from intake.domain.base.refusals import Refusal
from ui.guide.open_draft import OpenDraft
from ui.theme import Tone
from ui.widgets.panels import NoticePanel


class UnsavedNotice(NoticePanel):
    """Comes up when answers of the draft could not be stored, offers to try again, and goes when they are."""

    def __init__(self, draft: OpenDraft) -> None:
        retry = QAction(draft)
        super().__init__("", tone=Tone.BAD, action=retry)
        self.retry = retry
        retry.setText(self.tr("Try again"))
        retry.triggered.connect(draft.saver.flush)
        draft.saver.refused.connect(self.say)
        draft.stored.connect(self.hide)
        self.hide()

    def say(self, refusal: Refusal) -> None:
        """Say what keeps the answers from being stored."""
        self.set_words(
            self.tr("Not saved: {what}").format(what=refusal.what_happened), f"{refusal.reason} {refusal.next_step}"
        )
        self.show()
