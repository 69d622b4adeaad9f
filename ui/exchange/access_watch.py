"""Who can read what travels, what was handed to the person here, and what is kept for others: for whatever tells of it.

One ``AccessWatch`` per window; it looks again after every change and every exchange. Once a passphrase was given, what others
hand over opens by itself: nobody is asked twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from intake.domain.organisation.exchange_rule import Reading
from ui.context import Changes, Context
from ui.exchange.exchanger import ExchangeOutcome, exchanger
from ui.jobs import JobHandle, JobLane, JobTask
from ui.newest import Newest

if TYPE_CHECKING:
    from intake.services.exchanging.releasing import ExchangeReport
    from intake.services.installation.opening import KeysOpened
    from intake.services.installation.workspace import Session


@dataclass(frozen=True, slots=True)
class AccessFacts:
    """``handed`` keys wait for a passphrase, ``files`` of ``size`` bytes are for others. ``reading`` is None before there is an
    organisation. ``opens`` says that something can be opened without asking anybody.
    """

    reading: Reading | None = None
    handed: int = 0
    files: int = 0
    size: int = 0
    opens: bool = False


@dataclass(frozen=True, slots=True)
class KeysTaken:
    """What came of opening: the keys, and what could be read with them."""

    keys: KeysOpened
    report: ExchangeReport


def look(_: JobTask, session: Session) -> AccessFacts:
    """Runs on the register lane."""
    from intake.services.confidential.standing import standing

    settings, kept = session.settings, session.kept
    found = standing(session.installation, settings.person, settings.key)
    known = kept.of(settings.key) is not None and not found.read_only
    opens = known and (found.handed > 0 or (found.readable and kept.fresh))
    return AccessFacts(found.reading, 0 if known else found.handed, found.files, found.size, opens)


def open_by_itself(_: JobTask, session: Session) -> KeysTaken | None:
    """Open and take in what can be without a passphrase; None when it was not given. Runs on the keys lane."""
    from intake.services.exchanging.releasing import open_and_take

    reader = session.reader
    session.kept.seen()
    return None if reader is None else KeysTaken(*open_and_take(session.installation, reader))


class AccessWatch(QObject):
    """``changed`` when ``facts`` were read again, whether or not they differ."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self.facts = AccessFacts()
        self._opening: JobHandle[KeysTaken | None] | None = None
        self._facts = Newest(context, look, self, quietly=True)
        self._facts.found.connect(self._on_found)
        exchanger(context).ended.connect(self._on_ended)
        context.changed.connect(self._on_changed)
        self._facts.ask_again()

    def took(self, opened: KeysTaken) -> None:
        """Tell everybody what can be read now that could not before."""
        self._context.tell(Changes(cases=opened.report.cases, exchange=True, people=True))

    def _on_changed(self, _: Changes) -> None:
        self._facts.ask_again()

    def _on_ended(self, _: ExchangeOutcome) -> None:
        self._facts.ask_again()

    def _on_found(self, facts: AccessFacts) -> None:
        self.facts = facts
        self.changed.emit()
        if facts.opens and self._opening is None:
            self._opening = self._context.run(JobLane.KEYS, open_by_itself, owner=self)
            self._opening.done.connect(self._on_opened)
            self._opening.refused.connect(self._on_refused)
            self._opening.finished.connect(self._on_finished)

    def _on_opened(self, opened: KeysTaken | None) -> None:
        if opened is not None and (opened.keys.keys or opened.report.new):
            self.took(opened)

    def _on_refused(self, _: object) -> None:
        """Nobody asked for it; what waits goes on being told."""

    def _on_finished(self) -> None:
        self._opening = None


def access_watch(context: Context) -> AccessWatch:
    """The one watch of this window; made when it is first asked for."""
    found = context.findChild(AccessWatch)
    return found if isinstance(found, AccessWatch) else AccessWatch(context)
