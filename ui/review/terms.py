"""The terms: both offices side by side, and below it mine to edit: stage, expiry, conditions and the four boundaries.

What is edited is kept by ``writing``; what signing it is called, and what it leads to, is decided below the screens.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake.domain.base.refusals import Refusal
from intake.domain.case.writing import Began
from intake.domain.terms.boundaries import BoundaryField as Limit
from intake.domain.terms.edits import TermsChange, TermsEdits, edits_between
from intake.domain.terms.field_tables import FIELD_TABLES
from intake.domain.terms.terms import Terms
from intake.domain.terms.waivers import Waiver
from intake.services.deciding.granting import steps_open
from ui.review.condition_dialog import BegunCondition
from ui.review.conditions import ConditionsEditor, people_to_choose
from ui.review.grant_panel import GrantPanel
from ui.review.my_terms_head import MyTermsHead
from ui.review.owner_answers import OwnerAnswersLine
from ui.review.positions import PositionsFold
from ui.review.unsigned_panel import UnsignedPanel
from ui.review.validity import StageMissing, ValidityCard
from ui.review.work import Looked
from ui.theme import Tone, sizes
from ui.widgets.blocks import ScrolledSection
from ui.widgets.boundary_editor import BoundaryEditor

if TYPE_CHECKING:
    from intake.services.deciding.reviewing import CaseView, OfficeView


@dataclass(frozen=True, slots=True)
class _TakenBack:
    """Changes that can be brought back, and what they began from."""

    edits: TermsEdits
    began: Began | None = None


_NOTHING = _TakenBack(TermsEdits())


class TermsPart(ScrolledSection):
    """``changed`` comes when the person edited something. Editing is there for the offices only.

    What is edited are changes of the terms in question (``edits``): everything that was not touched is as it is there. ``seen``
    comes when the person has seen what came since the changes were begun, ``begun`` carries a condition that is being written.
    """

    changed = Signal()
    seen = Signal()
    begun = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Terms and boundaries"))
        self._looked: Looked | None = None
        self._table = FIELD_TABLES.newest
        self._undoing = _NOTHING
        self._built = False
        self._begun = BegunCondition()
        self.edits = TermsEdits()
        self.began: Began | None = None

    def build(self) -> None:
        """Make the fields when somebody opens this section: they are many, and the summary is read more often."""
        if self._built or not self.complete:
            return
        if self._looked is not None:
            self._table = self._looked.view.table
        limits = (partial(self._add_limit, limit) for limit in self._table)
        self.fill((self._add_mine, self._add_fields, *limits, self._end))

    def _add_mine(self) -> None:
        s = sizes(self)
        self.compared = PositionsFold()
        self.box.addWidget(self.compared)
        self.mine = QWidget()
        if self._looked is None or self._looked.view.office is None:
            self.mine.hide()
        self._inner = QVBoxLayout(self.mine)
        self._inner.setContentsMargins(0, s.l, 0, 0)
        self._inner.setSpacing(s.l)
        self.head = MyTermsHead()
        self.head.taken_over.connect(self.reset)
        self.head.started.connect(self._on_start)
        self._inner.addWidget(self.head)
        self.unsigned = UnsignedPanel()
        self.unsigned.undone.connect(self.undo)
        self.unsigned.all_undone.connect(self.reset)
        self.unsigned.brought_back.connect(self._on_back)
        self.unsigned.seen.connect(self.seen)
        self.grant = GrantPanel()
        self.grant.waived.connect(self._on_waived)
        self._inner.addWidget(self.unsigned)
        self._inner.addWidget(self.grant)
        self.box.addWidget(self.mine)

    def _add_fields(self) -> None:
        validity = ValidityCard()
        self.validity, self.stage, self.expires = validity, validity.stage, validity.expires
        validity.changed.connect(self._on_validity)
        self.answered = OwnerAnswersLine()
        self._inner.addWidget(self.answered)
        self._inner.addWidget(validity)
        self.conditions = ConditionsEditor()
        self.conditions.changed.connect(self._on_conditions)
        self.conditions.begun.connect(self.begun)
        self.conditions.set_begun(self._begun)
        self._inner.addWidget(self.conditions)
        self.limits = BoundaryEditor(self._table, filled=False)
        self.limits.changed.connect(self._on_limit)
        self._inner.addWidget(self.limits)
        # Each field has its value before it is drawn: one without says that nothing is asked.
        self._put_first()

    def _add_limit(self, limit: Limit) -> None:
        self.limits.add(limit)
        if self._looked is not None:
            limits = self._base.boundaries.moved_to(self._table)
            self.limits.set_value(limit.path, self.edits.limits.get(limit.path, limits[limit.path]))

    def _end(self) -> None:
        self._built = True
        self._show()
        self.changed.emit()

    def show_case(self, looked: Looked, edits: TermsEdits, began: Began | None) -> None:
        """Show a case with the changes that are kept of its terms, and what they began from."""
        same = self._looked is not None and self._looked.view.state.case == looked.view.state.case
        # Where the same was only read again, what was taken back can still be brought back.
        self._undoing = self._undoing if same and edits == self.edits else _NOTHING
        self._looked, self.edits, self.began = looked, edits, began
        if self._built:
            self._show()

    def _show(self) -> None:
        looked = self._looked
        if looked is None:
            return
        view = looked.view
        self.mine.setVisible(view.office is not None)
        other = other_office(view)
        whose = self.tr("{office} says").format(office=other.office.label) if other is not None else ""
        theirs = other.held if other is not None else None
        self.limits.set_reference(theirs.boundaries if theirs else None, whose)
        self.limits.set_answers(self.answered.tell(looked, self._table))
        self.head.offer(other.office if other is not None else None)
        self._put()
        self.compared.show_case(looked, self._mine())
        self.tell()

    # ----------------------------------------------------------------------------------------------------- editing
    def now(self) -> Began:
        """The terms in question now, as what changes that begin now begin from. A case is shown."""
        assert self._looked is not None
        view = self._looked.view
        return Began(view.revision.id, view.revision.number, view.proposal_of, view.proposal)

    def edited(self) -> Terms:
        """The terms in the fields; what editing began with, table and all, while nothing is changed.

        Raises StageMissing, FirstDayMissing, ExpiryMissing, UnreadableTerms or UnreadableBoundary.
        """
        if self._looked is None:
            raise StageMissing
        if self._built:
            self.validity.check()
        return self.edits.over(self._looked.view.proposal, self._table)

    def changes(self) -> tuple[TermsChange, ...]:
        """What is changed of the terms in question, and not signed."""
        return self._changes(self.edits)

    def _changes(self, edits: TermsEdits) -> tuple[TermsChange, ...]:
        if self._looked is None or self._looked.view.office is None:
            return ()
        return edits.changes(self._looked.view.proposal, self._table)

    def undo(self, change: TermsChange) -> None:
        """Take one change back."""
        self._edit(self.edits.without(change), put=True)

    def reset(self) -> None:
        """Take all changes back: what is left are the terms in question. It can be undone until something else is edited."""
        self._replace(TermsEdits())

    def check(self) -> None:
        """Show at its field what is wrong with a boundary."""
        if self._built:
            self.limits.check()

    def say(self, text: str, tone: Tone) -> None:
        """What the edited terms amount to, above the fields."""
        if self._built:
            self.grant.say(text, tone)

    def focus_editor(self) -> None:
        self.build()
        self._turns.finish()
        # Lay out first: on the first visit nothing has a place yet.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self.verticalScrollBar().setValue(self.mine.y())
        self.stage.focus_widget().setFocus()

    def set_begun(self, begun: BegunCondition) -> None:
        """What was written of a new condition and not added."""
        self._begun = begun
        if self._built:
            self.conditions.set_begun(begun)

    def flush(self) -> None:
        """Take what is being typed this moment."""
        if self._built:
            self.grant.flush()
            self.limits.flush()

    def _put(self) -> None:
        """Fill the fields: with what was changed, and else with the terms in question."""
        self._put_first()
        self.limits.set_boundaries(self._base.boundaries, self.edits.limits)

    def _put_first(self) -> None:
        """Fill those above the boundaries."""
        if self._looked is None:
            return
        base, edits = self._base, self.edits
        self.validity.show_terms(base, edits, steps_open(self._looked.view.state))
        kept = (item for item in base.conditions if item not in edits.removed)
        view = self._looked.view
        asking = {view.person: view.office.value} if view.office else {}
        self.conditions.set_people(people_to_choose(self._looked), self._looked.names, self._looked.today, asking)
        self.conditions.set_conditions((*kept, *edits.added))

    def _edit(self, edits: TermsEdits, *, put: bool = False, undoing: _TakenBack | None = None) -> None:
        self.edits = edits
        self._undoing = undoing or _NOTHING
        if put:
            self._put()
        self.tell()
        self.changed.emit()

    def _replace(self, edits: TermsEdits) -> None:
        if self._looked is None or not self._built:
            return
        self._edit(edits, put=True, undoing=_TakenBack(self.edits, self.began))

    def tell(self) -> None:
        """Show what is changed and what was taken back, and the first in the column of the person’s office."""
        if not self._built or self._looked is None:
            return
        back = len(self._changes(self._undoing.edits))
        self.unsigned.tell(self._looked, self.changes(), self._table, self.began, self.now(), back)
        self.compared.set_mine(self._mine())
        self.grant.show_terms(self._looked.view, self._readable())

    def _mine(self) -> Terms | None:
        return self._readable() if self.changes() else None

    def _readable(self) -> Terms | None:
        try:
            return self.edited()
        except Refusal:
            return None

    # ------------------------------------------------------------------------------------------------------ fields
    def _on_validity(self) -> None:
        self._edit(self.validity.taken(self._base, self.edits))

    def _on_conditions(self) -> None:
        self._edit(self.edits.with_conditions(self._base, self.conditions.conditions()))

    def _on_waived(self, waivers: tuple[Waiver, ...]) -> None:
        self._edit(self.edits.with_waivers(self._base, waivers))

    def _on_limit(self, path: str) -> None:
        self._edit(self.edits.with_limit(self._base, self._table, path, self.limits.value(path)))

    def _on_start(self) -> None:
        if self._looked is not None:
            self._replace(edits_between(self._base, self._looked.view.proposed, self._table))

    def _on_back(self) -> None:
        # What they began from before may be in question no more, and that is to be said.
        self.began = self._undoing.began
        self._edit(self._undoing.edits, put=True)

    @property
    def _base(self) -> Terms:
        assert self._looked is not None
        return self._looked.view.proposal


def other_office(view: CaseView) -> OfficeView | None:
    """The other office, when it holds terms on the newest revision."""
    if view.office is None:
        return None
    found = next(item for item in view.offices if item.office is not view.office)
    return found if found.held is not None else None
