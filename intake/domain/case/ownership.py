"""Whose case it is, and what right each of its acts has by the rosters (rule R4)."""

from __future__ import annotations

from collections.abc import Mapping

from intake.domain.acts.checkpoint import Heads
from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import Signers
from intake.domain.acts.kinds.disown import DisownBody
from intake.domain.acts.kinds.hand_over import HandOverBody, HandsAs
from intake.domain.acts.kinds.lift import LiftBody
from intake.domain.acts.kinds.opinion import OpinionBody
from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.acts.kinds.take_over import TakeOverBody
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Wording
from intake.domain.case.forks import Fork, forks
from intake.domain.case.graph import Graph
from intake.domain.case.handing import Handing, signs
from intake.domain.organisation.history import RosterHistory
from intake.domain.organisation.rights import ANYWHERE, Covered, Right, Strength
from intake.domain.organisation.roster import Person, Role, scopes_of

ANYONE: frozenset[Role] = frozenset()
_NOT_THEIRS = Wording("NotTheirCase", "only the owner, the submitter or a rostered successor may do this")
_NO_OFFICE = Wording("NamesNoOffice", "it names no office")
_NO_KEY = Wording("FiledForNobody", "its roster lists no key of “{owner}”, whom it names as owner")
_OTHER_OWNER = Wording(
    "FiledForAnother",
    "it names “{owner}” as owner, but the use case belongs to “{before}”, and no roster makes “{owner}” the successor",
)
_NOBODYS = Wording(
    "HandedToSeveral",
    "it was handed over to several people at the same time, and belongs to nobody until one of them alone has it",
)


