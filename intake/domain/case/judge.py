"""What each act of a case may do: count in favour, object only, wait, or nothing (rules R2, R3 and R4).

What has a say either objects or is complete, with all it rests on (``graph``): only that can be named by those who answer it.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from intake.domain.acts.checkpoint import Heads
from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import Body, Effect, Office, is_note
from intake.domain.acts.kinds.accept import AcceptBody
from intake.domain.acts.kinds.confirm import ConfirmBody
from intake.domain.acts.kinds.hand_over import HandOverBody
from intake.domain.acts.kinds.opinion import OpinionBody
from intake.domain.acts.kinds.report import ReportBody
from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.acts.kinds.sealed import SealedBody
from intake.domain.acts.kinds.send_back import ReturnBody
from intake.domain.acts.kinds.take_over import TakeOverBody
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Wording
from intake.domain.case import seals
from intake.domain.case.accepters import Accepters
from intake.domain.case.commitment import Commitment, committed_by
from intake.domain.case.forks import Fork
from intake.domain.case.gate import FoundBefore
from intake.domain.case.graph import Graph
from intake.domain.case.handing import FORKED
from intake.domain.case.ownership import Ownership
from intake.domain.case.parties import Parties
from intake.domain.case.past_rules import PastRules
from intake.domain.case.playbook_rules import AskedOfPlaybook, PlaybookRules
from intake.domain.case.promised import Promised
from intake.domain.case.seals import RecordFiles
from intake.domain.organisation.accepted_playbooks import engine_for
from intake.domain.organisation.history import RosterHistory
from intake.domain.organisation.rights import KEY_CUT_OFF, Right, Strength
from intake.domain.organisation.roster import Role
from intake.domain.terms.stages import larger
from intake.domain.terms.terms import Terms

OFFICES = frozenset({Role.CIO, Role.CISO})
NOT_ACCEPTED = Wording("FiledByUnacceptedPlaybook", "the roster does not accept the playbook it was filed with")
MISSING = Wording("NamedNotHere", "something it names is not here yet")
_NEWER_ENGINE = Wording("NeedsEngine", "it needs a newer version of Countersign, which has engine {engine}")
_UNKNOWN_KIND = Wording("KindUnknown", "this version does not know what it means")
_NEWER_BOUNDARIES = Wording("BoundariesNewer", "it uses boundaries of a newer version")
ROSTER_EXPIRED = Wording("RosterHadExpired", "the roster it names had expired when it was given")
_DELEGATED = Wording("DelegationUnknown", "it rests on a delegation, which this version does not know")
_PARTY = Wording("SignerIsParty", "its signer has a part in this case and cannot decide on it")
_REVISES_OTHER = Wording("RevisesNoRevision", "it revises something that is not a revision")
_OTHER_PLAYBOOK = Wording("AnotherPlaybook", "it judges by another playbook than the one the revision was filed with")
_LARGER_STEP = Wording("LargerStep", "it grants a larger step than the revision asks for")
_NOT_BY_ITS_ROSTER = Wording("PlaybookNotInRoster", "the roster it names does not accept this playbook")
_UNFILED = Wording("RevisionUnfiled", "no guide files what it approves: {reason}")
_NEWER_NOTE = Wording("NoteOfNewerVersion", "it is a note of a newer version, and decides nothing")


class Force(StrEnum):
    """What an act does in the state of its case."""

    COUNTS = "counts"
    OBJECTS = "objects"
    """Counts as an objection, and for nothing in favour."""
    SPENT = "spent"
    """Favour it has lost, by a fork or an ended role, or never had, under an expired roster. That its author had moved
    on still speaks against older terms, once it is complete."""
    UNJUDGED = "unjudged"
    """An approval on terms that only a newer version can read. It permits nothing here, and speaks against other terms."""
    WAITS = "waits"
    IGNORED = "ignored"
    UNKNOWN = "unknown"
    """A kind a later version knows. It is kept and passed on."""
    NOTE = "note"
    """Kept, passed on and shown. It does nothing, in any version."""


WITH_A_SAY = (Force.COUNTS, Force.OBJECTS, Force.UNJUDGED, Force.SPENT)
"""The forces of acts that bear on the case. What strangers write, what waits and what is not understood has none."""
_MOVES_ON = frozenset({Effect.SPEAKS, Effect.PASSES})
"""What acts do of which it still counts that their author had moved on, when they have lost their favour."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """``waits_for`` are acts and files, also of what it rests on. ``unlisted`` is the checkpoint whose listing would tell,
    where it is not here and doubt took the favour away.
    """

    force: Force
    reason: Reason | None = None
    waits_for: tuple[str, ...] = ()
    unlisted: str = ""


class Judge:
    """Judges every act of one case under one roster history."""

    def __init__(
        self,
        graph: Graph,
        rosters: RosterHistory,
        heads: Mapping[str, Heads],
        record_files: RecordFiles,
        engines: Container[int],
        rules: PlaybookRules,
        before: FoundBefore,
    ) -> None:
        """``before`` tells what an act found when it was signed."""
        self._graph = graph
        self._rosters = rosters
        self._record_files = record_files
        self._engines = engines
        self._playbook = AskedOfPlaybook(graph, self.engine, engines, rules)
        self._promised = Promised(graph, self.committed)
        self._ownership = Ownership(graph, rosters, heads)
        self._past = PastRules(graph, before, self._promised, lambda act: self._ownership.needed(act).objects)
        self.case, self.owners = self._ownership.case, self._ownership.people
        self.holder, self.claims = self._ownership.holder, self._ownership.handing.claims
        self.hand_overs = self._ownership.handing.waiting()
        self.parties, self._accepters = Parties(graph, self._ownership), Accepters(graph, self._ownership)
        self.spoke = self._accepters.spoke
        self.asked, self.misnamed = self._playbook.asked, self._ownership.misnamed
        self.accountable = self._ownership.accountable
        self.forks: tuple[Fork, ...] = self._ownership.forks
        self._tainted = self._ownership.tainted
        self.judgements: dict[str, Judgement] = {}
        for name in graph.order:
            found = self.judgements[name] = self._judge(graph.acts[name])
            if found.force in WITH_A_SAY:
                self._promised.heard(name)

    def counts(self, name: str) -> bool:
        return self.judgements[name].force is Force.COUNTS

    def objects(self, name: str) -> bool:
        """Whether the act has at least the force of an objection."""
        return self.judgements[name].force in (Force.COUNTS, Force.OBJECTS)

    def unjudged(self, name: str) -> bool:
        return self.judgements[name].force is Force.UNJUDGED

    def spent(self, name: str) -> bool:
        return self.judgements[name].force is Force.SPENT

    def cut_off(self, name: str) -> bool:
        """Whether an objection counts for nothing only because its key was cut off below it, so that it suspends still (R12)."""
        judgement = self.judgements[name]
        code = judgement.reason.code if judgement.reason else ""
        cut = (judgement.force, code) == (Force.IGNORED, KEY_CUT_OFF.code)
        return cut and self._graph.kinds.objects(self._graph.acts[name], self._graph.bodies[name])

    def knew_cut_off(self, name: str, earlier: str) -> bool:
        """Whether the roster an act names had cut off the key of an earlier act."""
        listed = self._rosters.chain.get(self._graph.acts[name].roster)
        return listed is not None and self._graph.acts[earlier].signer in listed.roster.cutoffs

    def blocks(self, name: str) -> bool:
        """Whether an act of an unknown kind comes from somebody who could have meant it to bind (rule R4)."""
        return self.may_object(name) or self._unknown_of(name, frozenset({Role.RECORDS, Role.ADMINISTRATOR}))

    def may_object(self, name: str) -> bool:
        """Whether an act of an unknown kind comes from an office, or from those whose case it is.

        Others may stop what is still to be approved; what was decided without knowing of it is not theirs to end.
        """
        act = self._graph.acts[name]
        if not self._graph.kinds.is_unknown(act.kind):
            return False
        mine = self._ownership.listed(act) if self._ownership.own(act) else self._ownership.succeeds(act)
        return mine.objects or self._unknown_of(name, OFFICES)

    def notes(self, name: str) -> bool:
        """Whether a note is by somebody listed and alone in its place. They may settle by it what they remarked themselves."""
        return name not in self._tainted and self.judgements[name].force is Force.NOTE

    def speaks_for(self, name: str, office: Office) -> bool:
        """Whether the signer of an act holds an office for this case, in whole."""
        right = self._ownership.right(self._graph.acts[name], frozenset({Role(office.value)}))
        return right.strength is Strength.FULL

    def may_resolve_all(self, name: str) -> bool:
        """Whether a note settles what anybody remarked: those whose case it is signed it, or an office.

        Somebody still sees an open remark where there is doubt, so the right has to be whole, and the stream too.
        """
        act = self._graph.acts[name]
        if self._ownership.own(act):
            return True
        return Strength.FULL in (self._ownership.right(act, OFFICES).strength, self._ownership.succeeds(act).strength)

    def _unknown_of(self, name: str, roles: frozenset[Role]) -> bool:
        act = self._graph.acts[name]
        return self._graph.kinds.is_unknown(act.kind) and self._ownership.right(act, roles).objects

    def engine(self, revision: str) -> int:
        """The number of the engine that judges a revision that is here; 0 when no roster accepts its playbook."""
        body = self._graph.bodies[revision]
        if not isinstance(body, RevisionBody):
            return 0
        return engine_for(self._rosters, body.playbook, self._graph.acts[revision].roster)

    def unassessed(self, revision: str) -> Reason | None:
        """Why a revision that is here has no assessment in this program; None when it has one."""
        number = self.engine(revision)
        if number in self._engines:
            return None
        return _NEWER_ENGINE(engine=number) if number else NOT_ACCEPTED()

    def unfiled(self, revision: str) -> Reason | None:
        """Why the guide would never have filed a revision, so that nobody can approve it (rule R10); None when it would."""
        return self.misnamed(revision) or self._playbook.unfiled(revision)

    def last_day(self, name: str, office: Office) -> date | None:
        """The last day of the right an opinion of ``office`` rests on, by the rosters in force."""
        return self._rosters.last_day(self._graph.acts[name], Role(office.value), self.scopes(name))

    def scopes(self, name: str) -> frozenset[str]:
        """For which scopes a role may be granted to count for an act of this case."""
        return self._ownership.scopes(name)

    def _judge(self, act: Act) -> Judgement:
        if self._graph.kinds.is_unknown(act.kind):
            return Judgement(Force.UNKNOWN, _UNKNOWN_KIND())
        if is_note(act.kind):
            return _note(self._ownership.listed(act), known=act.kind in self._graph.kinds)
        return self._weigh(act)

    def _weigh(self, act: Act) -> Judgement:
        """Judge an act whose kind may have an effect, and is known here."""
        body = self._graph.bodies[act.id]
        right = self._ownership.needed(act)
        waits = self._graph.waits_for(act.id)
        if right.strength is Strength.WAITS and not (right.sure and self._graph.kinds.objects(act, body)):
            return Judgement(Force.WAITS, right.reason, tuple(sorted(waits | {right.waits_for})))
        if right.strength is Strength.NONE:
            return Judgement(Force.IGNORED, right.reason, unlisted=right.unlisted)
        if self._graph.kinds.objects(act, body):
            if isinstance(body, ReturnBody) and not waits and (barred := self._promised.against_answer(act, body)):
                return Judgement(Force.IGNORED, barred)
            # An objection needs nothing but its signature and its right: withholding what it names must not silence it.
            force = Force.OBJECTS if waits or right.strength is not Strength.FULL else Force.COUNTS
            return Judgement(force, right.reason, tuple(sorted(waits | ({right.waits_for} - {""}))))
        if barred := self._barred(act, body):
            return Judgement(Force.IGNORED, barred)
        lost = self._lost(act, body, right)
        if lost and lost.force is Force.IGNORED:
            return lost
        if missing := waits | self._graph.missing_blobs[act.id]:
            # Also what no longer counts in favour: an answer has to name it, and cannot while it is incomplete.
            return Judgement(Force.WAITS, MISSING(), tuple(sorted(missing)))
        if lost:
            return lost
        if isinstance(body, OpinionBody) and body.newer:
            return Judgement(Force.UNJUDGED, _NEWER_BOUNDARIES())
        unassessed = self.unassessed(body.revision) if isinstance(body, OpinionBody) else None
        return Judgement(Force.WAITS, unassessed) if unassessed else Judgement(Force.COUNTS)

    def _lost(self, act: Act, body: Body | None, right: Right) -> Judgement | None:
        """What is left of an act that has lost its favour, or never had it; None when it has it."""
        effect = self._graph.kinds.effect(act.kind)
        if right.strength is Strength.OBJECTION:
            return Judgement(
                Force.SPENT if effect in _MOVES_ON else Force.IGNORED, right.reason, unlisted=right.unlisted
            )
        if act.id in self._tainted:
            spent = effect in _MOVES_ON or effect is Effect.REVISES
            return Judgement(Force.SPENT if spent else Force.IGNORED, FORKED())
        if lost := self._ownership.handing.spent.get(act.id):
            return Judgement(Force.SPENT, lost)
        if isinstance(body, OpinionBody) and self._too_late(act):
            return Judgement(Force.SPENT, ROSTER_EXPIRED())
        return None

    def _barred(self, act: Act, body: object) -> Reason | None:
        """Why an approval or a revision can never count, no matter what arrives; None when nothing prevents it."""
        if isinstance(body, OpinionBody):
            if body.delegation:
                return _DELEGATED()
            if self.parties.has(act.person, body.revision) or self.parties.took_over(act.id):
                return _PARTY()
            unfiled = self.unfiled(body.revision)
            return (
                _UNFILED(reason=unfiled)
                if unfiled
                else self._beside(act, body) or self._playbook.ungranted(body) or self._past.against(act, body)
            )
        if isinstance(body, SealedBody):
            return seals.against(self._graph, act, body, self._record_files)
        if self._graph.kinds.independent(act.kind) and self._has_part(act):
            return _PARTY()
        if isinstance(body, ReportBody | ConfirmBody) and not self._graph.waits_for(act.id):
            return self._against_promising(act, body)
        if isinstance(body, AcceptBody):
            return self._accepters.against(act, body)
        if isinstance(body, HandOverBody | TakeOverBody):
            return self._ownership.handing.refused.get(act.id)
        if isinstance(body, RevisionBody):
            here = (self._graph.bodies[name] for name in body.revises if name in self._graph.acts)
            if not all(isinstance(item, RevisionBody) for item in here):
                return _REVISES_OTHER()
        return None

    def _has_part(self, act: Act) -> bool:
        """Whether the signer of what leans to permission has a part in a revision that it had seen, of those whose case it is."""
        seen = (name for name in self._ownership.filed if self._graph.descends(act.id, name))
        own = act.person in self._ownership.owners or self.parties.took_over(act.id)
        return own or any(self.parties.has(act.person, name) for name in seen)

    def before(self, revision: str) -> Terms | None:
        """The terms in force when a revision was filed that asks for scaled use; None for any other, and for none."""
        return self._past.before(revision)

    def committed(self, revision: str, given: Terms) -> tuple[Commitment, ...]:
        """All that terms on a revision commit to."""
        return committed_by(given, self._playbook.committed(revision, given, self.accountable(revision)))

    def _against_promising(self, act: Act, body: ReportBody | ConfirmBody) -> Reason | None:
        if isinstance(body, ConfirmBody):
            return self._promised.against_confirming(act, body)
        succeeds = act.person not in self.owners and self._ownership.succeeds(act).strength is Strength.FULL
        taken = self._ownership.took_over(act.id) == act.person
        former = self.claims.former(self._graph.past(act.id)) if taken else frozenset()
        return self._promised.against_report(act, body, former=former, succeeds=succeeds)

    def _too_late(self, act: Act) -> bool:
        """Whether an approval names a roster that had expired: two signed days, and no clock (rule R7)."""
        listed = self._rosters.chain.get(act.roster)
        return listed is not None and listed.roster.expired(act.at.date())

    def _beside(self, act: Act, body: OpinionBody) -> Reason | None:
        """Why an approval does not fit the revision it names; None when it does, or when that is not here yet."""
        revision = self._graph.bodies.get(body.revision)
        if not isinstance(revision, RevisionBody) or body.approved is None:
            return None
        if body.playbook != revision.playbook:
            return _OTHER_PLAYBOOK()
        if body.approved.stage and larger(body.approved.stage, revision.stage):
            return _LARGER_STEP()
        listed = self._rosters.chain.get(act.roster)
        if listed and listed.roster.playbook(body.playbook) is None:
            return _NOT_BY_ITS_ROSTER()
        return None


def _note(right: Right, *, known: bool) -> Judgement:
    """A note needs nothing but its signer's right to be here. It waits for nothing, so nobody waits for it either."""
    if right.strength is Strength.WAITS:
        return Judgement(Force.WAITS, right.reason)
    if right.strength is Strength.FULL:
        return Judgement(Force.NOTE, None if known else _NEWER_NOTE())
    return Judgement(Force.IGNORED, right.reason)
