"""May this person decide on this case, and what would it lead to? Asked by the review screen and again before signing."""

from __future__ import annotations

from collections.abc import Callable

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.assessment.assessment import Assessment
from intake.domain.assessment.engines import NotAssessed
from intake.domain.assessment.granted import Granted
from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Caption, Sentence, Wording, on_day
from intake.domain.case.allowed import allowed, office_of
from intake.domain.case.already import said_already
from intake.domain.case.answering import against_asking
from intake.domain.case.carrying import CommitmentProgress
from intake.domain.case.commitment import condition_of
from intake.domain.case.filed import Revision
from intake.domain.case.fold import CaseState
from intake.domain.case.naming import against_naming
from intake.domain.case.phases import BOTH_SIGNED, Phase, RecordState
from intake.domain.case.positions import held_by
from intake.domain.case.status import roles_ended, roster_expired
from intake.domain.case.turns import turn_of
from intake.domain.organisation.roster import Role
from intake.domain.playbook.judged import TierLane
from intake.domain.playbook.whole import Playbook
from intake.domain.terms.doable import against_conditions
from intake.domain.terms.terms import Condition, Stage, Terms, offered
from intake.services.deciding.carried_terms import contained
from intake.services.deciding.granting import against_grant
from intake.services.installation.installation import Installation
from intake.services.organisation import literacy
from intake.services.organisation.unread_rosters import roster_unread

_TWO_NEWEST = Wording("TwoNewestRevisions", "two revisions claim to be the newest, and the owner must join them")
_WITHDRAWN = Wording("WithdrawnByBusiness", "the business has withdrawn the use case")
_RETIRED = Wording("RetiredByOwner", "the use has been retired")


class RosterExpired(Refusal):
    what = "The roster has expired, so nothing new can be approved."
    why = "Nobody has confirmed lately who holds which office. Objecting is always possible."
    next = "Ask the administrators for a new roster version."


class RoleEnded(Refusal):
    what = "Your role as {office} had its last day on {day}, so you cannot approve with it any more."
    why = "The roster says how long somebody holds an office. Objecting is always possible."
    next = "Ask the administrators for a roster version that gives the role again, or leave it to its present holder."


class RosterRivals(Refusal):
    what = "Two rosters claim to be the newest, so nothing new can be approved."
    why = "It is not clear who holds which office."
    next = "The records team tells which counts by a checkpoint, or the administrators settle it with a version naming both."


class ApprovalBlocked(Refusal):
    what = "This revision cannot be approved now: {reason}."
    why = "Doubt never approves."
    next = "Look at the history of the use case for what has to be settled first."


class Prohibited(Refusal):
    what = "This use case is prohibited and cannot be approved."
    why = "A rule of the playbook forbids it whatever the limits; see what drives the tier."
    next = "Decline it with a reason, or ask for changes that take the prohibited part out."


class TrainingMissing(Refusal):
    what = "These terms cannot be approved as scaled yet: {name} has no training record for “{chapter}”."
    why = "The terms ask for training first, and the person who answers for the use case has to know why its limits are there."
    next = "{name} reads the chapters under “Why it matters” and signs the training record; it then comes with the exchange."


class TermsExpired(Refusal):
    what = "These terms ended on {day}, so nobody can approve them any more."
    why = "The approval would be over before it began."
    next = "Propose terms that end on a later day."


class OldBoundaries(Refusal):
    what = (
        "These terms are written by an older table of boundaries, and neither office has given them on this revision."
    )
    why = "What is newly offered sets everything that can be set now; only what an office signed keeps its table."
    next = "Begin with the terms in question, or with what is proposed, and change those."


class AlreadyApproved(Refusal):
    what = "{who} approved these terms already, and nothing has come since that another signature would answer."
    why = "Signing them again decides nothing, and would make a second record beside the first."
    next = "{step}"
    exit_code = 0


