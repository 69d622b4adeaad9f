"""The records of a case: which seals are in force for which pairs, and which copy an open record is completed on.

Two offices that sign first while apart bring a copy each, and both must choose the same one. It should be one that both
can print: the copy of the lowest edition. The number is what a file says of itself, so the one who completes it prints the
pages first. An office that saw the other's copy and brought its own pages all the same, on the same terms, could not use
that copy: it comes behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.sealed import SealedBody
from intake.domain.base.canonical import MAX_INTEGER
from intake.domain.case import seals
from intake.domain.case.fates import Fate, Pair
from intake.domain.case.graph import Graph
from intake.domain.case.judge import Judge
from intake.domain.case.pairs import Opinions
from intake.domain.case.seals import RecordFiles

_TOGETHER = (Fate.IN_FORCE, Fate.SUSPENDED)
"""Pairs that make one decision between them: signing the same terms twice must not give a second record."""


@dataclass(frozen=True, slots=True)
class _Copy:
    """A file that can become the record of ``pair``: the one that ``opinion``, of that pair, brought."""

    opinion: str
    pair: Pair


def _decides(pair: Pair) -> tuple[str, str]:
    return pair.terms, pair.assessment


class Records:
    """Asked by ``fold`` once the pairs of all revisions are weighed."""

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
        """The seals in force for these pairs together; more than one contradict each other."""
        return seals.first(self._graph, [name for pair in pairs for name in self._of(pair)])

    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The seals in force, for the decided pairs of each revision together and for every other pair alone."""
        together: dict[str, list[Pair]] = {}
        for pair in self._pairs:
            together.setdefault(pair.revision if pair.fate in _TOGETHER else f"{pair.cio} {pair.ciso}", []).append(pair)
        return tuple(sorted(found for pairs in together.values() if (found := self.sealing(pairs))))

    def open(self, unsealed: Sequence[Pair]) -> tuple[Pair, tuple[str, ...]]:
        """Of the ``unsealed`` pairs in force, the one whose record is completed, and its opinions that brought a copy for it.

        The opinion comes first whose copy is completed; none when no copy can be used. Pairs on other terms, or another
        assessment, than the first do not change what is decided.
        """
        first = unsealed[0]
        copies = self._copies([pair for pair in unsealed if _decides(pair) == _decides(first)])
        pair = copies[0].pair if copies else first
        return pair, tuple(copy.opinion for copy in copies if copy.pair == pair)

    def turn(self, copies: tuple[str, ...]) -> tuple[str, ...]:
        """Who completes an open record. Where no copy can be used, either office makes a fresh one by approving again."""
        if not copies:
            return tuple(office.value for office in Office)
        return (self._opinions.bodies[copies[0]].office.other.value,)

    def _copies(self, pairs: Sequence[Pair]) -> list[_Copy]:
        """The copies that can become the record of these pairs together, the one to complete first.

        A copy with both signatures only lacks its seal. Of copies with one signature, those that are behind come last; then
        the lowest edition comes first, then the smallest SHA-256.
        """
        behind = self._behind({name for pair in pairs for name in pair.opinions})
        found: list[tuple[tuple[bool, bool, int, str], _Copy]] = []
        for pair in pairs:
            for name in pair.opinions:
                record = self._opinions.bodies[name].record
                whole = self._signed_by_both(name, pair.opinions)
                if record is not None and whole is not None:
                    order = (not whole, name in behind, self._edition(record.sha256), record.sha256)
                    found.append((order, _Copy(name, pair)))
        return [copy for _, copy in sorted(found, key=lambda item: item[0])]

    def _behind(self, opinions: Iterable[str]) -> set[str]:
        """Opinions whose copy was passed over, and those that only repeat what their office brought a copy of before.

        A copy was passed over when the other office had it before it, and then brought its own instead of signing it.
        """
        alone = [name for name in opinions if self.signed_alone(name)]
        mine = {office: self._graph.mask(name for name in alone if self._office(name) is office) for office in Office}
        repeated = {name for name in alone if self._graph.past(name) & mine[self._office(name)]}
        first = [name for name in alone if name not in repeated]
        seen = dict.fromkeys(Office, 0)
        for later in first:
            seen[self._office(later)] |= self._graph.past(later)
        passed = self._graph.mask(alone)
        return repeated | {
            name for name in self._graph.among(passed) if self._graph.mask((name,)) & seen[self._office(name).other]
        }

    def _office(self, opinion: str) -> Office:
        return self._opinions.bodies[opinion].office

    def _edition(self, sha256: str) -> int:
        """The edition a file says it is in; one that says none comes after every other."""
        record_file = self._record_files(sha256)
        return (record_file.edition if record_file else 0) or MAX_INTEGER

    def signed_alone(self, name: str) -> bool:
        """Whether the file of an opinion is the pages it names, signed by its author and nobody else."""
        body, act = self._opinions.bodies[name], self._graph.acts[name]
        if body.record is None:
            return False
        record_file = self._record_files(body.record.sha256)
        return record_file is None or (record_file.base == body.base and record_file.keys == (act.signer,))

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
