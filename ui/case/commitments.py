"""What both offices committed to, on the page of a use case: one list with how far it is, what presses first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from intake.domain.base.wording import shown
from intake.domain.case.answering import asked_by
from intake.domain.case.carrying import CommitmentProgress
from intake.services.deciding.commitment_lines import PROGRESS, SOURCES, settled
from ui.formatting import day_words
from ui.texts import filled
from ui.theme import Tone, sizes
from ui.widgets.blocks import LongWords
from ui.widgets.boxes import bare_column
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import Label, heading, quiet
from ui.widgets.links import LinkButton
from ui.widgets.panels import Card, Chip
from ui.words.cases import overdue_words
from ui.words.clocks import left_words

if TYPE_CHECKING:
    from intake.services.deciding.commitment_lines import CommitmentLine

_TONES = {
    CommitmentProgress.OVERDUE: Tone.BAD,
    CommitmentProgress.REPORTED: Tone.INFO,
    CommitmentProgress.OPEN: Tone.NEUTRAL,
    CommitmentProgress.CONFIRMED: Tone.GOOD,
    CommitmentProgress.WAIVED: Tone.WARN,
}


class CommitmentsCard(Card):
    """``reporting``, ``confirming`` and ``returning`` carry the id of a commitment. The first few are shown, the rest on demand."""

    reporting = Signal(str)
    confirming = Signal(str)
    returning = Signal(str)

    FIRST = 6
    """How many are shown at once, besides all that press."""

    def __init__(self, lines: Sequence[CommitmentLine], today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines, self._today = tuple(lines), today
        top = FlowLayout(self)
        top.addWidget(heading(self.tr("Commitments"), 2))
        late = sum(item.progress is CommitmentProgress.OVERDUE for item in self._lines)
        if late:
            top.addWidget(Chip(overdue_words(late), Tone.BAD))
        self.box.addLayout(top)
        done = self.tr("{done} of {count} settled").format(done=settled(self._lines), count=len(self._lines))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, len(self._lines))
        self.bar.setValue(settled(self._lines))
        self.bar.setAccessibleName(self.tr("How many commitments are settled"))
        self.bar.setAccessibleDescription(done)
        self.box.addWidget(self.bar)
        self.box.addWidget(quiet(done))
        self._column = QVBoxLayout()
        self._column.setSpacing(sizes(self).m)
        self.box.addLayout(self._column)
        pressing = sum(
            item.progress in (CommitmentProgress.OVERDUE, CommitmentProgress.REPORTED) for item in self._lines
        )
        self._shown = max(self.FIRST, pressing)
        for item in self._lines[: self._shown]:
            self._column.addWidget(self._row(item))
        self.more: LinkButton | None = None
        if len(self._lines) > self._shown:
            words = self.tr("Show all {count} commitments").format(count=len(self._lines))
            self.more = LinkButton("", words)
            self.more.followed.connect(self._on_more)
            self.box.addWidget(self.more)

    def _on_more(self, _: str) -> None:
        assert self.more is not None  # it was pressed
        self.more.setVisible(False)
        rows = [self._row(item) for item in self._lines[self._shown :]]
        for row in rows:
            self._column.addWidget(row)
        # The link had the keyboard; it goes on with what came in its place.
        if links := [link for row in rows for link in row.findChildren(LinkButton)]:
            links[0].setFocus()

    def _row(self, item: CommitmentLine) -> QWidget:
        asked = item.asked
        row = QWidget()
        column = bare_column(row, sizes(self).xs)
        name = self.tr("Commitment of {who}").format(who=item.owner)
        column.addWidget(LongWords(asked.text, name))
        if asked.detail:
            column.addWidget(quiet(asked.detail))
        # A step has no day by which something is done: it is done before it.
        day = shown(item.due)
        when = filled(self.tr("by {day}"), day=day) if asked.due is not None else day
        said = quiet(
            filled(
                self.tr("{source} · {who} · {when} · {office} confirms it"),
                source=shown(SOURCES[asked.source]()),
                who=item.owner,
                when=when,
                office=asked_by(asked.office),
            )
        )
        column.addWidget(said)
        line = FlowLayout(row)
        line.addWidget(Chip(shown(PROGRESS[item.progress]()), _TONES[item.progress]))
        if asked.due is not None and not item.progress.settled:
            line.addWidget(Chip(*left_words((asked.due - self._today).days)))
        if asked.law:
            line.addWidget(Chip(self.tr("demanded by law"), Tone.NEUTRAL))
        column.addLayout(line)
        if asked.evidence and not item.progress.settled:
            column.addWidget(quiet(self.tr("Shown by: {evidence}").format(evidence="; ".join(asked.evidence))))
        self._add_said(column, item)
        self._add_links(column, item, row)
        return row

    def _add_said(self, column: QVBoxLayout, item: CommitmentLine) -> None:
        for said in item.reports:
            who = self.tr("Reported by {name} on {day}").format(name=said.name, day=day_words(said.day))
            column.addWidget(quiet(who))
            column.addWidget(LongWords(said.text, who))
            if said.files:
                column.addWidget(quiet(", ".join(file.name for file in said.files)))
        if item.returned is not None:
            back = item.returned
            who = self.tr("Sent back by {name} on {day}").format(name=back.name, day=day_words(back.day))
            column.addWidget(Label(who, tone=Tone.WARN))
            column.addWidget(LongWords(back.text, who))
        if item.tracked.waiver:
            column.addWidget(quiet(self.tr("Given up, because: {reason}").format(reason=item.tracked.waiver)))

    def _add_links(self, column: QVBoxLayout, item: CommitmentLine, row: QWidget) -> None:
        every = (
            (item.may_report, self.tr("Report…"), self.reporting, self.tr("Report that it is met: {text}")),
            (item.may_confirm, self.tr("Confirm…"), self.confirming, self.tr("Confirm the report: {text}")),
            (item.may_return, self.tr("Send back…"), self.returning, self.tr("Send the report back: {text}")),
        )
        line = FlowLayout(row)
        for may, words, signal, name in every:
            if may:
                link = LinkButton(item.asked.id, words, name=name.format(text=item.asked.text))
                link.followed.connect(signal)
                line.addWidget(link)
        column.addLayout(line)
