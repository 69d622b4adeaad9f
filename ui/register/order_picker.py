"""The picker of a list's order: the same choices as its headings, and those that have no heading."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox

from ui.texts import Texts


class OrderPicker(QComboBox):
    """``currentIndexChanged`` comes when somebody chose another, by whatever means; ``value()`` is a value of ``ListOrder``."""

    def __init__(self, orders: Sequence[str]) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Sort by"))
        self.view().setAccessibleName(self.tr("Sort by"))
        for key in orders:
            self.addItem(order_words(key), key)

    def value(self) -> str:
        return str(self.currentData())

    def choose(self, key: str) -> None:
        """Show an order without ``currentIndexChanged``."""
        with QSignalBlocker(self):
            self.setCurrentIndex(max(0, self.findData(key)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Scrolling the page must not change the order on the way.
        event.ignore()


def order_words(order: str) -> str:
    return {
        "pressing": OrderTexts.tr("Most pressing first"),
        "newest": OrderTexts.tr("Last moved first"),
        "reference": OrderTexts.tr("Reference"),
        "title": OrderTexts.tr("Title"),
        "owner": OrderTexts.tr("Owner"),
        "tier": OrderTexts.tr("Highest risk first"),
        "since": OrderTexts.tr("Longest waiting first"),
        "due": OrderTexts.tr("Terms: due first"),
        "expiry": OrderTexts.tr("Expiry first"),
        "decided": OrderTexts.tr("Last decided first"),
    }.get(order, order)


class OrderTexts(Texts):
    pass
