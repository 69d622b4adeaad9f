"""Forks: two acts that claim the same place in one stream (rule R3).

A restored backup or a copied profile that goes on signing makes one. Nobody can tell which branch the person meant, so
both branches and everything later in the stream count for nothing in favour; objections keep their force.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from intake.domain.acts.envelope import Act


@dataclass(frozen=True, slots=True)
class Fork:
    """``acts`` claim the same place; ``tainted`` are all acts of the stream from there on. Ids, sorted."""

    stream: tuple[str, str, str]
    acts: tuple[str, ...]
    tainted: tuple[str, ...]


def forks(acts: Iterable[Act]) -> tuple[Fork, ...]:
    """Every forked stream among ``acts``, in the order of their keys."""
    streams: dict[tuple[str, str, str], list[Act]] = defaultdict(list)
    for act in acts:
        streams[act.stream_key].append(act)
    found = []
    for key in sorted(streams):
        members = streams[key]
        twins = _twins(members)
        if twins:
            first = min(act.seq for act in twins)
            tainted = sorted(act.id for act in members if act.seq >= first)
            found.append(Fork(key, tuple(sorted(act.id for act in twins)), tuple(tainted)))
    return tuple(found)


def _twins(members: list[Act]) -> set[Act]:
    """Acts that share a number or a predecessor with another of the stream. Also those that run backwards."""
    by_seq: dict[int, set[Act]] = defaultdict(set)
    by_prev: dict[str, set[Act]] = defaultdict(set)
    for act in members:
        by_seq[act.seq].add(act)
        by_prev[act.prev].add(act)
    twins = {act for same in (*by_seq.values(), *by_prev.values()) if len(same) > 1 for act in same}
    by_id = {act.id: act for act in members}
    for act in members:
        before = by_id.get(act.prev)
        if before is not None and before.seq >= act.seq:
            twins |= {act, before}
    return twins
