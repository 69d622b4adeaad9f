"""What suspends a use case, and which of it both offices have lifted (rule R12).

A suspension is an act of that kind, or a decline or change request of an office that had seen both opinions of a pair on its
own revision. It holds the whole case: what was decided before it, beside it and after it. Each name in a lift counts alone.
Approving again lifts nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, product

from intake.domain.acts.kinds import Effect, Office
from intake.domain.acts.kinds.lift import LiftBody
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.acts.kinds.suspend import SuspendBody
from intake.domain.case.graph import Graph
from intake.domain.case.judge import Judge
from intake.domain.case.pairs import Opinions


@dataclass(frozen=True, slots=True)
class Suspension:
    """``act`` suspends, by ``office``, for this reason. ``lifted`` are the acts by which an office lifted it, by office."""

    act: str
    office: Office
    reason: str
    lifted: tuple[tuple[Office, str], ...] = ()

    @property
    def open(self) -> bool:
        return len({office for office, _ in self.lifted}) < len(Office)

    def waits_for(self) -> tuple[Office, ...]:
        """The offices that have not lifted it."""
        done = {office for office, _ in self.lifted}
        return tuple(office for office in Office if office not in done)


def suspensions(graph: Graph, judge: Judge, opinions: Opinions) -> tuple[Suspension, ...]:
    """Every suspension of a case, in the order of the case."""
    found = tuple(_suspending(graph, judge, opinions))
    lifts = _lifts(graph, judge) if found else {}
    return tuple(
        Suspension(name, office, reason, _halves(lifts.get(name, []), graph)) for name, office, reason in found
    )


def _suspending(graph: Graph, judge: Judge, opinions: Opinions) -> Iterator[tuple[str, Office, str]]:
    for name in graph.order:
        body = graph.bodies[name]
        if isinstance(body, SuspendBody) and judge.objects(name):
            yield name, body.office, body.reason
        elif isinstance(body, OpinionBody) and body.position is not Position.APPROVE and judge.objects(name):
            if paired_before(graph, opinions, name, body.revision):
                yield name, body.office, body.reason


def _lifts(graph: Graph, judge: Judge) -> dict[str, list[tuple[Office, str]]]:
    found: dict[str, list[tuple[Office, str]]] = {}
    for name in graph.order:
        body = graph.bodies[name]
        if graph.effect(name) is Effect.RELEASES and isinstance(body, LiftBody) and judge.counts(name):
            for suspension in body.suspensions:
                found.setdefault(suspension, []).append((body.office, name))
    return found


def _halves(lifts: list[tuple[Office, str]], graph: Graph) -> tuple[tuple[Office, str], ...]:
    """The first half of each office, by two different people; one half where there are no two such."""
    of = {office: [name for by, name in lifts if by is office] for office in Office}
    for cio in of[Office.CIO]:
        for ciso in of[Office.CISO]:
            if graph.acts[cio].person != graph.acts[ciso].person:
                return ((Office.CIO, cio), (Office.CISO, ciso))
    return tuple((office, names[0]) for office, names in of.items() if names)[:1]


def paired_before(graph: Graph, opinions: Opinions, name: str, revision: str) -> tuple[tuple[str, str], ...]:
    """Of each terms a pair (CIO, CISO) on a revision that the author of ``name`` had seen, in favour still or not."""
    seen = graph.past(name)
    found: list[tuple[str, str]] = []
    for terms in opinions.terms_of_both(revision):
        masks = [seen & opinions.approving(revision, office, terms) for office in Office]
        if all(masks):
            pairs = product(*map(graph.among, masks))
            found += islice(((a, b) for a, b in pairs if graph.acts[a].person != graph.acts[b].person), 1)
    return tuple(found)


def restored(graph: Graph, opinions: Opinions, found: Iterable[Suspension]) -> dict[str, tuple[str, ...]]:
    """The objections that both offices have lifted, each with what its office holds again: its part of the newest pair that it
    had stopped. What it had taken back before that stays taken back.
    """
    made: dict[str, tuple[str, ...]] = {}
    for item in found:
        body = graph.bodies[item.act]
        if not item.open and isinstance(body, OpinionBody):
            place = list(Office).index(item.office)
            mine = graph.mask(pair[place] for pair in paired_before(graph, opinions, item.act, body.revision))
            made[item.act] = (graph.last(mine),) if mine else ()
    return made
