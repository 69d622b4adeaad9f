"""The acts of one case as a graph: ancestors, what is complete, and one order that everybody sees (rules R2 and R9)."""

from __future__ import annotations

from collections.abc import Container, Iterable
from heapq import heapify, heappop, heappush

from intake.domain.acts import Act
from intake.domain.capabilities import Capabilities
from intake.domain.kinds import Body, is_note
from intake.domain.kinds.revision import RevisionBody
from intake.domain.refusals import Refusal


class Graph:
    """Read once, asked often. Ancestor sets are bit masks, so a question costs one ``&``.

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
        self.unreadable: dict[str, str] = {}
        self._named: dict[str, frozenset[str]] = {}
        for act in sorted({act.id: act for act in acts}.values(), key=lambda item: item.id):
            try:
                body = _read(act, capabilities)
                # Nothing of a case can be judged without the revision that opened it: it says whose case it is.
                self._named[act.id] = kinds.named(act, body) | ({act.case} if act.case else set())
                self._files[act.id] = kinds.files(act, body)
            except Refusal as refusal:
                self.unreadable[act.id] = refusal.what_happened
                continue
            self.acts[act.id], self.bodies[act.id] = act, body
        self._missing = {
            name: frozenset(
                other for other in self._named[name] if other not in self.acts and other not in known_elsewhere
            )
            for name in self.acts
        }
        self.missing_blobs = {
            name: frozenset(item for item in self._files[name] if item not in blobs) for name in self.acts
        }
        self.order = self._topological()
        self._bit = {name: 1 << index for index, name in enumerate(self.order)}
        self._past: dict[str, int] = {}
        self._waits: dict[str, frozenset[str]] = {}
        for name in self.order:
            past = 0
            waits = self._missing[name]
            for other in self._named[name]:
                if other in self._past:
                    past |= self._past[other] | self._bit[other]
                    waits |= self._waits[other]
            self._past[name] = past
            self._waits[name] = waits

    def waits_for(self, name: str) -> frozenset[str]:
        """Ids of acts that are not here and that ``name``, or anything it descends from, names."""
        return self._waits[name]

    def descends(self, later: str, earlier: str) -> bool:
        """Whether ``later`` names ``earlier``, directly or through others. Nothing descends from itself."""
        return bool(self._past[later] & self._bit[earlier])

    def chain(self, revision: str) -> tuple[str, ...]:
        """``revision`` and every revision it goes back to, nearest first, whatever became of them."""
        found: list[str] = []
        pending = [revision]
        while pending:
            name = pending.pop(0)
            body = self.bodies.get(name)
            if isinstance(body, RevisionBody) and name not in found:
                found.append(name)
                pending.extend(body.revises)
        return tuple(found)

    def newest(self, counting: Container[str]) -> tuple[str, ...]:
        """The complete acts among ``counting`` that no other of them descends from, in id order."""
        complete = [name for name in self.order if name in counting and not self._waits[name]]
        seen = 0
        for name in complete:
            seen |= self._past[name]
        return tuple(sorted(name for name in complete if not self._bit[name] & seen))

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
