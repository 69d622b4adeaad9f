"""What a use case asks of whom, as far as its acts tell: the one place from which every list of what needs somebody has it.

Worked out once when the case is folded, at a cost that grows with its commitments only, and kept with its row. The words are those
of the page of the case (``next_said``), so a list and the page say the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import OpinionBody
from intake.domain.acts.kinds.send_back import ReturnBody
from intake.domain.base.days import days_after
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Sentence, listed, on_day
from intake.domain.case import next_said as said
from intake.domain.case.asks import ADMINISTRATORS, NEAR, OFFICES, REPORT_SOON, CaseAsk, TodoKind, ask_party
from intake.domain.case.carrying import CommitmentProgress, Tracked
from intake.domain.case.event import Event
from intake.domain.case.figures import figures_due, over_limits
from intake.domain.case.fold import CaseState
from intake.domain.case.handing import HandOver
from intake.domain.case.phases import BOTH_SIGNED, Phase, RecordState
from intake.domain.case.suspensions import Suspension
from intake.domain.case.terms_now import terms_now
from intake.domain.terms.terms import Stage, Terms

_PILOT_RUNS = 30
"""How many days a pilot has run before scaled use is suggested: before that there is nothing to measure."""
_NAME = 16

_LIFT = Sentence("TodoLift", "It is suspended since {day}. Only both offices lift it; yours has not.")
_GATE = Sentence(
    "TodoGateReady",
    "The pilot has run since {day}, what was due is confirmed and no report is late. You may ask for scaled use.",
)


def asks(state: CaseState, owner: str, began: date, clock: date | None) -> tuple[CaseAsk, ...]:
    """``owner`` answers for the case and is empty for nobody present; ``began`` and ``clock`` are since when and until when it is
    the turn of whose it is (``whose_turn``).
    """
    look = _Asking(state, owner, began, clock, terms_now(state))
    found = [*look.passing(), *look.acknowledging()]
    if not state.closing.acts:
        found += [*look.lifting(), *look.accepting(), *look.signing(), *look.commitments(), *look.running()]
    return tuple(ask for ask in found if ask.party)


@dataclass(slots=True)
class _Asking:
    state: CaseState
    owner: str
    began: date
    clock: date | None
    terms: Terms | None
    events: dict[str, Event] = field(init=False)

    def __post_init__(self) -> None:
        self.events = {event.act.id: event for event in self.state.events}

    def _day(self, act: str) -> date:
        return self.events[act].act.at.date()

    def _person(self, act: str) -> str:
        return self.events[act].act.person

    @property
    def _parties(self) -> tuple[str, ...]:
        """Who has a part in the case, so that no office is asked of them."""
        return tuple(sorted(self.state.current.parties)) if self.state.current else ()

    # ---------------------------------------------------------------------------------------------- whose turn it is
    def lifting(self) -> Iterator[CaseAsk]:
        held = [item for item in self.state.suspensions if item.open]
        for office in Office:
            if any(office in item.waits_for() for item in held):
                yield self._to_lift(office, held)

    def _to_lift(self, office: Office, held: list[Suspension]) -> CaseAsk:
        since = min(self._day(item.act) for item in held)
        until = self.clock if office.value in self.state.turn and self.began == since else None
        return CaseAsk(TodoKind.LIFT, ask_party(office), since, _LIFT(day=on_day(since)), until, barred=self._parties)

    def accepting(self) -> Iterator[CaseAsk]:
        found = self.state.acceptance
        if found is None or not found.awaits:
            return
        if "owner" in found.waits_for and not self._decided(self.owner):
            yield CaseAsk(TodoKind.ACCEPT, self.owner, self.began, said.OWNER_ACCEPTS(), self.clock)
        for office in Office:
            if office.value in found.waits_for and found.answers:
                word = said.OWNER_ANSWERED(owner=found.answers[-1].person)
                yield CaseAsk(
                    TodoKind.ANSWER_OWNER, ask_party(office), self.began, word, self.clock, barred=self._parties
                )

    def _decided(self, person: str) -> bool:
        """Whether somebody has given an opinion: nobody signs on both sides of a decision."""
        return person in self.state.spoke

    def signing(self) -> Iterator[CaseAsk]:
        """The signature that a record lacks; where no copy of it can be completed, both offices approve again."""
        decision = self.state.decision
        if self.state.phase not in BOTH_SIGNED or decision is None or decision.record_state is not RecordState.OPEN:
            return
        if not decision.copies:
            yield CaseAsk(TodoKind.DECIDE, OFFICES, self.began, said.LACKS_COPY(), self.clock, barred=self._parties)
            return
        signed = self.events[decision.copies[0]].body
        for name in decision.opinions:
            body = self.events[name].body
            if isinstance(body, OpinionBody) and isinstance(signed, OpinionBody) and body.office is not signed.office:
                yield CaseAsk(TodoKind.SIGNATURE, self._person(name), self.began, said.LACKS_MINE(), self.clock)

    # -------------------------------------------------------------------------------------------------- commitments
    def commitments(self) -> Iterator[CaseAsk]:
        for item in self.state.commitments:
            if item.progress is CommitmentProgress.REPORTED and item.current:
                yield from self._to_confirm(item)
            elif item.waits_for_report and self.state.bound is not None:
                yield from self._to_meet(item, self.state.bound.expires)

    def _to_confirm(self, item: Tracked) -> Iterator[CaseAsk]:
        asked, reporter = item.commitment, self._person(item.reports[-1])
        since = max(map(self._day, item.reports))
        barred = tuple(sorted({*self._parties, asked.owner, reporter}))
        word = said.CONFIRM(text=asked.text, owner=reporter)
        party = ask_party(asked.office) if asked.office else OFFICES
        yield CaseAsk(TodoKind.CONFIRM, party, since, word, name=asked.id[:_NAME], barred=barred)

    def _to_meet(self, item: Tracked, last: date) -> Iterator[CaseAsk]:
        """Nobody is asked to meet something once what it belongs to has ended."""
        asked, due, name = item.commitment, item.commitment.due, item.commitment.id[:_NAME]
        if item.returned:
            yield from self._sent_back(item, last)
        elif due is not None:
            word = said.MEET(text=asked.text, day=on_day(due))
            yield CaseAsk(TodoKind.DUE, asked.owner, days_after(due, -NEAR), word, due, min(due, last), name)
        if due is None:
            return
        over, mine = days_after(due, 1), said.MEET_OVER(text=asked.text, day=on_day(due))
        theirs = said.OTHERS_MEET_OVER(who=asked.owner, text=asked.text, day=on_day(due))
        yield CaseAsk(TodoKind.OVERDUE, asked.owner, over, mine, due, last, name)
        for party in (self.owner, OFFICES):
            if party != asked.owner:
                yield CaseAsk(TodoKind.OVERDUE, party, over, theirs, due, last, name)

    def _sent_back(self, item: Tracked, last: date) -> Iterator[CaseAsk]:
        asked, back = item.commitment, self.events[item.returned].body
        assert isinstance(back, ReturnBody)
        reporter = self._person(back.report) if back.report in self.events else ""
        last = last if asked.due is None else min(asked.due, last)
        word = said.SENT_BACK(text=asked.text, reason=back.reason)
        for person in dict.fromkeys((asked.owner, reporter)):
            yield CaseAsk(TodoKind.SENT_BACK, person, self._day(item.returned), word, asked.due, last, asked.id[:_NAME])

    # -------------------------------------------------------------------------------------------------- what runs
    def running(self) -> Iterator[CaseAsk]:
        terms, figures = self.terms, self.state.figures
        if terms is None:
            return
        over, due = over_limits(terms, figures), figures_due(terms, figures)
        if figures is not None and over:
            why = listed(list(over))
            mine, theirs = said.SHRINK(why=why), said.LOOK_OVER(why=why, owner=self.owner or said.WHO_ANSWERS())
            yield CaseAsk(TodoKind.PAST_LIMIT, self.owner, figures.day, mine, last=terms.expires)
            yield CaseAsk(TodoKind.PAST_LIMIT, OFFICES, figures.day, theirs, last=terms.expires)
        elif due is not None:
            soon, late = said.REPORT(day=on_day(due)), said.REPORT_OVER(day=on_day(due))
            yield CaseAsk(TodoKind.FIGURES, self.owner, days_after(due, -REPORT_SOON), soon, due, due)
            yield CaseAsk(TodoKind.FIGURES_LATE, self.owner, days_after(due, 1), late, due, terms.expires)
        if not over and self.state.phase is Phase.DECIDED and terms.stage is Stage.PILOT:
            yield from self._gate(terms, due)

    def _gate(self, terms: Terms, report: date | None) -> Iterator[CaseAsk]:
        """Scaled use may be asked for while nothing that is due by then waits for anybody, and before the end is told."""
        assert self.state.decision is not None  # somebody decided what is decided
        ran = max(map(self._day, self.state.decision.opinions))
        since, left = days_after(ran, _PILOT_RUNS), [item.commitment for item in self.state.commitments if item.open]
        ends = [days_after(item.due, -1) for item in left if item.due is not None]
        last = min([days_after(terms.expires, -NEAR - 1), *ends, *([report] if report else [])])
        if since <= last and not any(item.due_for_scaling(since) for item in left):
            yield CaseAsk(TodoKind.GATE_READY, self.owner, since, _GATE(day=on_day(ran)), last=last)

    # ------------------------------------------------------------------------------------------- who answers for it
    def passing(self) -> Iterator[CaseAsk]:
        passed = self.state.passed
        for item in passed.hand_overs:
            if item.ready:
                word = said.TAKE_OVER(who=self._person(item.acts[0]), reason=item.reason)
                since = max(map(self._day, item.acts))
                yield CaseAsk(TodoKind.TAKE_OVER, item.successor, since, word, name=item.acts[0][:_NAME])
        if passed.since is None:
            return
        yield CaseAsk(TodoKind.OWNERLESS, OFFICES, passed.since, said.OWNERLESS())
        if passed.successors:
            return
        first = next((item for item in passed.hand_overs if not item.ready), None)
        if first is None:
            yield CaseAsk(TodoKind.OWNERLESS, ADMINISTRATORS, passed.since, said.OWNERLESS_HANDS())
        else:
            yield self._second(first)

    def _second(self, item: HandOver) -> CaseAsk:
        author, since = self._person(item.acts[0]), self._day(item.acts[0])
        word: Reason = said.SECOND_HANDS(who=author, successor=item.successor, reason=item.reason)
        barred = tuple(sorted({author, item.successor}))
        return CaseAsk(TodoKind.SECOND_ADMINISTRATOR, ADMINISTRATORS, since, word, barred=barred)

    def acknowledging(self) -> Iterator[CaseAsk]:
        if retirement := self.state.closing.retirement:
            done = {office for office, _ in self.state.closing.acknowledged}
            for office in Office:
                if office not in done:
                    yield CaseAsk(TodoKind.ACKNOWLEDGE, ask_party(office), self._day(retirement), said.ACKNOWLEDGE())
