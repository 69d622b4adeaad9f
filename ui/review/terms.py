"""The terms: both offices side by side, and below it mine to edit: stage, expiry, conditions and the four boundaries.

Whether editing makes a counter-proposal is asked here (``agrees``); what signing it means is decided in the services.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.refusals import Refusal
from intake.domain.terms.boundaries import BoundaryField as Limit
from intake.domain.terms.field_tables import FIELD_TABLES
from intake.domain.terms.terms import GRANTABLE, Stage, Terms, terms
from ui.review.conditions import ConditionsEditor
from ui.review.summary import half_of
from ui.review.work import Looked
from ui.theme import Tone, sizes
from ui.widgets.blocks import ScrolledSection, WrappingRow
from ui.widgets.boundary_editor import BoundaryEditor
from ui.widgets.boxes import bare_row
from ui.widgets.comparison import TermsComparison, compare_terms
from ui.widgets.date_field import DateField
from ui.widgets.fields import Choice, PickField
from ui.widgets.fold import Fold
from ui.widgets.labels import heading, quiet
from ui.widgets.panels import Card, NoticePanel, action_button
from ui.words.cases import stage_words

if TYPE_CHECKING:
    from intake.services.deciding.reviewing import CaseView, OfficeView


class ExpiryMissing(Refusal):
    what = "The terms have no day on which they end."
    why = "An approval that never ends is never looked at again."
    next = "Choose a day under “Until”."


class StageMissing(Refusal):
    what = "The terms do not say which stage they grant."
    why = "A pilot and a scaled use are different decisions."
    next = "Choose a stage."


class TermsPart(ScrolledSection):
    """``changed`` comes when the person edited something. Editing is there for the offices only."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Terms and boundaries"))
        self._base: Terms | None = None
        self._proposed: Terms | None = None
        self._keep: Terms | None = None
        self._looked: Looked | None = None
        self._table = FIELD_TABLES.newest
        self._built = False

    def build(self) -> None:
        """Make the fields when somebody opens this section: they are many, and the summary is read more often."""
        if self._built or not self.complete:
            return
        if self._looked is not None:
            self._table = self._looked.view.table
        limits = (partial(self._add_limit, limit) for limit in self._table)
        self.fill((self._add_comparison, self._add_mine, *limits, self._end))

    def _add_comparison(self) -> None:
        s = sizes(self)
        self.comparison = TermsComparison()
        self.compared = Fold(self.tr("Both offices side by side"))
        self.alone = quiet("")
        self.compared.box.setContentsMargins(0, s.m, 0, 0)
        self.compared.box.addWidget(self.alone)
        self.compared.box.addWidget(self.comparison)
        self.box.addWidget(self.compared)
        if self._looked is not None:
            self._compare(self._looked)

    def _add_mine(self) -> None:
        s = sizes(self)
        self.mine = QWidget()
        inner = QVBoxLayout(self.mine)
        inner.setContentsMargins(0, s.l, 0, 0)
        inner.setSpacing(s.l)
        self.take_over = QAction(self.tr("&Take these terms over"), self)
        self.take_over.triggered.connect(self.reset)
        self.start = QAction(self.tr("Start from what the playbook proposes"), self)
        self.start.triggered.connect(self._on_start)
        title = heading(self.tr("The terms you would sign"), 2)
        inner.addWidget(WrappingRow(title, action_button(self.start), action_button(self.take_over), grows=True))
        self.state = NoticePanel("", tone=Tone.INFO)
        inner.addWidget(self.state)
        inner.addWidget(self._frame())
        self.conditions = ConditionsEditor()
        self.conditions.changed.connect(self.changed)
        inner.addWidget(self.conditions)
        self.limits = BoundaryEditor(self._table, filled=False)
        self.limits.changed.connect(self._on_limit)
        inner.addWidget(self.limits)
        self.box.addWidget(self.mine)
        self.mine.setVisible(self._looked is not None and self._looked.view.office is not None)

    def _add_limit(self, limit: Limit) -> None:
        self.limits.add(limit)

    def _end(self) -> None:
        self._built = True
        self._show()
        self.changed.emit()

    def show_case(self, looked: Looked, *, keep: Terms | None = None) -> None:
        """Show a case; ``keep`` are terms the person was editing, which stay as they are."""
        view = looked.view
        self._looked, self._keep = looked, keep
        self._base = base_terms(view)
        self._proposed = view.proposal
        if made := view.assessment:
            expires = looked.today + timedelta(days=made.path.valid_days)
            self._proposed = terms(Stage(view.revision.body.stage), made.boundaries.moved_to(view.table), (), expires)
        if self._built:
            self._show()

    def _show(self) -> None:
        looked = self._looked
        if looked is None:
            return
        view = looked.view
        self._compare(looked)
        self.mine.setVisible(view.office is not None)
        self.conditions.set_people(looked.names, looked.today)
        other = other_office(view)
        whose = self.tr("{office} says").format(office=other.office.label) if other is not None else ""
        theirs = other.terms if other is not None else None
        self.limits.set_reference(theirs.boundaries if theirs else None, whose)
        self.take_over.setVisible(theirs is not None)
        self._put(self._keep or self._base)

    def edited(self) -> Terms:
        """The terms in the fields; what editing began with, table and all, while nothing is changed.

        Raises StageMissing, ExpiryMissing, UnreadableTerms or UnreadableBoundary.
        """
        if not self._built:
            if self._base is None:
                raise StageMissing
            return self._keep or self._base
        stage, expires = self.stage.value(), self.expires.value()
        if stage is None:
            raise StageMissing
        if expires is None:
            raise ExpiryMissing
        made = terms(Stage(stage), self.limits.boundaries(), self.conditions.conditions(), expires)
        begun = (item for item in (self._base, self._keep) if item is not None)
        return next((item for item in begun if item.moved_to(self._table) == made), made)

    def touched(self) -> Terms | None:
        """The edited terms when they differ from where editing began, to be kept over a reload."""
        try:
            edited = self.edited()
        except Refusal:
            return None
        return edited if self._base is not None and edited.digest != self._base.digest else None

    def reset(self) -> None:
        """Back to where editing began: the other office’s terms, or what is proposed."""
        if self._base is not None and self._built:
            self._put(self._base)
            self.changed.emit()

    def check(self) -> None:
        """Show at its field what is wrong with a boundary."""
        if self._built:
            self.limits.check()

    def say(self, text: str, tone: Tone) -> None:
        """What the edited terms amount to, above the fields."""
        if self._built:
            self.state.set_words(text, "", tone)

    def focus_editor(self) -> None:
        self.build()
        self._turns.finish()
        # Lay out first: on the first visit nothing has a place yet.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self.verticalScrollBar().setValue(self.mine.y())
        self.stage.focus_widget().setFocus()

    def _frame(self) -> Card:
        card = Card()
        s = sizes(self)
        pairs = []
        self.stage = PickField([Choice(item.value, stage_words(item)) for item in GRANTABLE])
        self.expires = DateField()
        for text, field in ((self.tr("Stage &granted"), self.stage), (self.tr("&Until"), self.expires)):
            label = QLabel(text)
            label.setBuddy(field.focus_widget())
            field.name(text.replace("&", ""), "")
            field.changed.connect(self.changed)
            pair = QWidget()
            line = bare_row(pair, s.m)
            line.addWidget(label)
            line.addWidget(field)
            pairs.append(pair)
        card.box.addWidget(WrappingRow(*pairs))
        card.box.addWidget(quiet(self.tr("On that day the approval ends; both offices look again before it goes on.")))
        return card

    def _put(self, values: Terms | None) -> None:
        if values is None:
            return
        self.stage.set_value(values.stage.value)
        self.expires.set_value(values.expires)
        self.conditions.set_conditions(values.conditions)
        self.limits.set_boundaries(values.boundaries)

    def _compare(self, looked: Looked) -> None:
        view = looked.view
        cio, ciso = view.offices
        nothing = cio.terms is None and ciso.terms is None
        self.alone.setText(
            self.tr("What was proposed uses boundaries of a newer version, which this one cannot show.")
            if cio.newer or ciso.newer
            else self.tr("Neither office has proposed terms yet.")
        )
        self.comparison.setVisible(not nothing)
        self.alone.setVisible(nothing)
        both = cio.terms is not None and ciso.terms is not None
        # With one position only, the fields below already show it.
        self.compared.head.setChecked(both or view.office is None)
        self.comparison.only_differences.setChecked(both and view.office is not None)
        if not nothing:
            self.comparison.set_rows(
                compare_terms(cio.terms, ciso.terms, looked.names),
                self._name(cio),
                self._name(ciso),
                half_of(cio),
                half_of(ciso),
            )

    def _name(self, office: OfficeView) -> str:
        if office.newer is not None:
            return self.tr("{office} · boundaries of a newer version").format(office=office.office.label)
        if office.terms is None:
            return office.office.label
        if office.outdated:
            return self.tr("{office} · revision {number}, outdated").format(
                office=office.office.label, number=office.given_on
            )
        return self.tr("{office} · revision {number}").format(office=office.office.label, number=office.given_on)

    def _on_limit(self, _: str) -> None:
        self.changed.emit()

    def _on_start(self) -> None:
        self._put(self._proposed)
        self.changed.emit()


def other_office(view: CaseView) -> OfficeView | None:
    """The other office, when it holds terms on the newest revision."""
    if view.office is None:
        return None
    found = next(item for item in view.offices if item.office is not view.office)
    holds = found.terms is not None and not found.outdated and found.position is Position.APPROVE
    return found if holds else None


def base_terms(view: CaseView) -> Terms:
    """Where editing begins: the other office’s terms, else one’s own, else what the playbook proposes."""
    other = other_office(view)
    return other.terms if other is not None and other.terms is not None else view.proposal
