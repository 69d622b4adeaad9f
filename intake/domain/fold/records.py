"""The records of a case: which seals stand for which pairs, and whose signature an open record lacks."""

from __future__ import annotations

from collections.abc import Iterable

from intake.domain.bodies import Office, SealedBody
from intake.domain.fold import seals
from intake.domain.fold.graph import Graph
from intake.domain.fold.judge import Judge
from intake.domain.fold.pairs import Fate, Opinions, Pair
from intake.domain.fold.seals import RecordFiles

_TOGETHER = (Fate.STANDS, Fate.PAUSED)
"""Pairs that make one decision between them: who signs the same terms twice must not get a second record by it."""


class Records:
    """Asked by ``case`` once the pairs of all revisions are weighed."""

    def __init__(
        self, graph: Graph, judge: Judge, opinions: Opinions, pairs: tuple[Pair, ...], record_files: RecordFiles
    ) -> None:
        self._graph = graph
        self._opinions = opinions
        self._record_files = record_files
        self._pairs = pairs
        self._seals: dict[frozenset[str], list[str]] = {}
        for name in graph.order:
            body = graph.bodies[name]
            if isinstance(body, SealedBody) and judge.counts(name):
                self._seals.setdefault(frozenset(body.opinions), []).append(name)

    def sealing(self, pairs: Iterable[Pair]) -> tuple[str, ...]:
        """The seals that stand for these pairs together; more than one contradict each other."""
        return seals.first(self._graph, [name for pair in pairs for name in self._of(pair)])

    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The seals that stand, for each revision's standing pairs together and for every other pair alone."""
        together: dict[str, list[Pair]] = {}
        for pair in self._pairs:
            together.setdefault(pair.revision if pair.fate in _TOGETHER else f"{pair.cio} {pair.ciso}", []).append(pair)
        return tuple(sorted(found for pairs in together.values() if (found := self.sealing(pairs))))

    def turn(self, opinions: tuple[str, ...]) -> tuple[str, ...]:
        """Who completes the record of an unsealed pair.

        A copy that carries both signatures is sealed by the other office than the one that attached it. Of copies with
        one signature, that with the smallest SHA-256 is signed. Where no copy can be used, either office makes a fresh
        one by approving again.
        """
        copies = sorted(
            (not whole, record.sha256, body.office)
            for name in opinions
            if (record := (body := self._opinions.bodies[name]).record) is not None
            and (whole := self._signed_by_both(name, opinions)) is not None
        )
        return (copies[0][2].other.value,) if copies else tuple(office.value for office in Office)

    def signed_alone(self, name: str) -> bool:
        """Whether the file of an opinion is the pages it names, signed by its author and nobody else."""
        body, act = self._opinions.bodies[name], self._graph.acts[name]
        if body.record is None:
            return False
        record_file = self._record_files(body.record.sha256)
        return record_file is None or (record_file.base == body.base and record_file.keys == (act.signer,))

    def usable(self, opinions: tuple[str, ...]) -> bool:
        """Whether an opinion of an unsealed pair brought a copy that can become its record."""
        return any(self._signed_by_both(name, opinions) is not None for name in opinions)

    def _signed_by_both(self, name: str, opinions: tuple[str, ...]) -> bool | None:
        """Whether the copy of an opinion carries both signatures; None when it cannot be used at all."""
        body, act = self._opinions.bodies[name], self._graph.acts[name]
        if body.record is None:
            return None
        if self.signed_alone(name):
            return False
        record_file = self._record_files(body.record.sha256)
        if record_file is None:
            return None
        (other,) = (self._graph.acts[item].signer for item in opinions if item != name)
        return True if record_file.base == body.base and seals.complete(record_file, other, (act.signer,)) else None

    def _of(self, pair: Pair) -> list[str]:
        return self._seals.get(frozenset(pair.opinions), [])
