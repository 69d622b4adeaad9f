"""What a person may do with a case now: asked by services before something is signed, and by screens before it is offered.

Each thing is answered by a refusal, or by None where nothing here prevents it. These are the rights by which the fold
judges an act once it is signed (``judge``), asked of the rosters in force. What else can be in the way (an assessment, a file,
a day) is for the service that does the thing.
"""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.acts.kinds import Office
from intake.domain.base.refusals import Refusal
from intake.domain.case.fold import CaseState
from intake.domain.case.may_end import EndingRights, ending_rights
from intake.domain.case.phases import Phase
from intake.domain.organisation.history import RosterHistory
from intake.domain.organisation.roster import Role
from intake.domain.terms.stages import runs


class NotYours(Refusal):
    what = "You cannot change this use case."
    why = "Only its owner, its submitter or a successor on the roster files or withdraws it."
    next = "Ask the owner named on the case page, or leave a comment."


class NobodysNow(Refusal):
    what = "This use case is nobody’s now: it was handed over to several people apart from each other."
    why = "A revision names who answers for it, and nobody can tell who does."
    next = "One of them hands it over to another of them, or two administrators hand it over."


class AlreadyWithdrawn(Refusal):
    what = "This use case was withdrawn already."
    why = "One withdrawal ends it."
    next = "File it again if the business wants it after all."


class NotInOffice(Refusal):
    what = "Only the CIO and the CISO give opinions."
    why = "A decision needs both offices, and nobody can act in their place."
    next = "You can leave a comment; the offices see it."


class NotIndependent(Refusal):
    what = "You cannot decide on this use case: you filed it or own it."
    why = "Nobody decides on their own use case."
    next = "The roster must list another person for your office, who can then decide."


class NothingToLift(Refusal):
    what = "There is no suspension of this use case that your office could lift."
    why = "Nothing suspends it, or your office has lifted what does and the other has not."
    next = "Look at the case page to see whose turn it is."


class NothingRuns(Refusal):
    what = "Nothing of this use case runs now, so there are no figures to report."
    why = "Figures are compared with what was granted, and nothing is in force that may be used."
    next = "Look at the case page to see whose turn it is."


class NotYoursToAccept(Refusal):
    what = "You cannot accept for the owner of this use case."
    why = "What both offices decided binds who answers for the use case, so only they accept it: the owner it names, or a successor on the roster."
    next = "Ask the owner. Who filed it can answer a boundary or a condition for the owner’s side."


class OfficeCannotAccept(Refusal):
    what = "You have given an opinion on this use case, so you cannot accept it for the owner."
    why = "Nobody signs on both sides of a decision."
    next = "Ask the owner, or a successor on the roster who gave no opinion."


class NothingToAccept(Refusal):
    what = "Nothing of this use case waits for the owner to accept it."
    why = "There is no decision, it is what was filed, or the owner has accepted it."
    next = "Look at the case page to see whose turn it is."


class NothingToSign(Refusal):
    what = "This record needs no signature from you."
    why = "It is complete, there is no decision yet, or the other office has to sign."
    next = "Look at the case page to see whose turn it is."


class NotYoursToResolve(Refusal):
    what = "You cannot resolve this remark."
    why = "Its author does, the owner of the use case, or an office."
    next = "Answer it, or ask one of them."


@dataclass(frozen=True, slots=True)
class CaseRights:
    """``office`` is the office the person holds for this case, None for everybody else.

    ``object`` is to decline, to ask for changes or to suspend, ``lift`` to sign one's half of lifting. ``complete`` is to add the signature that is missing on the record; which
    of two copies it goes on is found out when they are printed again. ``figures`` is to report users and cost of what runs,
    ``accept`` to accept what both decided, ``answer`` to say what a point of it costs. ``ends`` is about ending the case and giving
    it away.
    """

    office: Office | None
    file_again: Refusal | None
    withdraw: Refusal | None
    object: Refusal | None
    approve: Refusal | None
    lift: Refusal | None
    complete: Refusal | None
    figures: Refusal | None
    accept: Refusal | None
    answer: Refusal | None
    ends: EndingRights

    @property
    def owns(self) -> bool:
        """Whether it is this person's use case."""
        return self.file_again is None


def allowed(state: CaseState, rosters: RosterHistory, person: str) -> CaseRights:
    """What prevents each thing this person may want to do."""
    current = state.current
    office = office_of(rosters, person, current.body.unit if current else "", state.case)
    foreign = None if person in state.owners or rosters.succeeds(person, state.case) else NotYours()
    outside = None if office else NotInOffice()
    own = NotIndependent() if current and person in current.parties else None
    return CaseRights(
        office=office,
        file_again=foreign or _nobodys(state, rosters, person),
        withdraw=foreign or (AlreadyWithdrawn() if state.phase is Phase.WITHDRAWN else None),
        object=outside,
        approve=outside or own,
        lift=outside or own or _against_lifting(state, office),
        complete=None if state.signed_for(person) else NothingToSign(),
        figures=against_reporting(state, rosters, person),
        accept=_against_accepting(state, rosters, person),
        answer=foreign or _nothing_awaits(state),
        ends=ending_rights(state, rosters, person, office),
    )


def _nobodys(state: CaseState, rosters: RosterHistory, person: str) -> Refusal | None:
    nobody = state.current is not None and not state.current.owner
    return NobodysNow() if nobody and not rosters.succeeds(person, state.case) else None


def _against_lifting(state: CaseState, office: Office | None) -> Refusal | None:
    waits = any(item.open and office in item.waits_for() for item in state.suspensions)
    return None if waits else NothingToLift()


def _nothing_awaits(state: CaseState) -> Refusal | None:
    return None if state.acceptance is not None and state.acceptance.awaits else NothingToAccept()


def _against_accepting(state: CaseState, rosters: RosterHistory, person: str) -> Refusal | None:
    accountable = state.current is not None and person == state.current.owner
    if not accountable and not rosters.succeeds(person, state.case):
        return NotYoursToAccept()
    if person in state.spoke:
        return OfficeCannotAccept()
    return _nothing_awaits(state)


def against_resolving(state: CaseState, rosters: RosterHistory, person: str, remark: str) -> Refusal | None:
    """Why this person cannot resolve a remark, by the act id of the comment; None when they can."""
    mine = person in {state.event(remark).act.person, *state.owners} or rosters.succeeds(person, state.case)
    unit = state.current.body.unit if state.current else ""
    return None if mine or office_of(rosters, person, unit, state.case) else NotYoursToResolve()


def against_reporting(state: CaseState, rosters: RosterHistory, person: str) -> Refusal | None:
    """Why this person cannot report figures of what runs; None when they can."""
    if person not in state.owners and not rosters.succeeds(person, state.case):
        return NotYours()
    terms = state.in_force.terms if state.in_force else None
    return None if terms is not None and runs(terms.stage) else NothingRuns()


def office_of(rosters: RosterHistory, person: str, unit: str = "", case: str = "") -> Office | None:
    """The office a person holds now; CIO first should the roster give both."""
    return next((office for office in Office if rosters.holds(person, Role(office.value), unit=unit, case=case)), None)
