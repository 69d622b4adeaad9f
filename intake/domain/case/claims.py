"""Who answers for a use case, as far as any of its acts had seen: what gave it to somebody, and what took the place of that.

A **claim** is an act that made a case somebody's: the revision that opened it, one that names a rostered successor, a take-over.
It takes the place of the claims in its past. Claims of different people beside each other leave the case with nobody.
"""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.case.graph import Graph


@dataclass(frozen=True, slots=True)
class Claim:
    """``person`` answers for the case by this act; nobody (empty) where it has lost its favour: that is a doubt, and what was
    before does not come back. ``former`` answered for it and do no longer. ``rests_on`` are the hand-overs of a take-over.
    """

    act: str
    person: str
    former: frozenset[str] = frozenset()
    rests_on: tuple[str, ...] = ()


class Claims:
    """Asked by what somebody had seen, as a mask of acts (``graph``)."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._by_act: dict[str, Claim] = {}
        self._mask = 0
        self._taken = 0
        self._heads: dict[int, tuple[Claim, ...]] = {}

    def add(self, act: str, person: str) -> None:
        """A revision makes the case this person's. Who answered for it until then may file it still (note 0053)."""
        self._put(Claim(act, person, self.former(self._graph.past(act))))

    def take_over(self, act: str, person: str, rests_on: tuple[str, ...]) -> None:
        """A take-over by its author; ``person`` is empty where it counts for nothing in favour."""
        seen = self._graph.past(act)
        before = {item.person for item in self.heads(seen)} | self.former(seen)
        self._taken |= self._graph.mask((act,))
        self._put(Claim(act, person, frozenset(before - {person, ""}), rests_on))

    def _put(self, claim: Claim) -> None:
        self._by_act[claim.act] = claim
        self._mask |= self._graph.mask((claim.act,))

    def heads(self, seen: int) -> tuple[Claim, ...]:
        """The claims in a mask that no other of them has seen, the last of the case first."""
        left = key = seen & self._mask
        if key not in self._heads:
            found = []
            while left:
                last = self._graph.last(left)
                found.append(self._by_act[last])
                left &= ~(self._graph.past(last) | self._graph.mask((last,)))
            self._heads[key] = tuple(found)
        return self._heads[key]

    def taken(self, seen: int) -> bool:
        """Whether anybody had taken the case over by then."""
        return bool(seen & self._taken)

    def holder(self, seen: int) -> str:
        """Who answered for the case; empty for nobody."""
        people = {item.person for item in self.heads(seen)}
        return people.pop() if len(people) == 1 else ""

    def former(self, seen: int) -> frozenset[str]:
        """Those who answered for it once, gave it away, and have it no longer."""
        heads = self.heads(seen)
        found = frozenset[str]().union(*(item.former for item in heads))
        contested = {item.person for item in heads if item.rests_on} - {self.holder(seen), ""}
        return (found | contested) - {self.holder(seen)}
