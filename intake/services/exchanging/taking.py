"""Taking what a carrier brings into the register: verified one by one, stored in batches, asked for when it is needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import ENROL
from intake.domain.base.refusals import Refusal
from intake.exchange.entries import Entry, EntryKind, FileProblem
from intake.exchange.report import Fetch
from intake.register.refusals import WaitingRoomFull
from intake.register.store.quarantine import RefusedOffer
from intake.register.store.receipts import ItemKind
from intake.services.exchanging.left_out import LeftOut
from intake.services.exchanging.taken import ImportTotals
from intake.services.installation.act_files import people_of
from intake.services.installation.installation import Installation
from intake.trust.acts import VerifiedAct, verify_act

_BATCH = 200
_BATCH_BYTES = 8 << 20


class Taking:
    """One exchange with one carrier; used once. ``totals`` are right at any moment, also after a refusal.

    ``source`` names the carrier in quarantine. What finds no place is noted in ``left``.
    """

    def __init__(self, installation: Installation, source: str, left: LeftOut) -> None:
        self.totals = self._now = ImportTotals(installation.register.quarantine)
        self._installation = installation
        self._source = source
        self._left = left
        self._acts: list[VerifiedAct] = []
        self._blobs: dict[str, bytes] = {}

    def named(self, name: str) -> bool:
        """Whether an act names this file, of those that are here and of those that have just come."""
        self._flush_acts()
        if self._installation.register.receipts.named(name):
            return True
        # Not asked again before something has come that could name it.
        self._left.leave_files(((name, 0),), strangers=False)
        return False

    def take(self, look: Callable[[], Fetch]) -> None:
        """Take what a carrier brings, and look again when a roster has come by which more of it has room now.

        Acts come in no order, so those of a newcomer may come before the roster that lists them, and there is room for
        few strangers. Each further look follows a roster that counts, so there are no more of them than of these.
        """
        before = self._counting()
        fetch = look()
        self._take(fetch)
        while (self.totals.without_room or self._left.seeking) and not fetch.report.cancelled:
            now = self._counting()
            if now <= before:
                break
            before |= now
            self._left.look_again(self._installation.register)
            fetch = look()
            self._now = ImportTotals(self._installation.register.quarantine)
            try:
                self._take(fetch)
            finally:
                self.totals.follow(self._now)
        if self.totals.waited:
            self.totals.settle(self._installation.register.queries.waiting_among(tuple(self.totals.waited)))

    def _counting(self) -> frozenset[str]:
        """The keys and the rosters (act ids) for which nothing has to wait here."""
        view = self._installation.register.organisation()
        return view.certificates | view.chain

    def _take(self, fetch: Fetch) -> None:
        """Verify and store; a problem is kept in quarantine when it is one for good."""
        try:
            for found in fetch:
                if isinstance(found, FileProblem):
                    # Without its bytes: a folder may hold more wrong files than the memory does.
                    self._now.problems.append(replace(found, data=b""))
                    if found.quarantine:
                        self._set_aside(found.data, found.refusal, found.where)
                elif found.kind is EntryKind.ACT:
                    self._add_act(found, fetch)
                else:
                    # Files are only taken when an act that is already stored names them.
                    self._flush_acts()
                    self._blobs[found.id] = found.data
                held = sum(map(len, self._blobs.values())) + sum(len(item.blob) for item in self._acts)
                if len(self._acts) >= _BATCH or held >= _BATCH_BYTES:
                    self._flush()
        finally:
            # Also when the carrier goes away in the middle: what had arrived by then is kept.
            try:
                self._flush()
            finally:
                self._now.write_aside()
                if self._now.not_kept:
                    self._left.leave_refused(self._now.acts_not_kept)

    def _add_act(self, found: Entry, fetch: Fetch) -> None:
        try:
            self._acts.append(verify_act(found.data))
            if self._acts[-1].act.kind == ENROL.name:
                self._now.enrolments.add(self._acts[-1].act.id)
            self._ask_for_people(fetch, self._acts[-1].act)
        except Refusal as refusal:
            self._now.refused += 1
            self._set_aside(found.data, refusal, f"{found.id}.p7m", as_act=True)

    def _set_aside(self, data: bytes, refusal: Refusal, name: str, *, as_act: bool = False) -> None:
        self._now.set_aside(RefusedOffer(data, refusal, name, self._source, as_act=as_act))

    def _flush_acts(self) -> None:
        if self._acts:
            self._flush()

    def _flush(self) -> None:
        if not self._acts and not self._blobs:
            return
        done = self._installation.register.append(self._acts, self._blobs)
        self._now.add(done)
        full = {item.id for item in done.refused if isinstance(item.refusal, WaitingRoomFull)}
        self._left.leave_acts(item for item in self._acts if item.blob_id in full)
        sizes = {name: len(data) for name, data in self._blobs.items()}
        self._left.leave_files(((name, sizes[name]) for name in done.unasked), strangers=False)
        self._left.leave_files(((name, sizes[name]) for name in done.left if name in sizes), strangers=True)
        self._acts.clear()
        self._blobs.clear()

    def _ask_for_people(self, fetch: Fetch, act: Act) -> None:
        """The people of a roster come next: until then everybody's acts would have to wait."""
        for name in people_of(act):
            if not self._installation.register.receipts.known(ItemKind.BLOB, name):
                fetch.soon(name)
