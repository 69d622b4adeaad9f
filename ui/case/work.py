"""The jobs of the page of one use case: reading everything it shows, and the acts an owner can do from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.base.days import days_after
from intake.domain.base.refusals import Refusal
from intake.domain.case.event import Event
from intake.domain.case.fold import CaseState
from intake.domain.case.phases import Phase
from intake.domain.case.status import Status, status
from intake.domain.case.summary import reference
from intake.domain.organisation.roster import Role
from intake.domain.playbook.judged import TierPath
from intake.domain.terms.terms import Terms
from ui.jobs import Task

if TYPE_CHECKING:
    from intake.register.views.queries import CaseNote
    from intake.register.views.rows import CaseRow
    from intake.services.deciding.sealed_files import SealedFile
    from intake.services.installation.installation import Desk
    from intake.services.installation.workspace import Seat


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """One use case as everybody sees it. ``row`` and ``path`` are None while no revision counts or no playbook is here.

    ``names`` are people by id, ``due`` the day by which the offices should decide, ``sealed`` the records there are.
    """

    case: str
    reference: str
    state: CaseState
    row: CaseRow | None
    path: TierPath | None
    status: Status
    terms: Terms | None
    names: Mapping[str, str]
    notes: tuple[CaseNote, ...]
    person: str
    name: str
    fingerprint: str
    office: Office | None
    owns: bool
    has_record: bool
    today: date
    due: date | None
    sealed: tuple[SealedFile, ...]

    @property
    def title(self) -> str:
        return self.state.current.body.title if self.state.current else self.reference

    @property
    def can_withdraw(self) -> bool:
        return self.owns and self.state.current is not None and self.state.phase is not Phase.WITHDRAWN


def read(_: Task, seat: Seat, case: str) -> CaseSheet:
    """Also reads a case of which nothing counts yet."""
    from intake.services.deciding.sealed_files import sealed_files
    from intake.services.deciding.standing import office_of

    desk, settings = seat.desk, seat.settings
    rosters = desk.rosters
    state = desk.folded(case)
    current = state.current
    path = _path(desk, state)
    filed = state.event(current.id).act.at.date() if current else None
    today = desk.clock().date()
    in_force = state.in_force
    return CaseSheet(
        case=case,
        reference=reference(case),
        state=state,
        row=desk.register.queries.row(case),
        path=path,
        status=status(state, today),
        terms=in_force.terms if in_force else None,
        names={event.act.person: rosters.name(event.act.person) for event in state.events}
        | {item.person: item.name for item in desk.register.queries.people()},
        notes=desk.register.queries.notes_of(case),
        person=settings.person,
        name=rosters.name(settings.person) if settings.person else "",
        fingerprint=settings.key,
        office=office_of(desk, settings.person, current.body.unit, case) if current else None,
        owns=_owns(desk, state, settings.person),
        has_record=any(getattr(event.body, "record", None) is not None for event in state.events),
        today=today,
        due=days_after(filed, path.days) if filed and path else None,
        sealed=sealed_files(desk, state),
    )


def file_again(_: Task, seat: Seat, case: str) -> str:
    """A draft of the next revision; gives its id. Raises NotYours."""
    from intake.services.filing import filing

    return filing.start(seat.desk, seat.person, case=case)


def start_similar(_: Task, seat: Seat, case: str) -> str:
    """A draft of another use case with these answers, each to be checked; gives its id."""
    from intake.services.filing import filing

    return filing.start_from(seat.desk, seat.person, case)


def check_withdrawing(_: Task, seat: Seat, case: str, reason: str) -> None:  # noqa: ARG001 - asked as it is signed
    """Raises what stands against it, before a passphrase is asked for: NotListed, NotYours or AlreadyWithdrawn."""
    from intake.domain.acts.kinds import WITHDRAW
    from intake.services.filing import filing
    from intake.services.installation.act_writer import require_listed

    require_listed(seat.desk, seat.person, seat.settings.key, WITHDRAW)
    filing.require_withdrawing(seat.desk, seat.person, case)


def withdraw(_: Task, seat: Seat, passphrase: str, case: str, reason: str) -> str:
    """Raises NotYours, AlreadyWithdrawn, WrongPassphrase and their kin."""
    from intake.services.filing import filing

    return filing.withdraw(seat.desk, seat.signer(passphrase), case, reason)


def _path(desk: Desk, state: CaseState) -> TierPath | None:
    if state.current is None:
        return None
    try:
        return desk.assessed(state.current)[1].path
    except Refusal:
        # Without its playbook the page still shows everything else; the notes say what is missing.
        return None


def _owns(desk: Desk, state: CaseState, person: str) -> bool:
    """Whether the person may file again or withdraw: the same rule as in ``services.filing``, asked beforehand."""
    first: Event | None = next((event for event in state.events if event.act.id == state.case), None)
    if first is not None and isinstance(first.body, RevisionBody) and person in {first.act.person, first.body.owner}:
        return True
    entry = desk.rosters.person(person)
    return entry is not None and any(
        grant.role is Role.OWNER and grant.scope == state.case and grant.period.open for grant in entry.grants
    )
