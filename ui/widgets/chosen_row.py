"""In a list of one choice what is selected is current, also when assistive technology selects it."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QObject
from PySide6.QtWidgets import QAbstractItemView


class ChosenRow(QObject):
    """Lives with its view. Assistive technology selects a row and leaves the current one where it was, and what is done with
    a list is done with the current row.
    """

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        view.selectionModel().selectionChanged.connect(self._on_selection)

    def _on_selection(self, _: QItemSelection, __: QItemSelection) -> None:
        chosen = self._view.selectionModel().selectedIndexes()
        current = self._view.currentIndex().siblingAtColumn(0)
        if chosen and all(index.siblingAtColumn(0) != current for index in chosen):
            self._view.setCurrentIndex(chosen[0])
