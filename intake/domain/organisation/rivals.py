"""Which of several versions that may follow is in force: what the records team of the version before them had seen.

Two groups of administrators can sign two versions N+1, and nothing in the versions themselves says which came first:
what one of them ends or cuts off, the other can end and cut off in return, and a signed time proves nothing. Only
the records team of N, of which both versions had to know, has seen one before the other; its checkpoints say so.

A checkpoint **covers** a version when it covers the act that carries it and endorsements enough for it to count. A
version is **late** when a rival is covered wherever it is, and somewhere else besides. Who may
cover is judged by N alone, whatever roster the checkpoint names: neither rival can take that right away from anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from intake.domain.acts.checkpoint import Heads
from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import CHECKPOINT
from intake.domain.organisation.following import Given, Listed
from intake.domain.organisation.roster import Role, Roster

Keys: TypeAlias = frozenset[tuple[str, str]]
"""(person id, fingerprint of a certificate) of everybody who may do something."""


@dataclass(frozen=True, slots=True)
class Late:
    """A version that counts for nothing, because ``checkpoint`` covers the version ``behind`` and not this one."""

    listed: Listed
    behind: str
    checkpoint: str


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A version in the chain that a rival could still undo. ``keys`` are those whose checkpoint would cover it."""

    listed: Listed
    keys: Keys

    @property
    def people(self) -> frozenset[str]:
        return frozenset(person for person, _ in self.keys)


class Checkpoints:
    """The checkpoints of an organisation that can be read here. ``acts`` are acts of the organisation, of all kinds."""

    def __init__(self, org: str, acts: Iterable[Act], heads: Mapping[str, Heads]) -> None:
        self._acts = {act.id: act for act in acts if not act.case_id}
        self._org = org
        self._heads = heads
        written = [act for act in self._acts.values() if act.kind == CHECKPOINT.name and act.org == org]
        # The newest most likely covers what is asked for; the answer does not depend on it.
        self._written = sorted((act for act in written if act.id in heads), key=lambda act: (act.at, act.id))[::-1]
        self._covered: dict[str, frozenset[str]] = {}

    def covering(self, version: str, given: Given, keys: Keys, counts: Callable[[Given], bool]) -> Iterator[str]:
        """Ids of the checkpoints by one of ``keys`` that cover a version with endorsements by which it ``counts``."""
        for act in self._written:
            if (act.person, act.signer) in keys:
                seen = self._seen(act.id)
                if version in seen and counts(frozenset(item for item in given if item.act in seen)):
                    yield act.id

    def here(self, name: str) -> bool:
        """Whether there is a checkpoint of this id, no matter what it lists."""
        act = self._acts.get(name)
        return act is not None and act.kind == CHECKPOINT.name and act.org == self._org

    def _seen(self, checkpoint: str) -> frozenset[str]:
        if checkpoint not in self._covered:
            self._covered[checkpoint] = self._heads[checkpoint].covered("", self._acts)
        return self._covered[checkpoint]


def recorders(rosters: Iterable[Roster]) -> Keys:
    """Who keeps records for the whole organisation by each of these rosters alone, with a key each lists as open."""
    found = [
        frozenset(
            (person.id, item.sha256)
            for person in roster.holders(Role.RECORDS)
            for item in person.certificates
            if item.signs and item.period.open and item.sha256 not in roster.cutoffs
        )
        for roster in rosters
    ]
    return frozenset.intersection(*found) if found else frozenset()


def settled(covering: Mapping[str, frozenset[str]]) -> dict[str, str]:
    """Which versions are late, each with the one it is behind. ``covering`` maps each to the checkpoints that cover it.

    A checkpoint that covers two of them says nothing about which was first. One for each alone contradict each other,
    and then neither is late.
    """
    late: dict[str, str] = {}
    for name, seen in covering.items():
        ahead = [other for other, also in covering.items() if seen < also]
        # Of several the one that nothing is ahead of, so that words never point to a version that is late itself.
        first = [other for other in ahead if not any(covering[other] < also for also in covering.values())]
        if first:
            late[name] = min(first)
    return late
