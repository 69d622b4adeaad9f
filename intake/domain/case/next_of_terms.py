"""What the terms in force ask of the person who looks: to meet something, to confirm it, to report figures, to stay inside the limits, to
file again in time. The part of the next act (``next_act``) that goes on while it is nobody’s turn.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from intake.domain.acts.kinds import Office
from intake.domain.base.days import days_after
from intake.domain.base.reasons import Fact, Reason
from intake.domain.base.wording import listed, on_day
from intake.domain.case import next_said as said
from intake.domain.case.asks import REPORT_SOON
from intake.domain.case.carrying import Tracked
from intake.domain.case.commitment import Commitment, CommitmentSource
from intake.domain.case.due import SOON, Due, DueWhat
from intake.domain.case.figures import figures_due, over_limits
from intake.domain.case.fold import CaseState
from intake.domain.case.next_verbs import ActWay, CaseViewer, NextAct, NextVerb
from intake.domain.case.phases import Phase
from intake.domain.case.stop import Stop
from intake.domain.case.terms_now import terms_now
from intake.domain.terms.terms import Terms


@dataclass(frozen=True, slots=True)
class LookAtTerms:
    """One person at one case on one day, as far as the terms in force ask something of them."""

    state: CaseState
    viewer: CaseViewer
    today: date
    clock: date | None
    stop: Stop | None

    def _terms(self) -> Terms | None:
        """The terms in force today."""
        return terms_now(self.state) if self.stop is None else None

    def _owner_named(self) -> Fact:
        return self._person_named(self._owner())

    def _person_named(self, person: str) -> Fact:
        return self.viewer.named(person) if person else said.WHO_ANSWERS()

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

    # -------------------------------------------------------------------------------------------------- commitments
    def _mine(self) -> Tracked | None:
        """The first commitment with a day that this person has to meet. A duty that is far off leads nobody yet."""
        if self.state.bound is None or self.state.bound.expired(self.today):
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
        reporter = self.state.event(item.reports[-1]).act.person
        why = said.CONFIRM(text=item.commitment.text, owner=self.viewer.named(reporter))
        office = self.viewer.may.office
        assert office is not None  # only an office answers reports
        made = self._make(NextVerb.CONFIRM, ActWay.CONFIRM, said.CALL_CONFIRM(), why, of=(office.value,))
        return replace(made, commitment=item.commitment.id)

    # -------------------------------------------------------------------------------------------------- what runs
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

    def _reporting(self) -> Iterator[NextAct]:
        terms = self._terms()
        due = figures_due(terms, self.state.figures) if terms else None
        if due is not None and due <= days_after(self.today, REPORT_SOON):
            why = (said.REPORT_OVER if due < self.today else said.REPORT)(day=on_day(due))
            yield self._make(NextVerb.REPORT, ActWay.FIGURES, said.CALL_REPORT(), why, of=("owner",), until=due)

    def _renewing(self) -> Iterator[NextAct]:
        terms = self._terms()
        if terms is None or self.state.phase is not Phase.DECIDED or self.state.turn:
            return
        if terms.expires < self.today + SOON:
            why = said.RENEW(day=on_day(terms.expires))
            yield self._make(
                NextVerb.RENEW, ActWay.FILE_AGAIN, said.CALL_RENEW(), why, of=("owner",), until=terms.expires
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
