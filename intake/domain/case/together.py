"""Which use cases an office may sign in one sheet: those it has opened, and on which its signature agrees and adds nothing.

Only those who looked at a use case know what is signed, and in a sheet of several nobody reads every page again. So it is for
matching terms alone: the other office has signed one set of terms on the newest revision, this office has seen these very terms on
this very revision, holds no others and has none half written, and the tier is one of the two lower.
"""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Sentence
from intake.domain.case.fold import CaseState
from intake.domain.case.phases import Phase
from intake.domain.case.positions import held_by
from intake.domain.case.turns import turn_of
from intake.domain.terms.terms import Terms
from intake.domain.terms.tier import Tier

HIGHEST_TOGETHER = Tier.LIMITED
"""Use cases of a higher tier are signed alone."""

_NOT_YOURS = Sentence("TogetherNotYourTurn", "Nothing is asked of the {office} here. {turn}")
_NOBODY = Sentence("TogetherNobodysTurn", "It is nobody’s turn.")
_RECORD_FIRST = Sentence(
    "TogetherRecordFirst",
    "It is decided, and its record lacks your signature: add that to the record, on the page of the use case.",
)
_TIER_ALONE = Sentence("TogetherTierAlone", "A use case of this tier is signed alone, with its pages: {tier}.")
_OTHER_SILENT = Sentence("TogetherOtherSilent", "The {office} approves no terms on this revision now.")
_OTHER_TWO = Sentence("TogetherOtherTwo", "The {office} has signed more than one set of terms on this revision.")
_OTHER_NEWER = Sentence("TogetherOtherNewer", "The {office} has signed terms that only a newer version can read.")
_DIFFER = Sentence("TogetherTermsDiffer", "The terms differ: the {mine} has signed others than the {office}.")
_MORE_TO_IT = Sentence(
    "TogetherMoreToIt", "There is more to settle here than one signature: see the history of the use case."
)
_NOT_OPENED = Sentence("TogetherNotOpened", "You have not opened it here.")
_REVISED = Sentence("TogetherRevisedSince", "A new revision was filed since you opened it.")
_TERMS_SINCE = Sentence("TogetherTermsSince", "The {office} has signed other terms since you opened it.")
_REMARK_SINCE = Sentence("TogetherRemarkSince", "A remark came since you opened it, and it is open.")
_UNSIGNED = Sentence(
    "TogetherUnsigned",
    "You have {count} changes of its terms that are not signed.",
    one="You have {count} change of its terms that is not signed.",
)


@dataclass(frozen=True, slots=True)
class CaseLook:
    """What somebody of an office saw when they opened a use case: the newest revision, and the digest of the terms that the other
    office had signed on it, empty where there were none or more than one set. ``remarks`` are the open ones of others with
    their answers, in id order.
    """

    revision: str
    terms: str
    remarks: tuple[str, ...]


def look_of(state: CaseState, office: Office, person: str) -> CaseLook:
    """What there is to see for this person of the office now."""
    found = terms_to_match(state, office)
    open_acts = {name for thread in state.threads if thread.open for name in thread.acts}
    theirs = (event.act.id for event in state.events if event.act.id in open_acts and event.act.person != person)
    return CaseLook(
        state.current.id if state.current else "",
        found.digest if isinstance(found, Terms) else "",
        tuple(sorted(theirs)),
    )


def terms_to_match(state: CaseState, office: Office) -> Terms | Reason:
    """The one set of terms that the other office has signed on the newest revision, or why there is none."""
    other = office.other
    held = held_by(state, other)
    if not held or len(held) < len(state.positions[other]):
        return _OTHER_SILENT(office=other.label)
    if len({item.digest for item in held}) > 1:
        return _OTHER_TWO(office=other.label)
    return held[0].terms or _OTHER_NEWER(office=other.label)


def against_together(
    state: CaseState, office: Office, person: str, look: CaseLook | None, changes: int, tier: Tier, tier_label: str
) -> Reason | None:
    """Why this person of the office does not sign this use case in a sheet of several; None when nothing here prevents it.

    ``changes`` are how many changes of its terms they made and have not signed, ``look`` what they saw last.
    """
    if office.value not in state.turn:
        return _NOT_YOURS(office=office.label, turn=turn_of(state.turn) or _NOBODY())
    if state.phase is Phase.DECIDED:
        return _RECORD_FIRST()
    if tier.rank > HIGHEST_TOGETHER.rank:
        return _TIER_ALONE(tier=tier_label)
    theirs = terms_to_match(state, office)
    if isinstance(theirs, Reason):
        return theirs
    if any(_parts(state.opinion(name), theirs) for name in state.positions[office]):
        return _DIFFER(mine=office.label, office=office.other.label)
    if state.phase is not Phase.COUNTERSIGN:
        return _MORE_TO_IT()
    if changes:
        return _UNSIGNED(count=changes)
    return come_since_look(look, look_of(state, office, person), office) if look else _NOT_OPENED()


def _parts(mine: OpinionBody, theirs: Terms) -> bool:
    return mine.position is not Position.APPROVE or mine.terms_digest != theirs.digest


def come_since_look(look: CaseLook, now: CaseLook, office: Office) -> Reason | None:
    """What came to a use case since somebody of the office saw it; None for nothing that counts here."""
    if look.revision != now.revision:
        return _REVISED()
    if look.terms != now.terms:
        return _TERMS_SINCE(office=office.other.label)
    return _REMARK_SINCE() if set(now.remarks) - set(look.remarks) else None
