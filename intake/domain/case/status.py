"""What time adds to a state: expiry, overdue conditions, acts signed late.

The fold has no clock, so that the same acts give the same state everywhere; this is the only place where a day counts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from intake.domain.acts.kinds.opinion import OpinionBody
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Wording
from intake.domain.case.carrying import CommitmentProgress, Tracked
from intake.domain.case.commitment import Commitment
from intake.domain.case.figures import figures_due, over_limits
from intake.domain.case.fold import CaseState
from intake.domain.case.judge import WITH_A_SAY
from intake.domain.case.phases import Outcome
from intake.domain.organisation.history import RosterHistory
from intake.domain.terms.doable import begins_far_off, begins_unasked
from intake.domain.terms.stages import runs
from intake.domain.terms.terms import Stage

_FAR_OFF = Wording("FirstDayFarOffSigned", "its terms hold from a day far from the one on which it was signed")
_UNASKED = Wording("FirstDayUnaskedSigned", "its terms hold from a day before what they answer was filed")
_AHEAD = Wording("LaterThanToday", "it claims a day that is still to come")
_EARLIER = Wording("EarlierThanNamed", "it claims an earlier time than an act it names")


@dataclass(frozen=True, slots=True)
class CaseStatus:
    """``may_run`` answers the one question a business owner has today; an approved idea is prepared and does not run.

    ``overdue`` are commitments that nobody has reported, past their day, also while the case is stopped, and ``commitments`` all,
    where the overdue say so. ``ended`` are pairs of an opinion (act id) and the last day of the role or key it rests on, once that
    day is past: it was given in time and counts, and its author gives no other in favour.
    ``over`` says where what runs is larger than what was granted, ``figures_due`` by when its owner reports users and cost.
    """

    stage: Stage
    may_run: bool
    expired: bool
    days_left: int | None
    overdue: tuple[Commitment, ...]
    odd: tuple[tuple[str, Reason], ...]
    ended: tuple[tuple[str, date], ...] = ()
    commitments: tuple[Tracked, ...] = ()
    over: tuple[Reason, ...] = ()
    figures_due: date | None = None
    figures_late: bool = False


def status(state: CaseState, day: date) -> CaseStatus:
    """The status of a case on ``day``. Oddities are pairs of act id and reason; they change nothing."""
    in_force = state.in_force
    terms = in_force.terms if in_force and in_force.outcome is Outcome.APPROVED else None
    late = [item for item in state.commitments if item.overdue(day)] if state.bound else []
    overdue = tuple(item.commitment for item in late)
    commitments = tuple(
        replace(item, progress=CommitmentProgress.OVERDUE) if item in late else item for item in state.commitments
    )
    if terms is None:
        return CaseStatus(Stage.IDEA, False, False, None, overdue, _odd(state, day), _ended(state, day), commitments)
    expired = terms.expired(day)
    due = None if expired else figures_due(terms, state.figures)
    return CaseStatus(
        stage=terms.stage,
        may_run=terms.covers(day) and runs(terms.stage),
        expired=expired,
        days_left=(terms.expires - day).days,
        overdue=overdue,
        odd=_odd(state, day),
        ended=_ended(state, day),
        commitments=commitments,
        over=() if expired else over_limits(terms, state.figures),
        figures_due=due,
        figures_late=due is not None and due < day,
    )


def roster_expired(rosters: RosterHistory, day: date) -> bool:
    """Whether new approvals are blocked because no roster in force covers ``day``. Objecting is always possible."""
    return any(listed.roster.expired(day) for listed in rosters.in_force)


def roles_ended(rosters: RosterHistory, day: date) -> tuple[tuple[str, str, date], ...]:
    """(person id, role, last day) of every role that is still listed as held and whose last day is before ``day``."""
    found = {
        (person.id, str(grant.role), grant.period.until)
        for listed in rosters.in_force
        for person in listed.roster.people
        for grant in person.grants
        if grant.period.open and grant.period.until and grant.period.until < day
    }
    return tuple(sorted(found))


def _ended(state: CaseState, day: date) -> tuple[tuple[str, date], ...]:
    return tuple((name, last) for name, last in sorted(state.last_days.items()) if last < day)


def _odd(state: CaseState, day: date) -> tuple[tuple[str, Reason], ...]:
    """What is odd in itself, and what will be odd until its day has come: a decision has no later day than its own acts say."""
    ahead = (event for event in state.events if event.judgement.force in WITH_A_SAY and event.act.at.date() > day)
    return (*oddities(state), *((event.act.id, _AHEAD()) for event in ahead))


def oddities(state: CaseState) -> tuple[tuple[str, Reason], ...]:
    """Acts that claim an earlier time than something they name, or terms from another time: a clock was wrong, or somebody
    backdates.
    """
    times = {event.act.id: event.act.at for event in state.events}
    found = []
    for event in state.events:
        before = [times[name] for name in event.act.names if name in times]
        if before and event.act.at < max(before):
            found.append((event.act.id, _EARLIER()))
        if isinstance(event.body, OpinionBody) and event.body.terms:
            if begins_far_off(event.body.terms, event.act.at.date()):
                found.append((event.act.id, _FAR_OFF()))
            filed = times.get(event.body.revision)
            if filed is not None and begins_unasked(event.body.terms, filed.date()):
                found.append((event.act.id, _UNASKED()))
    return tuple(found)
