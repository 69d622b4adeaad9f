"""Remarks on a case: what people said, what answers it and what is open; and the note by which somebody resolves one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from intake.domain.acts.kinds import RESOLVED, Office
from intake.domain.acts.kinds.comment import CommentBody
from intake.domain.acts.kinds.resolved import MAX_REMARKS, ResolvedBody
from intake.domain.base.refusals import Refusal
from intake.domain.case.allowed import against_resolving, office_of
from intake.domain.case.fold import CaseState
from intake.domain.case.remarks import RemarkThread
from intake.services.installation.act_writer import ActWriter, CaseMoved, stored_behind
from intake.services.installation.installation import Installation, PersonWithKey
from intake.trust.acts import VerifiedAct

_LEAST = 6
"""How much of an id names a remark at least."""


class NoSuchRemark(Refusal):
    what = "There is no remark {name} on this use case."
    why = "A remark is named by the first letters of its id, as “countersign show” prints it, six of them at least."
    next = "Look at the remarks of the use case and name one of them."


class AlreadyResolved(Refusal):
    what = "This remark is resolved already."
    why = "Nobody has answered it since."
    next = "Answer it if it is not settled after all: that opens it again."


class AnsweredTooOften(Refusal):
    what = "This remark has too many answers to be resolved."
    why = "A note names the remark and everything that answers it, {most} in all at most."
    next = "Leave it open, and say in a new remark what came of it."


@dataclass(frozen=True, slots=True)
class RemarkSaid:
    """One comment: its act id, who said it (``name``, of which ``office`` now, if any), on which day, and their words."""

    act: str
    person: str
    name: str
    office: Office | None
    day: date
    text: str


@dataclass(frozen=True, slots=True)
class CaseRemark:
    """A remark with what answers it. ``about`` is a question id, a boundary path, or empty for the case as a whole.

    ``number`` is that of the revision it was made on, 0 where its author had none. ``resolved`` is who settled it and when, None
    while it is open; ``against`` is why the one who looks cannot resolve it, None when they can.
    """

    said: RemarkSaid
    about: str
    number: int
    answers: tuple[RemarkSaid, ...]
    resolved: tuple[str, date] | None
    against: Refusal | None

    @property
    def act(self) -> str:
        return self.said.act

    @property
    def open(self) -> bool:
        return self.resolved is None


def remarks_of(installation: Installation, state: CaseState, person: str, *, only: str = "") -> tuple[CaseRemark, ...]:
    """Every remark as ``person`` sees it, or ``only`` one: the open ones first, each in the order of the case."""
    wanted = (thread for thread in state.threads if only in ("", thread.remark))
    found = [_remark(installation, state, thread, person) for thread in wanted]
    return tuple(sorted(found, key=lambda item: not item.open))


def named(state: CaseState, name: str) -> RemarkThread:
    """The remark that the first letters of an id name; also by one of its answers. Raises NoSuchRemark."""
    found = [item for item in state.threads if any(act.startswith(name) for act in item.acts)]
    if len(name) < _LEAST or len(found) != 1:
        raise NoSuchRemark(name=name)
    return found[0]


def require_resolving(installation: Installation, person: str, case: str, remark: str) -> tuple[str, ...]:
    """The acts that a note of this person names now. Raises NoSuchRemark, AlreadyResolved, NotYoursToResolve or AnsweredTooOften."""
    state = installation.folded(case)
    thread = named(state, remark)
    if not thread.open:
        raise AlreadyResolved
    if against := against_resolving(state, installation.rosters, person, thread.remark):
        raise against
    if len(thread.acts) > MAX_REMARKS:
        raise AnsweredTooOften(most=MAX_REMARKS)
    return tuple(sorted(thread.acts))


def resolve(
    installation: Installation, signer: PersonWithKey, case: str, remark: str, *, seen: tuple[str, ...] = ()
) -> VerifiedAct:
    """Sign that a remark is resolved. Raises as ``require_resolving``.

    ``seen`` are the acts of the remark as it was shown: CaseMoved when somebody has answered since. Without it, what answers it
    now counts as seen.
    """

    def sign() -> VerifiedAct:
        acts = require_resolving(installation, signer.person, case, remark)
        if seen and set(acts) != set(seen):
            raise CaseMoved
        writer = ActWriter(installation, signer)
        made = writer.write(RESOLVED, ResolvedBody(acts), case=case)
        writer.store()
        return made

    return stored_behind(sign)


def _remark(installation: Installation, state: CaseState, thread: RemarkThread, person: str) -> CaseRemark:
    body = state.event(thread.remark).body
    assert isinstance(body, CommentBody)
    note = state.event(thread.resolved).act if thread.resolved else None
    return CaseRemark(
        said=_said(installation, state, thread.remark),
        about="" if body.answers else body.about,
        number=state.revision(thread.revision).number if thread.revision else 0,
        answers=tuple(_said(installation, state, name) for name in thread.answers),
        resolved=(installation.rosters.name(note.person), note.at.date()) if note else None,
        against=against_resolving(state, installation.rosters, person, thread.remark),
    )


def _said(installation: Installation, state: CaseState, name: str) -> RemarkSaid:
    event = state.event(name)
    assert isinstance(event.body, CommentBody)
    rosters, act = installation.rosters, event.act
    unit = state.current.body.unit if state.current else ""
    return RemarkSaid(
        act=name,
        person=act.person,
        name=rosters.name(act.person),
        office=office_of(rosters, act.person, unit, state.case),
        day=act.at.date(),
        text=event.body.text,
    )
