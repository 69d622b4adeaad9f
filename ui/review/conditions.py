"""The conditions of the terms being edited: something to do, by whom, until when. Removing can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from intake.domain.terms.terms import MAX_CONDITIONS, Condition
from ui.formatting import day_words
from ui.review.condition_dialog import BegunCondition, ConditionDialog
from ui.review.work import Looked
from ui.texts import Texts
from ui.theme import sizes
from ui.widgets.boxes import bare_column, bare_row, clear
from ui.widgets.fields import Choice
from ui.widgets.labels import Label, heading, quiet
from ui.widgets.panels import Card, own_size_button
from ui.words.cases import role_words


class ConditionsEditor(Card):
    """``changed`` comes with every edit, ``begun`` carries what is being written in the dialog. Owners are people of the roster."""

    changed = Signal()
    begun = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._conditions: list[Condition] = []
        self._before: list[list[Condition]] = []
        self._names: Mapping[str, str] = {}
        self._people: Sequence[Choice] = ()
        self._today = date.min
        self._asking: Mapping[str, str] = {}
        self._begun = BegunCondition()
        self._dialog: ConditionDialog | None = None
        self._editing: Condition | None = None
        self.box.addWidget(heading(self.tr("Conditions"), 2))
        self.box.addWidget(quiet(self.tr("A condition says what has to be done, by whom and until when.")))
        # In a widget, so that a screen reader comes to those that are added before it comes to the buttons.
        lines = QWidget()
        self._lines = bare_column(lines, sizes(self).m)
        self.box.addWidget(lines)
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

    def set_people(
        self, people: Sequence[Choice], names: Mapping[str, str], today: date, asking: Mapping[str, str]
    ) -> None:
        """Who can be chosen, in this order, what everybody is called, by id, and the first day somebody still can meet.

        ``asking`` is the office that asks for new conditions, by the person who holds it here.
        """
        self._people, self._names, self._today, self._asking = people, names, today, asking

    def set_conditions(self, conditions: Iterable[Condition]) -> None:
        """Show these; when they are shown already, what can be undone here stays."""
        listed = list(conditions)
        if sorted(listed) == sorted(self._conditions):
            return
        self._conditions = listed
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
        self._dialog = ConditionDialog(self._people, condition, self.window(), begun=self._begun, today=self._today)
        self._dialog.given.connect(self._on_given)
        if condition is None:
            self._dialog.written.connect(self._on_written)
        self._dialog.open()

    def set_begun(self, begun: BegunCondition) -> None:
        """What was written of a new condition and not added: the dialog goes on with it."""
        self._begun = begun

    def _on_written(self, begun: BegunCondition) -> None:
        self._begun = begun
        self.begun.emit(begun)

    def _on_given(self, condition: Condition) -> None:
        """A new condition is confirmed by the office that asks for it; what its holder has to meet, by either."""
        office = self._editing.office if self._editing else next(iter(self._asking.values()), "")
        condition = replace(condition, office="" if condition.owner in self._asking else office)
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
        words.addWidget(quiet(self.tr("{who}, until {day}").format(who=owner, day=day_words(condition.due))))
        if condition.evidence:
            words.addWidget(quiet(self.tr("Shown by: {evidence}").format(evidence=condition.evidence)))
        line.addLayout(words, 1)
        for text, slot in ((self.tr("Change"), self._change), (self.tr("Remove"), self._remove)):
            button = own_size_button(text, name=f"{text}: {condition.text}")
            button.clicked.connect(slot)
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def _change(self) -> None:
        self._editor.edit(self._condition)

    def _remove(self) -> None:
        self._editor.remove(self._condition)


def people_to_choose(looked: Looked) -> list[Choice]:
    """Who can be given a condition: the owner first, then everybody by name, each with what they do."""
    owner = looked.view.revision.owner
    ordered = sorted(looked.names.items(), key=lambda item: (item[0] != owner, item[1]))
    return [Choice(person, _with_role(name, looked.roles.get(person, ()), person == owner)) for person, name in ordered]


def _with_role(name: str, roles: Sequence[str], owns: bool) -> str:
    does = [ConditionTexts.tr("owner of this use case")] if owns else []
    does += [role_words(role) for role in roles if not owns or role != "owner"]
    return f"{name} · {', '.join(does)}" if does else name


class ConditionTexts(Texts):
    pass
