"""Sending and fetching through a shared folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path

from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import words
from intake.domain.organisation.exchange_rule import exchanges_confidentially
from intake.exchange.entries import Cancel, Entry, EntryKind, ProgressCall, never, silent
from intake.exchange.folder.folder import FolderCarrier
from intake.exchange.refusals import CarrierStopped, FolderConfidential
from intake.exchange.report import ExchangeReport as ExchangeReport  # noqa: PLC0414 - screens import it from here
from intake.exchange.report import Fetch, SendReport
from intake.exchange.report import report_of as report_of  # noqa: PLC0414 - as above
from intake.register.refusals import RegisterRefusal
from intake.register.store.receipts import Item, ItemKind, Proof
from intake.services.exchanging.confidential_carrier import ConfidentialCarrier
from intake.services.exchanging.left_out import LeftOut
from intake.services.exchanging.reported import RE_EVALUATING, reported, sent_before
from intake.services.exchanging.taking import Taking
from intake.services.installation.installation import Installation
from intake.services.organisation.people import asking_among

_READ_BACK = 1000
_READ_BACK_BYTES = 64 << 20
"""Acts and files that are read back from a folder when the program starts: on a share each costs a question and its bytes."""
_SAMPLED = 50
"""So many of those that others have as well."""


class FolderExchange:
    """Send and fetch through one folder. Keep one while the app runs: it remembers what need not be read again."""

    def __init__(self, installation: Installation, root: Path) -> None:
        self._installation = installation
        self._root = root
        self._carrier: FolderCarrier | ConfidentialCarrier | None = None
        self._compared = False
        self._damaged: frozenset[str] = frozenset()
        self._left = LeftOut()

    def run(self, *, progress: ProgressCall = silent, cancelled: Cancel = never) -> ExchangeReport:
        """Send what is not there yet, then fetch what is not here, whatever became of the sending.

        Raises HomeReadOnly before anything is done, and the refusal of either direction after both were tried: a stop that
        lies there must not depend on being able to write. What was done is kept, and ``report_of`` the refusal tells it.
        """
        # What was sent is noted here; without that it would go out again and again.
        self._installation.register.require_writing()
        carrier = self._current()
        taking = Taking(self._installation, str(self._root), self._left)
        looks: list[Fetch] = []
        stopped: list[Refusal] = []
        try:
            sent = self._send(carrier, progress, cancelled)
        except Refusal as refusal:
            sent = sent_before(refusal)
            stopped.append(refusal)
        except Exception:
            # What is too large for the memory, or a bug of ours, is no reason either; it is what has to be told.
            with suppress(Refusal):
                self._fetch(carrier, taking, looks, progress, cancelled)
            raise
        if sent.cancelled:
            return reported(sent, taking.totals, looks, ())
        try:
            self._fetch(carrier, taking, looks, progress, cancelled)
        except Refusal as refusal:
            stopped.append(refusal)
        asking = asking_among(self._installation, taking.totals.enrolments)
        notes = carrier.met.notes if isinstance(carrier, ConfidentialCarrier) else ()
        report = reported(sent, taking.totals, looks, asking, stopped, notes)
        if stopped:
            stopped[0].facts["report"] = report
            raise stopped[0]
        return report

    def _current(self) -> FolderCarrier | ConfidentialCarrier:
        """The carrier for the organisation as it is now: it may have been founded since the last run, or exchange otherwise."""
        org = self._installation.register.org
        confidential = self._confidential(org)
        if (
            self._carrier is None
            or self._carrier.org != org
            or isinstance(self._carrier, ConfidentialCarrier) is not confidential
        ):
            folder = FolderCarrier(self._root, org)
            self._carrier = ConfidentialCarrier(self._installation, folder) if confidential else folder
            self._compared = False
            self._left = LeftOut()
        return self._carrier

    def _confidential(self, org: str) -> bool:
        """As the roster says; where something encrypted lies there, it is taken whatever the roster says."""
        return exchanges_confidentially(self._installation.rosters) or (
            bool(org) and FolderCarrier(self._root, org).holds_encrypted()
        )

    def _send(
        self, carrier: FolderCarrier | ConfidentialCarrier, progress: ProgressCall, cancelled: Cancel
    ) -> SendReport:
        rosters = self._installation.rosters
        if isinstance(carrier, ConfidentialCarrier) and rosters.founded and not exchanges_confidentially(rosters):
            raise FolderConfidential(folder=str(self._root), done=0, detail="")
        receipts = self._installation.register.receipts
        name = f"{carrier.root}/{carrier.org}"
        if not self._compared:
            # A folder that cannot be looked through may be written all the same; if not, sending says so.
            with suppress(CarrierStopped):
                self._forget_lost(carrier, name, progress, cancelled)
        given: list[tuple[ItemKind, str]] = []

        def entries() -> Iterator[Entry]:
            for item in receipts.outgoing(name):
                yield Entry(EntryKind(item.kind.value), item.id, item.data)

        def there(entry: Entry) -> None:
            given.append((ItemKind(entry.kind.value), entry.id))

        # What was signed here and has not left is said to be sent only once it was read there, not by name and size.
        mine = self._installation.register.own_acts.unsent_files()
        sent = SendReport()
        try:
            sent = carrier.send(
                entries(),
                doubted=lambda entry: entry.id in mine or entry.id in self._damaged,
                progress=progress,
                cancelled=cancelled,
                there=there,
            )
        except CarrierStopped as stopped:
            sent = sent_before(stopped)
            raise
        finally:
            try:
                receipts.note(name, given, Proof.WRITTEN)
            except Refusal as refusal:
                # It is there all the same, and goes out once more.
                refusal.facts["report"] = sent
                raise
        return sent

    def _fetch(
        self,
        carrier: FolderCarrier | ConfidentialCarrier,
        taking: Taking,
        looks: list[Fetch],
        progress: ProgressCall,
        cancelled: Cancel,
    ) -> None:
        """Fetch what is not here; ``looks`` grows with each look through the folder. Use cases are judged with what came."""
        register = self._installation.register
        self._left.look_again(register)
        if self._left.keep_again(register):
            # Of files that are wrong the carrier remembers that it told of them; now they can be kept.
            carrier.forget()
        not_kept = set(self._left.refused)

        def look() -> Fetch:
            looks.append(carrier.fetch(self._known, wanted=taking.named, progress=progress, cancelled=cancelled))
            return looks[-1]

        try:
            taking.take(look)
            taking.totals.count_remembered(self._left, not_kept)
            if not looks[-1].report.cancelled:
                self._left.settle()
        except RegisterRefusal:
            # What was told of and could not be stored has to be told again.
            carrier.forget()
            raise
        finally:
            register.rejudge(progress=lambda done, total: progress(done, total, words(RE_EVALUATING())))

    def _forget_lost(
        self, carrier: FolderCarrier | ConfidentialCarrier, name: str, progress: ProgressCall, cancelled: Cancel
    ) -> None:
        """Once per start: a stick may be another one, a share may be restored. What is gone there goes out again."""
        present = carrier.present(progress=progress, cancelled=cancelled)
        receipts = self._installation.register.receipts
        # Of what nobody has answered this is the only copy elsewhere. For what others have as well names and sizes are enough, but a few
        # are read each time: files overwritten in their own size keep newcomers out, and nobody else would notice.
        read = chain(_first(receipts.unanswered(name)), _first(receipts.some(name, _SAMPLED)))
        lost = carrier.lost(read, progress=progress, cancelled=cancelled)
        self._damaged = frozenset(item for _, item in lost)

        def there(kind: ItemKind, item: str) -> bool:
            entry = EntryKind(kind.value)
            return (entry, item) not in lost and present.has(entry, item)

        if not cancelled():
            receipts.keep_only(name, there)
            self._compared = True

    def _known(self, kind: EntryKind, entry_id: str) -> bool:
        if self._left.has(kind, entry_id):
            return True
        return self._installation.register.receipts.known(ItemKind(kind.value), entry_id)


def _first(items: Iterable[Item]) -> Iterator[Entry]:
    """As many of them as are read back at one start."""
    size = 0
    for count, item in enumerate(items):
        size += len(item.data)
        if count == _READ_BACK or size > _READ_BACK_BYTES:
            return
        yield Entry(EntryKind(item.kind.value), item.id, item.data)
