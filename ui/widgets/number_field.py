"""A whole number, and an amount of money, as answers, as people write them."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from intake.domain.base.money import typed_money
from intake.domain.base.numbers import whole_number
from ui.theme import sizes
from ui.widgets.fields import AnswerField, TextField
from ui.widgets.labels import quiet
from ui.widgets.length_note import NO_END


class MoneyField(TextField):
    """An amount with the code of its currency: “20 000 eur” is understood, and shown as understood when the field is left.

    ``currency`` is that of the example in the empty field.
    """

    def __init__(self, parent: QWidget | None = None, *, currency: str = "EUR") -> None:
        super().__init__(parent, placeholder=f"{currency} 20000")
        self._line.editingFinished.connect(self._on_left)

    def value(self) -> str | None:
        return typed_money(super().value() or "") or None

    def _on_left(self) -> None:
        with self._set():
            self._line.setText(self.value() or "")


class NumberField(AnswerField):
    """A whole number, as it is typed: “1,500” and “1 500” are understood, and shown as understood when the field is left.

    The value is an ``int``; what was typed as text where it is no whole number, for the domain to speak about.
    """

    def __init__(self, parent: QWidget | None = None, *, unit: str = "") -> None:
        super().__init__(parent)
        self._line = QLineEdit()
        self._line.setMaxLength(NO_END)
        self._line.setMaximumWidth(sizes(self).chars(20))
        self._line.setMinimumWidth(sizes(self).chars(12))
        self._line.textChanged.connect(self._on_edited)
        self._line.editingFinished.connect(self._on_left)
        row = QHBoxLayout()
        row.setSpacing(sizes(self).s)
        row.addWidget(self._line)
        if unit:
            row.addWidget(quiet(unit), 1)
        else:
            row.addStretch(1)
        self.box.addLayout(row)

    def value(self) -> int | str | None:
        typed = self._line.text().strip()
        number = whole_number(typed)
        return (typed or None) if number is None else number

    def set_value(self, value: int | str | None) -> None:
        with self._set():
            self._line.setText("" if value is None else str(value))

    def focus_widget(self) -> QWidget:
        return self._line

    def _on_left(self) -> None:
        if isinstance(understood := self.value(), int):
            with self._set():
                self._line.setText(str(understood))