_YOU = Caption("YouHave", "You have")
_OFFICE = Caption("TheOfficeHas", "The {office} has")
_NOTHING_NEEDED = Sentence("NothingNeedsDoing", "Nothing needs to be done.")
_ADD_SIGNATURE = Sentence(
    "AddYourSignature",
    "The record still lacks your signature: add it with “Add my signature”, or with: countersign complete.",
)
_DECLINES = Sentence("LeadsToDecline", "The use case is declined at once, and the record says why.")
_SUSPENDS = Sentence(
    "ObjectionSuspends",
    "What both offices decided is suspended at once: it must not run until both have lifted this.",
)
_CHANGES = Sentence("LeadsToChanges", "The owner is asked to change the use case and file it again.")
_ONLY_OFFICES = Sentence("OnlyOfficesDecide", "Only the offices decide.")
_DECIDES = Sentence("LeadsToDecision", "The {office} has signed these terms: your signature makes the decision.")
_ASKS_OTHER = Sentence(
    "LeadsToAskingOther", "The {office} is asked to sign these terms; until then nothing is decided."
)
_STANDS = Sentence(
    "LeadsToStandingBy",
    "Both offices have decided this already. Signing the same terms again tells the owner that they stay: then it is the owner’s turn.",
)
_STANDS_OTHER = Sentence(
    "LeadsToStandingByBesideOther",
    "Both offices have decided this already. Signing the same terms again tells the owner that they stay; the {office} has not "
    "answered the owner yet.",
)
_NEW_COPY = Sentence(
    "LeadsToNewCopy",
    "Both offices have decided this already. Your signature begins a new copy of the record, which the {office} signs as well.",
)
_ASKS_OTHER_ANEW = Sentence(
    "LeadsToAskingOtherAnew",
    "The {office} is asked to sign these terms; until then what both decided stays as it is.",
)
_STAYS_SUSPENDED = Sentence(
    "LeadsToStillSuspended", "{outcome} It stays suspended and must not run until both offices have lifted it."
)


def against_approval(
    installation: Installation, state: CaseState, revision: Revision, assessed: Assessment | NotAssessed, person: str
) -> Refusal | None:
    """Why this person cannot approve this revision now, as the refusal to show."""
    if against := allowed(state, installation.rosters, person).approve:
        return against
    if unclear := _roster_unclear(installation):
        return unclear
    if ended := _role_ended(installation, state, revision, person):
        return ended
    if unfit := _unfit(installation, revision, assessed):
        return unfit
    if state.phase is Phase.CONFLICT:
        return ApprovalBlocked(reason=_TWO_NEWEST())
    if state.closing.acts:
        return ApprovalBlocked(reason=_RETIRED() if state.closing.retirement else _WITHDRAWN())
    if state.blocked:
        return ApprovalBlocked(reason=state.blocked[0][1])
    return against_naming(state)


def _unfit(installation: Installation, revision: Revision, assessed: Assessment | NotAssessed) -> Refusal | None:
    """Why nobody can approve what was filed."""
    if isinstance(assessed, NotAssessed):
        return assessed
    if assessed.path.lane is TierLane.STOP:
        return Prohibited()
    return assessed.overfull(installation.playbook(revision.body.playbook))


def _roster_unclear(installation: Installation) -> Refusal | None:
    """Why no roster says for sure who holds which office today."""
    if installation.rosters.rivals:
        return RosterRivals()
    return roster_unread(installation.rosters) or (
        RosterExpired() if roster_expired(installation.rosters, installation.clock().date()) else None
    )


def terms_given(state: CaseState) -> tuple[Terms, ...]:
    """The terms both offices hold on the newest revision, as far as this version can read them."""
    return tuple(held.terms for office in Office for held in held_by(state, office) if held.terms)


def _role_ended(installation: Installation, state: CaseState, revision: Revision, person: str) -> Refusal | None:
    unit, day = revision.body.unit, installation.clock().date()
    office = office_of(installation.rosters, person, unit, state.case)
    if office is None or installation.rosters.lasts(person, Role(office.value), day, unit=unit, case=state.case):
        return None
    ended = [
        last for who, role, last in roles_ended(installation.rosters, day) if (who, role) == (person, office.value)
    ]
    return RoleEnded(office=office.label, day=on_day(max(ended)))


def against_terms(
    installation: Installation,
    state: CaseState,
    revision: Revision,
    granted: Granted,
    person: str,
    given: Terms,
) -> Refusal | None:
    """Why this person should not approve this revision on these terms, as the refusal to show."""
    if given.expired(installation.clock().date()):
        return TermsExpired(day=on_day(given.expires))
    if given != offered(given, terms_given(state), installation.capabilities.tables):
        return OldBoundaries()
    office = office_of(installation.rosters, person, revision.body.unit, state.case)
    if office and said_already(state, person, office, given.digest, granted.on_terms.digest):
        # Before what is asked of new terms: that their first day, or the day of a condition, is long over says nothing new.
        return _already(state, person, office)
    playbook = installation.playbook(revision.body.playbook)
    if refused := against_grant(state, playbook, granted, given, installation.clock().date()):
        return refused
    if impossible := against_keeping(installation, state, revision, granted, given):
        return impossible
    return untrained(installation, revision, playbook) if asks_for_training(given) else None


