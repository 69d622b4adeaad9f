"""What somebody did in a use case, in a few words: for the news of a draft, and for the timeline of the use case."""

from __future__ import annotations

from collections.abc import Mapping

from intake.domain.acts.kinds.comment import CommentBody
from intake.domain.acts.kinds.lift import LiftBody
from intake.domain.acts.kinds.opinion import OpinionBody
from intake.domain.acts.kinds.resolved import ResolvedBody
from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.acts.kinds.sealed import SealedBody
from intake.domain.acts.kinds.suspend import SuspendBody
from intake.domain.acts.kinds.withdraw import WithdrawBody
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Caption, worded
from intake.domain.case.event import Event
from intake.domain.case.verbs import OpinionVerb

_FILED = Caption("NewsFiled", "{name} filed revision {number}")
_WITHDREW = Caption("NewsWithdrew", "{name} withdrew the use case")
_SEALED = Caption("NewsSealed", "{name} sealed the record")
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
_SUSPENDED = Caption("NewsSuspended", "{name} ({office}) suspended the use case")
_LIFTED = Caption("NewsLifted", "{name} ({office}) lifted what suspends the use case")
_COMMENTED = Caption("NewsCommented", "{name} commented")
_ANSWERED = Caption("NewsAnswered", "{name} answered a remark")
_RESOLVED = Caption("NewsResolved", "{name} called remarks resolved")


def did(event: Event, name: str, numbers: Mapping[str, int], verbs: Mapping[str, OpinionVerb]) -> Reason:
    """What an act did, in a few words: by somebody of this ``name``; revisions by number, opinions by what they are called."""
    match event.body:
        case RevisionBody():
            return _FILED(name=name, number=numbers.get(event.act.id, "?"))
        case WithdrawBody():
            return _WITHDREW(name=name)
        case OpinionBody() as body:
            known = body.revision in numbers
            revision = _REVISION(number=numbers[body.revision]) if known else _ANOTHER_REVISION()
            return _SPOKE[verbs[event.act.id]](name=name, office=body.office.label, revision=revision)
        case SealedBody():
            return _SEALED(name=name)
        case SuspendBody() as body:
            return _SUSPENDED(name=name, office=body.office.label)
        case LiftBody() as body:
            return _LIFTED(name=name, office=body.office.label)
        case CommentBody() as body:
            return _ANSWERED(name=name) if body.answers else _COMMENTED(name=name)
        case ResolvedBody():
            return _RESOLVED(name=name)
        case _:
            return _SIGNED(name=name, kind=event.act.kind)
