"""Whether what a record says is so today, by the acts of its case that are at hand, and how fresh that picture is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from intake.domain.acts.checkpoint import Heads, floors, read_heads
from intake.domain.acts.envelope import Act
from intake.domain.base.refusals import Refusal
from intake.domain.case.fold import CaseState
from intake.domain.case.judge import WITH_A_SAY
from intake.domain.case.record_standing import record_standing
from intake.domain.case.standing_said import (
    NOTHING_AT_HAND,
    NOTHING_KNOWN,
    NOTICE_ALONE,
    SIGNATURES_FAIL,
    KnownBy,
    KnownOn,
    StandsToday,
    not_known,
    stands_today,
)
from intake.domain.organisation.rights import Strength
from intake.domain.organisation.roster import Role
from intake.records.proof.verdict import Indication, RecordVerdict
from intake.services.installation.act_files import listing_of

if TYPE_CHECKING:
    from intake.services.proving.anchors import Anchor


def with_standing(
    verdict: RecordVerdict, state: CaseState | None, base: str, anchor: Anchor, *, notice: bool = False
) -> RecordVerdict:
    """The verdict with its second answer. What to do next follows from both: of signatures that hold, from what stands. ``notice`` is
    whether the file calls itself one.
    """
    found = _found(verdict, state, base, anchor, notice=notice)
    step = found.step if verdict.passed and found.known is not None else verdict.step
    return replace(verdict, stands=found, step=step)


def _found(verdict: RecordVerdict, state: CaseState | None, base: str, anchor: Anchor, *, notice: bool) -> StandsToday:
    if verdict.indication is Indication.FAILED:
        return not_known(SIGNATURES_FAIL())
    if state is None or not anchor.org:
        return not_known(NOTICE_ALONE() if notice else NOTHING_AT_HAND())
    return standing_of(state, verdict.sha256, anchor, base)


def standing_of(state: CaseState, sha256: str, anchor: Anchor, base: str = "") -> StandsToday:
    """What became of the record with this SHA-256, by ``state``."""
    day = anchor.today()
    found = record_standing(state, sha256, day, base)
    return stands_today(found, known_on(state, anchor), day, anchor.rosters.name)


def known_on(state: CaseState, anchor: Anchor) -> KnownOn:
    """The newest checkpoint by the records team that lists only acts of this case which are here, with what comes before them;
    else the newest act of the case.

    A checkpoint whose list is not here says nothing. One whose list names what is missing here is remembered: what it names may
    end what seems to be in force.
    """
    here = floors(event.act for event in state.events)
    newest = max((event.act.at.date() for event in state.events if event.judgement.force in WITH_A_SAY), default=None)
    absent = None
    for act, heads in checkpoints_that_count(anchor):
        if heads.all_here(state.case, here):
            day = act.at.date()
            later = newest if newest is not None and newest > day else None
            return KnownOn(KnownBy.CHECKPOINT, day, later, absent)
        absent = absent or act.at.date()
    return KnownOn(KnownBy.ACT, newest, absent=absent) if newest else NOTHING_KNOWN


def checkpoints_that_count(anchor: Anchor) -> Iterator[tuple[Act, Heads]]:
    """Those that count and whose list is here, the newest first; no list is read before it is asked for."""
    for act in sorted(anchor.checkpoints(), key=lambda item: (item.at, item.id), reverse=True):
        # A key that was ended vouches for nothing new, and nobody can tell from outside of cases when it signed.
        right = anchor.rosters.right(act, frozenset({Role.RECORDS}), lambda _: False)
        heads = _listing(act, anchor) if right.strength is Strength.FULL else None
        if heads is not None:
            yield act, heads


def _listing(act: Act, anchor: Anchor) -> Heads | None:
    try:
        return next((read_heads(data) for name in listing_of(act) if (data := anchor.listing(name))), None)
    except Refusal:
        return None
