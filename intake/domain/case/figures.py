"""What the owner reported of what runs, beside what was granted: how many use it and what it has cost.

Lists ask here too, so nothing of acts is imported; which reports count is ``reported``. Nothing here knows the day of today.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from intake.domain.base.days import days_after
from intake.domain.base.money import money_said, more_money
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Wording, in_figures
from intake.domain.terms.stages import runs
from intake.domain.terms.terms import Stage, Terms

LONGEST_UNREPORTED = 90
"""How many days at most a pilot runs without a report, however long it is; half of its length where that is less."""

LIMIT_FIELDS = _USERS, _BUDGET = "user_permissions.max_users", "user_permissions.budget"
"""The boundaries that figures are compared with."""
_USERS_OVER = Wording("FiguresUsersOver", "{users} people use it (at most {limit} may)")
_COST_OVER = Wording("FiguresCostOver", "it has cost {cost} (at most {limit} was allowed)")
_COST_NONE = Wording("FiguresCostNone", "it has cost {cost} (nothing was to be spent)")
_COST_OTHER = Wording("FiguresCostOther", "it has cost {cost} (which cannot be compared with {limit})")


@dataclass(frozen=True, slots=True)
class Figures:
    """What is known of what runs. ``acts`` are the reports it is from, ``day`` the earliest of theirs; ``costs`` are amounts as they
    are signed, the highest of each currency.
    """

    acts: tuple[str, ...]
    day: date
    users: int
    costs: tuple[str, ...]


def over_limits(terms: Terms, figures: Figures | None) -> tuple[Reason, ...]:
    """Where what runs is larger than what was granted. A cost that cannot be compared with the budget is past it."""
    if figures is None or not runs(terms.stage):
        return ()
    found = []
    table = terms.boundaries.table
    if _USERS in table and figures.users > (limit := int(str(terms.boundaries[_USERS]))):
        found.append(_USERS_OVER(users=in_figures(figures.users), limit=in_figures(limit)))
    if _BUDGET in table:
        budget = str(terms.boundaries[_BUDGET])
        found += [over for cost in figures.costs if (over := _over_budget(cost, budget))]
    return tuple(found)


def _over_budget(cost: str, budget: str) -> Reason | None:
    if not budget:
        return _COST_NONE(cost=money_said(cost))
    more = more_money(cost, budget)
    if more is None:
        return _COST_OTHER(cost=money_said(cost), limit=money_said(budget))
    return _COST_OVER(cost=money_said(cost), limit=money_said(budget)) if more else None


def figures_due(terms: Terms, figures: Figures | None) -> date | None:
    """The day by which the owner of a pilot reports, or reports again; None where the pilot ends before, and for no pilot."""
    if terms.stage is not Stage.PILOT:
        return None
    since = terms.begins if figures is None else figures.day
    due = days_after(since, min(terms.days // 2, LONGEST_UNREPORTED))
    return due if due < terms.expires else None
