"""The jobs of the page of one use case: reading everything it shows, and the acts an owner can do from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from intake.domain.acts.kinds import Body
from intake.domain.acts.kinds.notice import NoticeBody
from intake.domain.base.refusals import Refusal
from intake.domain.case.allowed import CaseRights, allowed
from intake.domain.case.fold import CaseState
from intake.domain.case.handing import signs
from intake.domain.case.next_verbs import NextAct
from intake.domain.case.one_page import DecisionRow
from intake.domain.case.status import CaseStatus, status
from intake.domain.case.stop import Stop, stopped
from intake.domain.case.summary import reference
from intake.domain.case.terms_now import terms_now
from intake.domain.case.verbs import OpinionVerb
from intake.domain.playbook.judged import TierPath
from intake.domain.terms.terms import Terms
from ui.case.acceptance_work import DecidedOtherwise, decided_otherwise
from ui.case.readers_work import can_give
from ui.jobs import JobTask

if TYPE_CHECKING:
    from intake.domain.acts.kinds.figures import FiguresBody
    from intake.services.confidential.readers import ReadersTold
    from intake.services.deciding.commitment_lines import CommitmentLine
    from intake.services.deciding.remarks import CaseRemark
    from intake.services.deciding.sealed_files import SealedFile
    from intake.services.deciding.unsigned import Unsigned
    from intake.services.installation.installation import Installation
    from intake.services.installation.workspace import Session
    from intake.services.lists.cases import CaseRow
    from intake.services.lists.notes import CaseNote


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """One use case as everybody sees it. ``row`` and ``path`` are None while no revision counts or no playbook is here.

    ``names`` are people by id, ``may`` is what the person here may do, ``due`` the day by which the offices should decide,
    ``sealed`` the records there are, ``rows`` the decision on one page with the limits in force; none while no revision counts.
    ``next`` is what the person here does next, ``stop`` why what was approved does not hold, ``remarks`` what people said, ``labels``
    what questions are called.
    ``commitments`` are what both offices committed to, what presses first.
    ``verbs`` are what opinions are called, by act, ``unsigned`` what this person has written and not signed. ``decided`` is the
    decision on the newest revision where it is not what was filed, ``listed`` those whom the roster lists with a key to sign with,
    by id.
    """

    case: str
    reference: str
    state: CaseState
    row: CaseRow | None
    path: TierPath | None
    status: CaseStatus
    terms: Terms | None
    names: Mapping[str, str]
    notes: tuple[CaseNote, ...]
    person: str
    name: str
    fingerprint: str
    may: CaseRights
    next: NextAct
    stop: Stop | None
    remarks: tuple[CaseRemark, ...]
    labels: Mapping[str, str]
    has_record: bool
    today: date
    sealed: tuple[SealedFile, ...]
    news: bool
    """Whether the owner looks at its decision for the first time."""
    verbs: Mapping[str, OpinionVerb]
    unsigned: Unsigned
    rows: tuple[DecisionRow, ...] = ()
    commitments: tuple[CommitmentLine, ...] = ()
    decided: DecidedOtherwise | None = None
    listed: Mapping[str, str] = field(default_factory=dict)
    readers: ReadersTold | None = None
    """Who can read it."""
    can_give: bool = False
    """Whether somebody who may read it has no key, and the person here can give it."""

    @property
    def title(self) -> str:
        return self.state.current.body.title if self.state.current else self.reference

    @property
    def can_file_again(self) -> bool:
        return self.state.current is not None and self.may.file_again is None

    @property
    def can_suspend(self) -> bool:
        """Whether an office looks at something that was decided, also while it is suspended: each suspension is lifted by name,
        so who has lifted one may have a new reason.
        """
        return self.may.object is None and bool(self.state.pairs)

    @property
    def can_lift(self) -> bool:
        return self.may.lift is None

    @property
    def can_report(self) -> bool:
        """Whether it is theirs, and something of it runs whose users and cost can be told."""
        return self.may.figures is None

    @property
    def can_answer(self) -> bool:
        """Whether a point of the decision is there to be answered; one that was only filed by somebody else has none."""
        return self.may.answer is None and self.decided is not None and bool(self.decided.points)

    @property
    def can_withdraw(self) -> bool:
        return self.state.current is not None and self.may.withdraw is None


def read(_: JobTask, session: Session, case: str) -> CaseFacts:
    """Also reads a case of which nothing counts yet."""
    from intake.services.confidential.readers import readers_of
    from intake.services.deciding import unsigned
    from intake.services.deciding.commitment_lines import lines_of
    from intake.services.deciding.next_act import next_for
    from intake.services.deciding.on_one_page import rows_of
    from intake.services.deciding.remarks import remarks_of
    from intake.services.deciding.sealed_files import sealed_files
    from intake.services.deciding.verbs import verbs_given
    from intake.services.lists import cases, notes, people, told

    installation, settings = session.installation, session.settings
    rosters = installation.rosters
    state = installation.folded(case)
    current = state.current
    path = _path(installation, state)
    today = installation.clock().date()
    in_force, row = state.in_force, cases.one(installation, case)
    readers = readers_of(installation, case)
    return CaseFacts(
        case=case,
        reference=reference(case),
        state=state,
        row=row,
        path=path,
        status=status(state, today),
        terms=terms_now(state),
        names={event.act.person: rosters.name(event.act.person) for event in state.events} | people.names(installation),
        notes=notes.of_case(installation, case),
        person=settings.person,
        name=rosters.name(settings.person) if settings.person else "",
        fingerprint=settings.key,
        may=allowed(state, rosters, settings.person),
        next=next_for(installation, state, settings.person),
        stop=stopped(state, today),
        remarks=remarks_of(installation, state, settings.person),
        labels=_labels(installation, state),
        has_record=any(_has_record(event.body) for event in state.events),
        today=today,
        sealed=sealed_files(installation, state),
        news=told.keep(installation, settings.person, row),
        verbs=verbs_given(installation, state),
        unsigned=unsigned.read(installation, settings.person, case),
        rows=rows_of(installation, state, current, in_force.terms if in_force else None) if current else (),
        commitments=lines_of(installation, state, settings.person),
        decided=decided_otherwise(installation, state),
        listed={name: called for name, called in people.names(installation).items() if signs(rosters.person(name))},
        readers=readers,
        can_give=can_give(session, readers, case),
    )


def file_again(_: JobTask, session: Session, case: str) -> str:
    """A draft of the next revision; gives its id. Raises NotYours."""
    from intake.services.filing import filing

    return filing.start(session.installation, session.person, case=case)


def start_similar(_: JobTask, session: Session, case: str) -> str:
    """A draft of another use case with these answers, each to be checked; gives its id."""
    from intake.services.filing import filing

    return filing.start_from(session.installation, session.person, case)


def check_withdrawing(_: JobTask, session: Session, case: str, reason: str, *_signed: object) -> str:
    """What its pages cannot show, in words. Raises the refusal before a passphrase is asked for: NotListed, NotYours or
    AlreadyWithdrawn.
    """
    from intake.domain.acts.kinds import WITHDRAW
    from intake.domain.base.wording import sentence
    from intake.services.filing import withdrawing

    session.require_listed(WITHDRAW)
    return sentence(withdrawing.withdrawal_boxes(session.installation, session.person, case, reason))


def withdrawal_pages(_: JobTask, session: Session, case: str, reason: str) -> bytes:
    """The pages that ``withdraw`` signs. Raises NotYours or AlreadyWithdrawn."""
    from intake.services.filing import withdrawing

    return withdrawing.withdrawal_pages(session.installation, session.person, case, reason)


def withdraw(_: JobTask, session: Session, passphrase: str, case: str, reason: str, seen: tuple[str, ...]) -> str:
    """Raises NotYours, AlreadyWithdrawn, CaseMoved, WrongPassphrase and their kin."""
    from intake.services.filing import withdrawing

    return withdrawing.withdraw(session.installation, session.signer(passphrase), case, reason, seen=seen)


def check_suspending(_: JobTask, session: Session, case: str, *_signed: object) -> str:
    """Nothing to say of its pages, for it has none. Raises the refusal before a passphrase is asked for."""
    from intake.domain.acts.kinds import SUSPEND
    from intake.services.deciding import suspending

    session.require_listed(SUSPEND)
    suspending.require_suspending(session.installation, session.person, case)
    return ""


def suspend(_: JobTask, session: Session, passphrase: str, case: str, reason: str, seen: tuple[str, ...]) -> str:
    """Gives the act id. Raises CaseMoved, NotInOffice, WrongPassphrase and their kin."""
    from intake.services.deciding import suspending

    return suspending.suspend(session.installation, session.signer(passphrase), case, reason, seen=seen).acts[0]


def check_lifting(_: JobTask, session: Session, case: str, *_signed: object) -> str:
    """As ``check_suspending``. Raises NothingToLift, NotIndependent and their kin."""
    from intake.domain.acts.kinds import LIFT
    from intake.services.deciding import suspending

    session.require_listed(LIFT)
    suspending.require_lifting(session.installation, session.person, case)
    return ""


def lift(
    _: JobTask,
    session: Session,
    passphrase: str,
    case: str,
    reason: str,
    named: tuple[str, ...],
    seen: tuple[str, ...],
) -> str:
    """Gives the id of the first act. Raises CaseMoved, NoSuchSuspension, WrongPassphrase and their kin."""
    from intake.services.deciding import suspending

    return suspending.lift(session.installation, session.signer(passphrase), case, reason, named, seen=seen).acts[0]


def check_reporting(_: JobTask, session: Session, case: str, *_signed: object) -> str:
    """As ``check_suspending``. Raises NotYours, NothingRuns and their kin."""
    from intake.domain.acts.kinds import FIGURES
    from intake.services.deciding import figures

    session.require_listed(FIGURES)
    figures.require_reporting(session.installation, session.person, case)
    return ""


def report_figures(_: JobTask, session: Session, passphrase: str, case: str, body: FiguresBody) -> str:
    """Gives the act id. Raises NotYours, NothingRuns, WrongPassphrase and their kin."""
    from intake.services.deciding import figures

    return figures.report_figures(session.installation, session.signer(passphrase), case, body).act


def _has_record(body: Body | None) -> bool:
    """Whether an act brought a record; a notice names the record that it changes, and is none."""
    return not isinstance(body, NoticeBody) and getattr(body, "record", None) is not None


def _labels(installation: Installation, state: CaseState) -> Mapping[str, str]:
    """What the questions are called on which somebody remarked something."""
    if state.current is None or not state.threads:
        return {}
    try:
        return installation.playbook(state.current.body.playbook).labels
    except Refusal:
        return {}


def _path(installation: Installation, state: CaseState) -> TierPath | None:
    if state.current is None:
        return None
    try:
        return installation.assessed(state.current)[1].path
    except Refusal:
        # Without its playbook the page still shows everything else; the notes say what is missing.
        return None
