"""The rows of the decision on one page, drawn: the summary of a review, the page of the use case and the signing sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from intake.domain.base.wording import shown
from intake.domain.case.one_page import DecisionRow, RowTopic
from ui.theme import sizes
from ui.widgets.blocks import LongWords
from ui.widgets.labels import quiet
from ui.widgets.panels import Card


class FactGrid(QWidget):
    """Names and values in two columns; both wrap, so that nothing is cut with large text."""

    def __init__(self, pairs: Iterable[tuple[str, QWidget]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        s = sizes(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(s.l)
        grid.setVerticalSpacing(s.s)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 6)
        for number, (label, value) in enumerate(pairs):
            grid.addWidget(quiet(label), number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, number, 1, Qt.AlignmentFlag.AlignTop)


def of_topic(rows: Iterable[DecisionRow], *topics: RowTopic) -> tuple[DecisionRow, ...]:
    """The rows of these topics, in their order."""
    return tuple(row for row in rows if row.topic in topics)


def row_facts(rows: Sequence[DecisionRow]) -> FactGrid:
    """Rows in words; a long one shows its beginning and opens."""
    return FactGrid((shown(row.label), row_value(row)) for row in rows)


def row_value(row: DecisionRow) -> LongWords:
    label, text = shown(row.label), shown(row.value)
    value = LongWords(text, label)
    value.label.setAccessibleName(f"{label}: {text}")
    return value


def rows_card(title: str, rows: Sequence[DecisionRow]) -> Card:
    """A card with these rows and nothing else."""
    card = Card(title=title)
    card.box.addWidget(row_facts(rows))
    card.box.addStretch(1)
    return card


def what_card(rows: Iterable[DecisionRow]) -> Card:
    """What it is and for whom; the title of the page says what it is called."""
    told = [row for row in of_topic(rows, RowTopic.CASE, RowTopic.WHAT) if row.key not in ("title", "revision")]
    return rows_card(RowTopic.WHAT.heading, told)
