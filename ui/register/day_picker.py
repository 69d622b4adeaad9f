"""One end of a range of days among the filters of a list: the day, or nothing."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from ui.theme import sizes
from ui.widgets.boxes import bare_row
from ui.widgets.date_field import DateField


class DayPicker(QWidget):
    """``changed`` comes when somebody gave another day; ``value()`` is it in ISO form, empty for none."""

    changed = Signal()

    def __init__(self, label: str, name: str) -> None:
        """``name`` is what a screen reader calls the field, and what is said of it elsewhere."""
        super().__init__()
        self.name = name
        self.field = DateField()
        self.field.focus_widget().setAccessibleName(name)
        words = QLabel(label)
        words.setBuddy(self.field.focus_widget())
        row = bare_row(self, sizes(self).s)
        row.addWidget(words)
        row.addWidget(self.field)
        self.field.changed.connect(self.changed)

    def value(self) -> str:
        return self.field.day.isoformat() if self.field.day else ""

    def choose(self, value: str) -> None:
        """Show a day without ``changed``; what is no day is none."""
        try:
            day = date.fromisoformat(value) if value else None
        except ValueError:
            day = None
        self.field.set_value(day)
