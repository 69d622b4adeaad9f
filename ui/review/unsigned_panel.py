"""Above the fields of the terms: what I changed and did not sign, what came since I began, and what was taken back just now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from intake.domain.case.writing import Began, meanwhile
from intake.domain.terms.boundaries import FieldTable
from intake.domain.terms.edits import TermsChange
from ui.review.my_changes import MeanwhileNotice, MyChanges, TakenBack
from ui.review.work import Looked
from ui.theme import sizes
from ui.widgets.boxes import bare_column


class UnsignedPanel(QWidget):
    """``undone`` carries a change to take back, ``all_undone`` asks for all of them, ``brought_back`` for those taken back last.

    ``seen`` comes when the person has seen what came since the changes were begun.
    """

    undone = Signal(object)
    all_undone = Signal()
    brought_back = Signal()
    seen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        back = QAction(self.tr("Bring them back"), self)
        back.triggered.connect(self.brought_back)
        self.go_on = QAction(self.tr("Go on with mine"), self)
        self.go_on.triggered.connect(self.seen)
        self.meanwhile = MeanwhileNotice(self.go_on)
        self.taken_back = TakenBack(back)
        self.changes = MyChanges()
        self.changes.undone.connect(self.undone)
        self.changes.all_undone.connect(self.all_undone)
        column = bare_column(self, sizes(self).l)
        for widget in (self.meanwhile, self.taken_back, self.changes):
            column.addWidget(widget)
        self.hide()

    def tell(
        self,
        looked: Looked,
        changes: Sequence[TermsChange],
        table: FieldTable,
        began: Began | None,
        now: Began,
        taken_back: int,
    ) -> None:
        """Show the changes of the terms in question ``now``, and what they ``began`` from if that is something else.

        So many were ``taken_back`` and can be brought back.
        """
        limits = {item.path: value for item, value in began.terms.boundaries.items} if began else {}
        self.changes.set_changes(changes, table, looked.called, limits)
        found = meanwhile(began, now) if began and changes else None
        self.meanwhile.say(found, now, looked.called)
        self.taken_back.say(taken_back)
        self.setVisible(bool(changes or taken_back))
