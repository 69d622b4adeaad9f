"""The listing of stream heads that a checkpoint attaches: what the records team had seen when it signed.

It is time evidence, it is where ended roles and keys are cut, and it tells which of two rosters is in force: an act is
**covered** when it is a listed head or an ancestor of one in its own stream.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from intake.domain.acts.envelope import Act, MalformedAct
from intake.domain.base import canonical
from intake.domain.base.names import is_id
from intake.domain.base.wording import Wording

_LISTING_IS_NONE = Wording("ListingIsNone", "the listing of a checkpoint is not one")
_LISTING_NOT_A_LIST = Wording("ListingNotAList", "the listing of a checkpoint is not a list")
_LISTING_ENTRY_ODD = Wording(
    "ListingEntryOdd", "the listing of a checkpoint has an entry that is not a case and an act"
)

FORMAT = "countersign/heads/1"
MAX_BYTES = 256 << 20


@dataclass(frozen=True, slots=True)
class Heads:
    """``by_case``: case id (empty for the organisation) to the act ids of the tips of each stream."""

    by_case: Mapping[str, frozenset[str]]

    def covered(self, case: str, acts: Mapping[str, Act]) -> frozenset[str]:
        """Ids of those ``acts`` of one case that a listed head proves to have been seen.

        The walk follows ``prev`` and stops where an act is missing or belongs to somebody else's stream: what cannot
        be proved is not covered.
        """
        found: set[str] = set()
        for head in self.by_case.get(case, frozenset()):
            current = acts.get(head)
            stream = current.stream_key if current else None
            while current is not None and current.id not in found and current.stream_key == stream:
                found.add(current.id)
                current = acts.get(current.prev)
        return frozenset(found)


def unbroken(acts: Iterable[Act]) -> frozenset[str]:
    """Ids of those ``acts`` that are here with all that comes before them in their own stream.

    A listing names only the tip of each stream. Who takes an act away and leaves what its author signed after it leaves the
    tip in place, so whether a tip is here says nothing of what is below it.
    """
    every = {act.id: act for act in acts}
    told: dict[str, bool] = {}
    for act in every.values():
        chain: list[Act] = []
        below: Act | None = act
        while below is not None and below.id not in told:
            chain.append(below)
            below = every.get(below.prev)
        whole = told[below.id] if below is not None else not chain[-1].prev
        told.update((item.id, whole) for item in chain)
    return frozenset(name for name, whole in told.items() if whole)


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


def write_heads(streams: Iterable[tuple[str, str]]) -> bytes:
    """The bytes to attach for (case id, act id) of the ``tips`` of every stream."""
    listed = sorted(set(streams))
    return canonical.dump_large({"format": FORMAT, "heads": [[case, act] for case, act in listed]})


def read_heads(data: bytes) -> Heads:
    """Raises canonical.NotCanonical or MalformedAct."""
    value = canonical.parse(data, limit=MAX_BYTES)
    if not isinstance(value, dict) or value.keys() != {"format", "heads"} or value["format"] != FORMAT:
        raise MalformedAct(detail=_LISTING_IS_NONE())
    listed = value["heads"]
    if not isinstance(listed, list):
        raise MalformedAct(detail=_LISTING_NOT_A_LIST())
    by_case: dict[str, set[str]] = {}
    for item in listed:
        if not isinstance(item, list) or len(item) != 2 or not is_id(item[1]) or not (item[0] == "" or is_id(item[0])):
            raise MalformedAct(detail=_LISTING_ENTRY_ODD())
        by_case.setdefault(str(item[0]), set()).add(str(item[1]))
    return Heads({case: frozenset(acts) for case, acts in by_case.items()})
