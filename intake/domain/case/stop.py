"""What both offices had approved and what does not hold any more: why, since when, and who has to act.

“No approval is in force” is said only of a case in which nothing ever was: those who run something have to be told to stop it, in
so many words, wherever the case is shown. Nothing here knows whether it runs; what was granted may.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.base.reasons import Fact, Reason
from intake.domain.base.wording import Sentence, Wording, listed, on_day
from intake.domain.case.event import Event
from intake.domain.case.fates import HELD_BACK, Fate, Pair
from intake.domain.case.fold import CaseState
from intake.domain.case.judge import ROSTER_EXPIRED, Force
from intake.domain.case.phases import Outcome, Phase
from intake.domain.organisation.rights import TAKEN_AWAY
from intake.domain.terms.stages import runs

_SUSPENDED = Wording("StopSuspended", "the {office} suspended it on {day}")
_WITHDRAWN = Wording("StopWithdrawn", "the use case was withdrawn on {day}")
_RETIRED = Wording("StopRetired", "the use was retired on {day}")
_EXPIRED = Wording("StopExpired", "the approval ended on {day}")
_UNSETTLED = Wording("StopUnsettled", "both offices had signed the same terms, and {reason}")
_UNACCEPTED = Wording("StopUnaccepted", "the owner has not accepted what both offices decided since")
_LOST = Wording("StopLost", "what the {office} signed no longer counts, as {reason}")
_STOP = Sentence("StopItNow", "Stop it now: {why}.")
_THEY_STOP = Sentence("TheyStopIt", "{owner} has to stop it: {why}.")
_MUST_NOT = Sentence("MustNotRun", "It must not run: {why}.")
_DOES_NOT_HOLD = Sentence("ApprovalDoesNotHold", "The approval does not hold: {why}.")


class StopWhy(StrEnum):
    SUSPENDED = "suspended"
    """An office has suspended it, and both have not lifted that."""
    WITHDRAWN = "withdrawn"
    RETIRED = "retired"
    EXPIRED = "expired"
    UNSETTLED = "unsettled"
    """Both signed the same terms, and something has to be settled before they hold."""
    UNACCEPTED = "unaccepted"
    """What was in force does not go on beside a decision that the owner has not accepted."""
    LOST = "lost"
    """An approval of the two lost its favour: its key was cut off, say, or its stream forked."""


@dataclass(frozen=True, slots=True)
class Stop:
    """``said`` is why, as a clause, and ``sentence`` the whole of it. ``since`` is the day of what ended it; None where no single act did.

    ``running`` is whether something may run that has to be stopped: an idea is prepared and does not run, and who retires a use says by
    that very act what has become of it.
    """

    why: StopWhy
    said: Reason
    since: date | None
    running: bool

    @property
    def sentence(self) -> Reason:
        if not self.running:
            return _DOES_NOT_HOLD(why=self.said)
        # Nobody can tell whether what is not settled was ever seen in force.
        return self.must_not if self.why is StopWhy.UNSETTLED else _STOP(why=self.said)

    @property
    def must_not(self) -> Reason:
        """The same below words that say to stop it already."""
        return _MUST_NOT(why=self.said)


class WithTerms(Protocol):
    """What is asked of a row of the register list: ``stop`` says that what ran must stop, ``stage`` is granted until ``expires``."""

    @property
    def phase(self) -> str: ...
    @property
    def stop(self) -> Reason | None: ...
    @property
    def stage(self) -> str: ...
    @property
    def expires(self) -> date | None: ...


def stopped(state: CaseState, day: date) -> Stop | None:
    """Why what was approved must not run on ``day``; None where it may, and where nothing ever was approved."""
    terms = state.in_force.terms if state.in_force and state.in_force.outcome is Outcome.APPROVED else None
    if terms is not None:
        if not terms.expired(day):
            return None
        running = runs(terms.stage)
        if state.phase is Phase.ACCEPTANCE:
            return Stop(StopWhy.UNACCEPTED, _UNACCEPTED(), terms.expires, running)
        return Stop(StopWhy.EXPIRED, _EXPIRED(day=on_day(terms.expires)), terms.expires, running)
    return stopped_by_acts(state)


def stopped_by_acts(state: CaseState) -> Stop | None:
    """The same as far as acts tell: what expires is known by the day."""
    if state.in_force is not None:
        return None
    if state.acceptance is not None and state.acceptance.before is not None:
        return Stop(StopWhy.UNACCEPTED, _UNACCEPTED(), state.acceptance.since, runs(state.acceptance.before.stage))
    pairs = [pair for pair in reversed(state.pairs) if pair.fate in HELD_BACK]
    if pairs:
        # The pairs are in the order of the revisions: of the last one, what was in force before anything that never was.
        first = next((pair for pair in pairs if pair.fate is Fate.SUSPENDED), pairs[0])
        return _closed(state, first) if state.closing.acts else _stop_of(state, first)
    return _lost(state)


def row_stop(row: WithTerms, today: date, owner: str = "") -> Reason | None:
    """The sentence that what runs must stop, for a line of a list; None where nothing does or may run.

    It is said to the owner, or, where their name is given, to somebody else.
    """
    if row.stop is not None:
        said = row.stop
    elif row.expires is not None and row.expires < today and runs(row.stage):
        said = _STOP(why=_UNACCEPTED() if row.phase == Phase.ACCEPTANCE else _EXPIRED(day=on_day(row.expires)))
    else:
        return None
    why = dict(said.facts).get("why", "")
    return _THEY_STOP(owner=owner, why=why) if owner and said.code == _STOP.code else said


def _stop_of(state: CaseState, pair: Pair) -> Stop:
    running = _ran(state, pair)
    against = [state.event(name) for name in pair.against]
    if pair.fate is Fate.SUSPENDED and against:
        said = listed([_SUSPENDED(office=office, day=on_day(day)) for office, day in _suspending(state)])
        assert isinstance(said, Reason)
        return Stop(StopWhy.SUSPENDED, said, max(event.act.at.date() for event in against), running)
    since = max((event.act.at.date() for event in against), default=None)
    reason: Fact = pair.reason or ""
    return Stop(StopWhy.UNSETTLED, _UNSETTLED(reason=reason), since, running)


def _closed(state: CaseState, pair: Pair) -> Stop:
    retired = state.closing.retirement
    day = max(state.event(name).act.at.date() for name in ([retired] if retired else state.closing.acts))
    said = _RETIRED(day=on_day(day)) if retired else _WITHDRAWN(day=on_day(day))
    return Stop(StopWhy.RETIRED, said, day, False) if retired else Stop(StopWhy.WITHDRAWN, said, day, _ran(state, pair))


def _suspending(state: CaseState) -> Iterator[tuple[str, date]]:
    """Each office that suspends the case, with the day on which it last did."""
    for office in Office:
        days = [
            state.event(item.act).act.at.date() for item in state.suspensions if item.open and item.office is office
        ]
        if days:
            yield office.label, max(days)


def _lost(state: CaseState) -> Stop | None:
    """Two approvals of the same terms that would be a decision, had one of them not lost its favour."""
    if state.closing.acts:
        return None
    approvals = [
        (event, event.body)
        for event in state.events
        if isinstance(event.body, OpinionBody)
        and event.body.position is Position.APPROVE
        and (event.judgement.force is Force.COUNTS or _has_lost(event))
    ]
    # By what they approve and by whom: one office may have approved thousands of terms, and nothing is in force meanwhile.
    theirs: dict[tuple[str, str, str], dict[str, tuple[Event, OpinionBody]]] = defaultdict(dict)
    lost: dict[tuple[str, str, str], dict[str, tuple[Event, OpinionBody]]] = defaultdict(dict)
    mine = [(_approved(body), event, body) for event, body in reversed(approvals)]
    for key, event, body in mine:
        if body.office is Office.CISO:
            theirs[key].setdefault(event.act.person, (event, body))
            if _has_lost(event):
                lost[key].setdefault(event.act.person, (event, body))
    for key, event, body in mine:
        if body.office is Office.CIO:
            own = _has_lost(event)
            beside = (theirs if own else lost).get(key, {})
            other = next((item for person, item in beside.items() if person != event.act.person), None)
            if other is not None:
                gone, said = (event, body) if own else other
                reason: Fact = gone.judgement.reason or ""
                return Stop(StopWhy.LOST, _LOST(office=said.office.label, reason=reason), None, _granted(body))
    return None


def _approved(body: OpinionBody) -> tuple[str, str, str]:
    return body.revision, body.terms_digest, body.assessment


def _has_lost(event: Event) -> bool:
    """Whether an approval had favour when it was given, as far as its author could tell, and has none now."""
    force, reason = event.judgement.force, event.judgement.reason
    if force is Force.SPENT:
        return reason != ROSTER_EXPIRED()
    return force is Force.IGNORED and reason is not None and reason.code in TAKEN_AWAY


def _ran(state: CaseState, pair: Pair) -> bool:
    return _granted(state.opinion(pair.cio))


def _granted(body: OpinionBody) -> bool:
    # What only a newer version can read may have granted anything.
    return body.terms is None or runs(body.terms.stage)
