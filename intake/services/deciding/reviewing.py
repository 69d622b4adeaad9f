"""Reviewing: everything the review screen shows of a case, worked out once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache, partial
from types import MappingProxyType

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.acts.kinds.sealed import SealedBody
from intake.domain.assessment.assessment import Assessment
from intake.domain.assessment.engines import NotAssessed
from intake.domain.assessment.granted import Granted
from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import words
from intake.domain.case.allowed import CaseRights, allowed
from intake.domain.case.filed import Revision
from intake.domain.case.fold import CaseState
from intake.domain.case.judge import Force
from intake.domain.case.next_verbs import NextAct
from intake.domain.case.one_page import DecisionRow
from intake.domain.case.positions import newest_position, said_by, terms_held
from intake.domain.case.status import CaseStatus, status
from intake.domain.case.stop import Stop, stopped
from intake.domain.case.summary import later_notes, reference
from intake.domain.case.verbs import OpinionVerb, held_now
from intake.domain.guide.as_filed import readable
from intake.domain.guide.guide import Compared, compared
from intake.domain.organisation.roster import Role
from intake.domain.playbook import answers
from intake.domain.playbook.whole import Playbook
from intake.domain.terms.boundaries import FieldTable
from intake.domain.terms.differences import TermsDifference, differences
from intake.domain.terms.in_lines import waived
from intake.domain.terms.terms import NewerTerms, Terms
from intake.domain.terms.waivers import Waiver
from intake.services.deciding.accepting import DecidedPoint, decided_points
from intake.services.deciding.carried_terms import carry, commitment_names, contained, may_be_waived
from intake.services.deciding.granting import against_grant, missing_at_gate
from intake.services.deciding.next_act import clock_of, next_for
from intake.services.deciding.on_one_page import rows_of
from intake.services.deciding.remarks import CaseRemark, remarks_of
from intake.services.deciding.sealed_files import SealedFile, sealed_files
from intake.services.deciding.standing import (
    TrainingMissing,
    against_approval,
    against_keeping,
    against_terms,
    asks_for_training,
    consequence,
    suspends,
    untrained,
)
from intake.services.deciding.verbs import proposed_terms, signed_terms, verb_now
from intake.services.installation.installation import Installation


class Action(StrEnum):
    APPROVE = "approve"
    PROPOSE = "propose"
    CHANGES = "changes"
    DECLINE = "decline"


@dataclass(frozen=True, slots=True)
class OfferedAction:
    """One of the four buttons: what pressing it means (``outcome``), and what is ``against`` it, None when nothing is."""

    action: Action
    outcome: Reason
    against: Reason | None

    @property
    def consequence(self) -> str:
        """``outcome`` in words."""
        return words(self.outcome)

    @property
    def blocked(self) -> str:
        """``against`` in words; empty when nothing is."""
        return words(self.against)


@dataclass(frozen=True, slots=True)
class OfficeView:
    """What one office says now. ``given_on`` is the revision its newest opinion was given on; it may be outdated.

    ``held`` are the terms it holds on the newest revision, ``terms`` those of its newest opinion, whatever that is on.
    ``newer`` are terms that only a newer version can read; ``terms`` is None then.
    """

    office: Office
    holder: str
    position: Position | None
    terms: Terms | None
    reason: str
    given_on: int
    outdated: bool
    at: str
    newer: NewerTerms | None = None
    held: Terms | None = None


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything the review screen shows. ``office`` is the viewer's, None for everybody else.

    ``changes`` compares with the revision the viewer's office last spoke on, or with the revision before.
    ``proposal`` is where editing starts: the other office's terms, else one's own, else what the playbook proposes, which
    is ``proposed``; ``proposal_of`` is the office whose terms it is. ``table`` is what newly offered terms are written by.
    ``assessment`` is None where this program makes none; ``not_assessed`` tells why. ``person`` looks at it, ``today`` is the day. ``set_aside`` are opinions and seals that lead to nothing: who, the kind
    of act, why. ``sealed`` are the records that were sealed, whatever became of the decisions. ``notes`` are what a newer
    version left here and this one passes on: who, the kind of act, how many. ``rows`` are the decision on one page, with the
    limits of ``proposal``. ``decided_points`` are where the decision differs from what was asked for. ``judging`` judges the
    revision on given terms, ``untrained`` refuses those that ask for training.
    ``turn_ends`` is the day until which those whose turn it is have time, ``answer_by`` the one that somebody has whose turn
    begins today.
    ``next`` is what ``person`` does next, ``stop`` why what was approved does not hold, ``remarks`` what people said, the open ones first.
    """

    state: CaseState
    status: CaseStatus
    reference: str
    revision: Revision
    playbook: Playbook
    assessment: Assessment | None
    not_assessed: NotAssessed | None
    office: Office | None
    offices: tuple[OfficeView, OfficeView]
    differences: tuple[TermsDifference, ...]
    changes: tuple[Compared, ...]
    changed_since: int
    proposal: Terms
    proposal_of: Office | None
    proposed: Terms
    table: FieldTable
    choices: tuple[OfferedAction, ...]
    person: str
    today: date
    set_aside: tuple[tuple[str, str, Reason | None], ...]
    sealed: tuple[SealedFile, ...]
    next: NextAct
    stop: Stop | None
    remarks: tuple[CaseRemark, ...]
    turn_ends: date | None
    answer_by: date | None
    notes: tuple[tuple[str, str, int], ...] = ()
    rows: tuple[DecisionRow, ...] = ()
    decided_points: tuple[DecidedPoint, ...] = ()
    judging: Callable[[Terms], Granted] | None = field(default=None, compare=False, repr=False)
    untrained: TrainingMissing | None = field(default=None, compare=False, repr=False)
    keeping: Callable[[Granted, Terms], Refusal | None] | None = field(default=None, compare=False, repr=False)

    def judged(self, given: Terms) -> Granted | None:
        """The revision as asked and as granted by these terms; None where this program makes no assessment."""
        return self.judging(given) if self.judging else None

    def against_grant(self, given: Terms) -> Refusal | None:
        """Why nobody can approve these terms today, by what the playbook makes of them, by what the owner has read, and by who could
        meet and confirm what they ask for.
        """
        if (judged := self.judged(given)) is None:
            return None
        if refused := against_grant(self.state, self.playbook, judged, given, self.today):
            return refused
        if self.untrained and asks_for_training(given):
            return self.untrained
        return self.keeping(judged, given) if self.keeping else None

    def missing(self, given: Terms) -> tuple[tuple[str, str], ...]:
        """What these terms lack, and what they give up of what they commit to: as a waiver names it, and in words."""
        judged = self.judged(given)
        if judged is None:
            return ()
        may = may_be_waived(self.state, judged, given, self.revision)
        found = missing_at_gate(self.state, judged, given, self.today)
        every = dict.fromkeys((*found, *(item.what for item in given.waivers if item.what in may)))
        names = {item.id: item.text for item in contained(judged, given, self.revision).values()}
        return tuple((what, self._waived(what, names)) for what in every)

    def needless(self, given: Terms) -> tuple[tuple[str, str], ...]:
        """What these terms waive and is not missing on them, as ``missing`` says it; nobody can sign it (NothingToWaive)."""
        missing = {what for what, _ in self.missing(given)}
        return tuple((item.what, self._waived(item.what)) for item in given.waivers if item.what not in missing)

    def _waived(self, what: str, names: Mapping[str, str] = MappingProxyType({})) -> str:
        return words(waived(Waiver(what, ""), {**self.playbook.labels, **commitment_names(self.state), **names}))

    @property
    def suspends(self) -> bool:
        """Whether declining, or asking for changes, suspends what was decided on this revision."""
        return suspends(self.state)

    @property
    def signed(self) -> bool:
        """Whether an office holds terms on this revision, also such as only a newer version can read."""
        return bool(held_now(self.state))

    def verb(self, given: Terms) -> OpinionVerb:
        """What it is called that the viewer's office signs these terms now. There is an office."""
        assert self.office is not None
        assessed = self.assessment or self.not_assessed
        assert assessed is not None
        return verb_now(self.state, self.revision, assessed, self.office, Position.APPROVE, given, self.today)


