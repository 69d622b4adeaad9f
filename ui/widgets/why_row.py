"""One question, always built the same way: label, field, error at the field, and beside it why we ask.

``QuestionForm.add_row`` is the only maker of question rows in the app, so every question has a WHY, a source and a
name for screen readers. Which questions there are, and what makes an answer wrong, is decided in the domain.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QFrame,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from intake.domain.base.canonical import clean
from ui.theme import Tone, colours, sizes
from ui.widgets.fields import AnswerField
from ui.widgets.labels import Label, heading_font, quiet
from ui.widgets.length_note import NO_END
from ui.widgets.notes import Notes, QuestionNote
from ui.widgets.offers import LineOffer, Offering
from ui.widgets.panels import Chip
from ui.widgets.why_panel import WhyPanel

LONGEST_NAME = 120
"""Characters of the name of the person who will know."""


class AskField(QWidget):
    """Who will know: an open point with a name beside it is answered sooner. ``changed`` comes with every key."""

    changed = Signal()

    def __init__(self, question: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        s = sizes(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(s.xl, 0, 0, 0)
        box.setSpacing(s.xs)
        label = QLabel(self.tr("Who can tell? (optional)"))
        box.addWidget(label)
        self.line = QLineEdit()
        self.line.setMaxLength(NO_END)
        self.line.setAccessibleName(self.tr("Who can tell: {question}").format(question=question))
        label.setBuddy(self.line)
        box.addWidget(self.line)
        help = quiet(self.tr("The open point is then theirs, and everybody sees the name."))  # noqa: A001
        self.line.setAccessibleDescription(help.text())
        self.too_long = Label(
            self.tr("Of this name, only the first {limit} characters are kept.").format(limit=LONGEST_NAME),
            tone=Tone.BAD,
        )
        self.too_long.setVisible(False)
        box.addWidget(self.too_long)
        box.addWidget(help)
        self.line.textChanged.connect(self._on_text)
        self.line.textEdited.connect(self._on_edited)
        self.line.textChanged.connect(self._on_edited)

    def name(self) -> str:
        return self._typed()[:LONGEST_NAME].rstrip()

    def _typed(self) -> str:
        return " ".join(clean(self.line.text()).split())

    def _on_text(self, _: str) -> None:
        self.too_long.setVisible(len(self._typed()) > LONGEST_NAME)

    def set_name(self, name: str) -> None:
        """Show who will know, without ``changed``."""
        with QSignalBlocker(self):
            self.line.setText(name)

    def _on_edited(self, _: str) -> None:
        self.changed.emit()


class WhyRow(QFrame):
    """One question row. ``changed`` comes whenever the person changed the answer, "I don't know" or who will know.

    ``followed`` carries the question that a note at this one leads to.
    """

    changed = Signal(str)
    followed = Signal(str)
    explained = Signal(str)

    def __init__(  # noqa: PLR0913 - all that a question may say
        self,
        key: str,
        label: str,
        field: AnswerField,
        *,
        why: str,
        source: str,
        help: str = "",  # noqa: A002 - the word on screen
        may_not_know: bool = True,
        optional: bool = False,
        asks: bool = False,
        people: Sequence[LineOffer] = (),
        parent: QWidget | None = None,
    ) -> None:
        """``asks`` is whether "I don't know" may name who will know, ``people`` are those offered for it."""
        super().__init__(parent)
        self.key = key
        self.field = field
        self.ask: AskField | None = None
        self._asks = asks
        self._setting = False
        self._people = people
        self._flag: Chip | None = None
        self._error: Label | None = None
        self._remarks: Notes | None = None
        self._advice: Notes | None = None
        self._question = label
        s = sizes(self)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(s.l, s.m, 0, s.m)
        self._box.setSpacing(s.xl)
        self._left = QVBoxLayout()
        self._left.setSpacing(s.s)
        self._add_words(self.tr("{question} (optional)").format(question=label) if optional else label, help)
        self._left.addWidget(field)
        self._add_unknown(label, may_not_know=may_not_know)
        self._left.addStretch(1)
        self.panel = WhyPanel(why, source)
        self.panel.name(label)
        self.panel.followed.connect(self._on_explain)
        self._beside = QVBoxLayout()
        self._beside.setSpacing(s.l)
        self._beside.addWidget(self.panel)
        self._beside.addStretch(1)
        self._box.addLayout(self._left, 3)
        self._box.addLayout(self._beside, 2)

        self._description = " ".join(part for part in (help, why) if part)
        field.name(label, self._description)
        field.changed.connect(self._on_changed)

    def _add_words(self, label: str, help: str) -> None:  # noqa: A002
        self.label = QLabel(label)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.label.setFont(heading_font(self.label.font(), 3))
        self.label.setBuddy(self.field.focus_widget())
        self._left.addWidget(self.label)
        if help:
            self._left.addWidget(quiet(help))

    def _add_unknown(self, label: str, *, may_not_know: bool) -> None:
        self.unknown = QCheckBox(self.tr("I don’t know"))
        self.unknown.setToolTip(self.tr("A real answer: it becomes an open point for the reviewers."))
        if not may_not_know:
            self.unknown.hide()
        self.unknown.setAccessibleName(self.tr("I don’t know: {question}").format(question=label))
        self.unknown.setAccessibleDescription(self.unknown.toolTip())
        self.unknown.toggled.connect(self._on_unknown)
        # It is no option like the others.
        self._left.addSpacing(sizes(self).s)
        self._left.addWidget(self.unknown)

    # Most questions need none of the following, and a page of them is built at once: each is made where it is needed.

    @property
    def flag(self) -> Chip:
        """A word beside the question."""
        if self._flag is None:
            self._flag = Chip("", Tone.WARN)
            self._flag.hide()
            self._left.insertWidget(1, self._flag)
        return self._flag

    @property
    def error(self) -> Label:
        """What is wrong, above the field."""
        if self._error is None:
            self._error = Label("", tone=Tone.BAD)
            self._error.hide()
            self._left.insertWidget(self._left.indexOf(self.field), self._error)
        return self._error

    @property
    def remarks(self) -> Notes:
        """What reviewers said: it is read before answering, so it is above."""
        if self._remarks is None:
            self._remarks = self._notes(self._left.indexOf(self._error or self.field))
        return self._remarks

    @property
    def advice(self) -> Notes:
        """It comes after answering and must not push the field away, so it is below."""
        if self._advice is None:
            self._advice = self._notes(self._left.count() - 1)
        return self._advice

    def _notes(self, place: int) -> Notes:
        notes = Notes()
        notes.followed.connect(self.followed)
        self._left.insertWidget(place, notes)
        return notes

    def value(self) -> Any:
        return None if self.is_unknown() else self.field.value()

    def set_value(self, value: Any) -> None:
        self.field.set_value(value)

    def is_unknown(self) -> bool:
        return self.unknown.isChecked()

    def set_unknown(self, unknown: bool, ask: str = "") -> None:
        """``ask`` is the name of the person who will know."""
        self._setting = True
        self.unknown.setChecked(unknown)
        self._setting = False
        if self.ask is not None:
            self.ask.set_name(ask)

    def asked(self) -> str:
        """Who will know; empty unless the answer is "I don't know" and somebody is named."""
        return self.ask.name() if self.ask is not None and self.is_unknown() else ""

    def set_notes(self, remarks: Sequence[QuestionNote] = (), advice: Sequence[QuestionNote] = ()) -> None:
        """``remarks`` go above the field, ``advice`` below it."""
        if remarks or self._remarks is not None:
            self.remarks.set_notes(remarks)
        if advice or self._advice is not None:
            self.advice.set_notes(advice)
            before: QWidget = self.ask.line if self.ask is not None else self.unknown
            for link in self.advice.links:
                # Made long after the fields below; Tab comes to it in its place all the same.
                QWidget.setTabOrder(before, link)
                before = link

    def add_beside(self, widget: QWidget) -> None:
        """Put something quiet below the reason."""
        # Without an alignment a narrow link would hold the words above it to its own width.
        self._beside.insertWidget(self._beside.count() - 1, widget, 0, Qt.AlignmentFlag.AlignLeft)

    def stops(self) -> Sequence[QWidget]:
        """Where Tab stops, in order."""
        remarks = self._remarks.links if self._remarks is not None else ()
        ask = (self.ask.line,) if self.ask is not None else ()
        advice = self._advice.links if self._advice is not None else ()
        return (*remarks, *self.field.parts(), self.unknown, *ask, *advice, self.panel.fold)

    def set_flag(self, text: str) -> None:
        """A word beside the question, such as "check this" on an answer taken from an earlier use case."""
        if text or self._flag is not None:
            self.flag.set(text, Tone.WARN)
            self.flag.setVisible(bool(text))

    def set_error(self, text: str) -> None:
        """The words of what is wrong, at the field; empty when nothing is."""
        if text or self._error is not None:
            self.error.setText(text)
            self.error.setVisible(bool(text))
        self.field.set_wrong(bool(text))
        self.field.name(self._question, " ".join(part for part in (text, self._description) if part))
        self.update()

    def focus_field(self) -> None:
        target: QWidget = self.unknown if self.is_unknown() else self.field.focus_widget()
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # On a narrow page the reason goes below its question instead of beside it.
        wide = self.width() >= sizes(self).chars(84)
        self._box.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._error is None or self._error.isHidden():
            return
        painter = QPainter(self)
        bar = QRectF(self.rect())
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            bar.setLeft(bar.right() - 4)
        bar.setWidth(4)
        painter.fillRect(bar, colours(self.palette()).tone(Tone.BAD).strong)
        painter.end()

    def _on_changed(self) -> None:
        self.changed.emit(self.key)

    def _on_explain(self) -> None:
        self.explained.emit(self.key)

    def _on_unknown(self, _: bool) -> None:
        self._follow_unknown()
        if not self._setting:
            self.changed.emit(self.key)

    def _follow_unknown(self) -> None:
        unknown = self.is_unknown()
        self.field.setEnabled(not unknown)
        if unknown and self._asks and self.ask is None:
            self.ask = AskField(self._question)
            Offering(self.ask.line, self._people)
            self.ask.changed.connect(self._on_changed)
            self._left.insertWidget(self._left.indexOf(self.unknown) + 1, self.ask)
            QWidget.setTabOrder(self.unknown, self.ask.line)
        if self.ask is not None:
            self.ask.setVisible(unknown)


class QuestionForm(QWidget):
    """A page of questions. ``changed`` carries the key of the question whose answer changed, ``followed`` the one to go to."""

    changed = Signal(str)
    followed = Signal(str)
    explained = Signal(str)
    """Somebody wants to know everything about this question; only where ``explains`` says that there is an answer."""

    def __init__(self, parent: QWidget | None = None, *, explains: bool = False) -> None:
        super().__init__(parent)
        self._explains = explains
        self._rows: dict[str, WhyRow] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(sizes(self).l)

    def add_row(  # noqa: PLR0913 - the same
        self,
        key: str,
        label: str,
        field: AnswerField,
        *,
        why: str,
        source: str,
        help: str = "",  # noqa: A002
        may_not_know: bool = True,
        optional: bool = False,
        asks: bool = False,
        people: Sequence[LineOffer] = (),
    ) -> WhyRow:
        """Add one question below the others."""
        row = WhyRow(
            key,
            label,
            field,
            why=why,
            source=source,
            help=help,
            may_not_know=may_not_know,
            optional=optional,
            asks=asks,
            people=people,
        )
        row.changed.connect(self.changed)
        row.followed.connect(self.followed)
        row.explained.connect(self.explained)
        row.panel.leads_on = self._explains
        self._rows[key] = row
        self._box.addWidget(row)
        return row

    def add_below(self, widget: QWidget) -> None:
        """Put something quiet below all questions."""
        self._box.addWidget(widget)

    def row(self, key: str) -> WhyRow:
        return self._rows[key]

    def rows(self) -> Sequence[WhyRow]:
        return tuple(self._rows.values())

    def set_errors(self, errors: Mapping[str, str]) -> None:
        """Show each error at its field and clear the others."""
        for key, row in self._rows.items():
            row.set_error(errors.get(key, ""))
