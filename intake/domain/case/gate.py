"""The gate between a pilot and scaled use (rule R13): what an approval for scaled use must find in the past of its revision.

What was decided before is asked of the fold of that past alone: what arrived later neither opens nor shuts the gate. There is
no clock; days that are signed are compared with each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import cache
from typing import TypeAlias

from intake.domain.acts.envelope import Act
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Wording
from intake.domain.case.decision import Decision
from intake.domain.case.graph import Graph
from intake.domain.terms.terms import Stage, Terms
from intake.domain.terms.waivers import PILOT

ENDED_AT_MOST = timedelta(days=90)
"""How long before the first day of scaled use the decision before it may have ended."""

_NO_PILOT = Wording("GateNoPilot", "it grants scaled use, and no pilot was in force before its revision was filed")
_PILOT_OVER = Wording("GatePilotOver", "it grants scaled use, and the pilot had ended more than {limit} days before")

InForceBefore: TypeAlias = Callable[[str], Terms | None]
"""The terms in force when a revision (act id) was filed, by what its author had seen; None where nothing was."""


def in_force_before(graph: Graph, fold: Callable[[Iterable[Act]], Decision | None]) -> InForceBefore:
    """Each revision is asked about once; ``fold`` gives what is in force by some acts of the same case."""

    @cache
    def before(revision: str) -> Terms | None:
        found = fold(graph.acts[name] for name in graph.among(graph.past(revision)))
        return found.terms if found else None

    return before


def against_gate(given: Terms, before: Terms | None) -> Reason | None:
    """Why terms do not pass the gate after what was in force ``before``; None where they pass, waive the pilot or need none."""
    if given.stage is not Stage.SCALED or any(item.what == PILOT for item in given.waivers):
        return None
    if before is None or before.stage is Stage.IDEA:
        return _NO_PILOT()
    if given.begins - before.expires > ENDED_AT_MOST:
        return _PILOT_OVER(limit=ENDED_AT_MOST.days)
    return None
