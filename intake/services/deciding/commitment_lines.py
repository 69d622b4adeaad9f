"""The commitments of a use case as lists show them: those that press first, each with what was said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from intake.domain.acts.envelope import Attachment
from intake.domain.acts.kinds.report import ReportBody
from intake.domain.acts.kinds.send_back import ReturnBody
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Caption, on_day, worded
from intake.domain.case.allowed import allowed
from intake.domain.case.answering import against_confirming, against_report, against_return
from intake.domain.case.carrying import CommitmentProgress, Tracked
from intake.domain.case.commitment import Commitment, CommitmentSource
from intake.domain.case.fold import CaseState
from intake.domain.case.status import status
from intake.domain.playbook.judged import ControlStage
from intake.services.installation.installation import Installation

PROGRESS: Mapping[CommitmentProgress, Caption] = worded(
    Caption,
    {
        CommitmentProgress.OVERDUE: ("CommitmentOverdue", "overdue"),
        CommitmentProgress.REPORTED: ("CommitmentReported", "reported"),
        CommitmentProgress.OPEN: ("CommitmentOpen", "open"),
        CommitmentProgress.CONFIRMED: ("CommitmentConfirmed", "confirmed"),
        CommitmentProgress.WAIVED: ("CommitmentWaived", "given up by both"),
    },
)
"""What became of a commitment, in the order in which they press."""

SOURCES: Mapping[CommitmentSource, Caption] = worded(
    Caption,
    {
        CommitmentSource.CONDITION: ("CommitmentIsCondition", "condition"),
        CommitmentSource.CONTROL: ("CommitmentIsControl", "control"),
        CommitmentSource.DUTY: ("CommitmentIsDuty", "duty"),
    },
)
_STAGES: Mapping[ControlStage, Caption] = worded(
    Caption,
    {
        ControlStage.BEFORE_PILOT: ("DueBeforePilot", "before the pilot"),
        ControlStage.BEFORE_SCALE_UP: ("DueBeforeScaling", "before scaled use"),
        ControlStage.IN_OPERATION: ("DueInOperation", "as long as it is used"),
        ControlStage.AT_RETIREMENT: ("DueAtRetirement", "when its use ends"),
    },
)
_NO_DAY = Caption("DueAtNoDay", "no day")


@dataclass(frozen=True, slots=True)
class SaidOfCommitment:
    """A report, or the reason for which it was sent back: who, when, and in which words. ``act`` is its id."""

    act: str
    name: str
    day: date
    text: str
    files: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class CommitmentLine:
    """``reports`` are those that wait for an office, ``returned`` is why the last one was sent back. ``may_report``,
    ``may_confirm`` and ``may_return`` are what who looks may do.
    """

    tracked: Tracked
    owner: str
    reports: tuple[SaidOfCommitment, ...]
    returned: SaidOfCommitment | None
    may_report: bool
    may_confirm: bool
    may_return: bool

    @property
    def asked(self) -> Commitment:
        return self.tracked.commitment

    @property
    def progress(self) -> CommitmentProgress:
        return self.tracked.progress

    @property
    def due(self) -> Reason:
        """Its day, or the step before or in which it is due."""
        return due_said(self.asked)


def due_said(item: Commitment) -> Reason:
    """The day of a commitment, or the step before or in which it is due."""
    if item.due is not None:
        return on_day(item.due)
    return _STAGES[item.stage]() if item.stage else _NO_DAY()


def settled(lines: tuple[CommitmentLine, ...]) -> int:
    """How many are confirmed or given up."""
    return sum(item.progress.settled for item in lines)


def lines_of(installation: Installation, state: CaseState, person: str) -> tuple[CommitmentLine, ...]:
    """Every commitment of a case as ``person`` sees it: overdue, reported, open, and what is settled last."""
    rosters, may = installation.rosters, allowed(state, installation.rosters, person)
    found = [
        CommitmentLine(
            tracked=item,
            owner=rosters.name(item.commitment.owner),
            reports=tuple(_said(installation, state, name) for name in item.reports),
            returned=_said(installation, state, item.returned) if item.returned else None,
            may_report=against_report(state, rosters, person, item) is None,
            may_confirm=against_confirming(state, may, person, item) is None,
            may_return=against_return(may, item) is None,
        )
        for item in status(state, installation.clock().date()).commitments
    ]
    places = list(PROGRESS)
    return tuple(sorted(found, key=lambda item: (places.index(item.progress), item.asked.order)))


def _said(installation: Installation, state: CaseState, name: str) -> SaidOfCommitment:
    event = state.event(name)
    body = event.body
    assert isinstance(body, ReportBody | ReturnBody)
    files = body.attachments if isinstance(body, ReportBody) else ()
    text = body.text if isinstance(body, ReportBody) else body.reason
    return SaidOfCommitment(name, installation.rosters.name(event.act.person), event.act.at.date(), text, files)
