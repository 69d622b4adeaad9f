"""The kinds of acts this version knows, one module each.

A new kind is a module here and a place in ``KINDS``; outside the domain it needs words, and a record edition when it makes
paper. ``tests/domain/acts/test_new_kinds.py`` shows a note, and with ``later_kinds`` beside it a kind that objects.
"""

from intake.domain.acts.kinds.accept import ACCEPT
from intake.domain.acts.kinds.access import ACCESS
from intake.domain.acts.kinds.acknowledged import ACKNOWLEDGED
from intake.domain.acts.kinds.answer import ANSWER
from intake.domain.acts.kinds.checkpoint import CHECKPOINT
from intake.domain.acts.kinds.comment import COMMENT
from intake.domain.acts.kinds.confirm import CONFIRM
from intake.domain.acts.kinds.description import ActKind, Body, Effect, Office, Place, Signers, is_note
from intake.domain.acts.kinds.disown import DISOWN
from intake.domain.acts.kinds.endorse import ENDORSE
from intake.domain.acts.kinds.enrol import ENROL
from intake.domain.acts.kinds.figures import FIGURES
from intake.domain.acts.kinds.hand_over import HAND_OVER
from intake.domain.acts.kinds.known import ActKinds
from intake.domain.acts.kinds.lift import LIFT
from intake.domain.acts.kinds.notice import NOTICE
from intake.domain.acts.kinds.opinion import OPINION
from intake.domain.acts.kinds.report import REPORT
from intake.domain.acts.kinds.resolved import RESOLVED
from intake.domain.acts.kinds.retire import RETIRE
from intake.domain.acts.kinds.revision import REVISION
from intake.domain.acts.kinds.roster import ROSTER
from intake.domain.acts.kinds.sealed import SEALED
from intake.domain.acts.kinds.send_back import RETURN
from intake.domain.acts.kinds.suspend import SUSPEND
from intake.domain.acts.kinds.take_over import TAKE_OVER
from intake.domain.acts.kinds.training import TRAINING
from intake.domain.acts.kinds.withdraw import WITHDRAW

__all__ = [
    "ACCEPT",
    "ACCESS",
    "ACKNOWLEDGED",
    "ANSWER",
    "CHECKPOINT",
    "COMMENT",
    "CONFIRM",
    "DISOWN",
    "ENDORSE",
    "ENROL",
    "FIGURES",
    "HAND_OVER",
    "KINDS",
    "LIFT",
    "NOTICE",
    "OPINION",
    "REPORT",
    "RESOLVED",
    "RETIRE",
    "RETURN",
    "REVISION",
    "ROSTER",
    "SEALED",
    "SUSPEND",
    "TAKE_OVER",
    "TRAINING",
    "WITHDRAW",
    "ActKind",
    "ActKinds",
    "Body",
    "Effect",
    "Office",
    "Place",
    "Signers",
    "is_note",
]

KINDS = ActKinds(
    (
        ROSTER,
        ENDORSE,
        ENROL,
        CHECKPOINT,
        TRAINING,
        REVISION,
        OPINION,
        SUSPEND,
        LIFT,
        REPORT,
        CONFIRM,
        RETURN,
        FIGURES,
        ACCEPT,
        ANSWER,
        DISOWN,
        WITHDRAW,
        RETIRE,
        HAND_OVER,
        TAKE_OVER,
        SEALED,
        COMMENT,
        RESOLVED,
        ACKNOWLEDGED,
        ACCESS,
        NOTICE,
    )
)
