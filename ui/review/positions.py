"""The positions of both offices side by side; in the column of the person’s own office what they are editing, while they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from intake.domain.terms.terms import Terms
from ui.review.owner_answers import owner_answers
from ui.review.summary import half_of
from ui.review.work import Looked
from ui.theme import sizes
from ui.turns import Turns
from ui.widgets.comparison import TermsComparison, compare_terms
from ui.widgets.fold import Fold
from ui.widgets.labels import quiet

if TYPE_CHECKING:
    from intake.services.deciding.reviewing import OfficeView


class PositionsFold(Fold):
    """``show_case`` when a case is shown, ``set_mine`` whenever the person changed something."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.set_words(self.tr("Both offices side by side"))
        self._looked: Looked | None = None
        self._mine: Terms | None = None
        self._turns = Turns(self)
        self._stale = False
        self.head.toggled.connect(self._on_opened)
        self.comparison = TermsComparison()
        self.alone = quiet("")
        self.box.setContentsMargins(0, sizes(self).m, 0, 0)
        self.box.addWidget(self.alone)
        self.box.addWidget(self.comparison)

    def show_case(self, looked: Looked, mine: Terms | None) -> None:
        """Open when there are two positions to compare: one alone is what the fields already show. ``mine`` as in ``set_mine``."""
        self._looked, self._mine = looked, mine
        cio, ciso = looked.view.offices
        both = self._terms(cio) is not None and self._terms(ciso) is not None
        self.head.setChecked(both or looked.view.office is None)
        self.comparison.only_differences.setChecked(both and looked.view.office is not None)
        self.alone.setText(
            self.tr("What was proposed uses boundaries of a newer version, which this one cannot show.")
            if cio.newer or ciso.newer
            else self.tr("Neither office has proposed terms yet.")
        )
        self._compare()

    def set_mine(self, mine: Terms | None) -> None:
        """The terms the person is editing; None while nothing is changed, or while they cannot be read."""
        if mine != self._mine:
            self._mine = mine
            self._stale = True
            # In the next turn: of several changes at once only the last is drawn.
            self._turns.begin((_wait, self._renew))

    def _on_opened(self, opened: bool) -> None:
        if opened:
            self._renew()

    def _renew(self) -> None:
        if self._stale and self.head.isChecked():
            self._compare()

    def _compare(self) -> None:
        self._stale = False
        if self._looked is None:
            return
        cio, ciso = self._looked.view.offices
        left, right = self._terms(cio), self._terms(ciso)
        nothing = left is None and right is None
        self.comparison.setVisible(not nothing)
        self.alone.setVisible(nothing)
        if not nothing:
            rows = compare_terms(left, right, self._looked.called, owner_answers(self._looked))
            self.comparison.set_rows(rows, self._name(cio), self._name(ciso), half_of(cio), half_of(ciso))

    def _edits(self, office: OfficeView) -> bool:
        return self._mine is not None and self._looked is not None and office.office is self._looked.view.office

    def _terms(self, office: OfficeView) -> Terms | None:
        return self._mine if self._edits(office) else office.terms

    def _name(self, office: OfficeView) -> str:
        if self._edits(office):
            return self.tr("{office} · yours, not signed").format(office=office.office.label)
        if office.newer is not None:
            return self.tr("{office} · boundaries of a newer version").format(office=office.office.label)
        if office.terms is None:
            return office.office.label
        if office.outdated:
            return self.tr("{office} · revision {number}, outdated").format(
                office=office.office.label, number=office.given_on
            )
        return self.tr("{office} · revision {number}").format(office=office.office.label, number=office.given_on)


def _wait() -> None:
    """The first bit is done at once, and there is nothing to do at once."""
