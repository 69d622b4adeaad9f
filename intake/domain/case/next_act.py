"""The next act of the person who looks at a case: the one thing that leads its page, or whose turn it is and until when.

Screens and commands ask here, so that a case says the same to a person from every way in. What they may do is ``allowed``,
what must stop is ``stop``; this only says which of it comes first. Nobody is asked for what they may not do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.hand_over import HandsAs
from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.reasons import Fact, Reason
from intake.domain.base.wording import listed, on_day, together
from intake.domain.case import next_said as said
from intake.domain.case.answering import to_answer
from intake.domain.case.fates import Fate
from intake.domain.case.fold import CaseState
from intake.domain.case.next_of_terms import LookAtTerms
from intake.domain.case.next_verbs import ActWay, AskedOfOwner, CaseViewer, NextAct, NextVerb
from intake.domain.case.phases import Phase
from intake.domain.case.positions import newest_position
from intake.domain.case.stop import Stop, StopWhy, stopped
from intake.domain.case.terms_due import first_of_terms
from intake.domain.case.turns import parties_named
from intake.domain.case.whose_turn import turn_began


def next_act(state: CaseState, viewer: CaseViewer, today: date, clock: date | None) -> NextAct:
    """What ``viewer`` does next; ``clock`` is the day until which those whose turn it is have time, None when unknown."""
    if state.current is None:
        return NextAct(NextVerb.WAIT, ActWay.NONE, said.CALL_WAIT(), said.NOTHING_COUNTS(), ())
    look = _Look(state, viewer, today, clock, stopped(state, today))
    found = next(look.acts(), None) or look.waiting()
    began = turn_began(state) if state.turn else None
    since = began.day if began else look.stop.since if look.stop else None
    return replace(found, since=since, why=look.with_stop(found))


def asked_for(state: CaseState) -> tuple[AskedOfOwner, ...]:
    """What the offices ask of the owner on the newest revision, the CIO first."""
    held = (newest_position(state, office) for office in Office)
    return tuple(
        AskedOfOwner(item.office, item.person, item.day, item.reason)
        for item in held
        if item is not None and not item.outdated and item.position is not Position.APPROVE
    )


_OVER = (Phase.DECIDED, Phase.SUSPENDED, Phase.DECLINED, Phase.WITHDRAWN, Phase.RETIRED)
"""Phases in which no office waits for anything before its turn, so that the owner may file a further revision."""

_MAY_AGAIN = {
    Phase.DECLINED: said.OWNER_MAY_DECLINED,
    Phase.WITHDRAWN: said.OWNER_MAY_WITHDRAWN,
    Phase.RETIRED: said.OWNER_MAY_RETIRED,
}
"""Phases in which nothing is asked of anybody, and what the owner may do all the same."""


@dataclass(frozen=True, slots=True)
class _Look(LookAtTerms):
    """The same, with whose turn it is and to whom the case goes."""

    def acts(self) -> Iterator[NextAct]:
        """What this person has to do, the first of it first."""
        if self.viewer.may.owns:
            yield from self._owner_acts()
        office = self.viewer.may.office
        if self.viewer.completes:
            yield self._make(NextVerb.COMPLETE, ActWay.COMPLETE, said.CALL_COMPLETE(), said.LACKS_MINE())
        elif office is not None and self.viewer.may.approve is None and office.value in self.state.turn:
            yield from self._office_acts(office)
        if self.viewer.may.lift is None and not self.state.closing.acts:
            yield from self._lifting()
        yield from self._passing_acts()
        mine = self._mine()
        if mine is not None and mine.overdue(self.today):
            yield self._meet(mine)
        if not self.state.closing.acts and (waiting := to_answer(self.state, self.viewer.may, self.viewer.person)):
            yield self._confirm(waiting)
        yield from self._shrinking()
        if self.viewer.may.owns:
            yield from self._reporting()
            yield from self._renewing()
        if mine is not None:
            yield self._meet(mine)

    def waiting(self) -> NextAct:
        """Nothing to do here: who is next, and until when."""
        state, terms = self.state, self._terms()
        if state.turn and not (state.phase in _MAY_AGAIN and self.viewer.may.owns):
            return self._turn_of_others()
        if terms is not None and not state.turn:
            first = first_of_terms(terms, self._owner(), state.commitments, state.figures)
            why = self._of_terms(first)
            return self._make(NextVerb.WAIT, ActWay.NONE, said.CALL_WAIT(), why, of=first.of, until=first.day)
        if state.phase in _MAY_AGAIN:
            if not self.viewer.may.owns:
                why = said.OWNER_MAY(owner=self._owner_named())
                return self._make(NextVerb.WAIT, ActWay.NONE, said.CALL_WAIT(), why)
            turn = said.TURN(turn=parties_named(state.turn)) if state.turn else None
            may = together(_MAY_AGAIN[state.phase](), turn)
            return replace(self._make(NextVerb.WAIT, ActWay.FILE_AGAIN, said.CALL_WAIT(), may), asked=asked_for(state))
        return self._make(NextVerb.WAIT, ActWay.NONE, said.CALL_WAIT(), said.NOBODY())

    def with_stop(self, found: NextAct) -> Reason:
        """Why the act is asked for, after what everybody has to be told first: that nothing is in force, and who stops it."""
        why = together(found.why, *self._passes(found.verb))
        if self.stop is None or found.verb is NextVerb.STOP:
            return why
        owner = said.OWNER_MUST_STOP(owner=self._owner_named())
        return together(said.NOT_IN_FORCE(why=self.stop.said), owner if self.stop.running else None, why)

    def _passes(self, verb: NextVerb) -> Iterator[Reason]:
        """What everybody is told of a case that goes to somebody else, or has nobody."""
        others = [self.viewer.named(item) for item in self.state.passed.successors if item != self.viewer.person]
        if others:
            yield said.TAKING_OVER(who=listed(others))
        if self.state.passed.ownerless and not self.state.passed.successors and verb is not NextVerb.HAND_OVER:
            yield said.OWNERLESS()

    def _passing_acts(self) -> Iterator[NextAct]:
        passed, ends = self.state.passed, self.viewer.may.ends
        if (item := passed.to(self.viewer.person)) is not None:
            giver = self.viewer.named(self.state.event(item.acts[0]).act.person)
            why = said.TAKE_OVER(who=giver, reason=item.reason)
            yield self._make(NextVerb.TAKE_OVER, ActWay.TAKE_OVER, said.CALL_TAKE_OVER(), why, of=(self.viewer.person,))
        if ends.hands_as is HandsAs.ADMINISTRATOR and not passed.successors:
            first = next((item for item in passed.hand_overs if not item.ready), None)
            author = self.state.event(first.acts[0]).act.person if first else ""
            out = (author, first.successor if first else "")
            if first is not None and self.viewer.person not in out:
                names = self.viewer.named(author), self.viewer.named(first.successor)
                why = said.SECOND_HANDS(who=names[0], successor=names[1], reason=first.reason)
            else:
                why = said.OWNERLESS_HANDS()
            if self.viewer.person not in out:
                yield self._make(
                    NextVerb.HAND_OVER, ActWay.HAND_OVER, said.CALL_HAND_OVER(), why, of=("administrators",)
                )
        if ends.acknowledge is None:
            yield self._make(
                NextVerb.ACKNOWLEDGE, ActWay.ACKNOWLEDGE, said.CALL_ACKNOWLEDGE(), said.ACKNOWLEDGE(), of=()
            )

    # --------------------------------------------------------------------------------------------------- the owner
    def _owner_acts(self) -> Iterator[NextAct]:
        state, stop = self.state, self.stop
        asked = asked_for(state)
        if stop is not None and stop.running:
            way = ActWay.FILE_AGAIN if "owner" in state.turn or state.phase in _OVER else ActWay.REVIEW
            way = ActWay.ACCEPT if state.phase is Phase.ACCEPTANCE and self.viewer.may.accept is None else way
            why = together(stop.must_not, self._after_stopping(stop))
            yield replace(self._make(NextVerb.STOP, way, said.CALL_STOP(), why, of=("owner",)), asked=asked)
        if "owner" in state.turn and state.phase is Phase.CONFLICT:
            yield self._make(NextVerb.JOIN, ActWay.FILE_AGAIN, said.CALL_JOIN(), said.OWNER_JOINS())
        elif "owner" in state.turn and state.phase is Phase.ACCEPTANCE:
            if self.viewer.may.accept is None:
                yield self._make(NextVerb.ACCEPT, ActWay.ACCEPT, said.CALL_ACCEPT(), said.OWNER_ACCEPTS())
        elif "owner" in state.turn:
            offices = listed([item.office.label for item in asked])
            why = said.OWNER_ASKED(office=offices)
            yield replace(self._make(NextVerb.FILE_AGAIN, ActWay.FILE_AGAIN, said.CALL_FILE(), why), asked=asked)

    def _after_stopping(self, stop: Stop) -> Reason:
        if stop.why is StopWhy.SUSPENDED and self.state.phase in (Phase.SUSPENDED, Phase.DECLINED):
            return said.OFFICES_SETTLE()
        if self.state.phase is Phase.ACCEPTANCE:
            return said.RUNS_AGAIN_ACCEPTED()
        filing = self.state.phase in (Phase.DECIDED, *_MAY_AGAIN) or "owner" in self.state.turn
        return said.RUNS_AGAIN_FILED() if filing else said.RUNS_AGAIN()

    # ------------------------------------------------------------------------------------------------- the offices
    def _office_acts(self, office: Office) -> Iterator[NextAct]:
        state = self.state
        held = newest_position(state, office.other)
        theirs = None if held is None or held.outdated else held
        verb, call = NextVerb.DECIDE, said.CALL_DECIDE()
        if state.phase is Phase.TERMS_DIFFER and theirs is not None:
            verb, call = NextVerb.ANSWER_TERMS, said.CALL_ANSWER(office=office.other.label)
            why = said.DIFFER(office=office.other.label, day=on_day(theirs.day))
        elif state.phase is Phase.COUNTERSIGN and theirs is not None:
            why = said.SECOND(office=office.other.label, day=on_day(theirs.day))
        elif state.phase in (Phase.SUSPENDED, Phase.DECLINED):
            return  # nothing is left to decide, only to lift
        elif state.phase is Phase.ACCEPTANCE:
            if state.acceptance is None or office.value not in state.acceptance.waits_for:
                return  # only the record lacks a signature, and not this person’s
            verb, call = NextVerb.ANSWER_OWNER, said.CALL_ANSWER_OWNER()
            why = said.OWNER_ANSWERED(owner=self.viewer.named(state.acceptance.answers[-1].person))
        elif state.phase is Phase.CONTESTED:
            apart = any(pair.fate is Fate.CONTESTED for pair in state.pairs)
            verb, call = NextVerb.SIGN_AGAIN, said.CALL_AGAIN()
            why = said.APART() if apart else said.SELF_APART()
        elif state.phase is Phase.ON_HOLD:
            why = said.SETTLE_FIRST(reason=state.blocked[0][1]) if state.blocked else said.SETTLE()
        elif state.phase is Phase.DECIDED:
            if state.decision is not None and state.decision.copies:
                return  # who completes the record is known, and it is not this person
            verb, call, why = NextVerb.SIGN_AGAIN, said.CALL_AGAIN(), said.LACKS_COPY()
        else:
            why = said.FIRST()
        yield self._make(verb, ActWay.REVIEW, call, why)

    def _lifting(self) -> Iterator[NextAct]:
        office = self.viewer.may.office
        assert office is not None  # only an office lifts
        second = not any(office.other in item.waits_for() for item in self.state.suspensions if item.open)
        why = said.LIFT_SECOND(office=office.other.label) if second else said.LIFT()
        of = None if office.value in self.state.turn else (office.value,)
        yield self._make(NextVerb.LIFT, ActWay.LIFT, said.CALL_LIFT(), why, of=of)

    # ----------------------------------------------------------------------------------------------------- waiting
    def _turn_of_others(self) -> NextAct:
        state, office = self.state, self.viewer.may.office
        who: Fact = parties_named(state.turn)
        if state.phase is Phase.DECIDED:
            why = said.LACKS_OTHER(turn=who)
            return self._make(NextVerb.WAIT, ActWay.NONE, said.CALL_WAIT(), why)
        if state.phase is Phase.ACCEPTANCE and "owner" in state.turn:
            word = said.OWNER_TO_ACCEPT_AND_ANSWER if self.viewer.may.answer is None else said.OWNER_TO_ACCEPT
            why = word(owner=self._owner_named())
            return self._make(NextVerb.WAIT, ActWay.NONE, said.CALL_WAIT(), why)
        if self.clock is None:
            why = said.TURN(turn=who)
        else:
            word = said.TURN_OVER if self.clock < self.today else said.TURN_UNTIL
            why = word(turn=who, day=on_day(self.clock))
        barred = office is not None and office.value in state.turn and self.viewer.may.approve is not None
        return self._make(
            NextVerb.WAIT, ActWay.NONE, said.CALL_WAIT(), together(said.NOT_INDEPENDENT() if barred else None, why)
        )
