"""What the terms of a use case ask for, and until when. Apart from ``due``, because lists show what was found of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from intake.domain.case.due import Due, DueWhat
from intake.domain.case.figures import Figures, figures_due, over_limits
from intake.domain.case.terms_now import terms_now

if TYPE_CHECKING:
    from datetime import date

    from intake.domain.case.carrying import Tracked
    from intake.domain.case.fold import CaseState
    from intake.domain.terms.terms import Terms


def dues_of_terms(terms: Terms, owner: str, commitments: Iterable[Tracked], figures: Figures | None) -> tuple[Due, ...]:
    """What these terms ask for, the first before the others: the commitments with a day that nobody has reported; of what was
    reported, that it gets back inside its limits, which is overdue since the report, or the next report; and a new request by
    ``owner`` before they expire.
    """
    dues = list(_dues_of_commitments(commitments))
    if figures is not None and over_limits(terms, figures):
        dues.append(Due(DueWhat.LIMIT, figures.day, (owner,)))
    elif report := figures_due(terms, figures):
        dues.append(Due(DueWhat.FIGURES, report, (owner,)))
    return tuple(sorted([*dues, Due(DueWhat.EXPIRY, terms.expires, (owner,))], key=_day_of))


def first_of_terms(terms: Terms, owner: str, commitments: Iterable[Tracked], figures: Figures | None) -> Due:
    """What these terms ask for first."""
    return dues_of_terms(terms, owner, commitments, figures)[0]


def first_of_case(state: CaseState, owner: str) -> Due | None:
    """The same of the terms in force; of a case that is stopped the first commitment, as what was promised goes on meanwhile. None
    where nothing is asked for.
    """
    terms = terms_now(state)
    if terms is not None:
        return first_of_terms(terms, owner, state.commitments, state.figures)
    return min(_dues_of_commitments(state.commitments), key=_day_of, default=None) if state.bound else None


def _dues_of_commitments(commitments: Iterable[Tracked]) -> Iterator[Due]:
    for item in commitments:
        asked = item.commitment
        if item.waits_for_report and asked.due:
            yield Due(DueWhat.CONDITION, asked.due, (asked.owner,), asked.text)


def _day_of(due: Due) -> date:
    return due.day
