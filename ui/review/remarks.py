"""The remarks on a use case: the open ones with what answers them, the resolved ones folded away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.formatting import day_words
from ui.theme import Tone, sizes
from ui.turns import Turns
from ui.widgets.blocks import LongWords
from ui.widgets.boxes import bare_column, clear
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.fold import Fold
from ui.widgets.labels import quiet, strong
from ui.widgets.panels import Card, Chip

if TYPE_CHECKING:
    from intake.services.deciding.remarks import CaseRemark, RemarkSaid

NAMED = 40
"""Characters of a remark that tell a screen reader which one a button is about."""


class RemarkButton(QPushButton):
    """A button about one remark, which is named in full for who does not see where it stands."""

    def __init__(self, text: str, name: str, remark: CaseRemark) -> None:
        super().__init__(text)
        self.remark = remark
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)


class RemarkList(QWidget):
    """``answering`` and ``resolving`` carry the remark (a ``CaseRemark``) that somebody wants to answer or to see settled."""

    answering = Signal(object)
    resolving = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = bare_column(self, sizes(self).m)
        self._turns = Turns(self)
        self.settled: Fold | None = None

    def show_remarks(self, remarks: Sequence[CaseRemark], labels: Mapping[str, str]) -> None:
        """``labels`` are what questions are called, by id. Many remarks are built in turns of the event loop."""
        clear(self._box)
        self.settled = None
        still = QVBoxLayout()
        still.setSpacing(self._box.spacing())
        self._box.addLayout(still)
        resolved = [item for item in remarks if not item.open]
        if resolved:
            self.settled = Fold(self.tr("%Ln resolved remarks", "", len(resolved)))
            self._box.addWidget(self.settled)
        self._turns.begin(
            [
                partial(self._add, still if item.open or self.settled is None else self.settled.box, item, labels)
                for item in remarks
            ]
        )

    def _add(self, box: QVBoxLayout, item: CaseRemark, labels: Mapping[str, str]) -> None:
        box.addWidget(self._thread(item, labels))

    def _thread(self, item: CaseRemark, labels: Mapping[str, str]) -> Card:
        card = Card()
        self._say(card.box, item.said, self._on(item, labels))
        if item.answers:
            inside = QVBoxLayout()
            inside.setContentsMargins(sizes(self).xl, 0, 0, 0)
            for one in item.answers:
                self._say(inside, one, "")
            card.box.addLayout(inside)
        line = FlowLayout(self)
        line.setSpacing(sizes(self).m)
        if item.resolved is not None:
            who, day = item.resolved
            words = self.tr("Resolved by {who} on {day}").format(who=who, day=day_words(day))
            line.addWidget(Chip(words, Tone.GOOD))
        excerpt = " ".join(item.said.text.split())[:NAMED]
        words = self.tr("Answer") if item.open else self.tr("Answer, and open it again")
        answer = RemarkButton(words, self.tr("Answer the remark “{text}”").format(text=excerpt), item)
        answer.clicked.connect(self._on_answer)
        line.addWidget(answer)
        if item.open and item.against is None:
            name = self.tr("Resolve the remark “{text}”").format(text=excerpt)
            resolve = RemarkButton(self.tr("Resolve"), name, item)
            resolve.clicked.connect(self._on_resolve)
            line.addWidget(resolve)
        card.box.addLayout(line)
        return card

    def _on_answer(self) -> None:
        sender = self.sender()
        if isinstance(sender, RemarkButton):
            self.answering.emit(sender.remark)

    def _on_resolve(self) -> None:
        sender = self.sender()
        if isinstance(sender, RemarkButton):
            self.resolving.emit(sender.remark)

    def _on(self, item: CaseRemark, labels: Mapping[str, str]) -> str:
        on = self.tr("on “{what}”").format(what=labels.get(item.about, item.about)) if item.about else ""
        revision = self.tr("revision {number}").format(number=item.number) if item.number else ""
        return " · ".join(part for part in (on, revision) if part)

    def _say(self, box: QBoxLayout, one: RemarkSaid, more: str) -> None:
        who = f"{one.name}, {one.office.label}" if one.office else one.name
        close = QVBoxLayout()
        close.setSpacing(0)
        close.addWidget(strong(who))
        close.addWidget(quiet(" · ".join(part for part in (day_words(one.day), more) if part)))
        close.addWidget(LongWords(one.text, who))
        box.addLayout(close)
