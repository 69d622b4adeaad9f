"""Similar use cases: what others asked for and how it ended, found while the purpose is still being typed."""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.case.phases import Phase
from intake.register.views.rows import CaseRow
from intake.services.installation.installation import Installation

MOST = 5


@dataclass(frozen=True, slots=True)
class Similar:
    """A case like the text. ``outcome`` is one sentence; ``conditions`` are those of the decision in force.

    ``score`` is the share of the text's telling words that the case has too, rare words weighing more: 0 to 1.
    """

    case: str
    reference: str
    title: str
    unit: str
    tier: str
    phase: str
    outcome: str
    conditions: tuple[str, ...]
    score: float


def similar(installation: Installation, text: str, *, but: str = "", limit: int = MOST) -> tuple[Similar, ...]:
    """The filed cases most like ``text`` (a title and what is written of the problem so far), the most similar first.

    Never the case ``but``. Any text will do; a last word without a space behind it counts as still being typed.
    """
    return tuple(
        Similar(
            case=found.row.case,
            reference=found.row.reference,
            title=found.row.title,
            unit=found.row.unit,
            tier=found.row.tier,
            phase=found.row.phase,
            outcome=outcome(found.row),
            conditions=found.conditions,
            score=found.score,
        )
        for found in installation.register.likeness.alike(text, but=but, limit=limit)
    )


def outcome(row: CaseRow) -> str:
    """How far a case has come, in one sentence."""
    if row.phase == Phase.WITHDRAWN:
        return "Withdrawn."
    # A decision on an earlier revision stays in force while a later one is looked at.
    if row.expires and row.decided:
        approved = f"Approved for {_STAGES[row.stage]} on {row.decided.isoformat()}, until {row.expires.isoformat()}"
        return f"{approved}." if row.phase == Phase.DECIDED else f"{approved}; a new revision is with the offices."
    if row.phase == Phase.DECLINED:
        return f"Declined on {row.decided.isoformat()}." if row.decided else "Declined."
    return _OPEN.get(row.phase, "Not decided.")


_STAGES = {"idea": "preparation", "pilot": "a pilot", "scaled": "scaled use", "retired": "retirement"}
_OPEN = {
    Phase.REVIEW.value: "With the offices; nobody has given an opinion yet.",
    Phase.COUNTERSIGN.value: "One office approves; the other has not spoken yet.",
    Phase.TERMS_DIFFER.value: "Both offices approve, on different terms; not decided yet.",
    Phase.CHANGES_REQUESTED.value: "Changes were requested; not decided yet.",
    Phase.PAUSED.value: "Paused: an office objects to what was decided.",
}
