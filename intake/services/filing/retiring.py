"""Retiring a use: its owner ends it at once and says what becomes of what it leaves behind, and the offices acknowledge that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from intake.domain.acts.kinds import ACKNOWLEDGED, RETIRE
from intake.domain.acts.kinds.acknowledged import AcknowledgedBody
from intake.domain.acts.kinds.retire import LEFT_BEHIND, RetireBody
from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.visible import plain
from intake.domain.base.wording import Caption, Sentence, worded
from intake.domain.case.allowed import allowed
from intake.domain.case.fold import CaseState
from intake.domain.case.naming import shown
from intake.domain.case.writing import LEFT, REASON_TO_RETIRE
from intake.services.deciding.noticing import add_notice
from intake.services.deciding.reasons import given_reason
from intake.services.deciding.unsigned import signed_words
from intake.services.installation.act_writer import ActWriter, require_unmoved
from intake.services.installation.installation import Installation, PersonWithKey

_LEADS_TO = Sentence(
    "LeadsToRetirement",
    "The use ends at once and must not run. What was decided does not come back; only a new revision opens the use case again.",
)
NOTHING_TO_DO = Caption("NothingToDoAboutIt", "nothing to do")
LEFT_WORDS = worded(
    Caption,
    {
        "data": ("LeftData", "Data"),
        "access": ("LeftAccess", "Access"),
        "model": ("LeftModel", "Model"),
        "contract": ("LeftContract", "Contract"),
    },
)


class LeftUnsaid(Refusal):
    what = "It is not said what becomes of the {things}."
    why = "A use that ends leaves data, access, a model and a contract behind, and nobody looks for them later."
    next = "Say what happens to each of them, or that there is nothing to do."


@dataclass(frozen=True, slots=True)
class RetirementSigned:
    """``notice`` is the SHA-256 of the signed notice of the act, empty where none could be printed."""

    act: str
    notice: str


def leads_to() -> Reason:
    """What retiring leads to, in a sentence or two."""
    return _LEADS_TO()


def require_retiring(installation: Installation, person: str, case: str) -> CaseState:
    """The state. Raises NotYoursToRetire, AlreadyRetired or NothingToRetire."""
    state = installation.state(case)
    if against := allowed(state, installation.rosters, person).ends.retire:
        raise against
    return state


def retire(
    installation: Installation,
    signer: PersonWithKey,
    case: str,
    reason: str,
    left: Mapping[str, str],
    *,
    seen: tuple[str, ...] | None = None,
) -> RetirementSigned:
    """End a use. ``left`` says what becomes of each of ``LEFT_BEHIND``; empty is that there is nothing to do.

    ``seen`` is what was ``shown`` of the case. Raises ReasonMissing, LeftUnsaid, CaseMoved or as ``require_retiring``.
    """
    state = require_retiring(installation, signer.person, case)
    body = retirement(reason, left)
    require_unmoved(state, seen)
    writer = ActWriter(installation, signer)
    made = writer.write(RETIRE, body, case=case, seen=shown(state))
    notice = add_notice(installation, signer, writer, state, made)
    parts = (REASON_TO_RETIRE, *(f"{LEFT}{name}" for name in LEFT_BEHIND))
    writer.store(signed=signed_words(installation, signer.person, case, body.reason, parts))
    return RetirementSigned(made.act.id, notice)


def retirement(reason: str, left: Mapping[str, str]) -> RetireBody:
    """Raises ReasonMissing or LeftUnsaid."""
    said = {name: plain(text) for name, text in left.items()}
    reason = given_reason(reason)
    if unsaid := [name for name in LEFT_BEHIND if name not in said]:
        raise LeftUnsaid(things=", ".join(unsaid))
    return RetireBody(reason, **{name: said[name] for name in LEFT_BEHIND})


def left_lines(body: RetireBody) -> tuple[tuple[Reason, Reason | str], ...]:
    """What becomes of what the use leaves behind, label and text."""
    return tuple((LEFT_WORDS[name](), text or NOTHING_TO_DO()) for name, text in body.left_behind)


def require_acknowledging(installation: Installation, person: str, case: str) -> CaseState:
    """The state. Raises OnlyOfficesAcknowledge or NothingToAcknowledge."""
    state = installation.state(case)
    if against := allowed(state, installation.rosters, person).ends.acknowledge:
        raise against
    return state


def acknowledge(installation: Installation, signer: PersonWithKey, case: str) -> str:
    """Say for an office that it has read what a retirement says. Gives the act id. Raises as ``require_acknowledging``."""
    state = require_acknowledging(installation, signer.person, case)
    office = allowed(state, installation.rosters, signer.person).office
    assert office is not None  # else there is something against it
    writer = ActWriter(installation, signer)
    made = writer.write(ACKNOWLEDGED, AcknowledgedBody(office, state.closing.retirement), case=case)
    writer.store()
    return made.act.id


def retired(state: CaseState) -> RetireBody | None:
    """What the retirement says that ended the case; None while none does."""
    body = state.event(state.closing.retirement).body if state.closing.retirement else None
    return body if isinstance(body, RetireBody) else None
