"""The conditions of the terms being edited: something to do, by whom, until when. Removing can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from intake.domain.base.visible import plain
from intake.domain.terms.terms import MAX_CONDITION_TEXT, MAX_CONDITIONS, Condition
from ui.formatting import exact_day
from ui.theme import Tone, sizes
from ui.widgets.boxes import bare_row, clear
from ui.widgets.date_field import DateField
from ui.widgets.dialogs import PlainDialog
from ui.widgets.fields import AnswerField, Choice, LongTextField, PickField
from ui.widgets.labels import Label, heading, quiet
from ui.widgets.panels import Card, own_size_button


class ConditionsEditor(Card):
    """``changed`` comes with every edit. Owners are people of the roster."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._conditions: list[Condition] = []
        self._before: list[list[Condition]] = []
        self._names: Mapping[str, str] = {}
        self._today = date.min
        self._dialog: ConditionDialog | None = None
        self._editing: Condition | None = None
        self.box.addWidget(heading(self.tr("Conditions"), 2))
        self.box.addWidget(quiet(self.tr("A condition says what has to be done, by whom and until when.")))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(sizes(self).m)
        self.box.addLayout(self._lines)
        buttons = QHBoxLayout()
        self.add = own_size_button(self.tr("Add a condition"))
        self.add.clicked.connect(self._on_add)
        self.undo = own_size_button(self.tr("Undo"))
        self.undo.setAccessibleName(self.tr("Undo the last change of the conditions"))
        self.undo.clicked.connect(self._on_undo)
        self.undo.setVisible(False)
        buttons.addWidget(self.add)
        buttons.addWidget(self.undo)
        buttons.addStretch(1)
        self.box.addLayout(buttons)
        self._show()

    def set_people(self, names: Mapping[str, str], today: date) -> None:
        """Who can be asked to meet a condition, by person id, and the first day on which somebody still can."""
        self._names, self._today = names, today

    def set_conditions(self, conditions: tuple[Condition, ...]) -> None:
        self._conditions = list(conditions)
        self._before = []
        self._show()

    def conditions(self) -> tuple[Condition, ...]:
        return tuple(sorted(self._conditions))

    def edit(self, condition: Condition) -> None:
        """Open the dialog on one of the conditions."""
        self._editing = condition
        self._open(condition)

    def remove(self, condition: Condition) -> None:
        self._set([item for item in self._conditions if item != condition])

    def _set(self, conditions: list[Condition]) -> None:
        self._before.append(self._conditions)
        self._conditions = conditions
        self._show()
        self.changed.emit()

    def _on_add(self) -> None:
        self._editing = None
        self._open(None)

    def _on_undo(self) -> None:
        if self._before:
            self._conditions = self._before.pop()
            self._show()
            self.changed.emit()
            self.add.setFocus()

    def _open(self, condition: Condition | None) -> None:
        self._dialog = ConditionDialog(self._names, condition, self._today, self.window())
        self._dialog.given.connect(self._on_given)
        self._dialog.open()

    def _on_given(self, condition: Condition) -> None:
        rest = [item for item in self._conditions if item != self._editing]
        self._set([*rest, condition] if condition not in rest else rest)

    def _show(self) -> None:
        clear(self._lines)
        for condition in sorted(self._conditions):
            self._lines.addWidget(_ConditionLine(condition, self._names.get(condition.owner, condition.owner), self))
        if not self._conditions:
            self._lines.addWidget(quiet(self.tr("No conditions.")))
        self.undo.setVisible(bool(self._before))
        self.add.setEnabled(len(self._conditions) < MAX_CONDITIONS)


class _ConditionLine(QWidget):
    def __init__(self, condition: Condition, owner: str, editor: ConditionsEditor) -> None:
        super().__init__()
        self._condition, self._editor = condition, editor
        s = sizes(self)
        line = bare_row(self, s.m)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(condition.text))
        words.addWidget(quiet(self.tr("{who}, until {day}").format(who=owner, day=exact_day(condition.due))))
        line.addLayout(words, 1)
        for text, slot in ((self.tr("Change"), self._change), (self.tr("Remove"), self._remove)):
            button = own_size_button(text, name=f"{text}: {condition.text}")
            button.clicked.connect(slot)
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def _change(self) -> None:
        self._editor.edit(self._condition)

    def _remove(self) -> None:
        self._editor.remove(self._condition)


class ConditionDialog(PlainDialog):
    """Asks for one condition; ``given`` carries it."""

    given = Signal(object)

    def __init__(
        self, names: Mapping[str, str], condition: Condition | None, today: date, parent: QWidget | None = None
    ) -> None:
        super().__init__("", parent)
        self._today = today
        title = self.tr("Change the condition") if condition else self.tr("Add a condition")
        self.setWindowTitle(title)
        self.title.setText(title)
        people = dict(names)
        if condition is not None:
            people.setdefault(condition.owner, condition.owner)
        self.text = LongTextField(lines=3, longest=MAX_CONDITION_TEXT)
        self.owner = PickField([Choice(key, name) for key, name in sorted(people.items(), key=lambda item: item[1])])
        self.due = DateField()
        self._row(self.tr("&What has to be done"), self.text)
        self._row(self.tr("By w&hom"), self.owner)
        self._row(self.tr("&Until when"), self.due)
        self.problem = Label("", tone=Tone.BAD)
        self.problem.setVisible(False)
        self.body.addWidget(self.problem)
        if condition is not None:
            self.text.set_value(condition.text)
            self.owner.set_value(condition.owner)
            self.due.set_value(condition.due)
        self.add_button(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.keep = self.add_button(self.tr("Keep"), QDialogButtonBox.ButtonRole.AcceptRole, look="primary")
        self.keep.setDefault(True)

    def _row(self, text: str, field: AnswerField) -> None:
        label = QLabel(text)
        label.setBuddy(field.focus_widget())
        field.name(text.replace("&", ""), "")
        self.body.addWidget(label)
        self.body.addWidget(field)

    def accept(self) -> None:
        self.text.flush()
        text, owner, due = plain(self.text.value() or ""), self.owner.value(), self.due.value()
        over = due is not None and due < self._today
        for wrong, words, field in (
            (not text, self.tr("Write what has to be done."), self.text),
            (self.text.too_long, self.text.too_long, self.text),
            (not owner, self.tr("Choose who has to do it."), self.owner),
            (due is None, self.tr("Choose a day."), self.due),
            (over, self.tr("Choose a day that is not over yet: nobody can meet a condition in the past."), self.due),
        ):
            if wrong:
                self.problem.setText(words)
                self.problem.setVisible(True)
                field.focus_widget().setFocus(Qt.FocusReason.OtherFocusReason)
                return
        if isinstance(owner, str) and isinstance(due, date):
            self.given.emit(Condition(due, owner, text))
        super().accept()
