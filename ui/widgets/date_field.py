"""A day: typed as people here write it or as the acts do, chosen from a calendar, or left empty."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QHBoxLayout, QLineEdit, QMenu, QPushButton, QWidget, QWidgetAction

from ui.formatting import day_words
from ui.icons import icon
from ui.theme import Tone, sizes
from ui.typed_days import typed_day
from ui.widgets.fields import AnswerField
from ui.widgets.labels import Label
from ui.widgets.length_note import NO_END
from ui.widgets.tips import plain_tip

EXAMPLE = date(2026, 11, 30)
"""Its parts cannot be taken for each other."""


class _DayLine(QLineEdit):
    """``stepped`` carries 1 and -1 for the arrows up and down."""

    stepped = Signal(int)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        if event.key() in steps and not event.modifiers():
            self.stepped.emit(steps[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() not in {Qt.FocusReason.MouseFocusReason, Qt.FocusReason.ActiveWindowFocusReason}:
            self.selectAll()  # a day is typed over, and seldom changed in its middle

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class DateField(AnswerField):
    """A day, or nothing. What was typed is shown as it was understood when the field is left.

    The value is a ``date``; what was typed as text where it is no day, for the domain to speak about.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        s = sizes(self)
        self._line = _DayLine()
        self._line.setMaxLength(NO_END)
        self._line.setMinimumWidth(s.chars(16))
        self._line.setMaximumWidth(s.chars(24))
        self._line.textChanged.connect(self._on_typed)
        self._line.stepped.connect(self._on_step)
        self._line.left.connect(self._on_left)
        self._button = QPushButton()
        self._button.setIcon(icon("calendar"))
        self._button.setMaximumWidth(s.line * 2)
        self._button.setToolTip(self.tr("Choose a day from a calendar"))
        self._button.setAccessibleName(self._button.toolTip())
        self._button.clicked.connect(self.open_calendar)
        row = QHBoxLayout()
        row.setSpacing(s.xs)
        row.addWidget(self._line)
        row.addWidget(self._button)
        row.addStretch(1)
        self.box.addLayout(row)
        self._line.setPlaceholderText(day_words(EXAMPLE))
        self.help = self.tr("Such as {day}, or {iso}").format(day=day_words(EXAMPLE), iso=EXAMPLE.isoformat())
        self._line.setToolTip(plain_tip(self.help))
        self.problem = Label("", tone=Tone.BAD)
        self.problem.hide()
        self.box.addWidget(self.problem)
        self.calendar: QCalendarWidget | None = None

    def value(self) -> date | str | None:
        typed = self._line.text().strip()
        return (typed or None) if (day := typed_day(typed)) is None else day

    @property
    def day(self) -> date | None:
        """The day that is given; None for what is no day, too."""
        value = self.value()
        return value if isinstance(value, date) else None

    def set_value(self, value: date | str | None) -> None:
        with self._set():
            self._line.setText(day_words(value) if isinstance(value, date) else value or "")
        self._tell(wrong=isinstance(self.value(), str))

    def focus_widget(self) -> QWidget:
        return self._line

    def name(self, text: str, description: str) -> None:
        super().name(text, f"{description} {self.help}".strip())
        self._button.setAccessibleName(self.tr("{what}: choose a day from a calendar").format(what=text))

    def open_calendar(self) -> None:
        """Show the month of the day that is given, else of today; it closes when a day is chosen, or by Escape."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.calendar = QCalendarWidget()
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        day = self.value()
        if isinstance(day, date):
            self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.calendar.setAccessibleName(self._button.accessibleName())
        held = QWidgetAction(menu)
        held.setDefaultWidget(self.calendar)
        menu.addAction(held)
        self.calendar.clicked.connect(self._on_chosen)
        self.calendar.activated.connect(self._on_chosen)
        for signal in (self.calendar.clicked, self.calendar.activated):
            signal.connect(menu.close)
        menu.popup(self._button.mapToGlobal(QPoint(0, self._button.height())))
        self.calendar.setFocus()

    def _on_chosen(self, day: QDate) -> None:
        self._line.setText(day_words(date(day.year(), day.month(), day.day())))
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_step(self, days: int) -> None:
        day = self.value()
        if isinstance(day, str):
            return
        today = QDate.currentDate()
        try:
            after = day + timedelta(days=days) if day else date(today.year(), today.month(), today.day())
        except OverflowError:
            return
        self._line.setText(day_words(after))

    def _on_typed(self) -> None:
        # What is being put right is not wrong while it is typed; what is wrong is said when the field is left.
        if not isinstance(self.value(), str):
            self._tell(wrong=False)
        self._on_edited()

    def _on_left(self) -> None:
        day = self.value()
        if isinstance(day, date):
            with self._set():
                self._line.setText(day_words(day))
        self._tell(wrong=isinstance(day, str))

    def _tell(self, *, wrong: bool) -> None:
        self.problem.setText(self.tr("This is no day. {help}").format(help=self.help) if wrong else "")
        self.problem.setVisible(wrong)
