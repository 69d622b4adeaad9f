"""How a use case passes to another owner (rule R12, note 0062).

Who answers for it hands it over, or two administrators do where nobody present answers for it, and the successor takes it
over. Each is judged by what its author had seen. Until it is taken over nothing changes.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds.hand_over import HandOverBody, HandsAs
from intake.domain.acts.kinds.take_over import TakeOverBody
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Wording
from intake.domain.case.claims import Claims
from intake.domain.case.graph import Graph
from intake.domain.organisation.following import Listed
from intake.domain.organisation.rights import Right, Strength
from intake.domain.organisation.roster import Person, Role, Roster

FORKED = Wording("StreamForked", "its stream is forked: two acts claim the same place")
_NOT_THE_OWNER = Wording("HandsNotTheirs", "its signer does not answer for the use case")
_NOT_ALONE = Wording(
    "HandsOthersToo", "somebody else claims the use case as well, so it is not for one of them to give away"
)
_OWNER_PRESENT = Wording(
    "OwnerPresent",
    "“{owner}” answers for the use case and is present by the roster it names, so administrators do not give it away",
)
_TO_THEMSELVES = Wording("HandsToThemselves", "an administrator gives it to themselves")
_NO_HAND_OVER = Wording("TakesNoHandOver", "it names something that hands nothing over in this use case")
_DOES_NOT_COUNT = Wording("HandOverDoesNotCount", "what it accepts does not count: {reason}")
_OTHER_SUCCESSOR = Wording("AnotherSuccessor", "it was handed over to “{successor}”, and not to its signer")
_NEEDS_TWO = Wording("HandOverNeedsTwo", "it takes one hand-over by the owner, or two by different administrators")
_PASSED_ON = Wording(
    "PassedOnSince", "its signer had seen that the use case has passed to somebody else since it was handed over"
)
_TAKEN_BACK = Wording("HandOverTakenBack", "its signer had seen that the hand-over was replaced by a later one")
_HAND_OVER_LOST = Wording("HandOverLost", "what it accepts has lost its favour: {reason}")


@dataclass(frozen=True, slots=True)
class HandOver:
    """A hand-over that waits to be taken over by ``successor``, for ``reason``. ``acts`` are what a take-over names.

    ``ready`` is whether that is all it takes: of administrators two have to agree.
    """

    acts: tuple[str, ...]
    successor: str
    by: HandsAs
    reason: str
    ready: bool


class Handing:
    """Judges hand-overs and take-overs, each after all it has seen. ``refused`` never count, ``spent`` have lost their favour."""

    def __init__(
        self,
        graph: Graph,
        chain: Mapping[str, Listed],
        tainted: Container[str],
        right: Callable[[Act, HandOverBody | TakeOverBody], Right],
    ) -> None:
        """``chain`` are the rosters that count, ``right`` is what the roster gives the signer of one of these."""
        self._graph, self._chain, self._tainted, self._right = graph, chain, tainted, right
        self.claims = Claims(graph)
        self.refused: dict[str, Reason] = {}
        self.spent: dict[str, Reason] = {}
        self.took: dict[str, int] = {}
        """Who ever took the case over, with the mask of the acts by which they did."""
        self._given: dict[str, HandOverBody] = {}
        self._given_by: dict[str, int] = {}

    def weigh(self, name: str) -> None:
        """Judge one act, of which everything in its past has been judged."""
        act, body = self._graph.acts[name], self._graph.bodies[name]
        assert isinstance(body, HandOverBody | TakeOverBody)
        right = self._right(act, body)
        if right.strength in (Strength.NONE, Strength.WAITS) or not self._graph.complete(name):
            return
        if isinstance(body, HandOverBody):
            against = self._against_handing(act, body)
        else:
            against = self._against_taking(act, body)
        if against:
            self.refused[name] = against
            return
        lost = FORKED() if name in self._tainted else right.reason if right.strength is Strength.OBJECTION else None
        if isinstance(body, TakeOverBody):
            lost = lost or next(
                (_HAND_OVER_LOST(reason=self.spent[one]) for one in body.hand_overs if one in self.spent), None
            )
            self.claims.take_over(name, "" if lost else act.person, body.hand_overs)
            self.took[act.person] = self.took.get(act.person, 0) | self._graph.mask((name,))
        else:
            self._given[name] = body
            self._given_by[act.person] = self._given_by.get(act.person, 0) | self._graph.mask((name,))
        if lost:
            self.spent[name] = lost

    def _against_handing(self, act: Act, body: HandOverBody) -> Reason | None:
        seen = self._graph.past(act.id)
        if body.by is HandsAs.ADMINISTRATOR:
            holder = self.claims.holder(seen)
            if act.person == body.successor:
                return _TO_THEMSELVES()
            return _OWNER_PRESENT(owner=holder) if present(self._chain[act.roster].roster, holder) else None
        people = {item.person for item in self.claims.heads(seen)}
        if act.person not in people:
            return _NOT_THE_OWNER()
        # Of two who claim it one may leave it to the other: then nobody is left who says otherwise.
        return _NOT_ALONE() if people - {act.person, body.successor} else None

    def _against_taking(self, act: Act, body: TakeOverBody) -> Reason | None:
        for name in body.hand_overs:
            if not isinstance(self._graph.bodies.get(name), HandOverBody):
                return _NO_HAND_OVER()
            if name in self.refused:
                return _DOES_NOT_COUNT(reason=self.refused[name])
            if name not in self._given:
                return _DOES_NOT_COUNT(reason=_NOT_THE_OWNER())
        given = [self._given[name] for name in body.hand_overs]
        for item in given:
            if item.successor != act.person:
                return _OTHER_SUCCESSOR(successor=item.successor)
        if not self._enough(body.hand_overs):
            return _NEEDS_TWO()
        seen = self._graph.past(act.id)
        for head in self.claims.heads(seen):
            mine = head.rests_on == body.hand_overs and self._graph.acts[head.act].person == act.person
            if not mine and not all(self._rests_on(name, head.act) for name in body.hand_overs):
                return _PASSED_ON()
        return _TAKEN_BACK() if any(self._replaced(name, seen) for name in body.hand_overs) else None

    def _enough(self, names: Iterable[str]) -> bool:
        """Whether it is one by the owner, or two by different administrators."""
        by = [(self._given[name].by, self._graph.acts[name].person) for name in names]
        return (
            by[0][0] is HandsAs.OWNER
            if len(by) == 1
            else len({item for item in by if item[0] is HandsAs.ADMINISTRATOR}) == 2
        )

    def _rests_on(self, name: str, claim: str) -> bool:
        """Whether a hand-over had seen a claim that nothing it had seen took the place of."""
        return any(item.act == claim for item in self.claims.heads(self._graph.past(name)))

    def _replaced(self, name: str, seen: int) -> bool:
        """Whether a later hand-over of the same author is among what somebody had seen."""
        bit = self._graph.mask((name,))
        every = self._given_by[self._graph.acts[name].person] & seen
        return any(self._graph.past(later) & bit for later in self._graph.among(every))

    def waiting(self) -> tuple[HandOver, ...]:
        """The hand-overs that wait to be taken over, or for a second administrator, in the order of the case."""
        heads = {item.act for item in self.claims.heads(self._graph.all)}
        holder = self.claims.holder(self._graph.all)
        newest = self._graph.among(
            self._graph.mask(name for every in self._given_by.values() for name in self._newest(every))
        )
        found: dict[object, HandOver] = {}
        for name in newest:
            body, act = self._given[name], self._graph.acts[name]
            rests_on = {item.act for item in self.claims.heads(self._graph.past(name))}
            if name in self.spent or rests_on != heads or body.successor in (holder, act.person):
                continue
            if body.by is HandsAs.OWNER:
                found[name] = HandOver((name,), body.successor, body.by, body.reason, ready=True)
            elif body.successor not in found:
                found[body.successor] = HandOver((name,), body.successor, body.by, body.reason, ready=False)
            elif (
                not found[body.successor].ready and self._graph.acts[found[body.successor].acts[0]].person != act.person
            ):
                first = found[body.successor]
                acts = tuple(sorted((*first.acts, name)))
                found[body.successor] = HandOver(acts, body.successor, body.by, first.reason, ready=True)
        return tuple(found.values())

    def _newest(self, every: int) -> Iterable[str]:
        """The hand-overs of one author that no later one of theirs has seen."""
        while every:
            last = self._graph.last(every)
            yield last
            every &= ~(self._graph.past(last) | self._graph.mask((last,)))


def present(roster: Roster, person_id: str) -> bool:
    """Whether somebody can still answer for a use case by a roster: a key to sign with, and no role of an owner that ended
    without another.
    """
    person = roster.person(person_id) if person_id else None
    return person is not None and signs(person) and not _left(person)


def signs(person: Person | None) -> bool:
    return person is not None and any(item.signs and item.period.open for item in person.certificates)


def _left(person: Person) -> bool:
    roles = [grant for grant in person.grants if grant.role is Role.OWNER]
    return bool(roles) and not any(grant.period.open for grant in roles)
