"""What giving an opinion is called: the same on the button, on the signing sheet, in the history and in the result.

While no office has signed terms on a revision there is nothing to counter: whoever signs what is proposed for it approves these
terms, and whoever changed something approves with their own. Once terms are signed, signing the same approves these terms, and
anything else proposes other terms. The word decides nothing: what becomes of an opinion follows from the terms alone (rule R6).
"""

from __future__ import annotations

from enum import StrEnum

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Caption, words
from intake.domain.case.answered import Held
from intake.domain.case.fold import CaseState


class OpinionVerb(StrEnum):
    APPROVE = "approve"
    APPROVE_MINE = "approve-mine"
    PROPOSE = "propose"
    CHANGES = "changes"
    DECLINE = "decline"

    @property
    def named(self) -> Reason:
        return _NAMES[self.value]()

    @property
    def label(self) -> str:
        """What it is called, as somebody says who does it."""
        return words(self.named)


_APPROVE = Caption("VerbApprove", "Approve these terms")
_APPROVE_MINE = Caption("VerbApproveMine", "Approve with my terms")
_PROPOSE = Caption("VerbPropose", "Propose other terms")
_CHANGES = Caption("VerbRequestChanges", "Request changes")
_DECLINE = Caption("VerbDecline", "Decline")
_NAMES = {
    "approve": _APPROVE,
    "approve-mine": _APPROVE_MINE,
    "propose": _PROPOSE,
    "changes": _CHANGES,
    "decline": _DECLINE,
}


def verb(position: Position, office: Office, terms: str, held: Held, proposed: str) -> OpinionVerb:
    """What it is called that ``office`` takes this position, on ``terms`` (their digest) when it approves.

    ``held`` are the terms that offices hold already, ``proposed`` is the digest of what was proposed for the revision. The terms
    of the other office are those that are answered, and one's own only while the other holds none.
    """
    if position is Position.CHANGES:
        return OpinionVerb.CHANGES
    if position is Position.DECLINE:
        return OpinionVerb.DECLINE
    theirs = [digest for one, digest in held if one is not office]
    signed = theirs or [digest for _, digest in held]
    if terms in (signed or [proposed]):
        return OpinionVerb.APPROVE
    return OpinionVerb.PROPOSE if signed else OpinionVerb.APPROVE_MINE


def held_now(state: CaseState) -> Held:
    """The terms that offices hold on the newest revision."""
    opinions = ((office, state.opinion(name).terms_digest) for office in Office for name in state.positions[office])
    return tuple((office, digest) for office, digest in opinions if digest)
