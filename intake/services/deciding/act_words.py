"""What somebody did in a use case, in a few words: for the news of a draft, and for the timeline of the use case."""

from __future__ import annotations

from collections.abc import Mapping

from intake.domain.acts.kinds import (
    ACCEPT,
    ACCESS,
    ACKNOWLEDGED,
    ANSWER,
    CONFIRM,
    DISOWN,
    FIGURES,
    HAND_OVER,
    KINDS,
    LIFT,
    NOTICE,
    REPORT,
    RESOLVED,
    RETIRE,
    RETURN,
    SEALED,
    SUSPEND,
    TAKE_OVER,
    WITHDRAW,
)
from intake.domain.acts.kinds.comment import CommentBody
from intake.domain.acts.kinds.opinion import OpinionBody
from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Caption, worded, words
from intake.domain.case.event import Event
from intake.domain.case.verbs import OpinionVerb

_FILED = Caption("NewsFiled", "{name} filed revision {number}")
_SIGNED = Caption("NewsSigned", "{name} signed something ({kind})")
_SPOKE = worded(
    Caption,
    {
        OpinionVerb.APPROVE: ("NewsApproved", "{name} ({office}) approved {revision}"),
        OpinionVerb.APPROVE_MINE: ("NewsApprovedWithOwn", "{name} ({office}) approved {revision} with their own terms"),
        OpinionVerb.PROPOSE: ("NewsProposed", "{name} ({office}) proposed other terms for {revision}"),
        OpinionVerb.CHANGES: ("NewsAskedForChanges", "{name} ({office}) requested changes to {revision}"),
        OpinionVerb.DECLINE: ("NewsDeclined", "{name} ({office}) declined {revision}"),
    },
)
_REVISION = Caption("NewsRevision", "revision {number}")
_ANOTHER_REVISION = Caption("NewsAnotherRevision", "another revision")
_COMMENTED = Caption("NewsCommented", "{name} commented")
_ANSWERED = Caption("NewsAnswered", "{name} answered a remark")
# The row of words of a kind: here, or below where it speaks for an office.
_BY_PERSON = worded(
    Caption,
    {
        WITHDRAW.name: ("NewsWithdrew", "{name} withdrew the use case"),
        SEALED.name: ("NewsSealed", "{name} sealed the record"),
        RESOLVED.name: ("NewsResolved", "{name} called remarks resolved"),
        ACCEPT.name: ("NewsAccepted", "{name} accepted what both offices decided"),
        ANSWER.name: ("NewsAnsweredDecision", "{name} answered a point of what both offices decided"),
        REPORT.name: ("NewsReported", "{name} reported that a commitment is met"),
        FIGURES.name: ("NewsFigures", "{name} reported users and cost"),
        RETIRE.name: ("NewsRetired", "{name} retired the use case"),
        HAND_OVER.name: ("NewsHandedOver", "{name} handed the use case over"),
        TAKE_OVER.name: ("NewsTookOver", "{name} took the use case over"),
        NOTICE.name: ("NewsNotice", "{name} signed a notice of it"),
        ACCESS.name: ("NewsAccess", "{name} gave others access to it"),
    },
)
_BY_OFFICE = worded(
    Caption,
    {
        SUSPEND.name: ("NewsSuspended", "{name} ({office}) suspended the use case"),
        LIFT.name: ("NewsLifted", "{name} ({office}) lifted what suspends the use case"),
        CONFIRM.name: ("NewsConfirmed", "{name} ({office}) confirmed that a commitment is met"),
        RETURN.name: ("NewsSentBack", "{name} ({office}) sent a report back"),
        DISOWN.name: ("NewsDisowned", "{name} ({office}) disowned what a stolen key suspended"),
        ACKNOWLEDGED.name: ("NewsAcknowledged", "{name} ({office}) acknowledged that it is retired"),
    },
)


def did(event: Event, name: str, numbers: Mapping[str, int], verbs: Mapping[str, OpinionVerb]) -> Reason:
    """What an act did, in a few words: by somebody of this ``name``; revisions by number, opinions by what they are called."""
    match event.body:
        case None:
            return _SIGNED(name=name, kind=event.act.kind)
        case RevisionBody():
            return _FILED(name=name, number=numbers.get(event.act.id, "?"))
        case OpinionBody() as body:
            known = body.revision in numbers
            revision = _REVISION(number=numbers[body.revision]) if known else _ANOTHER_REVISION()
            return _SPOKE[verbs[event.act.id]](name=name, office=body.office.label, revision=revision)
        case CommentBody() as body:
            return _ANSWERED(name=name) if body.answers else _COMMENTED(name=name)
    kind = event.act.kind
    office = event.kind.office(event.body) if event.kind else None
    if office and kind in _BY_OFFICE:
        return _BY_OFFICE[kind](name=name, office=office.label)
    return _BY_PERSON[kind](name=name) if kind in _BY_PERSON else _SIGNED(name=name, kind=kind)


def called(kind: str) -> str:
    """What people call an act of this kind, in words; its name where only a later version knows it."""
    known = KINDS.get(kind)
    return words(known.called) if known else kind
