"""What both offices agree on: which pair is in force, and what they have moved on from (rules R6 and R12)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
        self._known: dict[tuple[str, str], _Agreed] = {}

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
        return any(self._agreements(revision, terms).any for terms in self._opinions.terms_of_both(revision))

    def every_agreed(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """All that both offices ever agreed on, whatever became of it: the revision, the digest of the terms, and two opinions."""
        for revision, terms in self._opinions.approved():
            if found := self._agreements(revision, terms).first():
                yield revision, terms, found

    def _taken_over(self, pair: Pair) -> tuple[str, ...]:
        """The opinions by which both offices, knowing this pair, agreed on other terms; nothing while they did not."""
        for terms in self._opinions.terms_of_both(pair.revision):
            if terms != pair.terms and (found := self._agreements(pair.revision, terms).after(*pair.opinions)):
                return found
        return ()

    def _agreements(self, revision: str, terms: str) -> _Agreed:
        """All on these terms (by digest) on a revision, in favour still or not; none that were void."""
        key = (revision, terms)
        if key not in self._known:
            acts, among = self._graph.acts, self._graph.among
            mine, theirs = (among(self._opinions.approving(revision, office, terms)) for office in Office)
            self._known[key] = _Agreed(
                self._graph,
                [
                    (one, other)
                    for one, other in product(mine, theirs)
                    if acts[one].person != acts[other].person and not self._opinions.void(revision, one, other)
                ],
            )
        return self._known[key]


class _Agreed:
    """Agreements (CIO, CISO) on the same terms, and the first of them that had seen what each office had said.

    An office may say the same a thousand times, and each time is asked about. So they are kept by what the other office said.
    """

    def __init__(self, graph: Graph, agreements: Sequence[tuple[str, str]]) -> None:
        self.any = bool(agreements)
        self._graph = graph
        said = [{agreement[place] for agreement in agreements} for place in (0, 1)]
        self._rare = 0 if len(said[0]) < len(said[1]) else 1
        often: dict[str, list[str]] = {}
        for agreement in agreements:
            often.setdefault(agreement[self._rare], []).append(agreement[1 - self._rare])
        self._often = {name: graph.mask(others) for name, others in often.items()}

    def after(self, cio: str, ciso: str) -> tuple[str, ...]:
        """The first agreement that follows this opinion of each office, in the order of the case; nothing where there is none."""
        return self._first([self._graph.later(name) for name in (cio, ciso)])

    def first(self) -> tuple[str, ...]:
        """The first agreement of all."""
        return self._first([self._graph.all, self._graph.all])

    def _first(self, later: list[int]) -> tuple[str, ...]:
        """The first agreement of which each opinion is among ``later``, masks by office."""
        found = []
        for name, others in self._often.items():
            following = others & later[1 - self._rare]
            if following and self._graph.mask((name,)) & later[self._rare]:
                other = self._graph.first(following)
                found.append((other, name) if self._rare else (name, other))
        return min(found, key=self._graph.places, default=())
