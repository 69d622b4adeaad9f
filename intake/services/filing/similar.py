"""Similar use cases: what others asked for and how it ended, found while the purpose is still being typed."""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Caption, Sentence, on_day
from intake.domain.case.phases import Phase
from intake.register.views.rows import CaseRow
from intake.services.installation.installation import Installation

MOST = 5


@dataclass(frozen=True, slots=True)
class Similar:
    """A case like the text. ``became`` is what became of it; ``conditions`` are those of the decision in force.

    ``score`` is the share of the text's telling words that the case has too, rare words weighing more: 0 to 1.
    """

    case: str
    reference: str
    title: str
    unit: str
    tier: str
    phase: str
    became: Reason
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
            became=outcome(found.row),
            conditions=found.conditions,
            score=found.score,
        )
        for found in installation.register.likeness.alike(text, but=but, limit=limit)
    )


def outcome(row: CaseRow) -> Reason:
    """How far a case has come."""
    if row.phase == Phase.WITHDRAWN:
        return _WITHDRAWN()
    if row.phase == Phase.RETIRED:
        return _RETIRED()
    # A decision on an earlier revision stays in force while a later one is looked at.
    if row.expires and row.decided:
        said = _APPROVED if row.phase == Phase.DECIDED else _APPROVED_BEFORE
        return said(stage=_STAGES[row.stage](), day=on_day(row.decided), until=on_day(row.expires))
    if row.phase == Phase.DECLINED:
        return _DECLINED_ON(day=on_day(row.decided)) if row.decided else _DECLINED()
    return _OPEN.get(row.phase, _NOT_DECIDED)()


_PREPARATION = Caption("SimilarPreparation", "preparation")
_PILOT = Caption("SimilarPilot", "a pilot")
_SCALED = Caption("SimilarScaled", "scaled use")
_RETIREMENT = Caption("SimilarRetirement", "retirement")
_WITHDRAWN = Sentence("SimilarWithdrawn", "Withdrawn.")
_RETIRED = Sentence("SimilarRetired", "It ran, and was retired.")
_APPROVED = Sentence("SimilarApproved", "Approved for {stage} on {day}, until {until}.")
_APPROVED_BEFORE = Sentence(
    "SimilarApprovedBefore", "Approved for {stage} on {day}, until {until}; a new revision is with the offices."
)
_DECLINED_ON = Sentence("SimilarDeclinedOn", "Declined on {day}.")
_DECLINED = Sentence("SimilarDeclined", "Declined.")
_NOT_DECIDED = Sentence("SimilarNotDecided", "Not decided.")
_IN_REVIEW = Sentence("SimilarInReview", "With the offices; nobody has given an opinion yet.")
_ONE_OFFICE = Sentence("SimilarOneOffice", "One office approves; the other has not spoken yet.")
_TERMS_DIFFER = Sentence("SimilarTermsDiffer", "Both offices approve, on different terms; not decided yet.")
_CHANGES = Sentence("SimilarChangesRequested", "Changes were requested; not decided yet.")
_SUSPENDED = Sentence("SimilarSuspended", "Suspended: it must not run until both offices lift it.")
_ACCEPTANCE = Sentence("SimilarAwaitsAcceptance", "Both offices decided; it holds once the owner accepts it.")
_STAGES = {"idea": _PREPARATION, "pilot": _PILOT, "scaled": _SCALED, "retired": _RETIREMENT}
_OPEN = {
    Phase.REVIEW.value: _IN_REVIEW,
    Phase.COUNTERSIGN.value: _ONE_OFFICE,
    Phase.TERMS_DIFFER.value: _TERMS_DIFFER,
    Phase.CHANGES_REQUESTED.value: _CHANGES,
    Phase.ACCEPTANCE.value: _ACCEPTANCE,
    Phase.SUSPENDED.value: _SUSPENDED,
}
