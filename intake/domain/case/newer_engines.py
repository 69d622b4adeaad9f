"""What only a newer version can judge: revisions whose playbook is accepted with an engine this program does not have.

Nothing here approves them. What both offices have approved by a newer version is no decision here either, but it has
taken the place of what was in force before: an older program permits less, never more.
"""

from __future__ import annotations

from itertools import product

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.base.reasons import Reason
from intake.domain.case.graph import Graph
from intake.domain.case.judge import NOT_ACCEPTED, Force, Judge


def against(judge: Judge, revision: str, *, accepted: bool) -> tuple[tuple[str, Reason], ...]:
    """(act, reason) when nobody can approve a revision here, as it has no assessment, or is not what the guide files."""
    why = (judge.unassessed(revision) if accepted else NOT_ACCEPTED()) or judge.unfiled(revision)
    return ((revision, why),) if why else ()


def decided(graph: Graph, judge: Judge, revision: str) -> bool:
    """Whether both offices approved one thing on a revision, and only a newer version can tell what comes of it."""
    if not judge.unassessed(revision):
        return False
    waiting = [
        body
        for name, body in graph.bodies.items()
        if isinstance(body, OpinionBody)
        and (body.revision, body.position) == (revision, Position.APPROVE)
        and judge.judgements[name].force is Force.WAITS
        and not judge.judgements[name].waits_for
    ]
    return any(
        (one.office, other.office) == (Office.CIO, Office.CISO)
        and (one.terms_digest, one.assessment) == (other.terms_digest, other.assessment)
        for one, other in product(waiting, repeat=2)
    )