class Ownership:
    """The people whose case it is, the units it is of, and the rights that acts have because of that."""

    def __init__(self, graph: Graph, rosters: RosterHistory, heads: Mapping[str, Heads]) -> None:
        self._graph, self._rosters, self._heads = graph, rosters, heads
        self._covered: dict[str, frozenset[str] | None] = {}
        self._rights: dict[tuple[str, frozenset[Role], frozenset[str]], Right] = {}
        self.case, self.owners = self._opening()
        # A cut-off heals a fork: what a thief wrote beyond it must not take the place of what was written below it.
        self.forks: tuple[Fork, ...] = forks(
            act for act in graph.acts.values() if not rosters.cut_off(act, self.covering(act))
        )
        self.tainted = frozenset(name for fork in self.forks for name in fork.tainted)
        self.handing = Handing(graph, rosters.chain, self.tainted, self.passes)
        self.filed: dict[str, RevisionBody] = {}
        """The revisions that those signed whose case it is, also one that waits or has lost its favour: they lend their units.

        The right to sign one rests on no unit. A stranger's revision lends none: anybody listed could sign one that names
        the unit of an office, and let that office into every case.
        """
        self._accountable: dict[str, str] = {}
        self._misnamed: dict[str, Reason] = {}
        for name in graph.order:
            self._follow(name)
        self._units = frozenset(body.unit for body in self.filed.values())

    def needed(self, act: Act) -> Right:
        """The right an act of this kind needs. Opinions need their office; revising needs to be one's own case."""
        signers, body = self._graph.kinds.signers(act.kind), self._graph.bodies[act.id]
        if signers is Signers.OFFICE:
            office = self._graph.kinds.office(act, body)
            return self.right(act, frozenset({Role(office)})) if office else Right(Strength.NONE, _NO_OFFICE())
        if isinstance(body, HandOverBody | TakeOverBody):
            return self.passes(act, body)
        if signers is Signers.OWNER:
            return self.answers(act)
        return self.theirs(act) if signers is Signers.OWN_CASE else self.listed(act)

    def right(self, act: Act, roles: frozenset[Role]) -> Right:
        """The right of an act that somebody with one of these roles may sign."""
        return self._right(act, roles, self.scopes(act.id))

    def listed(self, act: Act) -> Right:
        """The right of an act that anybody listed may sign, which no scope limits."""
        return self._right(act, ANYONE, ANYWHERE)

    def theirs(self, act: Act) -> Right:
        """The right of an act for those whose case it is: who opens it, its owner and submitter, a rostered successor."""
        if act.case and not self.own(act):
            return self._as_successor(act)
        return self.listed(act)

    def answers(self, act: Act) -> Right:
        """The right of an act for who answers for the case: its owner by what the act had seen, or a rostered successor."""
        if act.person != self.handing.claims.holder(self._graph.past(act.id)):
            return self._as_successor(act)
        return self.listed(act)

    def passes(self, act: Act, body: HandOverBody | TakeOverBody) -> Right:
        """The right of an act that hands the case over or takes it over; whether it fits is another question (``handing``)."""
        if isinstance(body, HandOverBody) and body.by is HandsAs.ADMINISTRATOR:
            return self._right(act, frozenset({Role.ADMINISTRATOR}), ANYWHERE)
        return self.listed(act)

    def own(self, act: Act) -> bool:
        """Whether the case was its signer's, as owner or submitter, by what the act had seen."""
        return act.person in self._people(self._graph.past(act.id))

    @property
    def people(self) -> frozenset[str]:
        """Whose case it is now, as owner or submitter."""
        return self._people(self._graph.all)

    @property
    def holder(self) -> str | None:
        """Who answers for the case since it was taken over, empty for nobody; None where nobody ever took it over."""
        return self._moved(self._graph.all)

    def _people(self, seen: int) -> frozenset[str]:
        claims = self.handing.claims
        if not claims.taken(seen):
            return self.owners
        return (self.owners | {claims.holder(seen)}) - claims.former(seen) - {""}

    def took_over(self, name: str) -> str | None:
        """The same by what the author of an act had seen."""
        return self._moved(self._graph.past(name))

    def _moved(self, seen: int) -> str | None:
        claims = self.handing.claims
        return claims.holder(seen) if claims.taken(seen) else None

    def _as_successor(self, act: Act) -> Right:
        successor = self.succeeds(act)
        return successor if successor.strength is not Strength.NONE else Right(Strength.NONE, _NOT_THEIRS())

    def succeeds(self, act: Act) -> Right:
        """Only a grant for this very case makes a successor; a unit's owners do not own each other's cases."""
        return self._right(act, frozenset({Role.OWNER}), frozenset({self.case} if self.case else ()))

    def _right(self, act: Act, roles: frozenset[Role], scopes: frozenset[str]) -> Right:
        """What the rosters say of an act. The same is asked several times while a case is folded."""
        key = (act.id, roles, scopes)
        if key not in self._rights:
            self._rights[key] = self._rosters.right(act, roles, self.covering(act), scopes=scopes)
        return self._rights[key]

    def scopes(self, name: str) -> frozenset[str]:
        """For which scopes a role may be granted to count for an act of this case.

        A case may move to another unit. An approval needs the office of the unit that its revision names, which both offices
        see; whatever else is said may come from the office of any unit that those whose case it is ever filed it for.
        """
        body = self._graph.bodies[name]
        if isinstance(body, OpinionBody) and body.approved is not None:
            revision = self._graph.bodies.get(body.revision)
            if isinstance(revision, RevisionBody):
                return scopes_of((revision.unit,), self.case)
        if isinstance(body, LiftBody | DisownBody):
            # What leans to permission needs the office of each unit the case was of, when it was stopped and when it is lifted.
            units = set().union(*(self._units_before(act) for act in (name, *body.suspensions)))
            return frozenset.intersection(*(scopes_of((unit,), self.case) for unit in units or {""}))
        return scopes_of(self._units, self.case)

    def _units_before(self, name: str) -> set[str]:
        """The units of the revisions that were the newest when an act was signed; none for an act that is not here."""
        if name not in self._graph.acts:
            return set()
        seen = {one: body for one, body in self.filed.items() if self._graph.descends(name, one)}
        replaced = {before for body in seen.values() for before in body.revises}
        return {body.unit for one, body in seen.items() if one not in replaced}

    def accountable(self, revision: str) -> str:
        """Who answers for a revision: the owner it names, or who did before where it may not name that one. Empty without one."""
        return self._accountable.get(revision, "")

    def misnamed(self, revision: str) -> Reason | None:
        """Why the owner a revision names cannot be its owner; None when they can, or while its roster is not here."""
        return self._misnamed.get(revision)

    def covering(self, act: Act) -> Covered:
        def covered(checkpoint: str) -> bool | None:
            listed = self._covered_by(checkpoint)
            return None if listed is None else act.id in listed

        return covered

    def _covered_by(self, checkpoint: str) -> frozenset[str] | None:
        if checkpoint not in self._covered:
            listing = self._heads.get(checkpoint)
            # A first revision belongs to its own case, though its ``case`` field is empty.
            self._covered[checkpoint] = listing.covered(self.case, self._graph.acts) if listing else None
        return self._covered[checkpoint]

    def _opening(self) -> tuple[str, frozenset[str]]:
        """Case id and the people whose case it is, from the first revision; without it only the case id."""
        for name in self._graph.order:
            body = self._graph.bodies[name]
            act = self._graph.acts[name]
            if isinstance(body, RevisionBody) and not act.case:
                return act.id, frozenset({body.owner, act.person})
        named = (act.case for act in self._graph.acts.values() if act.case)
        return min(named, default=""), frozenset()

    def _follow(self, name: str) -> None:
        """Find out whose the case is by one act, after all that it has seen."""
        body, act = self._graph.bodies[name], self._graph.acts[name]
        if isinstance(body, RevisionBody):
            if self.theirs(act).objects:
                self.filed[name] = body
            self._follow_owner(name, act, body)
        elif isinstance(body, HandOverBody | TakeOverBody):
            self.handing.weigh(name)

    def _follow_owner(self, name: str, act: Act, body: RevisionBody) -> None:
        """Find the accountable owner of a revision (note 0053).

        A submitter opens a case in the name of anybody who has a key by then. Afterwards it stays with that owner, until
        somebody takes it over or a roster gives it to a successor: its submitter does not pass it on.
        """
        listed, moved = self._rosters.chain.get(act.roster), self._moved(self._graph.past(name))
        owner = listed.roster.person(body.owner) if listed else None
        earlier = [self._accountable[one] for one in body.revises if one in self._accountable and one in self.filed]
        if moved is not None:
            earlier = [moved]
        if act.case and not earlier:
            # What it revises is not here, or nothing that those filed whose case it is: nobody can say whose it was.
            self._misnamed[name] = _OTHER_OWNER(owner=body.owner, before=act.person)
        elif listed and not earlier and not signs(owner):
            self._misnamed[name] = _NO_KEY(owner=body.owner)
        elif listed and earlier and body.owner not in earlier and not _succeeds(owner, self.case):
            self._misnamed[name] = _OTHER_OWNER(owner=body.owner, before=earlier[0]) if earlier[0] else _NOBODYS()
        before = earlier[0] if earlier else act.person
        self._accountable[name] = found = before if name in self._misnamed else body.owner
        moves = found not in earlier and name in self.filed and self._graph.complete(name)
        if not act.case or (moves and name not in self.tainted and name not in self._misnamed):
            self.handing.claims.add(name, found)


def _succeeds(person: Person | None, case: str) -> bool:
    grants = person.grants if person else ()
    return any(grant.role is Role.OWNER and grant.scope == case and grant.period.open for grant in grants)
