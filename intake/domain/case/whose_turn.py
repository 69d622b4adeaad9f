"""Since when it is somebody's turn: the act that made it so, and the day it was signed.

The one answer for every list, page and command. It rests on acts that do something, so no comment, note, seal or checkpoint
moves it, and on nothing but the folded state, so it is the same after any merge. Where two acts made it so together, neither
knowing the other, the one signed later counts; signing again what is said already changes nothing.

A case that is suspended counts from its suspension, also while a newer revision is under review beside it, and then from what
lifted it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from intake.domain.acts.kinds import Effect, Office
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.base.workdays import Workdays
from intake.domain.case.event import Event
from intake.domain.case.fates import Fate, Pair
from intake.domain.case.fold import CaseState
from intake.domain.case.judge import Force
from intake.domain.case.phases import BOTH_SIGNED, Phase
from intake.domain.case.positions import held_by, said_by
from intake.domain.case.stop import stopped_by_acts

_Moment: TypeAlias = tuple[date, str]
"""The day an act was signed, and its id: of two of one day the same one in every program."""


@dataclass(frozen=True, slots=True)
class TurnBegan:
    """``act`` made it the turn of those whose it is, or ended the case; ``day`` is the day it was signed."""

    act: str
    day: date


def turn_began(state: CaseState) -> TurnBegan | None:
    """What made it so that the case is as it is, for those whose turn it is; None while nothing of it counts."""
    if state.current is None:
        return None
    day, act = _Look(state).began()
    return TurnBegan(act, day)


def turn_ends(state: CaseState, days: int, workdays: Workdays) -> date | None:
    """The day until which those whose turn it is have time, with the ``days`` of its tier; None where no time is given.

    What stopped something that runs gives none: what had to be decided by a day was decided. The owner has as long to accept as
    what was before may go on.
    """
    stop = stopped_by_acts(state)
    began = turn_began(state)
    if began is None or not state.turn or (stop and stop.running):
        return None
    if state.acceptance is not None and state.acceptance.awaits and "owner" in state.turn:
        return state.acceptance.until
    return workdays.after(began.day, days)


@dataclass(slots=True)
class _Look:
    """One look at a case, which has a revision that counts."""

    state: CaseState
    events: dict[str, Event] = field(init=False)
    _worst: dict[int, _Moment] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self.events = {event.act.id: event for event in self.state.events}

    def at(self, name: str) -> _Moment:
        return self.events[name].act.at.date(), name

    def opinion(self, name: str) -> OpinionBody:
        body = self.events[name].body
        assert isinstance(body, OpinionBody)
        return body

    def began(self) -> _Moment:
        state = self.state
        paused = bool({office.value for office in Office} & set(state.turn)) or state.phase in _PAUSED
        held = [self.at(item.act) for item in state.suspensions if item.open]
        if paused and held:
            return min(held)
        lifts = [self.at(name) for item in state.suspensions for _, name in item.lifted] if paused else []
        return max([_BEGINS[state.phase](self), *lifts])

    def filed(self) -> _Moment:
        assert self.state.current is not None
        return self.at(self.state.current.id)

    def forked(self) -> _Moment:
        """The second of the revisions that claim to be the newest."""
        return sorted(map(self.at, self.state.heads))[1]

    def spoken(self) -> _Moment:
        """When the office that has approved first did."""
        return min(self.at(run[0]) for office in Office if (run := self.run(office, Position.APPROVE)))

    def answered(self) -> _Moment:
        """Of offices that hold other terms: the first answer of one to what the other holds now, or the later of two that met."""
        state = self.state
        mine = [office for office in Office if office.value in state.turn]
        runs = {office: self.run(office, Position.APPROVE) for office in Office}
        if len(mine) == 1 and (found := self._answer(runs[mine[0].other], mine[0])):
            return self.at(found)
        return max(self.at(run[0]) for run in runs.values() if run)

    def _answer(self, run: list[str], office: Office) -> str:
        """The first of a run that has seen what ``office`` holds now."""
        held = held_by(self.state, office)
        place = {name: number for number, name in enumerate(self.events)}
        last = max((place[event.act.id] for event in said_by(self.state, office)), default=0)
        known = (office, held[0].digest if held else "")
        return next((name for name in run if place[name] > last and known in self.state.answered.get(name, ())), "")

    def asked(self) -> _Moment:
        """Since when an office has asked the owner for something, and none declined."""
        return self._since(lambda held: Position.CHANGES in held and Position.DECLINE not in held)

    def refused(self) -> _Moment:
        return self._since(lambda held: Position.DECLINE in held)

    def _since(self, so: Callable[[Collection[Position]], bool]) -> _Moment:
        """The word of either office since which what both hold has been ``so`` without a break."""
        held: dict[Office, Position] = {}
        began: str | None = None
        for name, body in self.said():
            held[body.office] = body.position
            began = (began or name) if so(held.values()) else None
        return self.at(began) if began else self.newest()

    def newest(self) -> _Moment:
        """The newest word of either office."""
        return max([self.filed(), *(self.at(name) for held in self.state.positions.values() for name in held)])

    def apart(self) -> _Moment:
        """What contests what both signed, or the word by which an office first contradicted itself."""
        return self._pairs(Fate.CONTESTED) or self._divided() or self.newest()

    def unsettled(self) -> _Moment:
        return self._pairs(Fate.ON_HOLD, Fate.UNJUDGED) or self.newest()

    def decided(self) -> _Moment:
        """The second of the two approvals."""
        return self._pairs(Fate.IN_FORCE) or self.newest()

    def accepting(self) -> _Moment:
        """The second of the two approvals, or the owner’s answer while the offices are asked for another word on it."""
        found = self.state.acceptance
        if found and found.answers and "owner" not in self.state.turn:
            return max(self.at(item.act) for item in found.answers)
        return self.decided()

    def ended(self) -> _Moment:
        """The first act that withdraws or retires it, of those that no newer revision has seen."""
        state = self.state
        closed = [
            self.at(event.act.id)
            for event in state.events
            if event.effect is Effect.CLOSES and event.judgement.force in (Force.COUNTS, Force.OBJECTS)
        ]
        standing = [item for item in closed if item[1] not in state.replaced]
        return min(standing or closed)

    def _divided(self) -> _Moment | None:
        found = []
        for names in self.state.positions.values():
            said = {name: self.opinion(name) for name in names}
            first, *others = sorted(map(self.at, names)) or [(date.min, "")]
            found += [
                item
                for item in others
                if (said[item[1]].position, said[item[1]].terms_digest)
                != (said[first[1]].position, said[first[1]].terms_digest)
            ]
        return min(found, default=None)

    def _pairs(self, *fates: Fate) -> _Moment | None:
        """When the first pair on the newest revision came to be of such a fate: with the last act that made it so."""
        return min(
            (self._made(pair) for pair in self.state.pairs if self._here(pair) and pair.fate in fates), default=None
        )

    def _here(self, pair: Pair) -> bool:
        return self.state.current is not None and pair.revision == self.state.current.id

    def _made(self, pair: Pair) -> _Moment:
        # What speaks against many pairs is one and the same tuple: it is looked through once.
        key = id(pair.against)
        if key not in self._worst:
            known = (self.at(name) for name in pair.against if name in self.events)
            self._worst[key] = max(known, default=(date.min, ""))
        return max(*map(self.at, pair.opinions), self._worst[key])

    def said(self) -> list[tuple[str, OpinionBody]]:
        """What the offices said of the newest revision, in the order of the case, without the objections that both have lifted."""
        assert self.state.current is not None
        lifted = {item.act for item in self.state.suspensions if not item.open}
        having = {event.act.id for office in Office for event in said_by(self.state, office)}
        return [
            (event.act.id, event.body)
            for event in self.state.events
            if isinstance(event.body, OpinionBody)
            and event.body.revision == self.state.current.id
            and event.act.id in having
            and event.act.id not in lifted
        ]

    def run(self, office: Office, position: Position) -> list[str]:
        """The opinions by which an office has held this position without a break until now; none where it holds another."""
        if any(self.opinion(name).position is not position for name in self.state.positions[office]):
            return []
        said = [(name, body) for name, body in self.said() if body.office is office]
        breaks = [place for place, (_, body) in enumerate(said) if body.position is not position]
        return [name for name, _ in said[breaks[-1] + 1 if breaks else 0 :]]


_BEGINS: Mapping[Phase, Callable[[_Look], _Moment]] = {
    Phase.REVIEW: _Look.filed,
    Phase.COUNTERSIGN: _Look.spoken,
    Phase.TERMS_DIFFER: _Look.answered,
    Phase.CHANGES_REQUESTED: _Look.asked,
    Phase.DECLINED: _Look.refused,
    Phase.ACCEPTANCE: _Look.accepting,
    Phase.DECIDED: _Look.decided,
    Phase.SUSPENDED: _Look.newest,
    Phase.CONTESTED: _Look.apart,
    Phase.CONFLICT: _Look.forked,
    Phase.ON_HOLD: _Look.unsettled,
    Phase.WITHDRAWN: _Look.ended,
    Phase.RETIRED: _Look.ended,
}
"""What makes each phase so; a test walks them all. Of what is suspended its first suspension is asked before."""
_PAUSED = (Phase.SUSPENDED, *BOTH_SIGNED)
"""Phases that a suspension makes or ends, no matter whose turn it is."""
