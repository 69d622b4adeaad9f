"""The state of one use case, folded from its acts, and whose turn it is."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from intake.domain.acts.capabilities import Capabilities
from intake.domain.acts.checkpoint import Heads
from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.base.reasons import Reason
from intake.domain.case import newer_engines, repeats, replacing
from intake.domain.case.acceptance import Acceptance, Acceptances, TighteningPrice
from intake.domain.case.agreements import Agreements
from intake.domain.case.answered import Held, answered
from intake.domain.case.carrying import Tracked
from intake.domain.case.closing import Closing, closing
from intake.domain.case.commitments import commitments, due_by_step
from intake.domain.case.decision import Decision
from intake.domain.case.event import Event
from intake.domain.case.fates import HELD_BACK, Fate, Pair
from intake.domain.case.figures import Figures
from intake.domain.case.filed import Revision, filed_revisions
from intake.domain.case.forks import Fork
from intake.domain.case.gate import Before, Pasts
from intake.domain.case.graph import Graph
from intake.domain.case.holding import Holding
from intake.domain.case.inheriting import Passed, passed
from intake.domain.case.judge import WITH_A_SAY, Judge
from intake.domain.case.pairs import Opinions
from intake.domain.case.phases import BOTH_SIGNED, Outcome, Phase, RecordState
from intake.domain.case.playbook_rules import PlaybookRules
from intake.domain.case.records import Records
from intake.domain.case.remarks import RemarkThread, remark_threads
from intake.domain.case.reported import newest_figures
from intake.domain.case.seals import RecordFiles
from intake.domain.case.suspensions import Suspension, restored, suspensions
from intake.domain.case.turns import unanswered
from intake.domain.case.unseen import unseen
from intake.domain.organisation.following import Agreement
from intake.domain.organisation.history import RosterHistory
from intake.domain.terms.terms import Terms


@dataclass(frozen=True, slots=True)
class CaseState:
    """Everything the acts of a case say. ``in_force`` may rest on an earlier revision than the newest.

    ``turn`` names whose move it is: "owner", "cio", "ciso". ``agreement`` says which offices approve the terms in
    question and which are missing. ``missing`` lists acts and blobs that something here waits for. ``newest`` is what
    the next act of the case names in ``after``: the acts with a say and an effect that no other such act has
    seen and hands on; ``remarks`` are those without an effect, which it names where there is room.
    ``accepted`` tells whether the rosters in force accept the playbook the newest revision was filed with: what another
    one makes of the answers means nothing here. ``seals`` are the sealing acts in force, for each pair or for all
    that are in force together; those of one group contradict each other. ``settled`` are the approvals that ``repeats`` is
    about, ``replaced`` maps acts to the first that took their place (``replacing``).
    ``filed`` are all revisions that are here, whatever became of them: what was printed of one is printed of it again.
    ``unseen`` are revisions that hold a decision their author had not seen, each with the revision decided on.
    ``owners`` are the people whose case it is: who filed it first, and for whom.
    ``answered`` are the terms that each office held, as far as the author of an approval had seen (``verbs``).
    ``unfiled`` tells why the guide would never have filed the newest revision; nobody can approve it then.
    ``last_days`` maps the newest opinions to the last day of their role or key; ``status`` judges it. ``threads`` are ``remarks``,
    ``before`` the terms in force when the newest revision was filed, of one that asks for scaled use, ``commitments`` all that
    both offices ever agreed on, with what became of each, ``figures`` what was reported since. ``acceptance`` is that of
    ``decision``, ``prices`` what tightenings cost, ``idle`` are acceptances that accept nothing, each with why, ``passed`` to whom
    it goes, ``spoke`` who gave an opinion, whatever it is worth now. ``bound`` are the terms whose commitments are asked for: those in
    force, or what was accepted and is kept from being in force by a suspension or a doubt; what was promised goes on meanwhile.
    """

    case: str
    events: tuple[Event, ...]
    newest: tuple[str, ...]
    remarks: tuple[str, ...]
    revisions: tuple[Revision, ...]
    heads: tuple[str, ...]
    positions: Mapping[Office, tuple[str, ...]]
    pairs: tuple[Pair, ...]
    phase: Phase
    turn: tuple[str, ...]
    agreement: Agreement
    decision: Decision | None
    in_force: Decision | None
    bound: Terms | None
    blocked: tuple[tuple[str, Reason], ...]
    forks: tuple[Fork, ...]
    missing: tuple[str, ...]
    unreadable: tuple[tuple[str, Reason], ...]
    accepted: bool = True
    seals: tuple[tuple[str, ...], ...] = ()
    filed: tuple[Revision, ...] = ()
    settled: tuple[str, ...] = ()
    replaced: Mapping[str, str] = field(default_factory=dict)
    last_days: Mapping[str, date] = field(default_factory=dict)
    unseen: tuple[tuple[str, str], ...] = ()
    owners: frozenset[str] = frozenset()
    answered: Mapping[str, Held] = field(default_factory=dict)
    threads: tuple[RemarkThread, ...] = ()
    unfiled: Reason | None = None
    suspensions: tuple[Suspension, ...] = ()
    before: Terms | None = None
    commitments: tuple[Tracked, ...] = ()
    figures: Figures | None = None
    acceptance: Acceptance | None = None
    prices: tuple[TighteningPrice, ...] = ()
    idle: tuple[tuple[str, Reason], ...] = ()
    closing: Closing = field(default_factory=Closing)
    passed: Passed = field(default_factory=Passed)
    spoke: frozenset[str] = frozenset()
    _by_id: Mapping[str, Event] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {event.act.id: event for event in self.events})

    def event(self, act_id: str) -> Event:
        """Raises KeyError when the act is not part of this state."""
        return self._by_id[act_id]

    def opinion(self, act_id: str) -> OpinionBody:
        body = self.event(act_id).body
        if not isinstance(body, OpinionBody):
            raise KeyError(act_id)
        return body

    def completes(self, person: str) -> Office | None:
        """The office for which this person completes an open record; None when that is not theirs to do."""
        office, copies = self.signed_for(person), self.decision.copies if self.decision else ()
        return office if office and copies and self.opinion(copies[0]).office is office.other else None

    def signed_for(self, person: str) -> Office | None:
        """The office for which this person signed a decision whose record is open; None for anybody else."""
        if self.decision is None or self.decision.record_state is not RecordState.OPEN:
            return None
        mine = (name for name in self.decision.opinions if self.event(name).act.person == person)
        return next((self.opinion(name).office for name in mine), None)

    @property
    def current(self) -> Revision | None:
        """The newest revision; of several heads the one with the smallest id."""
        return next((item for item in self.revisions if item.current), None)

    def revision(self, act_id: str) -> Revision:
        return {item.id: item for item in self.revisions}[act_id]


def fold_case(
    acts: Iterable[Act],
    rosters: RosterHistory,
    blobs: Container[str],
    heads: Mapping[str, Heads],
    record_files: RecordFiles,
    rules: PlaybookRules,
    capabilities: Capabilities[object],
) -> CaseState:
    """The state that a set of acts of ONE case makes.

    ``blobs`` tells which files are here (by SHA-256), ``heads`` gives the listing of each checkpoint that is here,
    ``record_files`` tells what a PDF proves; it is asked about seals, about declines, and about the copies of an open
    record. ``rules`` are what playbooks say of revisions and approvals. ``capabilities`` are what this version understands:
    what only another one can read or judge approves nothing here. The cost grows with the acts of this case only.
    """

    def folding(some: Iterable[Act], pasts: Pasts) -> _Folding:
        graph = Graph(some, blobs, rosters.chain, capabilities)
        before = partial(pasts.before, graph)
        judge = Judge(graph, rosters, heads, record_files, capabilities.engines, rules, before)
        opinions = Opinions(graph, judge, rosters)
        holding = suspensions(graph, judge, opinions)
        if holding:
            opinions = Opinions(graph, judge, rosters, restored(graph, opinions, holding))
        agreements = Agreements(graph, judge, opinions, (item.act for item in holding if item.open))
        return _Folding(graph, judge, opinions, agreements, rosters, record_files, holding, pasts)

    def found(past: Iterable[Act], pasts: Pasts) -> Before:
        came_to = folding(past, pasts)
        return Before(came_to.in_force(), came_to.commitments())

    return folding(acts, Pasts(found)).state()


_DECISIVE = (
    (Fate.UNJUDGED, Phase.ON_HOLD),
    (Fate.IN_FORCE, Phase.DECIDED),
    (Fate.SUSPENDED, Phase.SUSPENDED),
    (Fate.CONTESTED, Phase.CONTESTED),
)
"""What the fates of the pairs say about the newest revision. A pair in force, or suspended since, has answered every contest."""


class _Folding:
    def __init__(
        self,
        graph: Graph,
        judge: Judge,
        opinions: Opinions,
        agreements: Agreements,
        rosters: RosterHistory,
        record_files: RecordFiles,
        holding: tuple[Suspension, ...],
        pasts: Pasts,
    ) -> None:
        self._holding, self._agreements = holding, agreements
        self._graph, self._judge, self._opinions, self._rosters = graph, judge, opinions, rosters
        self._bodies: dict[str, RevisionBody] = {
            name: body
            for name in graph.order
            if isinstance(body := graph.bodies[name], RevisionBody) and judge.counts(name)
        }
        replaced = {name for body in self._bodies.values() for name in body.revises}
        self._heads = tuple(sorted(name for name in self._bodies if name not in replaced))
        self._closing = closing(graph, judge, self._heads)
        self._pairs = tuple(pair for name in self._bodies for pair in agreements.pairs(name))
        self._records = Records(graph, judge, opinions, self._pairs, record_files)
        self._acceptances = Acceptances(graph, judge, opinions, rosters)
        self._standing = Holding(
            graph, judge, opinions, agreements, self._acceptances, self._records, self._pairs, pasts
        )

    def state(self) -> CaseState:
        current = self._heads[0] if self._heads else ""
        phase = self._phase(current)
        decision, in_force = self._decision(current, phase), self.in_force()
        acceptance = self._standing.awaited(current) if phase in BOTH_SIGNED else None
        bound = self._bound(in_force, acceptance)
        filed = filed_revisions(self._graph, self._judge, self._heads)
        accepted = self._accepted(current)
        newest, remarks = self._graph.newest(
            name for name, item in self._judge.judgements.items() if item.force in WITH_A_SAY
        )
        unjudged = newer_engines.against(self._judge, current, accepted=accepted) if current else ()
        return CaseState(
            case=self._judge.case,
            events=tuple(self._event(name) for name in self._graph.order),
            newest=newest,
            remarks=remarks,
            revisions=tuple(item for item in filed if item.id in self._bodies),
            filed=filed,
            heads=self._heads,
            positions={office: self._opinions.heads(current, office) for office in Office},
            pairs=self._pairs,
            phase=phase,
            turn=self._turn(current, phase, decision),
            agreement=self._agreement(current),
            decision=decision,
            in_force=in_force,
            bound=bound,
            blocked=(*(self._opinions.blockers(current) if current else ()), *unjudged),
            forks=self._judge.forks,
            missing=tuple(sorted({name for item in self._judge.judgements.values() for name in item.waits_for})),
            unreadable=tuple(sorted(self._graph.unreadable.items())),
            accepted=accepted,
            seals=self._records.groups(),
            settled=self._settled(current, decision),
            replaced=replacing.replaced(self._graph, self._judge, self._opinions),
            last_days=self._opinions.last_days(current),
            unseen=unseen(self._graph, self._pairs),
            owners=self._judge.owners,
            answered=answered(self._graph, self._opinions),
            threads=remark_threads(self._graph, self._judge),
            unfiled=self._judge.unfiled(current),
            suspensions=self._holding,
            before=self._judge.before(current),
            commitments=due_by_step(self.commitments(), bound),
            figures=newest_figures(self._graph, self._judge, in_force.terms if in_force else None),
            acceptance=acceptance,
            prices=self._acceptances.prices(self._pairs),
            idle=self._acceptances.idle(self._pairs),
            closing=self._closing,
            passed=passed(self._graph, self._judge, self._rosters, current, in_force),
            spoke=self._judge.spoke,
        )

    def commitments(self) -> tuple[Tracked, ...]:
        return commitments(
            self._graph, self._judge, self._opinions, self._agreements, self._pairs, self._acceptances.by
        )

    def _event(self, name: str) -> Event:
        act = self._graph.acts[name]
        return Event(act, self._graph.bodies[name], self._judge.judgements[name], self._graph.kinds.get(act.kind))

    def _accepted(self, current: str) -> bool:
        return not current or all(
            listed.roster.playbook(self._bodies[current].playbook) for listed in self._rosters.in_force
        )

    def _phase(self, current: str) -> Phase:
        if self._closing.phase:
            return self._closing.phase
        if len(self._heads) > 1:
            return Phase.CONFLICT
        fates = self._fates(current)
        positions = self._positions(current)
        if Position.DECLINE in positions.values():
            return Phase.SUSPENDED if Fate.SUSPENDED in fates else Phase.DECLINED
        for fate, phase in _DECISIVE:
            if fate in fates:
                return self._accepted_or_not(current) if fate is Fate.IN_FORCE else phase
        if Position.CHANGES in positions.values():
            return Phase.CHANGES_REQUESTED
        if self._divided(current):
            return Phase.CONTESTED
        if Fate.ON_HOLD in fates:
            return Phase.ON_HOLD
        spoken = sum(1 for office in Office if self._opinions.heads(current, office))
        return (Phase.REVIEW, Phase.COUNTERSIGN, Phase.TERMS_DIFFER)[spoken]

    def _accepted_or_not(self, current: str) -> Phase:
        found = self._standing.acceptance(current)
        return Phase.ACCEPTANCE if found and found.awaits else Phase.DECIDED

    def _fates(self, revision: str) -> frozenset[Fate]:
        return frozenset(pair.fate for pair in self._pairs if pair.revision == revision)

    def _positions(self, revision: str) -> dict[Office, Position | None]:
        """What each office holds now; None when it has not spoken or its opinions contradict each other."""
        held: dict[Office, Position | None] = {}
        for office in Office:
            heads = self._opinions.heads(revision, office)
            found = {(self._opinions.bodies[name].position, self._opinions.terms[name]) for name in heads}
            held[office] = found.pop()[0] if len(found) == 1 else None
        return held

    def _divided(self, revision: str) -> tuple[Office, ...]:
        """The offices whose newest opinions contradict each other, and which so have no position (rule R5)."""
        held = self._positions(revision)
        return tuple(office for office in Office if held[office] is None and self._opinions.heads(revision, office))

    def _turn(self, current: str, phase: Phase, decision: Decision | None) -> tuple[str, ...]:
        if not current or phase in (Phase.WITHDRAWN, Phase.RETIRED):
            return ()
        if Fate.UNJUDGED in self._fates(current) and phase is Phase.ON_HOLD:
            return ()  # both have spoken; only this version cannot tell what they said
        if phase in (Phase.CONFLICT, Phase.CHANGES_REQUESTED):
            return ("owner",)
        if phase in BOTH_SIGNED:
            is_open = decision is not None and decision.record_state is RecordState.OPEN
            signing = self._records.turn(decision.copies) if decision and is_open else ()
            found = self._standing.acceptance(current)
            asked = {*signing, *(self._acceptances.turn(found) if found and found.awaits else ())}
            return tuple(party for party in (*(office.value for office in Office), "owner") if party in asked)
        if phase in (Phase.SUSPENDED, Phase.DECLINED):
            # What was declined asks nothing of anybody, but for what suspends something beside it.
            asked = {office for item in self._holding if item.open for office in item.waits_for()}
            return tuple(office.value for office in Office if office in asked)
        if phase is Phase.TERMS_DIFFER:
            return unanswered(self._graph, *(self._opinions.heads(current, office) for office in Office))
        if phase is Phase.CONTESTED and Fate.CONTESTED not in self._fates(current):
            return tuple(office.value for office in self._divided(current))
        if phase is Phase.COUNTERSIGN:
            return tuple(office.value for office in Office if not self._opinions.heads(current, office))
        return tuple(office.value for office in Office)

    def _agreement(self, current: str) -> Agreement:
        approving = {
            office.value for office, position in self._positions(current).items() if position is Position.APPROVE
        }
        if self._phase(current) is Phase.TERMS_DIFFER:
            approving = set()
        return Agreement(frozenset(approving), frozenset(office.value for office in Office) - approving)

    def _decision(self, current: str, phase: Phase) -> Decision | None:
        """The decision on the newest revision."""
        if phase is Phase.DECLINED:
            declining = tuple(
                name
                for office in Office
                for name in self._opinions.heads(current, office)
                if self._opinions.bodies[name].position is Position.DECLINE
            )
            body = self._opinions.bodies[declining[0]]
            signed = next((name for name in declining if self._records.signed_alone(name)), "")
            record = self._opinions.bodies[signed].record if signed else None
            state = RecordState.SEALED if record else RecordState.NONE
            return Decision(
                Outcome.DECLINED, current, None, body.assessment, declining, state, record, signed or declining[0]
            )
        return self._standing.approved(current) if phase in BOTH_SIGNED else None

    def in_force(self) -> Decision | None:
        return None if self._closing.phase else self._standing.in_force(self._bodies)

    def _bound(self, in_force: Decision | None, acceptance: Acceptance | None) -> Terms | None:
        if in_force is not None or self._closing.phase:
            return in_force.terms if in_force else None
        if acceptance is not None:
            return acceptance.before  # stopped, because it does not go on beside what waits for the owner
        held = (pair for pair in reversed(self._pairs) if pair.fate in HELD_BACK and self._acceptances.by(pair))
        return next((self._opinions.bodies[pair.cio].terms for pair in held), None)

    def _settled(self, current: str, decision: Decision | None) -> tuple[str, ...]:
        decided = decision.terms.digest if decision and decision.terms else ""
        if decision and decision.record_state is RecordState.OPEN and not decision.copies:
            return ()
        return repeats.settled(self._graph, self._judge, self._opinions, current, decided, self._acceptances.answers)
