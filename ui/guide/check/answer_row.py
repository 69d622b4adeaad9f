"""One question and its answer on the check page, with what deserves a second look, and the ways to confirm and change it."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from intake.domain.playbook.questions import Question
from ui.guide.answer.answer_notes import NONE, Marks
from ui.theme import Tone, colours, sizes
from ui.widgets.labels import Label, strong
from ui.widgets.notes import Notes
from ui.widgets.panels import Chip
from ui.widgets.tips import plain_tip

W = TypeVar("W", bound=QWidget)


class AnswerRow(QFrame):
    """``change``, ``followed``, ``confirmed``, ``undone`` and ``choosing`` carry a question. A very long answer shows its beginning until
    somebody wants all.
    """

    change = Signal(str)
    followed = Signal(str)
    confirmed = Signal(str)
    undone = Signal(str)
    choosing = Signal(str)

    LONG = 600

    def __init__(self, question: Question, said: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        s = sizes(self)
        self._question = question.id
        self._called = question.label
        self._said = said
        self._sure = False
        self._competes = False
        self.source: Label | None = None
        self.confirm: QPushButton | None = None
        self.more: QPushButton | None = None
        self.trouble: Label | None = None
        self.hint: Label | None = None
        self.open: Chip | None = None
        self.changed: Chip | None = None
        self.notes: Notes | None = None
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, s.s, 0, s.s)
        self._line.setSpacing(s.l)
        # The link has a frame for its focus; this puts all three texts on one line.
        frame = s.xs + 1
        label = strong(question.label)
        label.setToolTip(plain_tip(question.text))
        label.setContentsMargins(0, frame, 0, 0)
        self._line.addWidget(label, 3, Qt.AlignmentFlag.AlignTop)
        words = self._words = QVBoxLayout()
        words.setSpacing(s.xs)
        self.answer = Label(said)
        self.answer.setContentsMargins(0, frame, 0, 0)
        words.addWidget(self.answer)
        words.addStretch(1)
        self._line.addLayout(words, 7)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(s.m)
        self.button = self._link(self.tr("Change"), self.tr("Change: {question}").format(question=question.label))
        self.button.setAccessibleDescription(said[:300])
        self.button.clicked.connect(self._on_change)
        self._line.addLayout(self._actions)
        self._line.setAlignment(self._actions, Qt.AlignmentFlag.AlignTop)
        if not said:
            self.answer.setText(self.tr("Not answered"))
            self.answer.setEnabled(False)
        elif len(said) > self.LONG:
            self.answer.setText(said[: self.LONG].rstrip() + " …")
            self.more = self._add_more(question.label)

    def set_marks(
        self,
        marks: Marks = NONE,
        *,
        trouble: str = "",
        unknown: bool = False,
        changed: bool = False,
        source: str = "",
        sure: bool = False,
        competes: bool = False,
    ) -> None:
        """Say what there is to say about the answer, and no longer what there was.

        ``source`` is where an answer that only has to be confirmed comes from; ``sure`` is one that was confirmed here;
        ``competes`` one that is chosen beside those of other revisions instead.
        """
        self._competes = competes
        self._set_source(source, sure=sure and not source)
        self.trouble = self._label(self.trouble, trouble, Tone.BAD)
        self.open = self._chip(self.open, self.tr("Open point for the reviewers") if unknown else "")
        self.changed = self._chip(self.changed, self.tr("Changed") if changed else "")
        self.hint = self._label(self.hint, "\n".join(note.text for note in marks.thin), Tone.WARN)
        notes = (*marks.remarks, *marks.doubts)
        if notes and self.notes is None:
            self.notes = self._add(Notes())
            self.notes.followed.connect(self.followed)
        if self.notes is not None:
            self.notes.set_notes(notes)

    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab stops, in order."""
        more = (self.more,) if self.more is not None else ()
        links = self.notes.links if self.notes is not None else ()
        confirm = (self.confirm,) if self.confirm is not None else ()
        return (*more, *links, *confirm, self.button)

    def focus_work(self) -> None:
        """The keyboard goes to what is to be done: confirming while that is due, else changing."""
        button = self.confirm if self.confirm is not None and not self.confirm.isHidden() else self.button
        button.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= sizes(self).chars(70)
        self._line.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self._line.setSpacing(sizes(self).l if wide else 0)
        side = Qt.AlignmentFlag.AlignTop if wide else Qt.AlignmentFlag.AlignLeft
        self._line.setAlignment(self._actions, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(colours(self.palette()).hair, 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()

    # Most answers need none of these, and a page of them is built at once: they are made only where needed.

    def _set_source(self, source: str, *, sure: bool) -> None:
        text = self.tr("To check. {source}").format(source=source) if source else self.tr("Confirmed") if sure else ""
        self.source = self._label(self.source, text, Tone.INFO)
        self._sure = sure
        if self.confirm is None:
            if not text:
                return
            self.confirm = self._link("", "")
            # Read before the other, as it is seen and as Tab comes to it.
            self.confirm.stackUnder(self.button)
            self.confirm.clicked.connect(self._on_confirm)
        words = self.tr("Undo") if sure else self.tr("Confirm")
        name = self.tr("Undo confirming: {question}") if sure else self.tr("Confirm: {question}")
        if self._competes:
            words, name = self.tr("Compare and choose"), self.tr("Compare and choose: {question}")
        self.confirm.setText(words)
        self.confirm.setAccessibleName(name.format(question=self._called))
        self.confirm.setAccessibleDescription(" ".join(part for part in (self._said[:300], source) if part))
        self.confirm.setVisible(bool(text))

    def _link(self, text: str, name: str) -> QPushButton:
        """A link at the side of the answer; one made later stands before those that are there."""
        link = QPushButton(text)
        link.setProperty("role", "link")
        link.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        link.setAccessibleName(name)
        self._actions.insertWidget(0, link, 0, Qt.AlignmentFlag.AlignTop)
        return link

    def _label(self, label: Label | None, text: str, tone: Tone) -> Label | None:
        if label is None:
            return self._add(Label(text, tone=tone)) if text else None
        label.setText(text)
        label.setVisible(bool(text))
        return label

    def _chip(self, chip: Chip | None, text: str) -> Chip | None:
        if chip is None:
            return self._add(Chip(text, Tone.INFO)) if text else None
        chip.set(text, Tone.INFO)
        chip.setVisible(bool(text))
        return chip

    def _add_more(self, label: str) -> QPushButton:
        more = QPushButton(self.tr("Show all %Ln characters", "", len(self._said)))
        more.setProperty("role", "link")
        more.setAccessibleName(self.tr("Show the whole answer: {question}").format(question=label))
        more.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        more.clicked.connect(self._show_all)
        return self._add(more)

    def _add(self, widget: W) -> W:
        # A chip has a fixed width, which must not become the width of the column.
        side = Qt.AlignmentFlag.AlignLeft if isinstance(widget, Chip | QPushButton) else Qt.AlignmentFlag(0)
        self._words.insertWidget(self._words.count() - 1, widget, 0, side)
        return widget

    def _on_confirm(self) -> None:
        if self._competes:
            self.choosing.emit(self._question)
        else:
            (self.undone if self._sure else self.confirmed).emit(self._question)

    def _on_change(self) -> None:
        self.change.emit(self._question)

    def _show_all(self) -> None:
        self.answer.setText(self._said)
        if self.more is not None:
            self.more.setVisible(False)
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)
