"""To whom a use case goes, and what was due of those who had it before (note 0062)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile

from intake.domain.case.decision import Decision
from intake.domain.case.graph import Graph
from intake.domain.case.handing import HandOver, present
from intake.domain.case.judge import Judge
from intake.domain.organisation.history import RosterHistory


@dataclass(frozen=True, slots=True)
class Passed:
    """``hand_overs`` wait to be taken over. ``ownerless`` tells that nobody present answers for the case. ``heirs`` maps those who
    had it when the terms in force were agreed on to who has it now. ``claimants`` are those who have it: several, where it was
    given to them apart from each other, and then it is nobody's. ``since`` is the day from which it is nobody's, None while it is
    somebody's.
    """

    hand_overs: tuple[HandOver, ...] = ()
    ownerless: bool = False
    heirs: Mapping[str, str] = field(default_factory=dict)
    claimants: tuple[str, ...] = ()
    since: date | None = None

    def to(self, person: str) -> HandOver | None:
        """What this person may take over now."""
        return next((item for item in self.hand_overs if item.ready and item.successor == person), None)

    @property
    def successors(self) -> tuple[str, ...]:
        """Those whose turn it is to take the case over."""
        return tuple(dict.fromkeys(item.successor for item in self.hand_overs if item.ready))


def passed(graph: Graph, judge: Judge, rosters: RosterHistory, current: str, in_force: Decision | None) -> Passed:
    """``current`` is the newest revision, empty for none."""
    owner = judge.accountable(current) if judge.holder is None else judge.holder
    there = all(present(listed.roster, owner) for listed in rosters.in_force)
    heirs = inherited(graph, judge, in_force.opinions) if in_force and in_force.terms else {}
    claimants = tuple(sorted({item.person for item in judge.claims.heads(graph.all)} - {""}))
    ownerless = bool(current) and not there
    since = _nobodys_since(graph, judge, rosters, owner) if ownerless else None
    return Passed(judge.hand_overs, ownerless, heirs, claimants, since)


def _nobodys_since(graph: Graph, judge: Judge, rosters: RosterHistory, owner: str) -> date:
    """The day of the act that left the case with nobody: the last of the claims beside each other, or the roster by which its owner
    was there no longer.
    """
    claimed = max((graph.acts[item.act].at.date() for item in judge.claims.heads(graph.all)), default=date.min)
    if not owner:
        return claimed
    gone = takewhile(lambda listed: not present(listed.roster, owner), reversed(list(rosters.chain.values())))
    return max(claimed, min((item.signed for item in gone), default=date.min))


def inherited(graph: Graph, judge: Judge, opinions: tuple[str, ...]) -> Mapping[str, str]:
    """To whom goes what two opinions that agree asked of those who had the case before: by former owner, who has it now."""
    if not judge.holder:
        return {}
    cio, ciso = (graph.past(name) for name in opinions)
    # Whom the offices asked although they knew that the case was somebody else's by then is still asked.
    return dict.fromkeys(judge.claims.former(graph.all) - judge.claims.former(cio & ciso), judge.holder)
