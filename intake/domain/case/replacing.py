"""Which acts of a case a later one took the place of: such an act counted, and is history since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import product

from intake.domain.acts.kinds import Effect, Office
from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.case.graph import Graph
from intake.domain.case.judge import Judge
from intake.domain.case.pairs import Opinions


def replaced(graph: Graph, judge: Judge, opinions: Opinions) -> Mapping[str, tuple[str, ...]]:
    """Act id to the acts that took its place, in the order of the case.

    An opinion gives way to a later one of its office on its revision (rule R5), a revision to those that revise it, and a
    withdrawal to a revision that was filed in its knowledge.
    """
    found: dict[str, list[str]] = defaultdict(list)
    revisions = {
        name: body
        for name in graph.order
        if isinstance(body := graph.bodies[name], RevisionBody) and judge.counts(name)
    }
    for revision, office in product({body.revision for body in opinions.bodies.values()}, Office):
        every = opinions.on(revision, office)
        here = graph.mask(every)
        for later in every:
            for name in graph.among(opinions.replaced(later) & here):
                found[name].append(later)
    for later, body in revisions.items():
        for name in revisions.keys() & set(body.revises):
            found[name].append(later)
    for name in graph.order:
        if graph.effect(name) is Effect.CLOSES and judge.objects(name):
            found[name] = [later for later in revisions if graph.descends(later, name)]
    return {name: tuple(found[name]) for name in graph.order if found.get(name)}
