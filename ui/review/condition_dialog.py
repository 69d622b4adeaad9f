"""The dialog for one condition. What is written of a new one is handed on as it is typed, so that nothing of it is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QWidget

from intake.domain.base.canonical import Json
from intake.domain.base.visible import plain
from intake.domain.terms.terms import MAX_CONDITION_TEXT, Condition
from ui.theme import Tone
from ui.widgets.date_field import DateField
from ui.widgets.dialogs import PlainDialog
from ui.widgets.fields import AnswerField, Choice, LongTextField, PickField
from ui.widgets.labels import Label


@dataclass(frozen=True, slots=True)
class BegunCondition:
    """A condition as far as it is written; a field without anything is empty or None."""

    text: str = ""
    owner: str = ""
    due: date | str | None = None
    """A day, or what was typed instead of one."""
    evidence: str = ""

    def as_json(self) -> Json:
        """None for an empty one."""
        if self == BegunCondition():
            return None
        due = self.due.isoformat() if isinstance(self.due, date) else self.due or ""
        return {"text": self.text, "owner": self.owner, "due": due, "evidence": self.evidence}


def begun_from_json(value: Json) -> BegunCondition:
    """Read what ``as_json`` wrote; empty for anything else."""
    if not isinstance(value, Mapping):
        return BegunCondition()
    text, owner, due, evidence = (str(value.get(name) or "") for name in ("text", "owner", "due", "evidence"))
    try:
        return BegunCondition(text, owner, date.fromisoformat(due) if due else None, evidence)
    except ValueError:
        return BegunCondition(text, owner, due, evidence)


class ConditionDialog(PlainDialog):
    """Asks for one condition; ``given`` carries it, ``written`` what the fields hold while a new one is being written."""

    given = Signal(object)
    written = Signal(object)

    def __init__(
        self,
        people: Sequence[Choice],
        condition: Condition | None,
        parent: QWidget | None = None,
        *,
        begun: BegunCondition,
        today: date,
    ) -> None:
        super().__init__("", parent)
        self._today = today
        title = self.tr("Change the condition") if condition else self.tr("Add a condition")
        self.setWindowTitle(title)
        self.title.setText(title)
        changed = condition and BegunCondition(condition.text, condition.owner, condition.due, condition.evidence)
        here = changed or begun
        known = {choice.key for choice in people}
        more = [Choice(here.owner, here.owner)] if here.owner and here.owner not in known else []
        self.text = LongTextField(lines=3, longest=MAX_CONDITION_TEXT)
        self.owner = PickField([*people, *more])
        self.due = DateField()
        self.evidence = LongTextField(lines=2, longest=MAX_CONDITION_TEXT)
        self._row(self.tr("&What has to be done"), self.text)
        self._row(self.tr("By w&hom"), self.owner)
        self._row(self.tr("&Until when"), self.due)
        self._row(self.tr("What &shows that it is done (may stay empty)"), self.evidence)
        self.problem = Label("", tone=Tone.BAD)
        self.problem.setVisible(False)
        self.body.addWidget(self.problem)
        self.text.set_value(here.text)
        self.owner.set_value(here.owner or None)
        self.due.set_value(here.due)
        self.evidence.set_value(here.evidence)
        self.add_button(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        words = self.tr("Change") if condition else self.tr("Add")
        self.add = self.add_button(words, QDialogButtonBox.ButtonRole.AcceptRole, look="primary")
        self.add.setDefault(True)
        for field in (self.text, self.owner, self.due, self.evidence):
            field.changed.connect(self._on_written)

    def _on_written(self) -> None:
        due, evidence = self.due.value(), self.evidence.value() or ""
        self.written.emit(BegunCondition(self.text.value() or "", self.owner.value() or "", due, evidence))

    def reject(self) -> None:
        self.text.flush()
        self.evidence.flush()
        super().reject()

    def _row(self, text: str, field: AnswerField) -> None:
        label = QLabel(text)
        label.setBuddy(field.focus_widget())
        field.name(text.replace("&", ""), "")
        self.body.addWidget(label)
        self.body.addWidget(field)

    def accept(self) -> None:
        self.text.flush()
        self.evidence.flush()
        text, owner, due = plain(self.text.value() or ""), self.owner.value(), self.due.value()
        over = isinstance(due, date) and due < self._today
        for wrong, words, field in (
            (not text, self.tr("Write what has to be done."), self.text),
            (self.text.too_long, "", self.text),  # it says so itself
            (self.evidence.too_long, "", self.evidence),
            (not owner, self.tr("Choose who has to do it."), self.owner),
            (not isinstance(due, date), self.tr("Choose a day."), self.due),
            (over, self.tr("Choose a day that is not over yet: nobody can meet a condition in the past."), self.due),
        ):
            if wrong:
                self.problem.setText(words)
                self.problem.setVisible(bool(words))
                field.focus_widget().setFocus(Qt.FocusReason.OtherFocusReason)
                return
        if isinstance(owner, str) and isinstance(due, date):
            self.written.emit(BegunCondition())
            self.given.emit(Condition(due, owner, text, plain(self.evidence.value() or "")))
        super().accept()
