"""The paper a record is laid out for: a rule of the organisation, in the policy of its roster.

It is signed data, so that every machine prints the same pages, whatever paper lies in its printer.
"""

from __future__ import annotations

from intake.domain.organisation.roster import Roster
from intake.records.content import PAPER_RULE, Paper


def of(roster: Roster) -> Paper:
    """A4 where the roster names no paper that this edition knows."""
    given = roster.policy.get(PAPER_RULE)
    return next((paper for paper in Paper if paper == given), Paper.A4)
