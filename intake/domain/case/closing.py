"""What ends a use case until a revision that knows of it opens it again: its withdrawal, and its retirement (rule R12)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from intake.domain.acts.kinds import Effect, Office
from intake.domain.acts.kinds.acknowledged import AcknowledgedBody
from intake.domain.acts.kinds.retire import RetireBody
from intake.domain.case.graph import Graph
from intake.domain.case.judge import Judge
from intake.domain.case.phases import Phase


@dataclass(frozen=True, slots=True)
class Closing:
    """``acts`` end the case now, in the order of the case. ``acknowledged`` are the notes by which each office said that it has
    read the newest retirement among them (office, act), the first of each office.
    """

    acts: tuple[str, ...] = ()
    retirement: str = ""
    acknowledged: tuple[tuple[Office, str], ...] = ()

    @property
    def phase(self) -> Phase | None:
        """What the case is by that; None while nothing ends it. Beside a withdrawal a retirement says more."""
        if not self.acts:
            return None
        return Phase.RETIRED if self.retirement else Phase.WITHDRAWN


def closing(graph: Graph, judge: Judge, heads: Collection[str]) -> Closing:
    """``heads`` are the newest revisions: what one of them has seen does not end the case any more."""
    acts = tuple(
        name
        for name in graph.order
        if graph.effect(name) is Effect.CLOSES
        and judge.objects(name)
        and not any(graph.descends(head, name) for head in heads)
    )
    retirement = next((name for name in reversed(acts) if isinstance(graph.bodies[name], RetireBody)), "")
    return Closing(acts, retirement, _acknowledged(graph, judge, retirement) if retirement else ())


def _acknowledged(graph: Graph, judge: Judge, retirement: str) -> tuple[tuple[Office, str], ...]:
    """A note decides nothing; it is shown as the word of an office only where its signer held that."""
    found: dict[Office, str] = {}
    for name in graph.order:
        body = graph.bodies[name]
        if isinstance(body, AcknowledgedBody) and body.retirement == retirement and judge.notes(name):
            if judge.speaks_for(name, body.office):
                found.setdefault(body.office, name)
    return tuple((office, found[office]) for office in Office if office in found)
