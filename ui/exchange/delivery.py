"""What was signed here and has not left: counted after every change and every exchange, for whatever tells of it.

One ``DeliveryWatch`` per window. What signs need not know of it: the register does. Sending is the ticker's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.context import Changes, Context
from ui.exchange.exchanger import ExchangeOutcome, exchanger
from ui.jobs import JobTask
from ui.newest import Newest

if TYPE_CHECKING:
    from intake.services.exchanging.delivery import UnsentAct
    from intake.services.installation.workspace import Session

MOST = 100
"""Acts that are listed; their number is told all the same."""


@dataclass(frozen=True, slots=True)
class DeliveryFacts:
    """How many acts signed here have not left, the number of the newest of them, and the exchange folder if one is set."""

    unsent: int = 0
    newest: int = 0
    folder: str = ""


def look(_: JobTask, session: Session) -> DeliveryFacts:
    """Runs on the register lane."""
    from intake.services.exchanging import delivery

    found = delivery.unsent(session.installation)
    return DeliveryFacts(found.count, found.newest, session.settings.folder)


def list_unsent(_: JobTask, session: Session) -> tuple[UnsentAct, ...]:
    """The newest ``MOST`` of them, newest first."""
    from intake.services.exchanging import delivery

    return delivery.unsent_acts(session.installation, limit=MOST)


class DeliveryWatch(QObject):
    """``changed`` when ``facts`` were read again, whether or not they differ."""

    changed = Signal()
    read = Signal()
    """After each reading, also one that failed."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.facts = DeliveryFacts()
        exchanger(context).ended.connect(self._on_ended)
        self._facts = Newest(context, look, self, quietly=True)
        self._facts.found.connect(self._on_found)
        self._facts.ended.connect(self.read)
        context.changed.connect(self._on_changed)
        self._facts.ask_again()

    @property
    def reading(self) -> bool:
        """Whether ``facts`` may be out of date this moment."""
        return self._facts.asking

    def _on_changed(self, _: Changes) -> None:
        self._facts.ask_again()

    def _on_ended(self, _: ExchangeOutcome) -> None:
        self._facts.ask_again()

    def _on_found(self, facts: DeliveryFacts) -> None:
        self.facts = facts
        self.changed.emit()


def delivery_watch(context: Context) -> DeliveryWatch:
    """The one watch of this window; made when it is first asked for."""
    found = context.findChild(DeliveryWatch)
    return found if isinstance(found, DeliveryWatch) else DeliveryWatch(context)
