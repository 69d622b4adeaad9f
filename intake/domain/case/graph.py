"""The acts of one case as a graph: what each had seen, what is complete, and one order that everybody sees (R2 and R9).

An act has seen the acts it names. It inherits from each of them what that act had seen, and the acts and files it waits for.
So everything that a complete act had seen is complete, and an act that arrives later was never in its past.

Three sorts of acts pass on less. **An objection** counts although what it names is missing, and must be answered by naming it.
So it passes on neither what it had seen nor what it waits for; an answer names that separately. **An act without effect**, a
comment or a note, passes on nothing either: naming a remark proves nothing. **An act of an unknown kind** passes on what it
waits for, and not what it had seen, because a newer version may know it as either.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Container, Iterable
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from intake.domain.acts.capabilities import Capabilities
from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import Body, Effect, is_note
from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.case.masks import Masks


@dataclass(frozen=True, slots=True)
class _Handing:
    """What goes on to those who name an act: whether what it had seen does, and the first it waits for, if anything.

    The first stays the first until it is here, whatever else arrives: its arrival is what changes those who wait.
    """

    past: bool
    waits_for: str


class Graph:
    """Read once, asked often. Sets of acts are bit masks over ``order``, so a question costs one ``&``.

    Acts whose body cannot be read are left out and listed in ``unreadable``; they were kept out of every other
    program's state by the same strict reading.
    """

    def __init__(
        self,
        acts: Iterable[Act],
        blobs: Container[str],
        known_elsewhere: Container[str],
        capabilities: Capabilities[object],
    ) -> None:
        """``blobs``: the files that are here. ``known_elsewhere``: acts of the organisation that are here.

        ``capabilities``: what this version of the program can read.
        """
        self.kinds = kinds = capabilities.kinds
        self.acts: dict[str, Act] = {}
        self.bodies: dict[str, Body | None] = {}
        self._files: dict[str, frozenset[str]] = {}
        self.unreadable: dict[str, Reason] = {}
        self._named: dict[str, frozenset[str]] = {}
        for act in sorted({act.id: act for act in acts}.values(), key=lambda item: item.id):
            try:
                body = _read(act, capabilities)
                # Nothing of a case can be judged without the revision that opened it: it says whose case it is.
                self._named[act.id] = kinds.named(act, body) | ({act.case} if act.case else set())
                self._files[act.id] = kinds.files(act, body)
            except Refusal as refusal:
                self.unreadable[act.id] = refusal.given
                continue
            self.acts[act.id], self.bodies[act.id] = act, body
        self.missing_blobs = {
            name: frozenset(item for item in self._files[name] if item not in blobs) for name in self.acts
        }
        self.order = self._topological()
        self._place = {name: index for index, name in enumerate(self.order)}
        self._past, self._later = Masks(), Masks()
        self._waits: dict[str, frozenset[str]] = {}
        self._handing: dict[str, _Handing] = {}
        for name in self.order:
            self._look_back(name, known_elsewhere)

    def _look_back(self, name: str, known_elsewhere: Container[str]) -> None:
        """Find out what an act has seen and what it waits for. What it names has been asked before."""
        lacking = {other for other in self._named[name] if other not in self.acts and other not in known_elsewhere}
        past, inherited = 0, []
        for place, other in sorted((self._place[other], other) for other in self._named[name] if other in self._place):
            handing = self._handing[other]
            past |= 1 << place | (self._past[other] if handing.past else 0)
            if handing.waits_for:
                inherited.append(handing.waits_for)
        self._past[name] = past
        self._waits[name] = frozenset(lacking.union(inherited))
        own = sorted(lacking | self.missing_blobs[name])
        self._handing[name] = self._handing_on(name, next(iter((*inherited, *own)), ""))

    def _handing_on(self, name: str, missing: str) -> _Handing:
        act = self.acts[name]
        if self.kinds.is_unknown(act.kind):
            return _Handing(past=False, waits_for=missing)
        if self.effect(name) is Effect.NONE or self.kinds.objects(act, self.bodies[name]):
            return _Handing(past=False, waits_for="")
        return _Handing(past=True, waits_for=missing)

    def effect(self, name: str) -> Effect:
        return self.kinds.effect(self.acts[name].kind)

    def waits_for(self, name: str) -> frozenset[str]:
        """What is not here of what ``name`` names, and for each act it names the first that act waits for: acts, and the
        SHA-256 of files. Once that is here the next is told: to tell all at once costs the square of a long case.
        """
        return self._waits[name]

    def complete(self, name: str) -> bool:
        """Whether everything is here that an act rests on, its own files too."""
        return not self._waits[name] and not self.missing_blobs[name]

    def descends(self, later: str, earlier: str) -> bool:
        """Whether ``later`` has seen ``earlier``: it names it, or something that hands it on. Nothing has seen itself."""
        return bool(self._past[later] >> self._place[earlier] & 1)

    def past(self, name: str) -> int:
        """The mask of all that ``name`` has seen."""
        return self._past[name]

    def later(self, name: str) -> int:
        """The mask of all that have seen ``name``. Found for every act at once: who approves the same many times is asked about each."""
        if name not in self._later:
            self._look_ahead()
        return self._later[name]

    def _look_ahead(self) -> None:
        """Work out which acts have seen each act: those that name it, and those that have seen these, where they hand on what they had seen."""
        found = [0] * len(self.order)
        for name in reversed(self.order):
            place = self._place[name]
            self._later[name] = found[place]
            seen_with_it = 1 << place | (found[place] if self._handing[name].past else 0)
            for other in self._named[name]:
                if other in self._place:
                    found[self._place[other]] |= seen_with_it
            found[place] = 0

    def seen_by(self, mask: int) -> int:
        """The mask of all that any of the acts in ``mask`` has seen."""
        found = 0
        for name in self.among(mask):
            found |= self._past[name]
        return found

    @property
    def all(self) -> int:
        """The mask of every act."""
        return (1 << len(self.order)) - 1

    def mask(self, names: Iterable[str]) -> int:
        found = 0
        for name in names:
            found |= 1 << self._place[name]
        return found

    def among(self, mask: int) -> tuple[str, ...]:
        """The acts in a mask, in the order of the case."""
        return tuple(self.order[index] for index in _indexes(mask))

    def first(self, mask: int) -> str:
        """The first act in a mask that has one, in the order of the case."""
        return self.order[(mask & -mask).bit_length() - 1]

    def last(self, mask: int) -> str:
        """The last act in a mask that has one, in the order of the case."""
        return self.order[mask.bit_length() - 1]

    def places(self, names: Iterable[str]) -> tuple[int, ...]:
        """Where acts stand in the order of the case."""
        return tuple(self._place[name] for name in names)

    def chain(self, revision: str) -> tuple[str, ...]:
        """``revision`` and every revision it goes back to, nearest first, also those that no longer count."""
        found: dict[str, None] = {}
        pending = deque([revision])
        while pending:
            name = pending.popleft()
            body = self.bodies.get(name)
            if isinstance(body, RevisionBody) and name not in found:
                found[name] = None
                pending.extend(body.revises)
        return tuple(found)

    def newest(self, counting: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The acts among ``counting`` that no other of them has seen and hands on: those with an effect, in id order, and
        the remarks, in the order of the case.

        What an objection names stays beside it: naming the objection alone would not show that it was seen.
        """
        every, seen = self.mask(counting), 0
        for name in self.among(every):
            seen |= self._past[name] if self._handing[name].past else 0
        newest = self.among(every & ~seen)
        bearing = sorted(name for name in newest if self.effect(name) is not Effect.NONE)
        return tuple(bearing), tuple(name for name in newest if self.effect(name) is Effect.NONE)

    def _topological(self) -> tuple[str, ...]:
        """Everything after what it names; ties by act id. A digest cannot name itself, so there are no cycles."""
        later: dict[str, list[str]] = {name: [] for name in self.acts}
        pending = {}
        for name in self.acts:
            here = [other for other in self._named[name] if other in self.acts]
            pending[name] = len(here)
            for other in here:
                later[other].append(name)
        ready = [name for name, count in pending.items() if not count]
        heapify(ready)
        order = []
        while ready:
            name = heappop(ready)
            order.append(name)
            for other in later[name]:
                pending[other] -= 1
                if not pending[other]:
                    heappush(ready, other)
        return tuple(order)


def _read(act: Act, capabilities: Capabilities[object]) -> Body | None:
    try:
        return capabilities.kinds.read(act, capabilities.tables)
    except Refusal:
        # What a note says is for people: a form this version finds wrong must not make its successors wait.
        if is_note(act.kind):
            return None
        raise


def _indexes(mask: int) -> list[int]:
    """The places of the bits that are set, lowest first."""
    bits = f"{mask:b}"[::-1]
    found = []
    index = bits.find("1")
    while index >= 0:
        found.append(index)
        index = bits.find("1", index + 1)
    return found
