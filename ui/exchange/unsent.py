"""The acts that have not left, as lines to read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from intake.domain.acts.kinds import (
    ACCEPT,
    ACCESS,
    ACKNOWLEDGED,
    ANSWER,
    CHECKPOINT,
    COMMENT,
    CONFIRM,
    DISOWN,
    ENDORSE,
    ENROL,
    FIGURES,
    HAND_OVER,
    LIFT,
    NOTICE,
    OPINION,
    REPORT,
    RESOLVED,
    RETIRE,
    RETURN,
    REVISION,
    ROSTER,
    SEALED,
    SUSPEND,
    TAKE_OVER,
    TRAINING,
    WITHDRAW,
)
from ui.formatting import moment_words
from ui.texts import Texts

if TYPE_CHECKING:
    from intake.services.exchanging.delivery import UnsentAct


def unsent_lines(acts: Sequence[UnsentAct], count: int, *, most: int) -> str:
    """A line for each of the first ``most`` acts, and how many of the ``count`` there are more."""
    lines = [_line(act) for act in acts[:most]]
    if count > len(lines):
        lines.append(UnsentTexts.tr("and %Ln more acts", "", count - len(lines)))
    return "\n".join(lines)


def _line(act: UnsentAct) -> str:
    about = " ".join(part for part in (act.reference, act.title) if part)
    what = f"{_kind_words(act.kind)}, {about}" if about else _kind_words(act.kind)
    return UnsentTexts.tr("{what} – signed {when}").format(what=what, when=moment_words(act.at))


def _kind_words(kind: str) -> str:
    return {
        REVISION.name: UnsentTexts.tr("Use case filed"),
        OPINION.name: UnsentTexts.tr("Opinion of an office"),
        COMMENT.name: UnsentTexts.tr("Comment"),
        RESOLVED.name: UnsentTexts.tr("Resolved remark"),
        SEALED.name: UnsentTexts.tr("Sealed record"),
        RETIRE.name: UnsentTexts.tr("Retirement"),
        ACKNOWLEDGED.name: UnsentTexts.tr("Acknowledgement of a retirement"),
        NOTICE.name: UnsentTexts.tr("Signed notice"),
        ACCESS.name: UnsentTexts.tr("Access given"),
        HAND_OVER.name: UnsentTexts.tr("Hand-over"),
        TAKE_OVER.name: UnsentTexts.tr("Take-over"),
        DISOWN.name: UnsentTexts.tr("Disowned suspension"),
        SUSPEND.name: UnsentTexts.tr("Suspension"),
        ACCEPT.name: UnsentTexts.tr("Acceptance"),
        ANSWER.name: UnsentTexts.tr("Answer to a decision"),
        LIFT.name: UnsentTexts.tr("Lift of a suspension"),
        REPORT.name: UnsentTexts.tr("Report on a commitment"),
        CONFIRM.name: UnsentTexts.tr("Confirmation of a report"),
        RETURN.name: UnsentTexts.tr("Report sent back"),
        FIGURES.name: UnsentTexts.tr("Report of users and cost"),
        WITHDRAW.name: UnsentTexts.tr("Withdrawal"),
        ROSTER.name: UnsentTexts.tr("Version of the roster"),
        ENDORSE.name: UnsentTexts.tr("Endorsement of a roster"),
        ENROL.name: UnsentTexts.tr("Enrolment"),
        CHECKPOINT.name: UnsentTexts.tr("Checkpoint"),
        TRAINING.name: UnsentTexts.tr("Training record"),
    }.get(kind, kind)


class UnsentTexts(Texts):
    pass