def look(installation: Installation, case: str, person: str) -> CaseView:
    """The case as ``person`` sees it. Raises NothingFiled or PlaybookMissing."""
    state = installation.state(case)
    revision = state.current
    assert revision is not None  # installation.state refuses a case without one
    playbook, assessed = installation.playbook(revision.body.playbook), installation.judged(revision)
    assessment, why_not = (None, assessed) if isinstance(assessed, NotAssessed) else (assessed, None)
    may = allowed(state, installation.rosters, person)
    office = may.office
    today = installation.clock().date()
    views = (_office(installation, state, Office.CIO), _office(installation, state, Office.CISO))
    since = _last_look(state, revision, office)
    before = readable(since.body) if since else None
    held = [view.terms for view in views if view.terms]
    bare = proposed_terms(state, revision, assessed, installation.capabilities.tables.newest, today)
    proposed = carry(installation, state, revision, bare)
    in_question, proposal_of = signed_terms(state, office) or (proposed, None)
    granted = installation.judged_on(revision, in_question)
    against = (
        against_terms(installation, state, revision, granted, person, in_question)
        if isinstance(granted, Granted)
        else why_not
    )
    return CaseView(
        state=state,
        status=status(state, today),
        reference=reference(case),
        revision=revision,
        playbook=playbook,
        assessment=assessment,
        not_assessed=why_not,
        office=office,
        offices=views,
        differences=differences(held[0], held[1]) if len(held) == 2 else (),
        changes=compared(playbook, before, readable(revision.body)) if before is not None else (),
        changed_since=since.number if since else 0,
        proposal=in_question,
        proposal_of=proposal_of,
        proposed=proposed,
        table=installation.capabilities.tables.newest,
        choices=tuple(
            _choice(installation, state, revision, assessed, person, may, action, against) for action in Action
        ),
        person=person,
        today=today,
        set_aside=_set_aside(installation, state),
        sealed=sealed_files(installation, state),
        next=next_for(installation, state, person),
        stop=stopped(state, today),
        remarks=remarks_of(installation, state, person),
        turn_ends=clock_of(installation, state),
        answer_by=installation.workdays.after(today, assessment.path.days) if assessment else None,
        notes=tuple((installation.rosters.name(person), kind, count) for kind, person, count in later_notes(state)),
        rows=rows_of(installation, state, revision, in_question),
        decided_points=decided_points(state),
        judging=_judging(installation, revision) if assessment else None,
        untrained=untrained(installation, revision, playbook),
        keeping=partial(against_keeping, installation, state, revision),
    )


