"""Among which records a case is found: a record that was signed stays one, whatever became of what it decided."""

from __future__ import annotations

from intake.domain.acts.kinds.opinion import OpinionBody
from intake.domain.acts.kinds.withdraw import WithdrawBody
from intake.domain.case.fates import Fate
from intake.domain.case.fold import CaseState
from intake.domain.case.judge import WITH_A_SAY
from intake.domain.case.phases import Phase, RecordGroup

_ENDS = {
    Phase.DECIDED: RecordGroup.DECIDED,
    Phase.ACCEPTANCE: RecordGroup.DECIDED,
    Phase.DECLINED: RecordGroup.DECLINED,
    Phase.WITHDRAWN: RecordGroup.WITHDRAWN,
    Phase.RETIRED: RecordGroup.RETIRED,
}


def record_group(state: CaseState) -> RecordGroup:
    """The group of the record that the case has at hand; NONE where nobody has signed one."""
    if state.phase in _ENDS:
        return _ENDS[state.phase]
    if state.in_force:
        return RecordGroup.DECIDED
    if state.seals or any(pair.fate in (Fate.SUSPENDED, Fate.SUPERSEDED) for pair in state.pairs):
        return RecordGroup.ENDED
    if state.phase is Phase.COUNTERSIGN:
        return RecordGroup.COUNTERSIGN
    signed = any(
        isinstance(event.body, OpinionBody | WithdrawBody) and event.body.record and event.judgement.force in WITH_A_SAY
        for event in state.events
    )
    return RecordGroup.UNDECIDED if signed else RecordGroup.NONE
