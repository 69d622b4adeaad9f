"""Which of the chosen use cases are signed together, and which are not and why, before anything is signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake.domain.case.one_page import RowTopic
from ui.several.work import SortedOut
from ui.theme import Tone, sizes
from ui.widgets.boxes import bare_column
from ui.widgets.decision_facts import row_facts
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import Label, heading, strong
from ui.widgets.links import LinkButton
from ui.widgets.panels import Card, NoticePanel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from intake.services.deciding.deciding import Prepared
    from intake.services.deciding.several import SetApart


class SortedCases(QWidget):
    """``opened`` carries the case whose page somebody wants, ``looked`` the one whose pages to sign they want to see."""

    opened = Signal(str)
    looked = Signal(str)

    def __init__(self, found: SortedOut, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        s = sizes(self)
        column = bare_column(self, s.l)
        ready, apart = found.sheet.ready, found.sheet.apart
        column.addWidget(self._summary(len(ready), len(apart)))
        if ready:
            card = Card(self, title=self.tr("Signed together"))
            card.box.setSpacing(s.m)
            for prepared in ready:
                card.box.addWidget(self._ready(prepared, card))
            column.addWidget(card)
        if apart:
            left = ApartCard(apart, self)
            left.opened.connect(self.opened)
            column.addWidget(left)
        column.addStretch(1)

    def _summary(self, ready: int, apart: int) -> NoticePanel:
        if not ready:
            return NoticePanel(
                self.tr("None of these can be signed together"),
                self.tr("Open each, and sign it on its page."),
                Tone.WARN,
            )
        text = self.tr("%Ln others are not signed here.", "", apart) if apart else ""
        return NoticePanel(self.tr("%Ln use cases will be decided by one sheet", "", ready), text, Tone.INFO)

    def _ready(self, prepared: Prepared, card: Card) -> QWidget:
        rows = [row for row in prepared.rows if row.topic in _IN_SHORT]
        part = CaseEntry(prepared.case, f"{prepared.reference} {prepared.title}", row_facts(rows), card)
        part.add_link(self.tr("Look at its pages"), prepared.reference).followed.connect(self.looked)
        part.add_link(self.tr("Open it"), prepared.reference).followed.connect(self.opened)
        return part


class ApartCard(Card):
    """Those that are not signed together, each with why. ``opened`` carries the case whose page somebody wants."""

    opened = Signal(str)

    def __init__(self, apart: Sequence[SetApart], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box.addWidget(heading(self.tr("Not signed here, and why"), 2))
        self.box.setSpacing(sizes(self).m)
        for item in apart:
            part = CaseEntry(item.case, f"{item.reference} {item.title}".strip(), Label(item.sentence), self)
            part.add_link(self.tr("Open it"), item.reference).followed.connect(self.opened)
            self.box.addWidget(part)


_IN_SHORT = (RowTopic.BOUNDARIES, RowTopic.CONDITIONS, RowTopic.RISK)
"""What of each is shown before the sheet, which has everything."""


class CaseEntry(QWidget):
    """One use case in a card: its name, which wraps, what is said of it, and the ways on."""

    def __init__(self, case: str, name: str, said: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        s = sizes(self)
        self._case = case
        self._column = bare_column(self, s.xs)
        self._column.addWidget(strong(name))
        self._column.addWidget(said)
        self._links = FlowLayout(self)
        self._links.setSpacing(s.m)
        self._column.addLayout(self._links)

    def add_link(self, words: str, reference: str) -> LinkButton:
        """A way on; a screen reader hears of which use case it is."""
        link = LinkButton(self._case, words, name=f"{words}: {reference}")
        self._links.addWidget(link)
        return link
