"""Disowning what a key suspended that was cut off since: what is signed, and what it leads to (rule R12)."""

from __future__ import annotations

from intake.domain.acts.kinds import DISOWN, Office
from intake.domain.acts.kinds.disown import DisownBody
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Sentence
from intake.domain.case.allowed import allowed
from intake.domain.case.fold import CaseState
from intake.domain.case.may_end import NothingToDisown, to_disown
from intake.domain.case.naming import shown
from intake.domain.case.writing import REASON_TO_DISOWN
from intake.services.deciding.reasons import given_reason
from intake.services.deciding.suspending import StopGiven, in_acts, led_to
from intake.services.deciding.unsigned import signed_words
from intake.services.installation.act_writer import ActWriter, require_unmoved
from intake.services.installation.installation import Installation, PersonWithKey
from intake.services.organisation.unread_rosters import require_rosters_read

_DISOWNS = Sentence("LeadsToDisowning", "These suspensions end, and what was decided is in force again.")
_PART = Sentence("LeadsToPartDisowning", "These suspensions end. It stays suspended, for others hold it still.")


def leads_to(state: CaseState, office: Office) -> Reason:
    """What disowning all that this office may disown leads to."""
    gone = {item.act for item in to_disown(state, office)}
    return _PART() if any(item.open and item.act not in gone for item in state.suspensions) else _DISOWNS()


def require_disowning(installation: Installation, person: str, case: str) -> tuple[CaseState, Office]:
    """The state, and the office for which this person may disown something. Raises NothingToDisown."""
    state = installation.state(case)
    may = allowed(state, installation.rosters, person)
    if may.ends.disown:
        raise may.ends.disown
    assert may.office is not None  # else there is something against it
    return state, may.office


def disown(
    installation: Installation,
    signer: PersonWithKey,
    case: str,
    reason: str,
    named: tuple[str, ...] = (),
    *,
    seen: tuple[str, ...] | None = None,
) -> StopGiven:
    """Disown the suspensions ``named`` (act ids), or all that this office may. ``seen`` is what was ``shown`` of the case.

    Raises NothingToDisown, ReasonMissing or CaseMoved.
    """
    state, office = require_disowning(installation, signer.person, case)
    reason = given_reason(reason)
    require_unmoved(state, seen)
    every = {item.act for item in to_disown(state, office)}
    if set(named) - every:
        raise NothingToDisown
    writer = ActWriter(installation, signer)
    parts = in_acts(named or every)
    made = [writer.write(DISOWN, DisownBody(office, part, reason), case=case, seen=shown(state)) for part in parts]
    writer.store(
        lambda: require_rosters_read(installation.rosters),
        signed=signed_words(installation, signer.person, case, reason, (REASON_TO_DISOWN,)),
    )
    return led_to(installation, tuple(item.act.id for item in made), office, case)
