"""Where an act is that was signed here: only here, sent, or seen by somebody else.

That it was **sent** this installation knows itself: it wrote the act to a carrier. That it was **seen** is proven by an act of
somebody else that descends from it (``graph``): nobody can name the digest of what never reached them. What a key says that
no roster ever listed for its person proves nothing: anybody could write it to lull a signer.

Knowing more never moves an act back: more acts, more sendings and more listed keys only add to what is known.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from intake.domain.acts.capabilities import Capabilities
from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import ENROL
from intake.domain.case.graph import Graph


class DeliveryState(IntEnum):
    """In the order in which an act gets there."""

    SIGNED = 1
    SENT = 2
    SEEN = 3

    @property
    def left(self) -> bool:
        """Whether the act is known to have left this installation."""
        return self is not DeliveryState.SIGNED


@dataclass(frozen=True, slots=True, order=True)
class Sending:
    """This installation wrote an act to ``carrier`` (as receipts call it) at this moment."""

    at: datetime
    carrier: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """What is known of one act (its id); ``seen_by`` are people, never its author.

    ``seen`` is whether it was known before that somebody has seen it, or is known without their name.
    """

    act: str
    sendings: frozenset[Sending] = frozenset()
    seen_by: frozenset[str] = frozenset()
    seen: bool = False

    @property
    def state(self) -> DeliveryState:
        if self.seen or self.seen_by:
            return DeliveryState.SEEN
        return DeliveryState.SENT if self.sendings else DeliveryState.SIGNED

    @property
    def sent(self) -> Sending | None:
        """When it went out first."""
        return min(self.sendings, default=None)

    def joined(self, other: Delivery) -> Delivery:
        """What two installations know of the same act together. Raises ValueError for two acts."""
        if other.act != self.act:
            raise ValueError("these are about two acts")
        return Delivery(self.act, self.sendings | other.sendings, self.seen_by | other.seen_by, self.seen or other.seen)


def seen_by(
    acts: Iterable[Act], listed: Container[tuple[str, str]], capabilities: Capabilities[object]
) -> Mapping[str, frozenset[str]]:
    """For each act of one case (or of the organisation) the people, other than its author, whose acts descend from it.

    ``listed`` are the (person, certificate) that some counted roster names. Acts that nobody has answered are left out.
    """
    graph = Graph(acts, frozenset(), frozenset(), capabilities)
    # One mask for each person: going through the past of every act would cost the square of a long case.
    own: dict[str, list[str]] = {}
    past: dict[str, int] = {}
    for name in graph.order:
        act = graph.acts[name]
        own.setdefault(act.person, []).append(name)
        if (act.person, act.signer) in listed:
            past[act.person] = past.get(act.person, 0) | graph.past(name)
    found: dict[str, set[str]] = {}
    for person, seen in past.items():
        for name in graph.among(seen & ~graph.mask(own[person])):
            found.setdefault(name, set()).add(person)
    return {name: frozenset(people) for name, people in found.items()}


def taken_up(acts: Iterable[Act], listed: Container[tuple[str, str]]) -> frozenset[str]:
    """The enrolments among these acts (ids) whose key a roster lists: an administrator must have had it to list it."""
    return frozenset(act.id for act in acts if act.kind == ENROL.name and (act.person, act.signer) in listed)
