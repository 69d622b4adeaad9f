"""What is so of the two offices, said where somebody signs a roster, looks at the people, or waits for a use case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from intake.domain.base.reasons import Reason
from intake.domain.case.fold import CaseState
from intake.domain.organisation.offices import against_moving, office_truths, office_warnings
from intake.domain.organisation.roster import Roster
from intake.services.installation.installation import Installation


class WithTurn(Protocol):
    """What is asked of a row of a list."""

    @property
    def case(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def parties(self) -> str: ...
    @property
    def turn(self) -> tuple[str, ...]: ...


def warnings(installation: Installation, document: Roster) -> tuple[Reason, ...]:
    """What a version makes of the offices that is not so already; of version 1 everything."""
    rosters = installation.rosters
    before = [item.roster for item in rosters.in_force]
    waiting = installation.register.queries.waiting_for_offices()
    day = installation.clock().date()
    return office_warnings(document, before, waiting, day, document.called)


def truths(installation: Installation) -> tuple[Reason, ...]:
    """What is so now and keeps use cases from being decided."""
    rosters = installation.rosters
    waiting = installation.register.queries.waiting_for_offices()
    return office_truths([item.roster for item in rosters.in_force], waiting, installation.clock().date(), rosters.name)


def stuck(installation: Installation, state: CaseState) -> Reason | None:
    """Why nobody can do what it is the turn of an office to do in a use case; None where somebody can."""
    current = state.current
    if current is None:
        return None
    rosters = installation.rosters
    return against_moving(
        [item.roster for item in rosters.in_force],
        state.turn,
        installation.clock().date(),
        rosters.name,
        unit=current.body.unit,
        case=state.case,
        parties=current.parties,
    )


def stuck_among(installation: Installation, rows: Iterable[WithTurn]) -> Mapping[str, Reason]:
    """The same of rows of a list, by case."""
    rosters, day = installation.rosters, installation.clock().date()
    in_force = [item.roster for item in rosters.in_force]
    found = (
        (
            row.case,
            against_moving(
                in_force, row.turn, day, rosters.name, unit=row.unit, case=row.case, parties=row.parties.split()
            ),
        )
        for row in rows
    )
    return {case: reason for case, reason in found if reason is not None}
