"""All answers of the revision: first what changed since my last look, then the evidence, then section by section.

Attached files come from others: they can be saved, and this program never opens one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from intake.domain.guide.guide import Compared
from intake.domain.playbook.answers import Move
from ui.formatting import size_words
from ui.review.work import EvidenceFile, Looked
from ui.texts import Texts
from ui.theme import Tone, sizes
from ui.turns import Bit
from ui.widgets.blocks import Beside, LongWords, ScrolledSection, WrappingRow
from ui.widgets.boxes import bare_column, bare_row
from ui.widgets.fold import Fold
from ui.widgets.labels import Label, heading, quiet, strong
from ui.widgets.links import LinkButton
from ui.widgets.panels import Card, Chip, own_size_button
from ui.widgets.tips import plain_tip
from ui.words.answers import answer_words, said_words

if TYPE_CHECKING:
    from intake.domain.acts.envelope import Attachment


class AnswersPart(ScrolledSection):
    """``save`` carries the file somebody wants to keep.

    ``commenting`` carries the question whose answer somebody wants to say something about.
    """

    save = Signal(object)
    commenting = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Answers and evidence"))
        self._folds: list[Fold] = []
        self._files: list[_FileLine] = []
        self._doubts: Mapping[Attachment, str] = {}

    def show_case(self, looked: Looked) -> None:
        view = looked.view
        self._files = []
        bits: list[Bit] = [
            partial(self._open_points, looked),
            partial(self._evidence, looked),
            partial(self._sections, looked, {item.id for item in view.changes}),
        ]
        if view.changed_since:
            bits.insert(0, partial(self._changes, view.changes, view.changed_since))
        self.fill(bits)

    def show_doubts(self, doubts: Mapping[Attachment, str]) -> None:
        """What speaks against opening the files, as far as they were looked into by now."""
        self._doubts = doubts
        for line in self._files:
            line.warn(doubts)

    def _evidence(self, looked: Looked) -> None:
        self.box.addWidget(heading(self.tr("Attached files"), 2))
        if looked.evidence:
            card = Card()
            for item in looked.evidence:
                line = _FileLine(item, self)
                line.warn(self._doubts)
                self._files.append(line)
                card.box.addWidget(line)
            self.box.addWidget(card)
        else:
            self.box.addWidget(quiet(self.tr("No file is attached to this revision.")))

    def _sections(self, looked: Looked, changed: set[str]) -> None:
        """Every section in one line; those with something to look at are open."""
        folds = []
        for section in looked.view.playbook.all_sections:
            lines = tuple(
                AnswerLine(
                    item.id,
                    item.label,
                    f"{item.text}\n{item.why}",
                    answer_words(item, looked.answers[item.id]),
                    looked.answers[item.id].unknown,
                    item.id in changed,
                )
                for item in section.questions
                if item.id in looked.answers
            )
            if lines:
                folds.append(self._fold(section.title, lines))
        self.every = own_size_button(self.tr("Open all sections"))
        self.every.clicked.connect(self._open_all)
        self.box.addWidget(WrappingRow(heading(self.tr("All answers"), 2), self.every, grows=True))
        if folds and not any(fold.head.isChecked() for fold in folds):
            folds[0].head.setChecked(True)
        card = Card()
        card.box.setSpacing(0)
        for fold in folds:
            card.box.addWidget(fold)
        self.box.addWidget(card)
        self._folds = folds

    def _fold(self, title: str, lines: tuple[AnswerLine, ...]) -> Fold:
        unknown = sum(line.unknown for line in lines)
        changed = sum(line.changed for line in lines)
        chip = self.tr("%Ln answers", "", len(lines))
        if unknown:
            chip = self.tr("%Ln open points", "", unknown)
        elif changed:
            chip = self.tr("%Ln changed", "", changed)
        tone = Tone.WARN if unknown else Tone.INFO if changed else Tone.NEUTRAL
        fold = Fold(title, chip, tone)
        fold.fill_when_opened(partial(write_answers, lines, self.commenting))
        fold.head.setChecked(bool(unknown or changed))
        return fold

    def _open_points(self, looked: Looked) -> None:
        """What the owner could not answer, with who will know: it is who to ask."""
        points = [
            (question.label, looked.answers[question.id].ask)
            for question in looked.view.playbook.questions
            if question.id in looked.answers and looked.answers[question.id].unknown
        ]
        if not points:
            return
        self.box.addWidget(heading(self.tr("Open points"), 2))
        card = Card()
        for label, name in points:
            words = self.tr("{label}: {name} will know") if name else self.tr("{label}: nobody is named yet")
            card.box.addWidget(Label(words.format(label=label, name=name)))
        self.box.addWidget(card)

    def _open_all(self) -> None:
        for fold in self._folds:
            fold.head.setChecked(True)

    def _changes(self, changes: Sequence[Compared], since: int) -> None:
        title = self.tr("Changed since revision {number}").format(number=since)
        self.box.addWidget(heading(title, 2))
        if not changes:
            self.box.addWidget(quiet(self.tr("No answer changed; the files or the playbook may have.")))
            return
        card = Card()
        for item in changes:
            label = item.question.label if item.question else item.id
            fold = Fold(label, *self._move(item.move), is_open=len(changes) <= 5)
            fold.box.addWidget(
                Beside(
                    (
                        self._version(self.tr("Before"), said_words(item.question, item.before), label),
                        self._version(self.tr("Now"), said_words(item.question, item.after), label),
                    )
                )
            )
            card.box.addWidget(fold)
        self.box.addWidget(card)

    def _move(self, move: Move) -> tuple[str, Tone]:
        words = {
            Move.ADDED: (self.tr("new"), Tone.INFO),
            Move.CHANGED: (self.tr("changed"), Tone.WARN),
            Move.REMOVED: (self.tr("gone"), Tone.WARN),
        }
        return words[move]

    def _version(self, when: str, text: str, label: str) -> QWidget:
        holder = QWidget()
        box = bare_column(holder, sizes(self).xs)
        box.addWidget(quiet(when))
        box.addWidget(LongWords(text or "–", f"{label}, {when}", whole=True))
        box.addStretch(1)
        return holder


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer as it is shown: what was asked is in the tip."""

    question: str
    label: str
    tip: str
    said: str
    unknown: bool
    changed: bool


