"""The terms in force, as they are due now: of who has the use case, and not of who had it when they were signed (note 0062)."""

from __future__ import annotations

from dataclasses import replace

from intake.domain.case.fold import CaseState
from intake.domain.terms.terms import Terms


def terms_now(state: CaseState) -> Terms | None:
    """The terms in force, with what was due of a former owner due of who took the use case over."""
    terms, heirs = state.in_force.terms if state.in_force else None, state.passed.heirs
    if terms is None or not heirs:
        return terms
    due = (replace(item, owner=heirs.get(item.owner, item.owner)) for item in terms.conditions)
    return replace(terms, conditions=tuple(due))
