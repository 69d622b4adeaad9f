"""How the organisation exchanges: who can read what travels, who has no key to read with, and changing it as an administrator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from intake.domain.organisation.exchange_rule import Reading
from ui.exchange.access_words import reading_name, reading_sentence
from ui.people.pieces import small_button
from ui.theme import Tone
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import Label, quiet, strong
from ui.widgets.panels import Card, Chip
from ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from intake.services.installation.workspace import Session


@dataclass(frozen=True, slots=True)
class ExchangeFacts:
    """``keyless`` are the names of people with a role who have no reader key."""

    reading: Reading = Reading.OPEN
    keyless: tuple[str, ...] = ()


def how_it_exchanges(session: Session) -> ExchangeFacts:
    """Read on the register lane."""
    from intake.services.installation.access import access_to
    from intake.services.organisation import exchange_choice

    installation = session.installation
    access = access_to(installation, "")
    names = sorted(map(installation.rosters.name, access.keyless))
    return ExchangeFacts(exchange_choice.in_force(installation), tuple(names))


class ExchangeCard(Card):
    """``wanted`` carries the ``Reading`` that an administrator wants instead."""

    wanted = Signal(object)

    MOST = 6
    """Names that are told; of more their number."""

    def __init__(self, found: ExchangeFacts, *, may: bool, why: str = "") -> None:
        """``why`` says what keeps administrators from changing it now."""
        super().__init__()
        confidential = found.reading is Reading.CONFIDENTIAL
        self._other = Reading.OPEN if confidential else Reading.CONFIDENTIAL
        row = FlowLayout(self)
        title = strong(self.tr("Exchange"))
        title.setWordWrap(False)
        row.addWidget(title)
        row.addWidget(Chip(reading_name(found.reading), Tone.GOOD if confidential else Tone.WARN))
        self.box.addLayout(row)
        self.box.addWidget(Label(reading_sentence(found.reading)))
        if found.keyless:
            said = self.tr(
                "%Ln people have no reader key: {names}. They make one by enrolling again.", "", len(found.keyless)
            )
            shown = ", ".join(found.keyless[: self.MOST]) + (" …" if len(found.keyless) > self.MOST else "")
            self.box.addWidget(Label(said.format(names=shown), tone=Tone.WARN if confidential else None))
        elif not confidential:
            self.box.addWidget(
                quiet(self.tr("Everybody with a role has a reader key, so it can be made confidential."))
            )
        text = self.tr("Make it confidential…") if not confidential else self.tr("Open it to everybody…")
        self.change = small_button(text, self.tr("Exchange: {action}").format(action=text.rstrip("…")))
        self.change.setEnabled(may)
        self.change.setToolTip("" if may else plain_tip(why or self.tr("Only an administrator can change it.")))
        self.change.clicked.connect(self._on_change)
        self.box.addWidget(self.change)

    def _on_change(self) -> None:
        self.wanted.emit(self._other)