def write_answers(lines: tuple[AnswerLine, ...], commenting: SignalInstance, fold: Fold) -> None:
    """Fill an opened section; ``commenting`` carries the question somebody wants to say something about."""
    for item in lines:
        row = _Answer(item)
        row.link.followed.connect(commenting)
        fold.box.addWidget(row)


class _Answer(QWidget):
    """What was asked, what was said and a link to speak of it; one below the other when there is too little room."""

    LEAST = 64

    def __init__(self, item: AnswerLine) -> None:
        super().__init__()
        s = sizes(self)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self.link = LinkButton(
            item.question,
            AnswersTexts.tr("Comment"),
            name=AnswersTexts.tr("Comment on: {label}").format(label=item.label),
        )
        # A link has air around its words: without the same above the others they would not be on one line.
        self._air = max(0, (self.link.sizeHint().height() - self.fontMetrics().height()) // 2)
        self._asked = QWidget()
        self._names = QVBoxLayout(self._asked)
        self._names.setSpacing(s.xs)
        label = strong(item.label)
        label.setToolTip(plain_tip(item.tip))
        self._names.addWidget(label)
        if item.unknown:
            self._names.addWidget(Chip(AnswersTexts.tr("Open point"), Tone.WARN))
        if item.changed:
            self._names.addWidget(Chip(AnswersTexts.tr("Changed"), Tone.INFO))
        self._names.addStretch(1)
        self._text = Label(item.said, tone=Tone.WARN) if item.unknown else LongWords(item.said, item.label)
        self._box.addWidget(self._asked)
        self._box.addWidget(self._text, 1, Qt.AlignmentFlag.AlignTop)
        self._box.addWidget(self.link, 0, Qt.AlignmentFlag.AlignTop)
        self._fit(wide=True)

    def minimumSizeHint(self) -> QSize:
        return QSize(sizes(self).chars(20), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(wide=self.width() >= sizes(self).chars(self.LEAST))

    def _fit(self, *, wide: bool) -> None:
        s = sizes(self)
        self._box.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self._box.setSpacing(s.l if wide else 0)
        self._asked.setMinimumWidth(s.chars(30) if wide else 0)
        self._asked.setMaximumWidth(s.chars(30) if wide else _ANY_WIDTH)
        air = self._air if wide else s.xs
        self._names.setContentsMargins(0, air, 0, 0)
        self._text.setContentsMargins(0, air, 0, 0)


_ANY_WIDTH = 16_777_215
"""What Qt takes for no limit."""


class AnswersTexts(Texts):
    pass


class _FileLine(QWidget):
    """A file with its name as plain text, what it answers, its size, and what can be done with it."""

    def __init__(self, item: EvidenceFile, part: AnswersPart) -> None:
        super().__init__()
        self._item, self._part = item, part
        s = sizes(self)
        line = bare_row(self, s.m)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(item.file.name))
        about = [item.question, size_words(item.file.size), item.file.media_type]
        words.addWidget(quiet(" · ".join(part for part in about if part)))
        self.doubt = Label(tone=Tone.BAD)
        self.doubt.hide()
        words.addWidget(self.doubt)
        line.addLayout(words, 1)
        if not item.here:
            line.addWidget(Chip(self.tr("not here yet"), Tone.WARN))
            return
        text = self.tr("Save a copy")
        button = own_size_button(text, name=f"{text}: {item.file.name}")
        button.clicked.connect(self._save)
        line.addWidget(button)

    def warn(self, doubts: Mapping[Attachment, str]) -> None:
        said = doubts.get(self._item.file, "")
        self.doubt.setText(said)
        self.doubt.setVisible(bool(said))

    def _save(self) -> None:
        self._part.save.emit(self._item.file)


def safe_name(name: str) -> str:
    """A foreign file name as one that can be written anywhere: no folders, no control or invisible characters."""
    kept = "".join(char if char.isalnum() or char in " ._-()" else "_" for char in name)
    return kept.strip(" .")[-120:].strip(" .") or "file"
