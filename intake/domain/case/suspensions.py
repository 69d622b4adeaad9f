"""What suspends a use case, and which of it both offices have lifted (rule R12).

A suspension is an act of that kind, or a decline or change request of an office that had seen both opinions of a pair on its
own revision. It holds the whole case: what was decided before it, beside it and after it. Each name in a lift counts alone.
Approving again lifts nothing.

Beyond the cut-off of its key a suspension holds all the same, or administrators could end it by cutting off the key. It ends once
who holds that office now disowns it, by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, product

from intake.domain.acts.kinds import Effect, Office
from intake.domain.acts.kinds.disown import DisownBody
from intake.domain.acts.kinds.lift import LiftBody
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.acts.kinds.suspend import SuspendBody
from intake.domain.case.graph import Graph
from intake.domain.case.judge import Judge
from intake.domain.case.pairs import Opinions


@dataclass(frozen=True, slots=True)
class Suspension:
    """``act`` suspends, by ``office``, for this reason. ``lifted`` are the acts by which an office lifted it, by office.

    ``cut_off`` is whether it is beyond the cut-off of its key, so that its office may disown it; ``disowned`` is the act that did.
    """

    act: str
    office: Office
    reason: str
    lifted: tuple[tuple[Office, str], ...] = ()
    cut_off: bool = False
    disowned: str = ""

    @property
    def open(self) -> bool:
        return not self.disowned and len({office for office, _ in self.lifted}) < len(Office)

    @property
    def ended_by(self) -> tuple[str, ...]:
        """The acts that ended it; none while it is open."""
        return (self.disowned,) if self.disowned else () if self.open else tuple(act for _, act in self.lifted)

    def waits_for(self) -> tuple[Office, ...]:
        """The offices that have not lifted it."""
        done = {office for office, _ in self.lifted}
        return tuple(office for office in Office if office not in done)


def suspensions(graph: Graph, judge: Judge, opinions: Opinions) -> tuple[Suspension, ...]:
    """Every suspension of a case, in the order of the case."""
    found = tuple(_suspending(graph, judge, opinions))
    lifts = _lifts(graph, judge) if found else {}
    disowned = _disowned(graph, judge) if any(judge.cut_off(name) for name, _, _ in found) else {}
    return tuple(
        Suspension(
            name,
            office,
            reason,
            _halves(lifts.get(name, []), graph, judge),
            cut_off := judge.cut_off(name),
            disowned.get((name, office), "") if cut_off else "",
        )
        for name, office, reason in found
    )


def _suspending(graph: Graph, judge: Judge, opinions: Opinions) -> Iterator[tuple[str, Office, str]]:
    for name in graph.order:
        body = graph.bodies[name]
        if not judge.objects(name) and not judge.cut_off(name):
            continue
        if isinstance(body, SuspendBody):
            yield name, body.office, body.reason
        elif isinstance(body, OpinionBody) and body.position is not Position.APPROVE:
            if paired_before(graph, opinions, name, body.revision):
                yield name, body.office, body.reason


def _disowned(graph: Graph, judge: Judge) -> dict[tuple[str, Office], str]:
    """Which suspensions which office has disowned, each with the first act that does."""
    found: dict[tuple[str, Office], str] = {}
    for name in graph.order:
        body = graph.bodies[name]
        if isinstance(body, DisownBody) and judge.counts(name):
            for suspension in body.suspensions:
                if suspension in graph.acts and judge.knew_cut_off(name, suspension):
                    found.setdefault((suspension, body.office), name)
    return found


def _lifts(graph: Graph, judge: Judge) -> dict[str, list[tuple[Office, str]]]:
    found: dict[str, list[tuple[Office, str]]] = {}
    for name in graph.order:
        body = graph.bodies[name]
        if graph.effect(name) is Effect.RELEASES and isinstance(body, LiftBody) and judge.counts(name):
            for suspension in body.suspensions:
                found.setdefault(suspension, []).append((body.office, name))
    return found


def _halves(lifts: list[tuple[Office, str]], graph: Graph, judge: Judge) -> tuple[tuple[Office, str], ...]:
    """The first half of each office, by two different people who had not taken the case over by the time both were signed; one
    half where there are no two such.
    """
    of = {office: [name for by, name in lifts if by is office] for office in Office}
    for cio in of[Office.CIO]:
        for ciso in of[Office.CISO]:
            if graph.acts[cio].person != graph.acts[ciso].person and not judge.parties.took_over(cio, ciso):
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
        if not item.open and not item.disowned and isinstance(body, OpinionBody):
            place = list(Office).index(item.office)
            mine = graph.mask(pair[place] for pair in paired_before(graph, opinions, item.act, body.revision))
            made[item.act] = (graph.last(mine),) if mine else ()
    return made