def _judging(installation: Installation, revision: Revision) -> Callable[[Terms], Granted]:
    """What is judged while somebody edits: the last few terms are kept, for several ask about the same."""
    playbook, judge = installation.playbook(revision.body.playbook), installation.engine_of(revision)
    said = answers.from_json(revision.body.answers)
    return lru_cache(maxsize=8)(judge.granting(playbook, said))


def _set_aside(installation: Installation, state: CaseState) -> tuple[tuple[str, str, Reason | None], ...]:
    return tuple(
        (installation.rosters.name(event.act.person), event.act.kind, event.judgement.reason)
        for event in state.events
        if isinstance(event.body, OpinionBody | SealedBody)
        and event.judgement.force in (Force.SPENT, Force.IGNORED, Force.WAITS)
    )


def _office(installation: Installation, state: CaseState, office: Office) -> OfficeView:
    """The newest thing an office said, on this revision or on an earlier one."""
    held = newest_position(state, office)
    if held is None:
        rosters, unit = installation.rosters, state.current.body.unit if state.current else ""
        holders = rosters.holders(Role(office.value), unit=unit, case=state.case)
        return OfficeView(office, ", ".join(map(rosters.name, holders)), None, None, "", 0, False, "")
    return OfficeView(
        office=office,
        holder=installation.rosters.name(held.person),
        position=held.position,
        terms=held.terms,
        reason=held.reason,
        given_on=held.given_on,
        outdated=held.outdated,
        at=held.day.isoformat(),
        newer=held.newer,
        held=terms_held(state, office),
    )


def _last_look(state: CaseState, revision: Revision, office: Office | None) -> Revision | None:
    """The earlier revision to compare with: the last one this office spoke on, else the one before."""
    known = {item.id: item for item in state.revisions}
    if office:
        for event in reversed(said_by(state, office)):
            found = known.get(event.body.revision) if isinstance(event.body, OpinionBody) else None
            if found:
                return found if found.id != revision.id else None
    return next((known[name] for name in revision.body.revises if name in known), None)


def _choice(
    installation: Installation,
    state: CaseState,
    revision: Revision,
    assessed: Assessment | NotAssessed,
    person: str,
    may: CaseRights,
    action: Action,
    against: Refusal | None,
) -> OfferedAction:
    position = Position.APPROVE if action in (Action.APPROVE, Action.PROPOSE) else Position(action.value)
    blocked = None
    if may.object is not None:
        blocked = may.object.given
    elif position is Position.APPROVE:
        refusal = against_approval(installation, state, revision, assessed, person)
        if refusal is None and action is Action.APPROVE:
            refusal = against  # who proposes other terms is asked about those, when they are known
        blocked = refusal.whole if refusal else None
    return OfferedAction(
        action, consequence(state, may.office, position, None, proposing=action is Action.PROPOSE), blocked
    )
