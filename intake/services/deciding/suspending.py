"""Stopping a use case at once, by one office, and letting it go on, by both: what is signed, and what it leads to (rule R12)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from intake.domain.acts.kinds import LIFT, SUSPEND, Office
from intake.domain.acts.kinds.lift import MAX_LIFTED, LiftBody
from intake.domain.acts.kinds.suspend import SuspendBody
from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Sentence, on_day
from intake.domain.case.allowed import allowed
from intake.domain.case.fold import CaseState
from intake.domain.case.naming import shown
from intake.domain.case.suspensions import Suspension
from intake.domain.case.writing import REASON_TO_LIFT, REASON_TO_SUSPEND
from intake.services.deciding.noticing import add_notice
from intake.services.deciding.reasons import given_reason
from intake.services.deciding.unsigned import signed_words
from intake.services.installation.act_writer import ActWriter, require_unmoved
from intake.services.installation.installation import Installation, PersonWithKey
from intake.services.organisation.unread_rosters import require_rosters_read

_SUSPENDS = Sentence(
    "LeadsToSuspension", "The use case is suspended at once and must not run until both offices have lifted it."
)
_LIFTS = Sentence(
    "LeadsToLift", "The {office} has lifted this already: with your signature what was decided is in force again."
)
_HALF = Sentence("LeadsToHalfLift", "It stays suspended until the {office} has lifted it too.")
_PART = Sentence("LeadsToPartLift", "It stays suspended, for this does not lift all that waits for your office.")


class NoSuchSuspension(Refusal):
    what = "“{name}” is no suspension of this use case that still waits for your office."
    why = "Each suspension is lifted by name, so that nobody lifts one that they have not seen."
    next = "Look at the use case for what suspends it, or leave the names out to lift all of it."


class AlreadySuspended(Refusal):
    what = "You have suspended this use case already, with these words, on {day}, and nobody has lifted any of it."
    why = "Each suspension is lifted by name: a second one would stop nothing more, and hold the use case once more."
    next = "Nothing needs to be done. Another reason is another suspension."
    exit_code = 0


@dataclass(frozen=True, slots=True)
class StopGiven:
    """What a suspension or a lift led to. ``acts`` were signed, ``open`` are the suspensions that hold the case still. ``notices``
    are the SHA-256 of the signed notices of these acts.
    """

    acts: tuple[str, ...]
    office: Office
    open: tuple[Suspension, ...]
    notices: tuple[str, ...] = ()


def to_lift(state: CaseState, office: Office) -> tuple[Suspension, ...]:
    """The suspensions that wait for this office to lift them."""
    return tuple(item for item in state.suspensions if item.open and office in item.waits_for())


def leads_to(state: CaseState, office: Office, lifting: Collection[str] = ()) -> Reason:
    """What signing leads to, in one sentence: lifting these suspensions (act ids), or suspending where there are none."""
    if not lifting:
        return _SUSPENDS()
    left = [item for item in state.suspensions if item.open]
    if any(item.act not in lifting for item in left if office in item.waits_for()):
        return _PART()
    last = all(item.waits_for() == (office,) for item in left)
    return _LIFTS(office=office.other.label) if last else _HALF(office=office.other.label)


def require_suspending(installation: Installation, person: str, case: str) -> tuple[CaseState, Office]:
    """The state, and the office for which this person may suspend the case. Raises NotInOffice."""
    state = installation.state(case)
    may = allowed(state, installation.rosters, person)
    return state, _for_office(may.office, may.object)


def require_lifting(installation: Installation, person: str, case: str) -> tuple[CaseState, Office]:
    """The state, and the office for which this person may lift something. Raises NotInOffice, NotIndependent or NothingToLift."""
    state = installation.state(case)
    may = allowed(state, installation.rosters, person)
    return state, _for_office(may.office, may.lift)


def suspended_already(state: CaseState, person: str, reason: str) -> Suspension | None:
    """The suspension by this person that says the same and holds whole, if there is one: the program may have ended between storing
    it and saying so. Raises ReasonMissing.
    """
    same = (person, given_reason(reason))
    mine = (item for item in state.suspensions if item.open and not item.lifted and not item.cut_off)
    return next((item for item in mine if (state.event(item.act).act.person, item.reason) == same), None)


def already_suspended(state: CaseState, held: Suspension) -> AlreadySuspended:
    """What is said of it, and that nothing is signed."""
    return AlreadySuspended(day=on_day(state.event(held.act).act.at.date()))


def _for_office(office: Office | None, against: Refusal | None) -> Office:
    if against is not None:
        raise against
    assert office is not None  # else there is something against it
    return office


def suspend(
    installation: Installation, signer: PersonWithKey, case: str, reason: str, *, seen: tuple[str, ...] | None = None
) -> StopGiven:
    """Suspend a case at once. ``seen`` is what was ``shown`` of it. Raises ReasonMissing, AlreadySuspended, CaseMoved or a refusal of
    the right.
    """
    state, office = require_suspending(installation, signer.person, case)
    reason = given_reason(reason)
    if held := suspended_already(state, signer.person, reason):
        raise already_suspended(state, held)
    require_unmoved(state, seen)
    writer = ActWriter(installation, signer)
    made = writer.write(SUSPEND, SuspendBody(office, reason), case=case, seen=shown(state))
    notice = add_notice(installation, signer, writer, state, made)
    writer.store(signed=signed_words(installation, signer.person, case, reason, (REASON_TO_SUSPEND,)))
    return led_to(installation, (made.act.id,), office, case, (notice,))


def lift(
    installation: Installation,
    signer: PersonWithKey,
    case: str,
    reason: str,
    named: tuple[str, ...] = (),
    *,
    seen: tuple[str, ...] | None = None,
) -> StopGiven:
    """Sign one office's half of lifting the suspensions ``named`` (act ids), or all that wait for this office.

    One act names so many; of more there are several, stored together or not at all. Raises NoSuchSuspension besides what ``suspend`` and ``require_lifting`` raise.
    """
    state, office = require_lifting(installation, signer.person, case)
    reason = given_reason(reason)
    require_unmoved(state, seen)
    waiting = tuple(item.act for item in to_lift(state, office))
    if unknown := next((name for name in named if name not in waiting), ""):
        raise NoSuchSuspension(name=unknown)
    writer = ActWriter(installation, signer)
    parts = in_acts(named or waiting)
    made = [writer.write(LIFT, LiftBody(office, part, reason), case=case, seen=shown(state)) for part in parts]
    notices = tuple(add_notice(installation, signer, writer, state, item) for item in made)
    writer.store(
        lambda: require_rosters_read(installation.rosters),
        signed=signed_words(installation, signer.person, case, reason, (REASON_TO_LIFT,)),
    )
    return led_to(installation, tuple(item.act.id for item in made), office, case, notices)


def in_acts(suspensions: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """These suspensions (act ids) in order, so many together as one act may name."""
    every = sorted(set(suspensions))
    return (tuple(every[first : first + MAX_LIFTED]) for first in range(0, len(every), MAX_LIFTED))


def led_to(
    installation: Installation, acts: tuple[str, ...], office: Office, case: str, notices: tuple[str, ...] = ()
) -> StopGiven:
    """What the use case has come to by these acts, once they are stored."""
    left = tuple(item for item in installation.folded(case).suspensions if item.open)
    return StopGiven(acts, office, left, tuple(name for name in notices if name))
