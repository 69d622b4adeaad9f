"""What each act of a case may do: count in favour, object only, wait, or nothing (rules R2, R3 and R4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from intake.domain.acts import KINDS, Act, Kind
from intake.domain.bodies import OpinionBody, Position, RevisionBody
from intake.domain.checkpoint import Heads
from intake.domain.fold.graph import Graph
from intake.domain.fold.streams import Fork, forks
from intake.domain.roster import Role
from intake.domain.roster_history import Right, RosterHistory, Strength

ANYONE: frozenset[Role] = frozenset()


class Force(StrEnum):
    """What an act does in the state of its case."""

    COUNTS = "counts"
    OBJECTS = "objects"
    """Counts as an objection, and for nothing in favour."""
    WAITS = "waits"
    IGNORED = "ignored"
    UNKNOWN = "unknown"
    """A kind a later version knows. It is kept and passed on."""


@dataclass(frozen=True, slots=True)
class Judgement:
    force: Force
    reason: str = ""
    waits_for: tuple[str, ...] = ()


class Judge:
    """Judges every act of one case under one roster history."""

    def __init__(self, graph: Graph, rosters: RosterHistory, heads: Mapping[str, Heads]) -> None:
        self._graph = graph
        self._rosters = rosters
        self._heads = heads
        self._covered: dict[str, frozenset[str]] = {}
        self.forks: tuple[Fork, ...] = forks(graph.acts.values())
        self._tainted = frozenset(name for fork in self.forks for name in fork.tainted)
        self.case, self.unit, self.owners = self._opening()
        self.judgements = {name: self._judge(graph.acts[name]) for name in graph.order}

    def counts(self, name: str) -> bool:
        return self.judgements[name].force is Force.COUNTS

    def objects(self, name: str) -> bool:
        """Whether the act has at least the force of an objection."""
        return self.judgements[name].force in (Force.COUNTS, Force.OBJECTS)

    def blocks(self, name: str) -> bool:
        """Whether an act of an unknown kind comes from somebody who could have meant it to bind (rule R4)."""
        act = self._graph.acts[name]
        if act.kind in KINDS:
            return False
        if act.person in self.owners and self._right(act, ANYONE).strength is not Strength.NONE:
            return True
        entitled = (Role.CIO, Role.CISO, Role.RECORDS, Role.ADMINISTRATOR)
        return any(self._right(act, frozenset({role})).strength is not Strength.NONE for role in entitled)

    def _opening(self) -> tuple[str, str, frozenset[str]]:
        """Case id, unit and the people whose case it is, from the first revision."""
        for name in self._graph.order:
            body = self._graph.bodies[name]
            act = self._graph.acts[name]
            if isinstance(body, RevisionBody) and not act.case:
                return act.id, body.unit, frozenset({body.owner, act.person})
        return "", "", frozenset()

    def _judge(self, act: Act) -> Judgement:
        body = self._graph.bodies[act.id]
        if act.kind not in KINDS:
            return Judgement(Force.UNKNOWN, "this version does not know what it means")
        right = self._right_of(act)
        waits = self._graph.waits_for(act.id)
        if right.strength is Strength.WAITS:
            return Judgement(Force.WAITS, right.reason, tuple(sorted(waits | {right.waits_for})))
        if right.strength is Strength.NONE:
            return Judgement(Force.IGNORED, right.reason)
        if _objection(act, body):
            # An objection needs nothing but its signature and its right: withholding what it names must not silence it.
            return Judgement(Force.OBJECTS if waits or right.strength is not Strength.FULL else Force.COUNTS)
        if right.strength is Strength.OBJECTION:
            return Judgement(Force.IGNORED, right.reason)
        if act.id in self._tainted:
            return Judgement(Force.IGNORED, "its stream is forked: two acts claim the same place")
        if isinstance(body, OpinionBody) and body.delegation:
            return Judgement(Force.IGNORED, "it rests on a delegation, which this version does not know")
        missing = waits | self._graph.missing_blobs[act.id]
        if missing:
            return Judgement(Force.WAITS, "something it names is not here yet", tuple(sorted(missing)))
        return Judgement(Force.COUNTS)

    def _right_of(self, act: Act) -> Right:
        """The right an act of this kind needs. Opinions need their office; revising needs to be one's own case."""
        body = self._graph.bodies[act.id]
        if isinstance(body, OpinionBody):
            return self._right(act, frozenset({Role(body.office.value)}))
        if act.kind in (Kind.REVISION, Kind.WITHDRAW) and act.case and act.person not in self.owners:
            successor = self._right(act, frozenset({Role.OWNER}))
            # Only a grant for this very case makes a successor; a unit's owners do not own each other's cases.
            if successor.strength is Strength.FULL and self._succeeds(act.person):
                return successor
            if successor.strength is Strength.WAITS:
                return successor
            return Right(Strength.NONE, "only the owner, the submitter or a rostered successor may do this")
        return self._right(act, ANYONE)

    def _succeeds(self, person_id: str) -> bool:
        person = self._rosters.person(person_id)
        return person is not None and any(
            grant.role is Role.OWNER and grant.scope == self.case and grant.period.open for grant in person.grants
        )

    def _right(self, act: Act, roles: frozenset[Role]) -> Right:
        def covered(checkpoint: str) -> bool:
            return act.id in self._covered_by(checkpoint)

        return self._rosters.right(act, roles, covered, unit=self.unit, case=self.case)

    def _covered_by(self, checkpoint: str) -> frozenset[str]:
        if checkpoint not in self._covered:
            listing = self._heads.get(checkpoint)
            # A first revision stands in its own case, though its ``case`` field is empty.
            self._covered[checkpoint] = listing.covered(self.case, self._graph.acts) if listing else frozenset()
        return self._covered[checkpoint]


def _objection(act: Act, body: object) -> bool:
    if act.kind == Kind.WITHDRAW:
        return True
    return isinstance(body, OpinionBody) and body.position in (Position.DECLINE, Position.CHANGES)
