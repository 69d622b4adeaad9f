"""The four boundaries as fields, each with its reason, and beside it what the other side proposes.

The fields come from a table of ``intake.domain.terms.field_tables``; the editor adds no limit and no rule. What is edited is
written by that table, also where it began with limits of an older one.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from intake.domain.terms.boundaries import Boundaries, Boundary, FieldTable, Form, UnreadableBoundary, Value
from intake.domain.terms.boundaries import BoundaryField as Limit
from intake.domain.terms.field_tables import FIELD_TABLES
from intake.domain.terms.terms import shown
from ui.theme import Tone, sizes
from ui.widgets.boxes import bare_column, bare_row
from ui.widgets.fields import (
    AnswerField,
    Choice,
    LinesField,
    LongTextField,
    PickField,
    TextField,
    YesNoField,
)
from ui.widgets.labels import Label, quiet
from ui.widgets.number_field import MoneyField, NumberField
from ui.widgets.panels import Card, Chip


class BoundaryEditor(QWidget):
    """All boundaries, one card each. ``changed`` carries the path of the field the person edited.

    The fields are many: made not ``filled``, it is given those of its table one after the other with ``add``, in their
    order, and is used when all are there.
    """

    changed = Signal(str)

    def __init__(
        self, table: FieldTable = FIELD_TABLES.newest, parent: QWidget | None = None, *, filled: bool = True
    ) -> None:
        super().__init__(parent)
        self._table = table
        self._column = bare_column(self, sizes(self).l)
        self._cards: dict[Boundary, Card] = {}
        self._rows: dict[str, _LimitRow] = {}
        for limit in table if filled else ():
            self.add(limit)

    def add(self, limit: Limit) -> None:
        """Add a field at the end of the card of its boundary."""
        if limit.boundary not in self._cards:
            card = self._cards[limit.boundary] = Card(title=limit.boundary.label)
            card.box.setSpacing(sizes(self).l)
            self._column.addWidget(card)
        row = _LimitRow(limit)
        row.changed.connect(self.changed)
        self._rows[limit.path] = row
        self._cards[limit.boundary].box.addWidget(row)

    def set_boundaries(self, values: Boundaries, changed: Mapping[str, Value] = MappingProxyType({})) -> None:
        """Show these, but for what was ``changed``, by path. What says the same already is left alone, with what is being typed."""
        for limit, value in values.moved_to(self._table).items:
            self.set_value(limit.path, changed.get(limit.path, value))

    def set_value(self, path: str, value: Value) -> None:
        """Show this in a field, also what cannot be signed."""
        if not self._rows[path].says(value):
            self._rows[path].set_value(value)

    def value(self, path: str) -> Value:
        """What a field says now, also what cannot be signed."""
        return self._rows[path].value()

    def flush(self) -> None:
        """Take what is being typed this moment: called before the page is left."""
        for row in self._rows.values():
            if isinstance(row.field, LongTextField):
                row.field.flush()

    def set_reference(self, values: Boundaries | None, whose: str = "") -> None:
        """Show beside each field what ``whose`` position says; None takes it away."""
        for limit in self._table:
            if values is None or limit.path not in values.table:
                self._rows[limit.path].set_reference(None, "", whose)
            else:
                value = values[limit.path]
                # In the words of the table it is written by: this one may not have that choice.
                self._rows[limit.path].set_reference(value, shown(values.table.field(limit.path), value), whose)

    def set_answers(self, answers: Mapping[str, str]) -> None:
        """Show at each field what the owner’s side answered to it, by path; at the others nothing."""
        for path, row in self._rows.items():
            row.set_answer(answers.get(path, ""))

    def check(self) -> UnreadableBoundary | None:
        """What is wrong, if anything, also shown at its field."""
        for row in self._rows.values():
            row.error.setVisible(False)
        for path, row in self._rows.items():
            try:
                self._table.boundaries({path: row.value()})
            except UnreadableBoundary as refusal:
                row.error.setText(refusal.what_happened)
                row.error.setVisible(True)
                row.field.focus_widget().setFocus(Qt.FocusReason.OtherFocusReason)
                return refusal
        return None

    def field(self, path: str) -> AnswerField:
        return self._rows[path].field


class _LimitRow(QWidget):
    changed = Signal(str)

    def __init__(self, limit: Limit) -> None:
        super().__init__()
        self._limit = limit
        self._reference: Value | None = None
        self._words = self._whose = ""
        s = sizes(self)
        layout = bare_row(self, s.xl)
        left_half, left = _half(s.xs)
        right_half, right = _half(s.xs)
        label = QLabel(limit.label)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        left.addWidget(label)
        left.addWidget(quiet(limit.why))
        left.addStretch(1)
        self.error = Label("", tone=Tone.BAD)
        self.error.setVisible(False)
        self.field = _field(limit)
        self.field.name(limit.label, limit.why)
        label.setBuddy(self.field.focus_widget())
        self.answer = Label("", tone=Tone.WARN)
        self.answer.setVisible(False)
        right.addWidget(self.answer)
        right.addWidget(self.error)
        right.addWidget(self.field)
        proposal = QHBoxLayout()
        proposal.setSpacing(s.s)
        self.other = quiet("")
        self.mark = Chip("", Tone.WARN)
        proposal.addWidget(self.other, 1)
        proposal.addWidget(self.mark)
        right.addLayout(proposal)
        right.addStretch(1)
        layout.addWidget(left_half, 1)
        layout.addWidget(right_half, 1)
        self.field.changed.connect(self._on_changed)
        self.set_reference(None, "", "")

    def value(self) -> Value:
        """What the field says; for nothing, or what is no value, a text that the domain refuses, and never another value."""
        given = self.field.value()
        if self._limit.form is Form.SET:
            return frozenset(given or ())
        return "" if given is None else given

    def says(self, value: Value) -> bool:
        """Whether the field holds this already; one that holds nothing says nothing."""
        return self.value() == value and (self.field.value() is not None or value == frozenset())

    def set_value(self, value: Value) -> None:
        self.field.set_value(tuple(sorted(value)) if isinstance(value, frozenset) else value)
        self._compare()

    def set_reference(self, value: Value | None, words: str, whose: str) -> None:
        self._reference, self._words, self._whose = value, words, whose
        self._compare()

    def set_answer(self, text: str) -> None:
        self.answer.setText(text)
        self.answer.setAccessibleName(f"{self._limit.label}: {text}")
        self.answer.setVisible(bool(text))

    def _on_changed(self) -> None:
        self._compare()
        self.changed.emit(self._limit.path)

    def _compare(self) -> None:
        differs = self._reference is not None and self._reference != self.value()
        self.other.setVisible(differs)
        self.mark.setVisible(differs)
        if differs and self._reference is not None:
            self.other.setText(self.tr("{who}: {value}").format(who=self._whose, value=self._words))
            self.mark.set(self.tr("differs"), Tone.WARN)


def _half(spacing: int) -> tuple[QWidget, QVBoxLayout]:
    # Its width comes from the row alone, so that all rows share one column edge.
    holder = QWidget()
    holder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    box = bare_column(holder, spacing)
    return holder, box


def _field(limit: Limit) -> AnswerField:
    if limit.form is Form.CHOICE:
        return PickField([Choice(key, text) for key, text in limit.choice_labels])
    if limit.form is Form.SET:
        return LinesField(lines=3)
    if limit.form is Form.FLAG:
        return YesNoField()
    if limit.form is Form.NUMBER:
        return NumberField(unit=limit.unit_label)
    return MoneyField() if limit.form is Form.MONEY else TextField()
