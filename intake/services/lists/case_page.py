"""One use case as it stands on a day, for whoever asks: what is decided and in force, what is due, whose turn it is; and its acts.

It needs no playbook but for the tier, so it tells also of a case whose playbook is not here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from intake.domain.base.reasons import Reason
from intake.domain.case.due import Due
from intake.domain.case.event import Event
from intake.domain.case.fold import CaseState
from intake.domain.case.judge import Force
from intake.domain.case.next_verbs import NextAct
from intake.domain.case.phases import phase_said
from intake.domain.case.status import CaseStatus, status
from intake.domain.case.stop import Stop, stopped
from intake.domain.case.summary import reference
from intake.domain.case.terms_due import dues_of_terms
from intake.domain.case.whose_turn import TurnBegan, turn_began
from intake.domain.terms.terms import Terms
from intake.services.deciding.act_words import did
from intake.services.deciding.next_act import clock_of, next_for
from intake.services.deciding.verbs import verbs_given
from intake.services.installation.installation import Installation
from intake.services.lists import cases, told
from intake.services.lists.home import known_on


@dataclass(frozen=True, slots=True)
class CaseToday:
    """``phase`` is the one of ``today``, when a decision may have expired; ``began`` made it so, and those whose turn it is have
    time ``until``. ``terms`` are those in force, ``dues`` what they ask for, the first before the others. ``next`` is what the
    person who asks does next. ``known_on`` is the newest checkpoint’s moment.
    """

    state: CaseState
    reference: str
    today: date
    phase: str
    tier: str
    status: CaseStatus
    stop: Stop | None
    terms: Terms | None
    dues: tuple[Due, ...]
    began: TurnBegan
    until: date | None
    next: NextAct
    known_on: datetime | None

    @property
    def decided(self) -> date | None:
        """The day of the second signature of the decision on the newest revision."""
        found = self.state.decision
        return max(self.state.event(name).act.at for name in found.opinions).date() if found else None


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One act: ``said`` is what it did, ``text`` the words of its author, ``counts`` whether it has any force in the case."""

    event: Event
    name: str
    said: Reason
    text: str

    @property
    def counts(self) -> bool:
        return self.event.judgement.force in (Force.COUNTS, Force.OBJECTS)

    @property
    def set_aside(self) -> bool:
        """Whether it was to do something and does not; a note never was."""
        return not self.counts and self.event.judgement.force is not Force.NOTE


def case_page(installation: Installation, case: str, person: str) -> CaseToday:
    """Raises NothingFiled. What its owner has looked at is no news any more."""
    state, today = installation.state(case), installation.clock().date()
    current, began, row = state.current, turn_began(state), cases.one(installation, case)
    assert current is not None  # installation.state refuses a case without a revision
    assert began is not None
    terms = state.in_force.terms if state.in_force else None
    told.keep(installation, person, row)
    return CaseToday(
        state=state,
        reference=reference(case),
        today=today,
        phase=phase_said(state.phase, terms.expires if terms else None, today),
        tier=row.tier if row else "",
        status=status(state, today),
        stop=stopped(state, today),
        terms=terms,
        dues=dues_of_terms(terms, current.owner, state.commitments, state.figures) if terms else (),
        began=began,
        until=clock_of(installation, state),
        next=next_for(installation, state, person),
        known_on=known_on(installation),
    )


def timeline(installation: Installation, case: str) -> tuple[TimelineEntry, ...]:
    """Every act of a case in the order that everybody sees (rule R9), also those that count for nothing. Raises NothingFiled."""
    state = installation.state(case)
    numbers, verbs = {item.id: item.number for item in state.filed}, verbs_given(installation, state)
    names = installation.rosters.name
    return tuple(
        TimelineEntry(event, name := names(event.act.person), did(event, name, numbers, verbs), _text(event))
        for event in state.events
    )


def _text(event: Event) -> str:
    """What its author wrote: a reason or a comment, or the title of a revision."""
    found = (getattr(event.body, field, "") for field in ("reason", "text", "title"))
    return next((text for text in found if isinstance(text, str) and text), "")
