"""The row of filters over the register list: one folded list per facet, each value with how many cases have it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from ui.formatting import number_words
from ui.register.day_picker import DayPicker
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.panels import own_size_button
from ui.words import cases


class FilterRow(QWidget):
    """``changed`` comes when the person chose another value; ``filters()`` gives the (facet, value) pairs."""

    changed = Signal()

    def __init__(
        self, *facets: str, counted: bool = True, first: QWidget | None = None, parent: QWidget | None = None
    ) -> None:
        """``facets`` are those offered, behind ``first``; "from" and "to" are the days between which it was decided. The counts are of the whole register; not ``counted`` they are not said."""
        super().__init__(parent)
        self._counted = counted
        self._row = row = FlowLayout(self, self)
        known = {
            "owner": lambda: FacetPicker(self.tr("Whose use cases"), self.tr("Everybody’s"), self._mine),
            "phase": lambda: FacetPicker(self.tr("State"), self.tr("Any state"), cases.phase_words),
            "turn": lambda: FacetPicker(self.tr("Whose turn"), self.tr("Anybody’s turn"), _office),
            "tier": lambda: FacetPicker(self.tr("Tier"), self.tr("Any tier"), cases.tier_words),
            "stage": lambda: FacetPicker(self.tr("Stage asked for"), self.tr("Any stage"), cases.stage_words),
            "waived": lambda: FacetPicker(self.tr("Does without"), self.tr("Waived or not"), cases.waived_words),
            "unit": lambda: FacetPicker(self.tr("Unit"), self.tr("Any unit"), str),
            "year": lambda: FacetPicker(self.tr("Year of the decision"), self.tr("Any year"), str),
        }
        self._pickers = {facet: known[facet]() for facet in facets if facet in known}
        ends = {
            "from": lambda: DayPicker(self.tr("Decided from"), self.tr("Decided on this day or later")),
            "to": lambda: DayPicker(self.tr("Decided until"), self.tr("Decided on this day or earlier")),
        }
        self._days = {end: ends[end]() for end in facets if end in ends}
        if first is not None:
            row.addWidget(first)
        for picker in self._pickers.values():
            picker.currentIndexChanged.connect(self._on_chosen)
            row.addWidget(picker)
        for day in self._days.values():
            day.changed.connect(self._on_chosen)
            row.addWidget(day)
        self.clear_all = own_size_button(self.tr("Clear filters"), role="link")
        self.clear_all.clicked.connect(self.clear)
        self.clear_all.setVisible(False)
        row.addWidget(self.clear_all)

    def picker(self, facet: str) -> FacetPicker:
        return self._pickers[facet]

    def filters(self) -> tuple[tuple[str, str], ...]:
        values = {facet: picker.value() for facet, picker in self._pickers.items()}
        values |= {end: day.value() for end, day in self._days.items()}
        return tuple((facet, value) for facet, value in values.items() if value)

    def said(self) -> dict[str, str]:
        """What is chosen, in words: the name of each filter with what it is narrowed to."""
        found = {picker.accessibleName(): picker.currentText() for picker in self._pickers.values() if picker.value()}
        return found | {day.name: value for day in self._days.values() if (value := day.value())}

    def add(self, widget: QWidget) -> None:
        """Another widget behind the filters."""
        self._row.removeWidget(self.clear_all)
        self._row.addWidget(widget)
        self._row.addWidget(self.clear_all)

    def set_counts(self, values: Mapping[str, Sequence[tuple[str, int]]], person: str) -> None:
        """Offer the values that occur; what is chosen stays chosen, also when nothing has it any more.

        ``person`` is whose use cases are “mine”.
        """
        for facet, picker in self._pickers.items():
            if facet == "owner":
                picker.set_values([(person, 0)], counted=False)
            else:
                picker.set_values(values.get(facet, ()), counted=self._counted)

    def choose(self, filters: Mapping[str, str]) -> None:
        """Set the filters without emitting ``changed``."""
        for facet, picker in self._pickers.items():
            picker.choose(filters.get(facet, ""))
        for end, day in self._days.items():
            day.choose(filters.get(end, ""))
        self._mark()

    def clear(self) -> None:
        self.choose({})
        self.changed.emit()

    def _mine(self, _: str) -> str:
        return self.tr("My use cases")

    def _on_chosen(self, _: int = 0) -> None:
        self._mark()
        self.changed.emit()

    def _mark(self) -> None:
        self.clear_all.setVisible(bool(self.filters()))


class FacetPicker(QComboBox):
    """One facet. The first line means no filter. What is set here comes without ``currentIndexChanged``."""

    def __init__(self, name: str, anything: str, say: Callable[[str], str]) -> None:
        super().__init__()
        self._say = say
        self.setAccessibleName(name)
        self.view().setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        # Wide enough for the words that say nothing is chosen, in any language.
        metrics = self.fontMetrics()
        letters = -(-metrics.horizontalAdvance(anything) // metrics.horizontalAdvance("X"))
        self.setMinimumContentsLength(max(9, letters))
        self.addItem(anything, "")

    def value(self) -> str:
        return str(self.currentData() or "")

    def set_values(self, values: Sequence[tuple[str, int]], *, counted: bool = True) -> None:
        chosen = self.value()
        with QSignalBlocker(self):
            while self.count() > 1:
                self.removeItem(1)
            for value, count in values:
                if value:
                    words = self.tr("{value} ({count})") if counted else "{value}"
                    self.addItem(words.format(value=self._say(value), count=number_words(count)), value)
            self.choose(chosen)

    def choose(self, value: str) -> None:
        number = self.findData(value)
        if number < 0 and value:
            self.addItem(self._say(value), value)
            number = self.count() - 1
        with QSignalBlocker(self):
            self.setCurrentIndex(max(0, number))

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Scrolling the page must not change a filter on the way.
        event.ignore()


def _office(value: str) -> str:
    return cases.turn_words((value,))
