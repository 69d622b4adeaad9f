"""Which figures count of those that the owner of a use case has reported.

The newest report counts, by what its author had seen and not by its day; of several that have not seen each other the higher of
each. A report of a day before the terms in force began says nothing about them.
"""

from __future__ import annotations

from intake.domain.acts.kinds import Effect
from intake.domain.acts.kinds.figures import FiguresBody
from intake.domain.base.money import money, more_money
from intake.domain.case.figures import Figures
from intake.domain.case.graph import Graph
from intake.domain.case.judge import Judge
from intake.domain.terms.terms import Terms


def newest_figures(graph: Graph, judge: Judge, terms: Terms | None) -> Figures | None:
    """The figures that count for the terms in force; None where nobody has reported any."""
    if terms is None:
        return None
    reports = {
        name: body
        for name in graph.order
        if graph.effect(name) is Effect.MEASURES
        and isinstance(body := graph.bodies[name], FiguresBody)
        and body.day >= terms.begins
        and judge.counts(name)
    }
    every = graph.mask(reports)
    newest = tuple(graph.among(every & ~graph.seen_by(every)))
    if not newest:
        return None
    bodies = [reports[name] for name in newest]
    costs: dict[str, str] = {}
    for body in bodies:
        found = money(body.cost)
        if found and more_money(body.cost, costs.get(found.currency, "")):
            costs[found.currency] = body.cost
    return Figures(
        tuple(sorted(newest)),
        min(body.day for body in bodies),
        max(body.users for body in bodies),
        tuple(sorted(costs.values())),
    )
