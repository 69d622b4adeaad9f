"""What both offices agree on: which pair is in force, and what they have moved on from (rules R6 and R12)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from intake.domain.acts.kinds import Office
from intake.domain.base.wording import Wording
from intake.domain.case.fates import Fate, Pair, fated
from intake.domain.case.graph import Graph
from intake.domain.case.judge import Judge
from intake.domain.case.pairs import Opinions

_LATER_TERMS = Wording("LaterTermsAgreed", "both offices have agreed on later terms")
_SUSPENDED = Wording("CaseSuspended", "an office has suspended the use case, and both have not lifted it")
_NEWER_BOUNDARIES = Wording("AgreedOnNewerBoundaries", "both offices agreed on boundaries of a newer version")


class Agreements:
    """``held`` are the acts that suspend the case: nothing is in force then."""

    def __init__(self, graph: Graph, judge: Judge, opinions: Opinions, held: Iterable[str] = ()) -> None:
        self._graph, self._judge, self._opinions = graph, judge, opinions
        self._held = tuple(sorted(held))

    def pairs(self, revision: str) -> tuple[Pair, ...]:
        """All pairs on a revision with their fate, in id order."""
        # Weighed like any other first: what they took the place of here must be what it is for those who can read them.
        return tuple(self._standing(pair) for pair in self._opinions.weighed(revision))

    def _standing(self, pair: Pair) -> Pair:
        """A pair that nothing speaks against: whether it is in force, or suspended, or cannot be judged here."""
        if pair.fate is not Fate.IN_FORCE:
            return pair
        if later := self._taken_over(pair):
            return fated(pair, Fate.SUPERSEDED, _LATER_TERMS(), later)
        if self._held:
            return fated(pair, Fate.SUSPENDED, _SUSPENDED(), self._held)
        if self._judge.counts(pair.cio):
            return pair
        return fated(pair, Fate.UNJUDGED, _NEWER_BOUNDARIES(), ())

    def agreed(self, revision: str) -> bool:
        """Whether both offices ever agreed on something on a revision, whatever became of it: they had moved on to it from what
        was in force before, so that does not come back when their agreement is contested, on hold, or has lost its favour.
        """
        every = self._graph.all
        return any(self._agreements(revision, terms, every, every) for terms in self._opinions.terms_on(revision))

    def every_agreed(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """All that both offices ever agreed on, whatever became of it: the revision, the digest of the terms, and two opinions."""
        every = self._graph.all
        for revision, terms in self._opinions.approved():
            if found := self._agreements(revision, terms, every, every):
                yield revision, terms, found

    def _taken_over(self, pair: Pair) -> tuple[str, ...]:
        """The opinions by which both offices, knowing this pair, agreed on other terms; nothing while they did not."""
        known = [
            self._opinions.after(name, self._opinions.heard(pair.revision, office))
            for name, office in zip(pair.opinions, Office, strict=True)
        ]
        for terms in self._opinions.terms_on(pair.revision):
            if terms != pair.terms and (found := self._agreements(pair.revision, terms, *known)):
                return found
        return ()

    def _agreements(self, revision: str, terms: str, cio: int, ciso: int) -> tuple[str, ...]:
        """The first two opinions among these masks that approve the same, in favour still or not; none that were void."""
        mine, theirs = (
            self._opinions.approving(revision, office, terms) & mask
            for office, mask in zip(Office, (cio, ciso), strict=True)
        )
        if not mine or not theirs:
            return ()
        acts, among = self._graph.acts, self._graph.among
        for one, other in product(among(mine), among(theirs)):
            if acts[one].person != acts[other].person and not self._opinions.void(revision, one, other):
                return (one, other)
        return ()
