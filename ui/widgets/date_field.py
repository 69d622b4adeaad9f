"""A day: typed as it is written, chosen from a calendar, or left empty."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QDateEdit, QWidget

from ui.theme import sizes
from ui.widgets.fields import AnswerField

_PARTS = (QDateEdit.Section.YearSection, QDateEdit.Section.MonthSection, QDateEdit.Section.DaySection)
_BETWEEN = frozenset("-./ ")
_NO_DAY = QDate(100, 1, 1)
"""The first day Qt can edit stands for none: every later one can be an answer, such as the start of a system of 1995."""


class _Date(QDateEdit):
    """A day that can be typed as it is written, and an empty one that Tab leaves."""

    def __init__(self) -> None:
        super().__init__()
        self._went_on = False

    @property
    def empty(self) -> bool:
        return self.date() == self.minimumDate()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and event.modifiers():
            self.setDate(self.minimumDate())
            return
        if self.empty and (event.text().isdigit() or event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}):
            # The words for “no day” have no parts to type into: begin at today, the year to be typed over.
            self.setDate(QDate.currentDate())
            self.setSelectedSection(_PARTS[0])
        if event.text() in _BETWEEN and not self.empty:
            self._go_on()
            return
        before = self.currentSection()
        super().keyPressEvent(event)
        # A part that is full goes on by itself; the sign typed after it is not for the next part.
        self._went_on = event.text().isdigit() and self.currentSection() != before

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
        # Tab walks the parts of a day. An empty field has none, and would hold the keyboard for ever.
        return QWidget.focusNextPrevChild(self, next) if self.empty else super().focusNextPrevChild(next)

    def _go_on(self) -> None:
        here = _PARTS.index(self.currentSection()) if self.currentSection() in _PARTS else 0
        if not self._went_on and here + 1 < len(_PARTS):
            self.setSelectedSection(_PARTS[here + 1])
        self._went_on = False


class DateField(AnswerField):
    """A day from the year 100 on, or nothing. Ctrl+Delete empties it. A day before is not shown: ask ``value`` what is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edit = _Date()
        self._edit.setCalendarPopup(True)
        self._edit.calendarWidget().installEventFilter(self)
        self._edit.setDisplayFormat("yyyy-MM-dd")
        self._edit.setMinimumDate(_NO_DAY)
        self._edit.setSpecialValueText(" ")
        self._edit.setMaximumWidth(sizes(self).chars(24))
        self.set_value(None)
        self._edit.dateChanged.connect(self._on_edited)
        self.box.addWidget(self._edit)

    def value(self) -> date | None:
        shown = self._edit.date()
        if shown == self._edit.minimumDate():
            return None
        return date(shown.year(), shown.month(), shown.day())

    def set_value(self, value: date | None) -> None:
        with self._set():
            self._edit.setDate(self._edit.minimumDate() if value is None else QDate(value.year, value.month, value.day))

    def focus_widget(self) -> QWidget:
        return self._edit

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and self._edit.empty:
            # The calendar of an empty field would open in the year that stands for none.
            today = QDate.currentDate()
            self._edit.calendarWidget().setCurrentPage(today.year(), today.month())
        return super().eventFilter(watched, event)
