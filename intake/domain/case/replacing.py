"""Which acts of a case a later one took the place of: such an act counted, and is history since."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from intake.domain.acts.kinds import Effect, Office
from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.case.graph import Graph
from intake.domain.case.judge import Judge
from intake.domain.case.pairs import Opinions


def replaced(graph: Graph, judge: Judge, opinions: Opinions) -> Mapping[str, str]:
    """Act id to the first act that took its place, in the order of the case.

    An opinion gives way to a later one of its office on its revision (rule R5), a revision to one that revises it, and a
    withdrawal to a revision that was filed in its knowledge.
    """
    found: dict[str, str] = {}
    for revision, office in product({body.revision for body in opinions.bodies.values()}, Office):
        every = opinions.on(revision, office)
        present = graph.mask(every)
        for later in every:
            gone = opinions.replaced(later) & present
            present &= ~gone
            found.update(dict.fromkeys(graph.among(gone), later))
    withdrawn = graph.mask(name for name in graph.order if graph.effect(name) is Effect.CLOSES and judge.objects(name))
    for later in graph.order:
        body = graph.bodies[later]
        if isinstance(body, RevisionBody) and judge.counts(later):
            reopened = graph.past(later) & withdrawn
            withdrawn &= ~reopened
            revised = (name for name in body.revises if name in graph.acts and judge.counts(name))
            for name in (*revised, *graph.among(reopened)):
                found.setdefault(name, later)
    return found
