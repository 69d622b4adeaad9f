"""Where an act is that was signed here: only here, sent, or seen by somebody else.

That it was **sent** this installation knows itself: it wrote the act, and every file the act carries, to one carrier. That it was
**seen** is proven by an act of somebody else that descends from it (``graph``) and that the fold does not ignore. An id is no
secret: packages and checkpoints list it. So what anybody could write to lull a signer proves nothing, and what a cut-off takes
from a key it also takes back from what that key had proven.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from intake.domain.acts.capabilities import Capabilities
from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import ENROL
from intake.domain.case.fold import CaseState
from intake.domain.case.graph import Graph
from intake.domain.case.judge import Force, Judgement
from intake.domain.case.ownership import ANYONE
from intake.domain.organisation.history import RosterHistory
from intake.domain.organisation.rights import Strength


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
    """What is known of one act (its id): where it was sent to, and whether somebody else than its author has ``seen`` it."""

    act: str
    sendings: frozenset[Sending] = frozenset()
    seen: bool = False

    @property
    def state(self) -> DeliveryState:
        if self.seen:
            return DeliveryState.SEEN
        return DeliveryState.SENT if self.sendings else DeliveryState.SIGNED

    @property
    def sent(self) -> Sending | None:
        """When it went out first."""
        return min(self.sendings, default=None)


def proving(state: CaseState) -> frozenset[str]:
    """The acts (ids) of a case that prove what their author has seen: those that the fold gives their full force."""
    return frozenset(event.act.id for event in state.events if _proves(event.judgement))


def proving_of_organisation(acts: Iterable[Act], rosters: RosterHistory) -> frozenset[str]:
    """The same of acts of the organisation: those of a key that the rosters give its person, and neither ended nor cut off.

    Checkpoints tell what came before an end in use cases; here nothing tells it, and doubt proves nothing.
    """
    found = set()
    for act in acts:
        right = rosters.right(act, ANYONE, _unknown)
        if right.strength is Strength.FULL or right.sure:
            found.add(act.id)
    return frozenset(found)


def seen_by(
    acts: Iterable[Act], proving: Container[str], capabilities: Capabilities[object]
) -> Mapping[str, frozenset[str]]:
    """For each act of one case (or of the organisation) the people, other than its author, whose acts descend from it.

    Only acts among ``proving`` (ids) tell of it. Acts that nobody has answered are left out.
    """
    graph = Graph(acts, frozenset(), frozenset(), capabilities)
    # One mask for each person: going through the past of every act would cost the square of a long case.
    own: dict[str, list[str]] = {}
    past: dict[str, int] = {}
    for name in graph.order:
        act = graph.acts[name]
        own.setdefault(act.person, []).append(name)
        if name in proving:
            past[act.person] = past.get(act.person, 0) | graph.past(name)
    found: dict[str, set[str]] = {}
    for person, seen in past.items():
        for name in graph.among(seen & ~graph.mask(own[person])):
            found.setdefault(name, set()).add(person)
    return {name: frozenset(people) for name, people in found.items()}


def taken_up(acts: Iterable[Act], rosters: RosterHistory) -> frozenset[str]:
    """The enrolments among these acts (ids) whose key a counted roster lists: an administrator had it to list it."""
    return frozenset(act.id for act in acts if act.kind == ENROL.name and _ever_listed(act, rosters))


def _proves(judgement: Judgement) -> bool:
    """What waits, is ignored or has lost its favour may come from a key that is not its owner's any more."""
    # An objection whose signer's right is in doubt counts all the same, but says why it does not count in full.
    objects = judgement.force is Force.OBJECTS and judgement.reason is None
    return objects or judgement.force in (Force.COUNTS, Force.UNJUDGED, Force.NOTE)


def _ever_listed(act: Act, rosters: RosterHistory) -> bool:
    people = (listed.roster.person(act.person) for listed in rosters.chain.values())
    return any(person is not None and person.certificate(act.signer) is not None for person in people)


def _unknown(_checkpoint: str) -> None:
    """What a checkpoint covers of the organisation is not asked."""
