"""The gate between a pilot and scaled use (rule R13): what an approval for scaled use must find in the past of its revision.

What was decided before is asked of the fold of that past alone: what arrived later neither opens nor shuts the gate. There is
no clock; days that are signed are compared with each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import NamedTuple, TypeAlias

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import Body, Office
from intake.domain.acts.kinds.opinion import OpinionBody
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Wording
from intake.domain.case.carrying import Tracked
from intake.domain.case.graph import Graph
from intake.domain.terms.stages import StepNeeds, step
from intake.domain.terms.terms import Stage, Terms
from intake.domain.terms.waivers import PILOT

ENDED_AT_MOST = timedelta(days=90)
"""How long before the first day of scaled use the decision before it may have ended."""

_NO_PILOT = Wording("GateNoPilot", "it grants scaled use, and no pilot was in force before its revision was filed")
_PILOT_OVER = Wording("GatePilotOver", "it grants scaled use, and the pilot had ended more than {limit} days before")


class Before(NamedTuple):
    """What an act found: the terms in force, None where nothing was, and every commitment with what had become of it."""

    terms: Terms | None
    commitments: tuple[Tracked, ...]


FoundBefore: TypeAlias = Callable[[str], Before]
"""What an act (by id) found when it was signed, by what its author had seen."""


class Pasts:
    """What acts found when they were signed. Each past is worked out once, for the folds of the pasts too: the past of an act is
    the same acts whoever asks. ``fold`` gives what some acts of the case come to.
    """

    def __init__(self, fold: Callable[[Iterable[Act], Pasts], Before]) -> None:
        self._fold = fold
        self._known: dict[str, Before] = {}

    def before(self, graph: Graph, name: str) -> Before:
        """``name`` is an act of ``graph``: a revision, or an approval."""
        if name not in self._known:
            past = (graph.acts[one] for one in graph.among(graph.past(name)))
            self._known[name] = self._fold(past, self)
        return self._known[name]


def agreed_by_both(bodies: Iterable[Body | None]) -> frozenset[tuple[str, str]]:
    """(revision, digest of the terms) of what an opinion of each office approves, whatever it is worth.

    The past is asked about these only: what one office approves alone is no decision, and one that approves thousands of steps
    must not make every program look into as many pasts.
    """
    said = {
        (body.revision, body.terms_digest, body.office)
        for body in bodies
        if isinstance(body, OpinionBody) and body.terms is not None
    }
    return frozenset(
        (revision, terms) for revision, terms, _ in said if all((revision, terms, one) in said for one in Office)
    )


def against_gate(given: Terms, before: Terms | None) -> Reason | None:
    """Why terms do not pass the gate after what was in force ``before``; None where they pass, waive the pilot or need none."""
    found = step(before.stage if before else Stage.IDEA, given.stage)
    assert found is not None  # every stage that can be granted can be reached from any that was
    if any(item.what == PILOT for item in given.waivers):
        return None
    if found.needs is StepNeeds.WAIVER:
        return _NO_PILOT()
    if found.needs is StepNeeds.GATE and before is not None and given.begins - before.expires > ENDED_AT_MOST:
        return _PILOT_OVER(limit=ENDED_AT_MOST.days)
    return None
