"""When two opinions are a decision (rules R5 and R6).

A **pair** is a CIO and a CISO opinion that approve the same terms and the same assessment on one revision, by two
different people who have no part in the case. It is **in force** when nothing either office said elsewhere speaks
against it. What is unclear is decided against approval: doubt never approves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import Effect, Office
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.acts.kinds.retire import RetireBody
from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Wording
from intake.domain.case.fates import Fate, Pair, fated
from intake.domain.case.graph import Graph
from intake.domain.case.judge import Judge
from intake.domain.case.masks import Masks
from intake.domain.organisation.history import RosterHistory
from intake.domain.organisation.roster import Role

RIVALS = Wording("RostersRival", "two rosters claim to be the newest")
"""The reason where the case itself is not in doubt."""

_OTHER_REVISION = Wording("AnotherRevision", "there is another revision")
_OTHER_FORKED = Wording("AnotherRevisionForked", "there is another revision, in a forked stream")
_WITHDRAWN = Wording("CaseWithdrawn", "the use case was withdrawn")
_RETIRED = Wording("CaseRetired", "the use was retired")
_UNKNOWN_KIND = Wording("UnknownKindBySomebody", "somebody with a say signed a kind of act this version does not know")
_CHANGED_BEFORE = Wording("PositionChangedBefore", "one office had already changed its position")
_CHANGED_APART = Wording("PositionsChangedApart", "the offices changed their positions while apart")
_UNANSWERED = Wording("ContestUnanswered", "a contest is not answered by both offices")


_STOPPING = (Effect.REVISES, Effect.CLOSES)
_NOTHING: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class Opinions:
    """The opinions of one case that have force, and what each office holds on a revision."""

    def __init__(
        self, graph: Graph, judge: Judge, rosters: RosterHistory, restored: Mapping[str, tuple[str, ...]] = _NOTHING
    ) -> None:
        """``restored`` are the objections that both offices have lifted, each with what its office holds again."""
        self._restored = restored
        self.lifted = graph.mask(restored)
        self._graph = graph
        self._rosters = rosters
        self.bodies: dict[str, OpinionBody] = {}
        self._spent: dict[str, OpinionBody] = {}
        self._revisions: dict[str, RevisionBody] = {}
        for name in graph.order:
            body = graph.bodies[name]
            if isinstance(body, OpinionBody) and (judge.objects(name) or judge.unjudged(name)):
                self.bodies[name] = body
            elif isinstance(body, OpinionBody) and judge.spent(name):
                self._spent[name] = body
            elif isinstance(body, RevisionBody) and judge.counts(name):
                self._revisions[name] = body
        self._judge = judge
        # The digest as signed: reading the body has proved that it is that of the terms.
        self.terms = {name: str(graph.acts[name].body["terms_digest"]) for name in (*self.bodies, *self._spent)}
        self._on: dict[tuple[str, Office], list[str]] = defaultdict(list)
        self._heard: dict[tuple[str, Office], int] = defaultdict(int)
        self._approving: dict[tuple[str, Office, str], int] = defaultdict(int)
        self._of_office: dict[Office, int] = defaultdict(int)
        self._by: dict[Office, dict[tuple[str, str], _Author]] = defaultdict(dict)
        for name, body in (*self.bodies.items(), *self._spent.items()):
            self._sort(name, body)
        self._heads: dict[tuple[str, Office], tuple[str, ...]] = {}
        self._replaced = Masks()
        self._blockers: dict[str, _Blocking] = {}
        self._sorted: dict[int, tuple[str, ...]] = {}
        self._of_both: dict[str, tuple[str, ...]] = {}

    def _sort(self, name: str, body: OpinionBody) -> None:
        """Put an opinion where it is looked for."""
        act, bit = self._graph.acts[name], self._graph.mask((name,))
        if name in self.bodies:
            self._on[body.revision, body.office].append(name)
        self._heard[body.revision, body.office] |= bit
        self._of_office[body.office] |= bit
        if body.position is Position.APPROVE:
            self._approving[body.revision, body.office, self.terms[name]] |= bit
        author = self._by[body.office].setdefault((act.person, act.roster), _Author(act))
        author.opinions |= bit

    def on(self, revision: str, office: Office) -> tuple[str, ...]:
        return tuple(self._on.get((revision, office), ()))

    def heads(self, revision: str, office: Office) -> tuple[str, ...]:
        """The opinions of an office that no later one of the same office has replaced."""
        key = (revision, office)
        if key not in self._heads:
            every, gone = self.on(revision, office), 0
            for later in every:
                gone |= self.replaced(later)
            newest = self._graph.among(self._graph.mask(every) & ~gone)
            self._heads[key] = tuple(dict.fromkeys(one for name in newest for one in self._restored.get(name, (name,))))
        return self._heads[key]

    def replaced(self, later: str) -> int:
        """The mask of all that an opinion took the place of, on any revision: what its office said and it descends from.

        Rule R5: the author may, and a successor may replace what a former holder said; a second holder beside the first
        may not.

        Authors are asked about, and not each of their opinions: what one of them may replace follows from the people and
        from the rosters they name.
        """
        if later not in self._replaced:
            act, office, found = self._graph.acts[later], self.opinion(later).office, 0
            seen = self._graph.past(later) & self._of_office[office]
            for (person, _), author in self._by[office].items() if seen else ():
                if seen & author.opinions and (person == act.person or self._succeeded(author.act, act, office)):
                    found |= seen & author.opinions
            self._replaced[later] = found
        return self._replaced[later]

    def _succeeded(self, one: Act, other: Act, office: Office) -> bool:
        return self._rosters.succeeded(one, other, Role(office.value), self._judge.scopes(other.id))

    def opinion(self, name: str) -> OpinionBody:
        return self.bodies[name] if name in self.bodies else self._spent[name]

    def heard(self, revision: str, office: Office) -> int:
        """The mask of everything an office said on a revision that can speak against a pair, favour or not."""
        return self._heard.get((revision, office), 0)

    def approving(self, revision: str, office: Office, terms: str) -> int:
        """The mask of what of it approves these terms (by digest)."""
        return self._approving.get((revision, office, terms), 0)

    def last_days(self, revision: str) -> dict[str, date]:
        """The newest opinions on a revision that rest on a role or key with a last day, and that day."""
        days = {name: self._judge.last_day(name, office) for office in Office for name in self.heads(revision, office)}
        return {name: day for name, day in days.items() if day}

    def weighed(self, revision: str) -> tuple[Pair, ...]:
        """All pairs on a revision with what the rest of the case makes of each, in id order (``agreements``)."""
        beside: dict[str, list[str]] = defaultdict(list)
        for name in self.on(revision, Office.CISO):
            if self.bodies[name].position is Position.APPROVE:
                beside[self.terms[name]].append(name)
        found = [
            self._stand(revision, cio, ciso)
            for cio in self.on(revision, Office.CIO)
            for ciso in beside.get(self.terms[cio], ())
            if self._matches(cio, ciso)
        ]
        return _settle(self._graph, found)

    def blockers(self, revision: str) -> tuple[tuple[str, Reason], ...]:
        """(act, reason) of what stops new approvals on ``revision``, no matter what the offices say."""
        return tuple(self._blocking(revision).reasons.items())

    def _blocking(self, revision: str) -> _Blocking:
        if revision not in self._blockers:
            graph, reasons = self._graph, dict(self._stopping(revision))
            knowing = graph.mask(
                name for name in reasons if self._judge.blocks(name) and not self._judge.may_object(name)
            )
            closed = graph.mask(name for name in reasons if graph.effect(name) is Effect.CLOSES)
            self._blockers[revision] = _Blocking(reasons, graph.mask(reasons) & ~knowing, knowing, closed)
        return self._blockers[revision]

    @cached_property
    def _may_stop(self) -> tuple[str, ...]:
        """The acts that stop approvals on some revision: few of many, and each revision is asked about."""
        graph = self._graph
        return tuple(name for name in graph.order if graph.effect(name) in _STOPPING or self._judge.blocks(name))

    def _stopping(self, revision: str) -> Iterator[tuple[str, Reason]]:
        chain = frozenset(self._graph.chain(revision))
        for name in self._may_stop:
            if name in self._revisions and name not in chain:
                yield name, _OTHER_REVISION()
            elif self._graph.effect(name) is Effect.REVISES and self._judge.spent(name):
                # The owner did file it; only a revision that knows of it can take its place.
                if not self._graph.descends(revision, name):
                    yield name, _OTHER_FORKED()
            elif self._graph.effect(name) is Effect.CLOSES and self._judge.objects(name):
                if not self._graph.descends(revision, name):
                    yield name, _RETIRED() if isinstance(self._graph.bodies[name], RetireBody) else _WITHDRAWN()
            elif self._judge.blocks(name):
                yield name, _UNKNOWN_KIND()

    def _matches(self, cio: str, ciso: str) -> bool:
        one, other = self.bodies[cio], self.bodies[ciso]
        return (
            self._has_favour(cio)
            and self._has_favour(ciso)
            and one.position is Position.APPROVE is other.position
            and self.terms[cio] == self.terms[ciso]
            and (one.playbook, one.assessment) == (other.playbook, other.assessment)
            and self._graph.acts[cio].person != self._graph.acts[ciso].person
            and not any(self._judge.parties.has(self._graph.acts[name].person, one.revision) for name in (cio, ciso))
            and not self._judge.parties.took_over(cio, ciso)
        )

    def _has_favour(self, name: str) -> bool:
        """Whether an opinion counts, or would for those who can read its terms: agreeing ones are read by the same table."""
        return self._judge.counts(name) or self._judge.unjudged(name)

    def _stand(self, revision: str, cio: str, ciso: str) -> Pair:
        """Weigh one pair against everything else the offices said, and against what blocks approvals."""
        terms = self.terms[cio]
        against = self._against(revision, cio, ciso)
        void, contested = against[Fate.VOID], against[Fate.CONTESTED]
        blocking = self._blocking(revision)
        held = blocking.outright & ~(self._graph.later(cio) & self._graph.later(ciso))
        held |= blocking.knowing & (self._graph.past(cio) | self._graph.past(ciso))
        make = _Weighed(revision, terms, self.bodies[cio].assessment, cio, ciso)
        if void:
            return make(Fate.VOID, _CHANGED_BEFORE(), self._listed(void))
        if contested:
            return make(Fate.CONTESTED, _CHANGED_APART(), self._listed(contested))
        if blocking.closed:
            reason = blocking.reasons[self._graph.first(blocking.closed)]
            return make(Fate.ON_HOLD, reason, self._listed(blocking.closed))
        if held:
            return make(Fate.ON_HOLD, blocking.reasons[self._graph.first(held)], self._listed(held))
        if self._rosters.rivals:
            return make(Fate.ON_HOLD, RIVALS(), ())
        return make(Fate.IN_FORCE, None, ())

    def _against(self, revision: str, cio: str, ciso: str) -> dict[Fate, int]:
        """The masks of the opinions that speak against a pair, by what they make of it."""
        void = contested = 0
        after = self._graph.later(cio) & self._graph.later(ciso)
        for mine, theirs, office in ((cio, ciso, Office.CIO), (ciso, cio, Office.CISO)):
            speaking = self._speaking(revision, office, mine)
            known = speaking & self._known(theirs)
            void |= known
            # What came after both is a proposal of other terms, until a new pair on them is in force, or a suspension.
            contested |= speaking & ~known & ~after
        return {Fate.VOID: void, Fate.CONTESTED: contested}

    def _speaking(self, revision: str, office: Office, mine: str) -> int:
        """The mask of what an office said on a revision that an approval of its own did not take the place of, but for its like."""
        same = self.approving(revision, office, self.terms[mine]) | self._graph.mask((mine,))
        return self.heard(revision, office) & ~(same | self.replaced(mine))

    def _known(self, later: str) -> int:
        """The mask of the opinions that the author of ``later`` had seen, and could tell that they count: by a roster they knew.

        A roster that somebody kept back cannot make it known afterwards.
        """
        mine = self._rosters.chain.get(self._graph.acts[later].roster)
        if mine is None:
            return 0
        seen = self._graph.past(later)
        found = 0
        for authors in self._by.values():
            for (_, roster), author in authors.items():
                theirs = self._rosters.chain.get(roster)
                if theirs is not None and theirs.roster.version <= mine.roster.version:
                    found |= author.opinions & seen
        return found

    def void(self, revision: str, cio: str, ciso: str) -> bool:
        """Whether one of two that approve the same had seen that the other office had moved on."""
        return any(
            self._speaking(revision, office, mine) & self._known(theirs)
            for mine, theirs, office in ((cio, ciso, Office.CIO), (ciso, cio, Office.CISO))
        )

    def approved(self) -> list[tuple[str, str]]:
        """(revision, digest of the terms) of all that both offices ever approved."""
        cio, ciso = ({(on, terms) for on, by, terms in self._approving if by is office} for office in Office)
        return sorted(cio & ciso)

    def terms_of_both(self, revision: str) -> tuple[str, ...]:
        """The digests of all that both offices ever approved on a revision. One of them alone may have approved thousands."""
        if revision not in self._of_both:
            cio, ciso = (
                {terms for on, by, terms in self._approving if (on, by) == (revision, office)} for office in Office
            )
            self._of_both[revision] = tuple(sorted(cio & ciso))
        return self._of_both[revision]

    def _listed(self, mask: int) -> tuple[str, ...]:
        """The acts of a mask in id order; the same ones speak against many pairs of somebody who repeats himself."""
        if mask not in self._sorted:
            self._sorted[mask] = tuple(sorted(self._graph.among(mask)))
        return self._sorted[mask]


@dataclass(frozen=True, slots=True)
class _Blocking:
    """What stops new approvals on a revision: each act with its reason, and masks of them.

    A pair is held by what is ``outright`` unless that had seen both of its opinions, and by what is ``knowing`` only if one
    of its opinions had seen it (rule R6).
    """

    reasons: Mapping[str, Reason]
    outright: int
    knowing: int
    closed: int


@dataclass(slots=True)
class _Author:
    """Somebody under one roster: any act of theirs, and the mask of their opinions for one office."""

    act: Act
    opinions: int = 0


@dataclass(frozen=True, slots=True)
class _Weighed:
    revision: str
    terms: str
    assessment: str
    cio: str
    ciso: str

    def __call__(self, fate: Fate, reason: Reason | None, against: tuple[str, ...]) -> Pair:
        """``against`` in id order."""
        return Pair(self.revision, self.terms, self.assessment, self.cio, self.ciso, fate, reason, against)


def _settle(graph: Graph, pairs: list[Pair]) -> tuple[Pair, ...]:
    """Let contests bind the pairs beside them."""
    settled = []
    contested = [pair for pair in pairs if pair.fate is Fate.CONTESTED]
    contests = graph.mask({name for pair in contested for name in pair.opinions})
    for against in {pair.against for pair in contested}:
        contests |= graph.mask(against)
    for pair in pairs:
        if pair.fate is Fate.IN_FORCE:
            known = [graph.past(name) | graph.mask((name,)) for name in pair.opinions]
            if unheard := graph.among(contests & ~(known[0] & known[1])):
                # Also an older pair: both offices had moved on from it, so it does not come back while they differ.
                settled.append(fated(pair, Fate.CONTESTED, _UNANSWERED(), unheard))
                continue
        settled.append(pair)
    return tuple(settled)
