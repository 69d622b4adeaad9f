"""What I changed in the terms and have not signed: every change with what it was, and undone one by one or all at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from intake.domain.base.wording import shown as in_words
from intake.domain.case.writing import Began, Meanwhile
from intake.domain.terms.boundaries import FieldTable, Value
from intake.domain.terms.edits import BEGINS, CONDITIONS, EXPIRES, STAGE, WAIVERS, TermsChange
from intake.domain.terms.in_lines import waiver_line
from intake.domain.terms.terms import Condition, shown
from intake.domain.terms.waivers import Waiver
from ui.formatting import day_words
from ui.texts import Texts
from ui.theme import Tone, sizes
from ui.widgets.blocks import WrappingRow
from ui.widgets.boxes import bare_row, clear
from ui.widgets.comparison import compare_terms
from ui.widgets.fold import Fold
from ui.widgets.labels import Label, heading
from ui.widgets.panels import Card, NoticePanel, own_size_button
from ui.words.cases import stage_words, unsigned_words


def change_label(change: TermsChange, table: FieldTable) -> str:
    """What was changed, in words."""
    if change.path == STAGE:
        return MyChangesTexts.tr("Stage granted")
    if change.path == BEGINS:
        return MyChangesTexts.tr("From")
    if change.path == EXPIRES:
        return MyChangesTexts.tr("Until")
    if change.path == WAIVERS:
        return MyChangesTexts.tr("Waived") if change.after is not None else MyChangesTexts.tr("Waived no more")
    if change.path != CONDITIONS:
        return table.field(change.path).label
    if change.before is None:
        return MyChangesTexts.tr("Condition added")
    return MyChangesTexts.tr("Condition removed") if change.after is None else MyChangesTexts.tr("Condition changed")


def change_words(change: TermsChange, table: FieldTable, names: Mapping[str, str]) -> tuple[str, str]:
    """What it was and what it is, in words; empty for a condition that was not there, or is not any more."""
    before, after = (_said(change.path, value, table, names) for value in (change.before, change.after))
    return before, after


def _said(path: str, value: object, table: FieldTable, names: Mapping[str, str]) -> str:
    if value is None:
        return ""
    if isinstance(value, Condition):
        return MyChangesTexts.tr("{text} ({who}, {day})").format(
            text=value.text, who=names.get(value.owner, value.owner), day=day_words(value.due)
        )
    if isinstance(value, Waiver):
        return in_words(waiver_line(value, names))
    if path == STAGE:
        return stage_words(str(value))
    if path in (BEGINS, EXPIRES):
        return day_words(value)  # type: ignore[arg-type]  # the only value of these paths
    given: Value = value  # type: ignore[assignment]  # every other path is a limit
    return shown(table.field(path), given)


class MyChanges(Card):
    """``undone`` carries the change to take back, ``all_undone`` comes when all are to be."""

    undone = Signal(object)
    all_undone = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[object, ...] = ()
        self.title = heading("", 2)
        self.undo_all = own_size_button(self.tr("Undo all my changes"))
        self.undo_all.clicked.connect(self.all_undone)
        self.box.addWidget(WrappingRow(self.title, self.undo_all, grows=True))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(sizes(self).s)
        self.box.addLayout(self._lines)
        self.buttons: list[QPushButton] = []
        self.hide()

    def set_changes(
        self, changes: Sequence[TermsChange], table: FieldTable, names: Mapping[str, str], began: Mapping[str, Value]
    ) -> None:
        """Show these; ``began`` are the limits that the changes began from, by path."""
        shown_now = (tuple(changes), dict(began))
        if shown_now == self._shown:
            return
        self._shown = shown_now
        focused: QWidget | None = self.window().focusWidget()
        held = next((number for number, button in enumerate(self.buttons) if button is focused), -1)
        clear(self._lines)
        self.buttons = []
        self.title.setText(unsigned_words(len(changes)))
        self.setVisible(bool(changes))
        for change in changes:
            line = self._line(change, table, names, began)
            self._lines.addWidget(line)
            # At once, not in a later turn: what is not shown cannot take the keyboard.
            line.show()
        if held >= 0 and self.buttons:
            # The keyboard stays in the list: the next change is where the one was that went.
            self.buttons[min(held, len(self.buttons) - 1)].setFocus()

    def _line(
        self, change: TermsChange, table: FieldTable, names: Mapping[str, str], began: Mapping[str, Value]
    ) -> QWidget:
        line = QWidget()
        row = bare_row(line, sizes(self).m)
        label, (before, after) = change_label(change, table), change_words(change, table, names)
        words = f"{label}: {before} → {after}" if before and after else f"{label}: {before or after}"
        spoken = self.tr("{field}, from {before} to {after}").format(field=label, before=before, after=after)
        first = began.get(change.path, change.before)
        if first not in (change.before, change.after):
            was = _said(change.path, first, table, names)
            words += " " + self.tr("(it was {value} when you changed it)").format(value=was)
        text = Label(words)
        text.setAccessibleName(spoken if before and after else words)
        row.addWidget(text, 1)
        undo = own_size_button(self.tr("Undo"), name=self.tr("Undo: {change}").format(change=words))
        undo.clicked.connect(partial(self.undone.emit, change))
        self.buttons.append(undo)
        row.addWidget(undo)
        return line


class TakenBack(NoticePanel):
    """Says that changes were taken back, until something else is edited; ``back`` brings them back."""

    def __init__(self, back: QAction) -> None:
        super().__init__("", action=back)
        self.hide()

    def say(self, count: int) -> None:
        if count:
            self.set_words(self.tr("%Ln changes of yours were taken back.", "", count))
        self.setVisible(bool(count))


class MeanwhileNotice(NoticePanel):
    """Says that something else is in question than what my changes began from, and what that was."""

    def __init__(self, seen: QAction) -> None:
        super().__init__("", tone=Tone.WARN, action=seen)
        self.based = Fold(self.tr("What your changes were based on"))
        self.lines = QVBoxLayout()
        self.based.box.addLayout(self.lines)
        self.words.addWidget(self.based)
        self.hide()

    def say(self, found: Meanwhile | None, now: Began, names: Mapping[str, str]) -> None:
        """``now`` is what is in question, ``names`` are people by id."""
        self.setVisible(found is not None)
        if found is None:
            return
        whose = now.office.label if now.office else ""
        if found.revised:
            title = self.tr("Revision {new} has come; you wrote your changes on revision {old}").format(
                new=now.number, old=found.began.number
            )
        elif whose:
            title = self.tr("The {office} has signed terms since you began").format(office=whose)
        else:
            title = self.tr("What you began from is no longer in question")
        those = (
            self.tr("the {office}’s terms").format(office=whose) if whose else self.tr("what the playbook proposes now")
        )
        self.set_words(
            title,
            self.tr("Your changes are kept. Everything you did not touch is now as in {terms}.").format(terms=those),
        )
        clear(self.lines)
        paths = {item.path for item in found.differences}
        for row in compare_terms(found.began.terms, now.terms, names):
            if row.differs and row.path in paths:
                words = self.tr("{field}: it was {before}, it is {after}")
                said = words.format(field=row.label, before=row.left or "–", after=row.right or "–")
                self.lines.addWidget(Label(said))
        self.based.setVisible(bool(found.differences))


class MyChangesTexts(Texts):
    pass
