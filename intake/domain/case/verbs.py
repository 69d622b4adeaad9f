"""What giving an opinion is called: the same on the button, on the signing sheet, in the history and in the result.

While no office has signed terms on a revision there is nothing to counter: an office that signs what is proposed for it approves
these terms, and one that changed something approves with its own. Once terms are signed, signing the same approves these terms,
and anything else proposes other terms. The word decides nothing: what becomes of an opinion follows from the terms alone (rule R6).
"""

from __future__ import annotations

from enum import StrEnum

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Caption, worded, words
from intake.domain.case.answered import Held
from intake.domain.case.fold import CaseState
from intake.domain.case.positions import held_by


class OpinionVerb(StrEnum):
    APPROVE = "approve"
    APPROVE_MINE = "approve-mine"
    PROPOSE = "propose"
    CHANGES = "changes"
    DECLINE = "decline"

    @property
    def named(self) -> Reason:
        return _NAMES[self]()

    @property
    def label(self) -> str:
        """What it is called, as somebody says who does it."""
        return words(self.named)


_NAMES = worded(
    Caption,
    {
        OpinionVerb.APPROVE: ("VerbApprove", "Approve these terms"),
        OpinionVerb.APPROVE_MINE: ("VerbApproveMine", "Approve with my terms"),
        OpinionVerb.PROPOSE: ("VerbPropose", "Propose other terms"),
        OpinionVerb.CHANGES: ("VerbRequestChanges", "Request changes"),
        OpinionVerb.DECLINE: ("VerbDecline", "Decline"),
    },
)


def verb(position: Position, office: Office, terms: str, held: Held, proposed: str) -> OpinionVerb:
    """What it is called that ``office`` takes this position, on ``terms`` (their digest) when it approves.

    ``held`` are the terms that offices hold already, ``proposed`` is the digest of what was proposed for the revision. The terms
    of the other office are those that are answered, and those of ``office`` only while the other holds none.
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
    return tuple((office, held.digest) for office in Office for held in held_by(state, office))
