"""Which acts get a place in the waiting room. Strangers share one room; each key that a roster lists has a separate share.

So a listed key can be kept out neither by strangers nor by another listed key.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, func, select

from intake.domain.acts.kinds import ENROL
from intake.register.store.schema import act, stranger, waiting_room
from intake.register.store.statements import Statement
from intake.register.strangers import WaitingLimits
from intake.trust.acts import VerifiedAct


@dataclass(frozen=True, slots=True)
class WaitingPlace:
    """What an act that waits asks for: room for ``size`` bytes by its key, or one of the places for enrolments."""

    signer: str
    size: int
    enrols: bool

    @classmethod
    def of(cls, item: VerifiedAct) -> WaitingPlace:
        return cls(item.act.signer, len(item.blob), item.act.kind == ENROL.name)


@dataclass(slots=True)
class _Share:
    """What one key takes up; ``oldest`` are (row number, bytes) of its stored acts that may give way, once they are read.

    ``stored`` says that there are some: what comes in the same step does not give way to what comes in it.
    """

    count: int = 0
    size: int = 0
    stored: bool = False
    oldest: deque[tuple[int, int]] | None = None

    def taken(self, *, by_count: bool) -> int:
        return self.count if by_count else self.size


class Room:
    """Gives acts of strangers a place, one after the other. ``leaving`` are the row numbers of those that gave way."""

    def __init__(self, connection: Connection, limits: WaitingLimits) -> None:
        self._connection = connection
        self._limits = limits
        self._keys: dict[str, _Share] = {}
        self._enrolled: set[str] = set()
        self.count, self.size = 0, 0
        self.leaving: list[int] = []
        for signer, seat, count, size in _STRANGERS.run(connection):
            if seat:
                self._enrolled.add(signer)
                continue
            self.count, self.size = self.count + count, self.size + size
            self._keys[signer] = _Share(count, size, stored=True)
        # Entries that are no longer true are passed over when they are met: what changes is entered once more.
        self._most = {
            by_count: [(-share.taken(by_count=by_count), key) for key, share in self._keys.items()]
            for by_count in (True, False)
        }
        for heap in self._most.values():
            heapq.heapify(heap)

    def enrols(self, item: VerifiedAct) -> bool:
        """Whether an act is the first enrolment of its key and one of the places for these is free; it takes that place."""
        wanted = WaitingPlace.of(item)
        if free := self._has_seat(wanted):
            self._enrolled.add(wanted.signer)
        return free

    def admit(self, signer: str, size: int) -> bool:
        """Whether an act of ``size`` bytes finds a place: the key that takes up most gives way to one that takes up less."""
        going = self._make_room(signer, size)
        if going is None:
            return False
        self.leaving += [pk for _, pk, _ in going]
        self.count, self.size = self.count + 1 - len(going), self.size + size - sum(gone for _, _, gone in going)
        share = self._keys.setdefault(signer, _Share())
        share.count, share.size = share.count + 1, share.size + size
        self._enter(signer, share)
        return True

    def has(self, wanted: WaitingPlace) -> bool:
        """Whether an act would find a place now; nothing changes."""
        if self._has_seat(wanted):
            return True
        going = self._make_room(wanted.signer, wanted.size)
        self._stay(going or ())
        return going is not None

    def _has_seat(self, wanted: WaitingPlace) -> bool:
        if not wanted.enrols or wanted.size > self._limits.enrolment_bytes:
            return False
        return wanted.signer not in self._enrolled and len(self._enrolled) < self._limits.enrolments

    def _make_room(self, signer: str, size: int) -> list[tuple[str, int, int]] | None:
        """Take out what has to go for an act: key, row number and bytes of each; None when it finds no place."""
        mine = self._keys.get(signer, _Share())
        over = self.count + 1 - self._limits.waiting_acts, self.size + size - self._limits.waiting_bytes
        going: list[tuple[str, int, int]] = []
        while over[0] > 0 or over[1] > 0:
            by_count = over[0] > 0
            key = self._next(mine.count + 1 if by_count else mine.size + size, by_count=by_count)
            if not key:
                self._stay(going)
                return None
            going.append((key, *self._go(key)))
            over = over[0] - 1, over[1] - going[-1][2]
        return going

    def _next(self, most: int, *, by_count: bool) -> str:
        """The key that takes up most of those of which something can go; empty when that is no more than ``most``."""
        heap = self._most[by_count]
        while heap:
            taken, key = heap[0]
            share = self._keys[key]
            if share.stored and share.taken(by_count=by_count) == -taken:
                return key if -taken > most else ""
            heapq.heappop(heap)
        return ""

    def _go(self, key: str) -> tuple[int, int]:
        """Take the oldest stored act of a key out; gives its row number and bytes."""
        share = self._keys[key]
        if share.oldest is None:
            share.oldest = deque((pk, taken) for pk, taken in _OLDEST.run(self._connection, signer=key))
        pk, taken = share.oldest.popleft()
        share.count, share.size, share.stored = share.count - 1, share.size - taken, bool(share.oldest)
        self._enter(key, share)
        return pk, taken

    def _stay(self, going: Sequence[tuple[str, int, int]]) -> None:
        for key, pk, taken in reversed(going):
            share = self._keys[key]
            share.count, share.size, share.stored = share.count + 1, share.size + taken, True
            assert share.oldest is not None
            share.oldest.appendleft((pk, taken))
            self._enter(key, share)

    def _enter(self, key: str, share: _Share) -> None:
        if share.stored:
            for by_count, heap in self._most.items():
                heapq.heappush(heap, (-share.taken(by_count=by_count), key))


class Benches:
    """Gives acts by listed keys a place: so many for each key, no matter what others leave waiting."""

    def __init__(self, connection: Connection, limits: WaitingLimits) -> None:
        self._limits = limits
        self._taken = {signer: (count, size) for signer, count, size in _LISTED.run(connection)}

    def taken(self, signer: str) -> int:
        """How many acts of a key wait."""
        return self._taken.get(signer, (0, 0))[0]

    def admit(self, signer: str, size: int) -> bool:
        if not self.has(signer, size):
            return False
        count, used = self._taken.get(signer, (0, 0))
        self._taken[signer] = count + 1, used + size
        return True

    def has(self, signer: str, size: int) -> bool:
        """Whether an act would find a place now; nothing changes."""
        count, used = self._taken.get(signer, (0, 0))
        return count < self._limits.listed_acts and used + size <= self._limits.listed_bytes


def with_place(
    connection: Connection, limits: WaitingLimits, places: Iterable[WaitingPlace], *, listed: Container[str]
) -> frozenset[WaitingPlace]:
    """Which of these places there would be now, each asked for alone; ``listed`` are the keys that a roster lists."""
    smallest: dict[tuple[str, bool], int] = {}
    every = set(places)
    for wanted in every:
        key = wanted.signer, wanted.enrols
        smallest[key] = min(smallest.get(key, wanted.size), wanted.size)
    room, benches = Room(connection, limits), Benches(connection, limits)
    # Where the smallest act of a key finds no place, no other of its acts does: there may be very many.
    free = {
        (signer, enrols)
        for (signer, enrols), size in smallest.items()
        if (benches.has(signer, size) if signer in listed else room.has(WaitingPlace(signer, size, enrols)))
    }
    return frozenset(wanted for wanted in every if (wanted.signer, wanted.enrols) in free)


_STRANGERS = Statement(
    select(stranger.c.signer, stranger.c.seat, func.count(), func.sum(stranger.c.size)).group_by(
        stranger.c.signer, stranger.c.seat
    )
)
_OLDEST = Statement(
    select(stranger.c.act_pk, stranger.c.size)
    .where(stranger.c.signer == bindparam("signer"), stranger.c.seat == 0)
    .order_by(stranger.c.act_pk)
)
# Every waiting row has its act: the outer join makes SQLite begin with the few that wait, not with every act there is.
_LISTED = Statement(
    select(act.c.signer, func.count(), func.sum(waiting_room.c.size))
    .select_from(waiting_room)
    .outerjoin(act, act.c.pk == waiting_room.c.act_pk)
    .outerjoin(stranger, stranger.c.act_pk == waiting_room.c.act_pk)
    .where(stranger.c.act_pk.is_(None))
    .group_by(act.c.signer)
)
