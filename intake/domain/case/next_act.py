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
from intake.domain.base.days import days_after
from intake.domain.base.reasons import Fact, Reason
from intake.domain.base.wording import listed, on_day, together
from intake.domain.case import next_said as said
from intake.domain.case.answering import to_answer
from intake.domain.case.asks import REPORT_SOON
from intake.domain.case.carrying import Tracked
from intake.domain.case.commitment import Commitment, CommitmentSource
from intake.domain.case.due import SOON, Due, DueWhat, first_of_terms
from intake.domain.case.fates import Fate
from intake.domain.case.figures import figures_due, over_limits
from intake.domain.case.fold import CaseState
from intake.domain.case.next_verbs import ActWay, AskedOfOwner, CaseViewer, NextAct, NextVerb
from intake.domain.case.phases import Phase
from intake.domain.case.positions import newest_position
from intake.domain.case.stop import Stop, StopWhy, stopped
from intake.domain.case.terms_now import terms_now
from intake.domain.case.turns import parties_named
from intake.domain.case.whose_turn import turn_began
from intake.domain.terms.terms import Terms


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
class _Look:
    """One person at one case on one day."""

    state: CaseState
    viewer: CaseViewer
    today: date
    clock: date | None
    stop: Stop | None

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
            why = together(stop.sentence, self._after_stopping(stop))
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

    def _renewing(self) -> Iterator[NextAct]:
        terms = self._terms()
        if terms is None or self.state.phase is not Phase.DECIDED or self.state.turn:
            return
        if terms.expires < self.today + SOON:
            why = said.RENEW(day=on_day(terms.expires))
            yield self._make(
                NextVerb.RENEW, ActWay.FILE_AGAIN, said.CALL_RENEW(), why, of=("owner",), until=terms.expires
            )

    def _reporting(self) -> Iterator[NextAct]:
        terms = self._terms()
        due = figures_due(terms, self.state.figures) if terms else None
        if due is not None and due <= days_after(self.today, REPORT_SOON):
            why = (said.REPORT_OVER if due < self.today else said.REPORT)(day=on_day(due))
            yield self._make(NextVerb.REPORT, ActWay.FIGURES, said.CALL_REPORT(), why, of=("owner",), until=due)

    # ------------------------------------------------------------------------------------------------- past a limit
    def _shrinking(self) -> Iterator[NextAct]:
        """What runs and is larger than what was granted: for its owner, and for both offices."""
        office, over = self.viewer.may.office, self._over()
        if over is None or not (self.viewer.may.owns or office):
            return
        figures = self.state.figures
        since = figures.day if figures else None
        if self.viewer.may.owns:
            why = said.SHRINK(why=over)
            yield self._make(NextVerb.SHRINK, ActWay.FIGURES, said.CALL_SHRINK(), why, of=("owner",), until=since)
        else:
            why = said.LOOK_OVER(why=over, owner=self._owner_named())
            of = ("owner", *(item.value for item in Office))
            yield self._make(NextVerb.SHRINK, ActWay.REVIEW, said.CALL_LOOK(), why, of=of, until=since)

    def _over(self) -> Fact | None:
        terms = self._terms()
        found = over_limits(terms, self.state.figures) if terms else ()
        return listed(list(found)) if found else None

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

    def _of_terms(self, first: Due) -> Reason:
        """What the terms in force ask of others first."""
        who, day, late = self.viewer.named(first.of[0]), on_day(first.day), first.day < self.today
        if first.what is DueWhat.CONDITION:
            return (said.OTHERS_MEET_OVER if late else said.OTHERS_MEET)(who=who, text=first.text, day=day)
        if first.what is DueWhat.FIGURES:
            return (said.OTHERS_REPORT_OVER if late else said.OTHERS_REPORT)(who=who, day=day)
        if first.what is DueWhat.LIMIT and (over := self._over()):
            return said.OTHERS_SHRINK(why=over, who=who)
        return said.HOLDS(day=day, owner=who)

    # -------------------------------------------------------------------------------------------------- conditions
    def _mine(self) -> Tracked | None:
        """The first commitment with a day that this person has to meet. A duty that is far off leads nobody yet."""
        if self._terms() is None:
            return None
        mine = [item for item in self.state.commitments if item.waits_for_report and self._is_mine(item.commitment)]
        return min(mine, key=lambda item: item.commitment.order, default=None)

    def _is_mine(self, item: Commitment) -> bool:
        soon = item.source is CommitmentSource.CONDITION or (item.due is not None and item.due < self.today + SOON)
        return item.owner == self.viewer.person and item.due is not None and soon

    def _meet(self, item: Tracked) -> NextAct:
        asked = item.commitment
        assert asked.due is not None  # only what has a day leads somebody
        word = said.MEET_OVER if item.overdue(self.today) else said.MEET_AGAIN if item.returned else said.MEET
        why = word(text=asked.text, day=on_day(asked.due))
        made = self._make(NextVerb.MEET, ActWay.REPORT, said.CALL_MEET(), why, of=(asked.owner,), until=asked.due)
        return replace(made, commitment=asked.id)

    def _confirm(self, item: Tracked) -> NextAct:
        why = said.CONFIRM(text=item.commitment.text, owner=self.viewer.named(item.commitment.owner))
        office = self.viewer.may.office
        assert office is not None  # only an office answers reports
        made = self._make(NextVerb.CONFIRM, ActWay.CONFIRM, said.CALL_CONFIRM(), why, of=(office.value,))
        return replace(made, commitment=item.commitment.id)

    def _terms(self) -> Terms | None:
        """The terms in force today."""
        return terms_now(self.state) if self.stop is None else None

    def _owner_named(self) -> Fact:
        return self._person_named(self._owner())

    def _person_named(self, person: str) -> Fact:
        return self.viewer.named(person) if person else said.WHOEVER_ANSWERS()

    def _owner(self) -> str:
        return self.state.current.owner if self.state.current else ""

    def _make(
        self,
        verb: NextVerb,
        way: ActWay,
        call: Reason,
        why: Reason,
        *,
        of: tuple[str, ...] | None = None,
        until: date | None = None,
    ) -> NextAct:
        return NextAct(verb, way, call, why, self.state.turn if of is None else of, until=until if of else self.clock)
