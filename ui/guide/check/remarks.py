"""What the offices said about the filed revision, on top of the task list: one look, and a link to each question."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.guide.answer.answer_notes import remark_note
from ui.guide.shown import ShownDraft
from ui.theme import Tone, sizes
from ui.widgets.boxes import bare_column
from ui.widgets.labels import heading, quiet
from ui.widgets.notes import Notes, QuestionNote


class RemarksCard(QWidget):
    """Hidden unless the draft is to become a next revision. ``followed`` carries the question of a remark."""

    followed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = bare_column(self, sizes(self).s)
        self.title = heading("", 2)
        box.addWidget(self.title)
        self.about = quiet(
            self.tr("Only what you change is asked again. Parts marked “Unchanged” can stay as they are.")
        )
        box.addWidget(self.about)
        self.notes = Notes()
        self.notes.followed.connect(self.followed)
        box.addWidget(self.notes)
        self.hide()

    def follow(self, shown: ShownDraft) -> None:
        revising = shown.revising
        if revising is None:
            self.hide()
            return
        self.title.setText(self.tr("What the reviewers said about revision {number}").format(number=revising.number))
        notes = [
            self._placed(shown, remark_note(remark, revising.number), remark.question) for remark in revising.remarks
        ]
        # A request for changes comes first; the comments that explain it follow.
        asking = [note for note, remark in zip(notes, revising.remarks, strict=True) if remark.asks]
        rest = [note for note, remark in zip(notes, revising.remarks, strict=True) if not remark.asks]
        none = QuestionNote(self.tr("Nobody has asked for anything, and no remark is open."), "", Tone.NEUTRAL)
        self.notes.set_notes(tuple(dict.fromkeys((*asking, *rest))) or (none,))
        self.show()

    def _placed(self, shown: ShownDraft, note: QuestionNote, question: str) -> QuestionNote:
        if question not in {item.id for item in shown.guide.known.shown}:
            return note
        words = self.tr("Go to: {question}").format(question=shown.labels[question])
        return QuestionNote(note.title, note.text, note.tone, ((question, words),))
