"""The listing of stream heads that a checkpoint attaches: what the records team had seen when it signed.

It is time evidence, it is where ended roles and keys are cut, and it tells which of two rosters is in force: an act is
**covered** when it is a listed head or an ancestor of one in its own stream.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from intake.domain.acts.envelope import Act, MalformedAct
from intake.domain.base import canonical
from intake.domain.base.canonical import Json
from intake.domain.base.names import is_id
from intake.domain.base.wording import Wording

_LISTING_IS_NONE = Wording("ListingIsNone", "the listing of a checkpoint is not one")
_LISTING_NOT_A_LIST = Wording("ListingNotAList", "the listing of a checkpoint is not a list")
_LISTING_ENTRY_ODD = Wording(
    "ListingEntryOdd", "the listing of a checkpoint has an entry that is not a case and an act"
)

FORMAT = "countersign/heads/1"
MAX_BYTES = 256 << 20
_LEAST_ENTRY, _IN_AN_ENTRY, _BESIDE_ENTRIES = 70, 3, 100
"""An entry takes at least so many bytes, has one bracket and two commas, and beside the entries there are few."""


class ListedHead(NamedTuple):
    """One entry: the tip of a stream of a case (empty for the organisation).

    Where the stream lacked an act, ``floor`` is the lowest act above the gap, and the checkpoint covers only what is between the two.
    Otherwise an act that was kept back would be covered by a later one in its stream before anybody had seen it.
    """

    case: str
    act: str
    floor: str = ""


class InStream(Protocol):
    """What is asked of an act to find its place in its stream."""

    @property
    def id(self) -> str: ...
    @property
    def prev(self) -> str: ...
    @property
    def stream_key(self) -> tuple[str, str, str]: ...


@dataclass(frozen=True, slots=True)
class Heads:
    """``by_case``: case id (empty for the organisation) to the act ids of the tips of each stream; ``floors``: tip to ``floor``."""

    by_case: Mapping[str, frozenset[str]]
    floors: Mapping[str, str] = field(default_factory=dict)

    def covered(self, case: str, acts: Mapping[str, Act]) -> frozenset[str]:
        """Ids of those ``acts`` of one case that a listed head proves to have been seen.

        The walk follows ``prev`` and stops where an act was or is missing or belongs to somebody else's stream: what cannot be
        proved is not covered.
        """
        # By the floor of the walk that came by: what is below an act is walked once for each, however many tips stand on it.
        found: dict[str, str] = {}
        for head in self.by_case.get(case, frozenset()):
            floor = self.floors.get(head, "")
            for act in self._below(head, floor, acts):
                if found.get(act.id) in ("", floor):
                    break
                found[act.id] = floor
        return frozenset(found)

    def all_here(self, case: str, here: Mapping[str, str]) -> bool:
        """Whether everything that is listed of a case is here: ``here`` are the ``floors`` of the acts of it that are."""
        return all(self._is_here(head, here) for head in self.by_case.get(case, frozenset()))

    def _is_here(self, head: str, here: Mapping[str, str]) -> bool:
        floor, lowest = self.floors.get(head, ""), here.get(head)
        return lowest == "" or (lowest is not None and bool(floor) and here.get(floor) == lowest)

    @staticmethod
    def _below(head: str, floor: str, acts: Mapping[str, Act]) -> Iterator[Act]:
        """A listed head, and what comes before it down to its floor, as far as it is here."""
        current = acts.get(head)
        stream = current.stream_key if current else None
        while current is not None and current.stream_key == stream:
            yield current
            if current.id == floor:
                return
            current = acts.get(current.prev)


def floors(acts: Iterable[InStream]) -> Mapping[str, str]:
    """For each act the lowest one above the gap in its stream; empty where all that comes before it in the stream is here.

    A listing names only the tip of each stream. Who takes an act away and leaves what its author signed after it leaves the
    tip in place, so whether a tip is here says nothing of what is below it.
    """
    every = {act.id: act for act in acts}
    found: dict[str, str] = {}
    for act in every.values():
        chain: list[InStream] = []
        floor, below = "", act
        while below.id not in found:
            chain.append(below)
            before = every.get(below.prev)
            if before is None or before.stream_key != below.stream_key:
                floor = below.id if below.prev else ""
                break
            below = before
        else:
            floor = found[below.id]
        found.update((item.id, floor) for item in chain)
    return found


def tips(acts: Iterable[Act], without: Iterable[str] = ()) -> tuple[Act, ...]:
    """The acts that no other follows in its stream; ``without`` leaves out these acts and all that follow them there.

    A stream that forks, or of which an act is missing, has several: with the newest alone, the writer of the stream
    could keep an earlier act from being covered.
    """
    above: dict[tuple[tuple[str, str, str], str], list[Act]] = {}
    every = {act.id: act for act in acts}
    for act in every.values():
        above.setdefault((act.stream_key, act.prev), []).append(act)
    left = [every.pop(name) for name in without if name in every]
    while left:
        act = left.pop()
        left += [every.pop(item.id) for item in above.get((act.stream_key, act.id), ()) if item.id in every]
    followed = {(act.stream_key, act.prev) for act in every.values()}
    return tuple(act for act in every.values() if (act.stream_key, act.id) not in followed)


def listed(acts: Iterable[Act], without: Iterable[str] = ()) -> tuple[ListedHead, ...]:
    """What a checkpoint lists of these acts, as if those ``without`` and all that follow them were not here."""
    every = tuple(acts)
    below = floors(every)
    return tuple(ListedHead(act.case_id, act.id, below[act.id]) for act in tips(every, without))


def heads_of(entries: Iterable[ListedHead]) -> Heads:
    """What entries list."""
    by_case: dict[str, set[str]] = {}
    below: dict[str, str] = {}
    for item in entries:
        by_case.setdefault(item.case, set()).add(item.act)
        if item.floor:
            below[item.act] = item.floor
    return Heads({case: frozenset(acts) for case, acts in by_case.items()}, below)


def write_heads(entries: Iterable[ListedHead]) -> bytes:
    """The bytes to attach."""
    rows = [[item.case, item.act, *([item.floor] if item.floor else [])] for item in sorted(set(entries))]
    return canonical.dump_large({"format": FORMAT, "heads": rows})


def read_heads(data: bytes) -> Heads:
    """Raises canonical.NotCanonical or MalformedAct."""
    value = canonical.parse(data, limit=MAX_BYTES, parts=_BESIDE_ENTRIES + _IN_AN_ENTRY * (len(data) // _LEAST_ENTRY))
    if not isinstance(value, dict) or value.keys() != {"format", "heads"} or value["format"] != FORMAT:
        raise MalformedAct(detail=_LISTING_IS_NONE())
    rows = value["heads"]
    if not isinstance(rows, list):
        raise MalformedAct(detail=_LISTING_NOT_A_LIST())
    return heads_of(map(_entry, rows))


def _entry(row: Json) -> ListedHead:
    if not isinstance(row, list) or len(row) not in (2, 3) or not all(map(is_id, row[1:])):
        raise MalformedAct(detail=_LISTING_ENTRY_ODD())
    if not (row[0] == "" or is_id(row[0])):
        raise MalformedAct(detail=_LISTING_ENTRY_ODD())
    return ListedHead(*map(str, row))
