"""What new terms owe to the commitments before them (rules R13 and R14): they contain what is open, or both give it up.

An approval for scaled use finds confirmed, in its past, what was due by then. What the law demands nobody gives up while the
playbook asks for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from intake.domain.base.reasons import Fact, Reason
from intake.domain.base.wording import Wording, enumerated
from intake.domain.case.commitment import Commitment
from intake.domain.terms.terms import Stage, Terms

_LEFT_OUT = Wording("TermsLeaveOut", "it leaves out what both had agreed on and nobody has confirmed: {commitments}")
_UNMET = Wording("GateUnmet", "it grants scaled use before this is confirmed: {commitments}")
_NOT_CONFIRMED = Wording("TermsCallConfirmed", "it calls confirmed what no office had confirmed: {commitments}")
_UNASKED = Wording("WaivesUnasked", "it waives what nobody had asked for: {commitments}")
_LAW = Wording("WaivesLaw", "it waives what the law demands: {commitments}")
_AND_MORE = Wording("CommitmentsAndMore", "{commitments}, and {count} more")

NAMED_AT_MOST = 3
"""So many commitments a reason names. There may be fifty, and they are listed where one asks for them; a reason stands below a
button.
"""


class CommitmentProgress(StrEnum):
    OPEN = "open"
    REPORTED = "reported"
    CONFIRMED = "confirmed"
    WAIVED = "waived"
    OVERDUE = "overdue"
    """Open past its day. Only ``status`` knows."""

    @property
    def settled(self) -> bool:
        return self in (CommitmentProgress.CONFIRMED, CommitmentProgress.WAIVED)


@dataclass(frozen=True, slots=True)
class Tracked:
    """A commitment and what became of it. ``acts`` are all acts about it that count, in the order of the case, ``reports`` the
    newest reports that wait for an office, ``returned`` the newest act that sent one back while nothing has come since.
    ``waiver`` is the reason by which both gave it up. ``held`` is whether terms that were accepted contain it: others bind nobody yet. ``current`` is whether the newest terms that both agreed on contain it,
    ``since`` the first revision (act id) on which they did.
    """

    commitment: Commitment
    progress: CommitmentProgress
    acts: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    returned: str = ""
    waiver: str = ""
    current: bool = True
    since: str = ""
    held: bool = True

    @property
    def open(self) -> bool:
        """Whether it is still to be met, or to be confirmed."""
        return not self.progress.settled

    @property
    def waits_for_report(self) -> bool:
        """Whether it is the turn of who has to meet it."""
        return self.current and self.progress in (CommitmentProgress.OPEN, CommitmentProgress.OVERDUE)

    def overdue(self, today: date) -> bool:
        """Whether its day is over and nobody has reported it."""
        due = self.commitment.due
        return self.waits_for_report and due is not None and due < today


def left_out(given: Terms, contained: Collection[str], before: Iterable[Tracked]) -> tuple[Commitment, ...]:
    """What was open before, and these terms neither contain (ids) nor waive."""
    waived = {item.commitment for item in given.waivers}
    return tuple(
        item.commitment
        for item in before
        if item.open and item.commitment.id not in contained and item.commitment.id not in waived
    )


def unmet(given: Terms, contained: Collection[str], before: Iterable[Tracked], begins: date) -> tuple[Commitment, ...]:
    """What scaled use lacks by these terms: due when it ``begins``, not confirmed before, and not waived by them. It begins on the
    first day of the terms, and not before they are signed.

    What was given up for an earlier step and is asked for again has to be given up again.
    """
    if given.stage is not Stage.SCALED:
        return ()
    waived = {item.commitment for item in given.waivers}
    return tuple(
        item.commitment
        for item in before
        if item.held
        and (item.open or (item.progress is CommitmentProgress.WAIVED and item.commitment.id in contained))
        and item.commitment.due_for_scaling(begins)
        and item.commitment.id not in waived
    )


def against_carrying(
    given: Terms, committed: Iterable[Commitment], before: Iterable[Tracked], begins: date
) -> Reason | None:
    """Why terms that commit to this cannot be approved after what was agreed ``before``; None when they can. ``begins`` is as in
    ``unmet``.
    """
    contained = {item.id: item for item in committed}
    known = tuple(before)
    waived = [item.commitment for item in given.waivers]
    if law := [contained[name] for name in waived if name in contained and contained[name].law]:
        return _LAW(commitments=_texts(law))
    met = {item.commitment.id for item in known if item.progress is CommitmentProgress.CONFIRMED}
    names = {item.commitment.id: item.commitment.text for item in known}
    if wrong := [names.get(name, name[:16]) for name in given.confirmed if name not in met]:
        return _NOT_CONFIRMED(commitments=enumerated(wrong))
    if missing := left_out(given, contained, known):
        return _LEFT_OUT(commitments=_texts(missing))
    if late := unmet(given, contained, known, begins):
        return _UNMET(commitments=_texts(late))
    return None


def against_giving_up(given: Terms, contained: Collection[str], before: Iterable[Tracked]) -> Reason | None:
    """Why terms cannot be approved that waive a commitment which neither they contain (ids) nor anybody had asked for ``before``.

    An id is the digest of words. Where nobody has them a record prints the id, and it would be printed otherwise, and fail, as soon as
    somebody signed those words.
    """
    known = {item.commitment.id for item in before}.union(contained)
    names = [item.commitment[:16] for item in given.waivers if item.commitment and item.commitment not in known]
    return _UNASKED(commitments=enumerated(names)) if names else None


def _texts(items: Sequence[Commitment]) -> Fact:
    # A sentence among others, as duties are, ends where they end.
    first = enumerated([item.text.removesuffix(".") for item in items[:NAMED_AT_MOST]])
    more = len(items) - NAMED_AT_MOST
    return _AND_MORE(commitments=first, count=more) if more > 0 else first
