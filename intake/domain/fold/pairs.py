"""When two opinions are a decision (rules R5 and R6).

A **pair** is a CIO and a CISO opinion that approve the same terms and the same assessment on one revision, by two
different people who have no part in the case. It **stands** when nothing either office said elsewhere speaks against
it. Whatever is unclear is worked out against approval: doubt never approves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import product

from intake.domain.fold.graph import Graph
from intake.domain.fold.judge import Judge
from intake.domain.kinds import Effect, Office
from intake.domain.kinds.opinion import OpinionBody, Position
from intake.domain.kinds.revision import RevisionBody
from intake.domain.roster import Role
from intake.domain.roster_history import RosterHistory

RIVALS = "two rosters claim to be the newest"
"""The reason where the case itself is not in doubt."""


class Fate(StrEnum):
    """What became of a pair. Only a standing one is a decision."""

    STANDS = "stands"
    PAUSED = "paused"
    """An office objected after the decision existed."""
    SUPERSEDED = "superseded"
    UNJUDGED = "unjudged"
    """Both offices agree, on terms that only a newer version can read. What they had agreed on before is over."""
    VOID = "void"
    """The countersigner had already seen that the other office had moved on."""
    CONTESTED = "contested"
    """The offices moved while apart; both must speak again, knowing everything."""
    HELD = "held"
    """Something else about the case must be settled before anything can be approved."""


@dataclass(frozen=True, slots=True)
class Pair:
    """``cio`` and ``ciso`` are the act ids of the two opinions. ``against`` lists the acts that speak against it."""

    revision: str
    terms: str
    assessment: str
    cio: str
    ciso: str
    fate: Fate
    reason: str
    against: tuple[str, ...]

    @property
    def opinions(self) -> tuple[str, str]:
        return (self.cio, self.ciso)


class Opinions:
    """The opinions of one case that have force, and what each office holds on a revision."""

    def __init__(self, graph: Graph, judge: Judge, rosters: RosterHistory) -> None:
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
        self._blockers: dict[str, tuple[tuple[str, str], ...]] = {}
        # The digest as signed: reading the body has proved that it is that of the terms.
        self.terms = {name: str(graph.acts[name].body["terms_digest"]) for name in (*self.bodies, *self._spent)}

    def on(self, revision: str, office: Office) -> tuple[str, ...]:
        return tuple(name for name, body in self.bodies.items() if body.revision == revision and body.office is office)

    def heads(self, revision: str, office: Office) -> tuple[str, ...]:
        """The opinions of an office that no later one of the same office has replaced."""
        every = self.on(revision, office)
        return tuple(name for name in every if not any(self.replaces(later, name) for later in every))

    def replaces(self, later: str, earlier: str) -> bool:
        """Whether ``later`` takes the place of ``earlier``, of the same office: it descends from it, and its author may.

        Rule R5: the author may, and a successor may replace what a former holder said; a second holder beside the first
        may not.
        """
        if not self._graph.descends(later, earlier):
            return False
        one, other = self._graph.acts[earlier], self._graph.acts[later]
        role = Role(self.opinion(earlier).office.value)
        return one.person == other.person or self._rosters.succeeded(one, other, role, self._judge.scopes)

    def opinion(self, name: str) -> OpinionBody:
        return self.bodies[name] if name in self.bodies else self._spent[name]

    def heard(self, revision: str, office: Office) -> tuple[str, ...]:
        """Everything an office said on a revision that can speak against a pair, favour or not."""
        spent = (name for name, body in self._spent.items() if body.revision == revision and body.office is office)
        return (*self.on(revision, office), *spent)

    def last_days(self, revision: str) -> dict[str, date]:
        """The newest opinions on a revision that rest on a role or key with a last day, and that day."""
        days = {name: self._judge.last_day(name, office) for office in Office for name in self.heads(revision, office)}
        return {name: day for name, day in days.items() if day}

    def pairs(self, revision: str) -> tuple[Pair, ...]:
        """All pairs on a revision with their fate, in id order."""
        offices = tuple(self.on(revision, office) for office in Office)
        found = []
        for cio, ciso in product(*offices):
            if self._matches(cio, ciso):
                found.append(self._stand(revision, cio, ciso))
        # Weighed like any other first: what they took the place of here must be what it is for those who can read them.
        return tuple(self._unjudged(pair) for pair in _settle(self._graph, found))

    def _unjudged(self, pair: Pair) -> Pair:
        if pair.fate is not Fate.STANDS or self._judge.counts(pair.cio):
            return pair
        return _with(pair, Fate.UNJUDGED, "both offices agreed on boundaries of a newer version", ())

    def blockers(self, revision: str) -> tuple[tuple[str, str], ...]:
        """(act, reason) of what stops new approvals on ``revision``, whatever the offices say."""
        if revision not in self._blockers:
            self._blockers[revision] = tuple(self._blocking(revision))
        return self._blockers[revision]

    def _blocking(self, revision: str) -> Iterator[tuple[str, str]]:
        chain = self._graph.chain(revision)
        for name in self._graph.order:
            if name in self._revisions and name not in chain:
                yield name, "there is another revision"
            elif self._effect(name) is Effect.REVISES and self._judge.spent(name):
                # The owner did file it; only a revision that knows of it can take its place.
                if not self._graph.descends(revision, name):
                    yield name, "there is another revision, in a forked stream"
            elif self._effect(name) is Effect.CLOSES and self._judge.objects(name):
                if not self._graph.descends(revision, name):
                    yield name, "the use case was withdrawn"
            elif self._judge.blocks(name):
                yield name, "somebody with a say signed a kind of act this version does not know"

    def _matches(self, cio: str, ciso: str) -> bool:
        one, other = self.bodies[cio], self.bodies[ciso]
        return (
            self._has_favour(cio)
            and self._has_favour(ciso)
            and one.position is Position.APPROVE is other.position
            and self.terms[cio] == self.terms[ciso]
            and (one.playbook, one.assessment) == (other.playbook, other.assessment)
            and self._graph.acts[cio].person != self._graph.acts[ciso].person
            and not {self._graph.acts[cio].person, self._graph.acts[ciso].person} & self._judge.parties(one.revision)
        )

    def _has_favour(self, name: str) -> bool:
        """Whether an opinion counts, or would for those who can read its terms: agreeing ones are read by the same table."""
        return self._judge.counts(name) or self._judge.unjudged(name)

    def _stand(self, revision: str, cio: str, ciso: str) -> Pair:
        """Weigh one pair against everything else the offices said, and against what blocks approvals."""
        terms = self.terms[cio]
        against = self._against(revision, cio, ciso)
        void, contested, paused = (against[fate] for fate in (Fate.VOID, Fate.CONTESTED, Fate.PAUSED))
        held = [(name, why) for name, why in self.blockers(revision) if not self._in_past(name, cio, ciso)]
        withdrawn = [name for name, _ in self.blockers(revision) if self._effect(name) is Effect.CLOSES]
        make = _Weighed(revision, terms, self.bodies[cio].assessment, cio, ciso)
        if void:
            return make(Fate.VOID, "one office had already changed its position", void)
        if contested:
            return make(Fate.CONTESTED, "the offices changed their positions while apart", contested)
        if withdrawn:
            return make(Fate.HELD, "the use case was withdrawn", withdrawn)
        if held:
            return make(Fate.HELD, held[0][1], [name for name, _ in held])
        if self._rosters.rivals:
            return make(Fate.HELD, RIVALS, [])
        if paused:
            return make(Fate.PAUSED, "an office objected after the decision", paused)
        return make(Fate.STANDS, "", [])

    def _against(self, revision: str, cio: str, ciso: str) -> dict[Fate, list[str]]:
        """The opinions that speak against a pair, by what they make of it."""
        terms = self.terms[cio]
        found: dict[Fate, list[str]] = {Fate.VOID: [], Fate.CONTESTED: [], Fate.PAUSED: []}
        for mine, theirs, office in ((cio, ciso, Office.CIO), (ciso, cio, Office.CISO)):
            for other in self.heard(revision, office):
                approves = self.opinion(other).position is Position.APPROVE
                if other == mine or self.replaces(mine, other) or (approves and self.terms[other] == terms):
                    continue
                if self._graph.descends(other, cio) and self._graph.descends(other, ciso):
                    # Other terms are only a proposal until a new pair stands on them.
                    found[Fate.PAUSED] += [] if approves else [other]
                else:
                    found[Fate.VOID if self._graph.descends(theirs, other) else Fate.CONTESTED].append(other)
        return found

    def _effect(self, name: str) -> Effect:
        return self._graph.kinds.effect(self._graph.acts[name].kind)

    def _in_past(self, blocker: str, cio: str, ciso: str) -> bool:
        return self._graph.descends(blocker, cio) and self._graph.descends(blocker, ciso)


@dataclass(frozen=True, slots=True)
class _Weighed:
    revision: str
    terms: str
    assessment: str
    cio: str
    ciso: str

    def __call__(self, fate: Fate, reason: str, against: Iterable[str]) -> Pair:
        return Pair(
            self.revision, self.terms, self.assessment, self.cio, self.ciso, fate, reason, tuple(sorted(set(against)))
        )


def _settle(graph: Graph, pairs: list[Pair]) -> tuple[Pair, ...]:
    """Let contests bind the pairs beside them, and let the last of several standing terms replace the others."""
    settled = []
    contests = [pair for pair in pairs if pair.fate is Fate.CONTESTED]
    for pair in pairs:
        if pair.fate in (Fate.STANDS, Fate.PAUSED):
            unheard = [
                name
                for contest in contests
                for name in (*contest.opinions, *contest.against)
                if not all(opinion == name or graph.descends(opinion, name) for opinion in pair.opinions)
            ]
            if unheard:
                # Also an older pair: both offices had moved on from it, so it does not come back while they differ.
                settled.append(_with(pair, Fate.CONTESTED, "a contest is not answered by both offices", unheard))
                continue
        settled.append(pair)
    standing = [pair for pair in settled if pair.fate in (Fate.STANDS, Fate.PAUSED)]
    return tuple(
        _with(pair, Fate.SUPERSEDED, "both offices have agreed on later terms", later)
        if pair in standing and (later := _later(graph, pair, standing))
        else pair
        for pair in settled
    )


def _later(graph: Graph, pair: Pair, standing: list[Pair]) -> tuple[str, ...]:
    """The opinions of a standing pair on other terms whose members both came after this pair's."""
    for other in standing:
        if other.terms != pair.terms and other.fate is Fate.STANDS:
            if graph.descends(other.cio, pair.cio) and graph.descends(other.ciso, pair.ciso):
                return other.opinions
    return ()


def _with(pair: Pair, fate: Fate, reason: str, against: Iterable[str]) -> Pair:
    make = _Weighed(pair.revision, pair.terms, pair.assessment, pair.cio, pair.ciso)
    return make(fate, reason, against)