def against_keeping(
    installation: Installation, state: CaseState, revision: Revision, granted: Granted, given: Terms
) -> Refusal | None:
    """Why something that these terms ask for cannot be met by anybody, or confirmed by anybody once it is."""
    today, rosters = installation.clock().date(), installation.rosters
    if impossible := against_conditions(given, today, _listed(installation), _carried(state)):
        return impossible
    done = {item.commitment.id for item in state.commitments if item.progress is CommitmentProgress.CONFIRMED}
    done |= {item.commitment for item in given.waivers}
    asked = contained(granted, given, revision).values()
    return against_asking([item for item in asked if item.id not in done], state, rosters, today)


def _listed(installation: Installation) -> Callable[[str], bool]:
    return lambda person: installation.rosters.person(person) is not None


def _carried(state: CaseState) -> Callable[[Condition], bool]:
    owed = {item.commitment.id for item in state.commitments if item.open}
    return lambda item: condition_of(item).id in owed


def _already(state: CaseState, person: str, office: Office) -> Refusal:
    heads = state.positions[office]
    mine = any(state.event(name).act.person == person for name in heads)
    step = _NOTHING_NEEDED()
    if state.decision and state.decision.record_state is RecordState.OPEN and office.value in state.turn:
        step = _ADD_SIGNATURE()
    elif state.turn and office.value not in state.turn:
        step = turn_of(state.turn) or step
    return AlreadyApproved(who=_YOU() if mine else _OFFICE(office=office.label), step=step)


_TRAINING = "user_permissions.training_needed"


def asks_for_training(given: Terms) -> bool:
    """Whether nobody can approve these terms before the owner has read the chapters."""
    return given.stage is Stage.SCALED and _TRAINING in given.boundaries.table and bool(given.boundaries[_TRAINING])


def untrained(installation: Installation, revision: Revision, playbook: Playbook) -> TrainingMissing | None:
    """Why no terms that ask for training can be approved now."""
    waiting = literacy.unread(installation, revision.owner, playbook)
    name = installation.rosters.name(revision.owner)
    return TrainingMissing(name=name, chapter=waiting[0].title) if waiting else None


def suspends(state: CaseState) -> bool:
    """Whether an objection to the newest revision suspends the case (rule R12): whatever became of a pair there, who objects now
    has seen both opinions of it.
    """
    return state.current is not None and any(pair.revision == state.current.id for pair in state.pairs)


def consequence(
    state: CaseState, office: Office | None, position: Position, given: Terms | None, *, proposing: bool = False
) -> Reason:
    """What signing would lead to, in one sentence."""
    if position is not Position.APPROVE and suspends(state):
        return _SUSPENDS()
    if position is Position.DECLINE:
        return _DECLINES()
    if position is Position.CHANGES:
        return _CHANGES()
    if office is None:
        return _ONLY_OFFICES()
    outcome = _approving(state, office, given, proposing=proposing)
    # Approving lifts nothing, and what is decided while it is suspended must not run either.
    return _STAYS_SUSPENDED(outcome=outcome) if any(item.open for item in state.suspensions) else outcome


def _approving(state: CaseState, office: Office, given: Terms | None, *, proposing: bool) -> Reason:
    theirs = [held for held in held_by(state, office.other) if held.terms]
    agrees = not proposing and any(given is None or held.digest == given.digest for held in theirs)
    decided = state.phase in BOTH_SIGNED
    if not agrees:
        return (_ASKS_OTHER_ANEW if decided else _ASKS_OTHER)(office=office.other.label)
    if not decided:
        return _DECIDES(office=office.other.label)
    waiting = state.acceptance.waits_for if state.acceptance and state.acceptance.answers else ()
    if office.value in waiting:
        return _STANDS_OTHER(office=office.other.label) if office.other.value in waiting else _STANDS()
    return _NEW_COPY(office=office.other.label)
