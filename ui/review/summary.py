"""The summary of a review: the decision on one page, with what is asked on top. Read first, decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.wording import shown
from intake.domain.case.one_page import RowTopic, limit_rows
from intake.domain.terms.boundaries import Boundary
from ui.review.work import Looked
from ui.texts import filled
from ui.theme import Tone, sizes
from ui.widgets.blocks import Beside, ScrolledSection
from ui.widgets.conditions import ConditionsCard
from ui.widgets.decision_facts import of_topic, row_facts, row_value, rows_card, what_card
from ui.widgets.labels import Label, heading, quiet, strong
from ui.widgets.panels import Card, Chip, NoticePanel
from ui.widgets.ring import Ring
from ui.words.cases import stage_words, tier_tone
from ui.words.ring import Half, RingState

if TYPE_CHECKING:
    from intake.services.deciding.reviewing import CaseView, OfficeView

MAIN = 3
"""How many drivers of the tier the summary names; the section on risk has all of them."""


class SummarySection(ScrolledSection):
    """One look, top to bottom: the question, the reasons on both sides, the positions."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("The summary"))

    def show_case(self, looked: Looked) -> None:
        self.fill(
            (
                lambda: self.box.addWidget(next_notice(looked.view)),
                lambda: self.box.addWidget(self._asked(looked)),
                lambda: self.box.addWidget(what_card(looked.view.rows)),
                lambda: self.box.addWidget(self._limits(looked)),
                lambda: self._add_conditions(looked),
                lambda: self.box.addWidget(Beside((self._value(looked), self._risk(looked)))),
                lambda: self.box.addWidget(Beside([self._office(looked, item) for item in looked.view.offices])),
                lambda: self._add_open_points(looked),
            )
        )

    def _asked(self, looked: Looked) -> QWidget:
        view = looked.view
        stage = stage_words(view.revision.body.stage).lower()
        title = filled(
            self.tr("{owner} of {unit} asks to run this as: {stage}"),
            owner=looked.owner,
            unit=view.revision.body.unit,
            stage=stage,
        )
        lines = [self._other_word(looked)] if view.office is not None else []
        if view.changed_since:
            changed = self.tr("%Ln answers changed since revision {number}.", "", len(view.changes))
            lines.append(changed.format(number=view.changed_since))
        points = len(view.assessment.open_points) if view.assessment else 0
        if points:
            lines.append(self.tr("%Ln questions are answered “I don’t know”.", "", points))
        if not looked.evidence:
            lines.append(self.tr("No evidence is attached."))
        return NoticePanel(title, " ".join(lines), Tone.INFO)

    def _other_word(self, looked: Looked) -> str:
        """What the other office says, in one sentence."""
        other = next(item for item in looked.view.offices if item.office is not looked.view.office)
        name = other.office.label
        if other.position is None:
            return self.tr("The {office} has not said anything yet.").format(office=name)
        if other.outdated:
            return self.tr("The {office} last spoke on revision {number}; that is outdated.").format(
                office=name, number=other.given_on or "?"
            )
        if other.position is Position.CHANGES:
            return self.tr("The {office} asks for changes.").format(office=name)
        if other.position is Position.DECLINE:
            return self.tr("The {office} declines.").format(office=name)
        count = len(looked.view.differences)
        if count:
            words = self.tr(
                "The {office} approves on this revision; its terms differ from yours in %Ln points.", "", count
            )
            return words.format(office=name)
        return self.tr("The {office} approves on this revision; the terms are below.").format(office=name)

    def _limits(self, looked: Looked) -> Card:
        """The terms that are in question: stage and last day, the boundaries in four lines, the conditions."""
        rows = of_topic(looked.view.rows, RowTopic.BOUNDARIES, RowTopic.CONDITIONS)
        return rows_card(self._whose(looked.view), rows)

    def _add_conditions(self, looked: Looked) -> None:
        """The conditions in force now, which may be others than those in question."""
        terms = looked.view.state.in_force.terms if looked.view.state.in_force else None
        if terms is not None and terms.conditions:
            self.box.addWidget(
                ConditionsCard(terms.conditions, looked.view.status.commitments, looked.names, looked.today)
            )

    def _whose(self, view: CaseView) -> str:
        if view.proposal_of is not None:
            return self.tr("The four boundaries, as the {office} signed them").format(office=view.proposal_of.label)
        return self.tr("The four boundaries, as the playbook proposes them")

    def _value(self, looked: Looked) -> Card:
        card = Card(title=RowTopic.VALUE.heading)
        rows = of_topic(looked.view.rows, RowTopic.VALUE)
        for row in rows:
            card.box.addLayout(_pair(quiet(shown(row.label)), row_value(row)))
        if not rows:
            card.box.addWidget(quiet(self.tr("The playbook of this revision asks nothing about its value.")))
        card.box.addStretch(1)
        return card

    def _add_open_points(self, looked: Looked) -> None:
        rows = of_topic(looked.view.rows, RowTopic.OPEN)
        if rows:
            self.box.addWidget(rows_card(RowTopic.OPEN.heading, rows))

    def _risk(self, looked: Looked) -> Card:
        view = looked.view
        made = view.assessment
        if made is None:
            card = Card(title=self.tr("Risk"))
            card.box.addWidget(not_assessed(view))
            card.box.addStretch(1)
            return card
        card = Card()
        top = QHBoxLayout()
        top.addWidget(heading(self.tr("Risk"), 2), 1)
        top.addWidget(Chip(made.path.label, tier_tone(made.tier)))
        card.box.addLayout(top)
        card.box.addWidget(Label(made.path.sentence))
        fired = [row for row in of_topic(view.rows, RowTopic.RISK) if row.key == "driver"]
        if fired:
            drivers = [Label(f"· {shown(row.value)}") for row in fired[:MAIN]]
            card.box.addLayout(_pair(quiet(shown(fired[0].label)), *drivers))
        more = len(fired) - MAIN
        if more > 0:
            card.box.addWidget(quiet(self.tr("and %Ln more", "", more)))
        if not fired:
            card.box.addWidget(quiet(self.tr("No rule of the playbook raises it.")))
        if made.might_be:
            card.box.addWidget(
                Label(self.tr("It might be higher: something is not known that could raise it."), tone=Tone.WARN)
            )
        counts = self.tr("{threats} threats · {controls} controls · {duties} duties apply").format(
            threats=len(made.threats), controls=len(made.controls), duties=len(made.duties)
        )
        card.box.addWidget(quiet(counts))
        card.box.addStretch(1)
        return card

    def _office(self, looked: Looked, office: OfficeView) -> Card:
        card = Card()
        s = sizes(self)
        top = QHBoxLayout()
        top.setSpacing(s.m)
        half = half_of(office)
        top.addWidget(Ring(ring_with(office, half), lines=1.8), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        name = f"{office.office.label} · {office.holder}" if office.holder else office.office.label
        rows = {row.key: row for row in of_topic(looked.view.rows, RowTopic.OFFICES)}
        position, reason = shown(rows[office.office.value].value), rows.get(f"{office.office.value} reason")
        words.addWidget(strong(name))
        words.addWidget(quiet(position))
        top.addLayout(words, 1)
        if office.position is not None and office.outdated:
            top.addWidget(Chip(self.tr("Outdated"), Tone.WARN), 0, Qt.AlignmentFlag.AlignTop)
        elif looked.view.office is office.office:
            top.addWidget(Chip(self.tr("You"), Tone.INFO), 0, Qt.AlignmentFlag.AlignTop)
        card.box.addLayout(top)
        if reason is not None:
            card.box.addWidget(row_value(reason))
        if office.terms is not None:
            # The boundaries of the terms in question stand above; where the two differ is in the section on terms.
            short = [row for row in limit_rows(office.terms, looked.names) if row.key not in set(Boundary)]
            card.box.addWidget(row_facts(short))
        card.box.addStretch(1)
        return card


def next_notice(view: CaseView) -> NoticePanel:
    """What who looks does next, as the page of the use case says it; what must stop is marked."""
    tone = Tone.INFO if view.stop is None else Tone.BAD
    return NoticePanel(shown(view.next.call), shown(view.next.why), tone)


def not_assessed(view: CaseView) -> Label:
    """Why this program makes no assessment of the revision."""
    return Label(view.not_assessed.sentence if view.not_assessed else "", tone=Tone.WARN)


def _pair(*widgets: QWidget) -> QVBoxLayout:
    """A label close to what it names."""
    box = QVBoxLayout()
    box.setSpacing(0)
    for widget in widgets:
        box.addWidget(widget)
    return box


def half_of(office: OfficeView) -> Half:
    """What one office has said, as a half of the ring."""
    if office.position is None:
        return Half.OPEN
    if office.outdated:
        return Half.OUTDATED
    return {
        Position.APPROVE: Half.FILLED,
        Position.CHANGES: Half.CHANGES,
        Position.DECLINE: Half.DECLINED,
    }[office.position]


def ring_with(office: OfficeView, half: Half) -> RingState:
    """A ring that tells of this office only."""
    return RingState(cio=half) if office.office == "cio" else RingState(ciso=half)
