"""The paper a record is laid out for: what the roster says that its pages follow from."""

from __future__ import annotations

from intake.domain.organisation.paper import PAPER_RULE, Paper
from intake.domain.organisation.roster import Roster


def of(roster: Roster) -> Paper:
    """A4 where the roster names no paper that this edition knows."""
    given = roster.policy.get(PAPER_RULE)
    return next((paper for paper in Paper if paper == given), Paper.A4)
