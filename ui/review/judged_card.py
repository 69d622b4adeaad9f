"""How the terms being edited are judged, beside how the use case was judged as asked: every field that differs, the tier, and
the rules that make the difference. It follows each change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake.domain.assessment.granted_rows import field_rows, judged_rows
from intake.domain.case.one_page import RowTopic
from intake.domain.terms.terms import Terms
from ui.widgets.boxes import clear
from ui.widgets.decision_facts import row_facts
from ui.widgets.panels import Card

if TYPE_CHECKING:
    from intake.services.deciding.reviewing import CaseView


class JudgedCard(Card):
    """``show_terms`` whenever the terms may have changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, title=RowTopic.GRANTED.heading)
        self._rows = QVBoxLayout()
        self.box.addLayout(self._rows)
        self._shown: object = None
        self.hide()

    def show_terms(self, view: CaseView, given: Terms | None) -> None:
        """Nothing is shown of terms that cannot be read yet, nor where this program makes no assessment."""
        granted = view.judged(given) if given is not None else None
        if granted is None or given is None:
            self._shown = None
            self.hide()
            return
        judged = judged_rows(view.playbook, granted)
        # What was changed stands before the many controls that may come of it.
        rows = (*judged[:2], *field_rows(granted, given), *judged[2:])
        if rows != self._shown:
            self._shown = rows
            clear(self._rows)
            self._rows.addWidget(row_facts(rows))
        self.show()
