"""What became of each commitment, and what new terms owe to those before them (rules R13 and R14).

A commitment begins with the first terms on which both offices agreed and never vanishes: it is met once an office has confirmed a
report, or both have given it up in later terms. What is causally newest holds; heads that contradict each other leave it open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from intake.domain.acts.kinds import Body
from intake.domain.acts.kinds.confirm import ConfirmBody
from intake.domain.acts.kinds.report import ReportBody
from intake.domain.acts.kinds.send_back import ReturnBody
from intake.domain.case.agreements import Agreements
from intake.domain.case.carrying import CommitmentProgress, Tracked
from intake.domain.case.commitment import BEFORE_SCALING, Commitment
from intake.domain.case.fates import Fate, Pair
from intake.domain.case.graph import Graph
from intake.domain.case.inheriting import inherited
from intake.domain.case.judge import Judge
from intake.domain.case.pairs import Opinions
from intake.domain.terms.terms import Stage, Terms


class _Mention(NamedTuple):
    """Terms that both offices agreed on and that contain a commitment or waive it; ``waiver`` is why, where they hold or held."""

    commitment: Commitment | None
    waiver: str
    waives: bool
    binds: bool
    revision: str
    cio: str
    ciso: str


def about(body: Body | None) -> str:
    """The id of the commitment that an act is about; empty for any other act."""
    return body.commitment if isinstance(body, ReportBody | ConfirmBody | ReturnBody) else ""


def commitments(
    graph: Graph,
    judge: Judge,
    opinions: Opinions,
    agreements: Agreements,
    pairs: Iterable[Pair],
    accepted: Callable[[Pair], object],
) -> tuple[Tracked, ...]:
    """Every commitment of a case, by its day and step."""
    agreed = {(pair.revision, pair.terms, pair.fate) for pair in pairs if pair.fate is not Fate.VOID and accepted(pair)}
    held = {(revision, terms) for revision, terms, fate in agreed if fate in _HELD}
    # What was accepted binds also while it is contested or on hold: one office alone could make it so.
    binding = {(revision, terms) for revision, terms, _ in agreed}
    mentions: dict[str, list[_Mention]] = defaultdict(list)
    for revision, digest, (cio, ciso) in agreements.every_agreed():
        terms = opinions.opinion(cio).terms
        if terms is not None:
            for key, item in _mentioned(terms, judge.committed(revision, terms), held=(revision, digest) in held):
                mentions[key].append(_Mention(*item, (revision, digest) in binding, revision, cio, ciso))
    said = _said(graph, judge)
    found = (_tracked(graph, judge, every, said.get(key, ())) for key, every in mentions.items())
    return tuple(sorted((item for item in found if item), key=lambda item: item.commitment.order))


_HELD = (Fate.IN_FORCE, Fate.SUSPENDED, Fate.SUPERSEDED)
"""What becomes of a pair that held, once it was accepted. A waiver gives something up, so it needs one; what is asked for counts in
any case.
"""


def due_by_step(every: Iterable[Tracked], bound: Terms | None) -> tuple[Tracked, ...]:
    """What had to be met before scaled use is due on its first day, once the terms for that bind (``CaseState.bound``). The gate asks
    for what was agreed on before; what these terms bring themselves would be asked for by nobody.
    """
    scaled = bound is not None and bound.stage is Stage.SCALED
    found = (
        replace(item, commitment=replace(item.commitment, due=bound.begins))
        if bound is not None and scaled and item.commitment.due is None and item.commitment.stage in BEFORE_SCALING
        else item
        for item in every
    )
    return tuple(sorted(found, key=lambda item: item.commitment.order))


def _mentioned(
    terms: Terms, contained: Iterable[Commitment], *, held: bool
) -> Iterator[tuple[str, tuple[Commitment | None, str, bool]]]:
    waived = {item.commitment: item.reason for item in terms.waivers if item.commitment}
    for item in contained:
        yield item.id, (item, waived.get(item.id, ""), held and item.id in waived and not item.law)
        waived.pop(item.id, None)
    for key, reason in waived.items():
        yield key, (None, reason, held)


def _said(graph: Graph, judge: Judge) -> Mapping[str, list[str]]:
    """The acts about each commitment that count."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in graph.order:
        if (key := about(graph.bodies[name])) and judge.objects(name):
            found[key].append(name)
    return found


def _tracked(graph: Graph, judge: Judge, mentions: list[_Mention], acts: Collection[str]) -> Tracked | None:
    containing = [item for item in mentions if item.commitment]
    if not containing:
        return None  # nobody had ever asked for what these terms waive
    newest = [item for item in mentions if not any(_after(graph, other, item) for other in mentions)]
    last = next((item for item in reversed(newest) if item.commitment), containing[-1])
    assert last.commitment is not None
    heirs = inherited(graph, judge, (last.cio, last.ciso))
    made = Tracked(
        replace(last.commitment, owner=heirs.get(last.commitment.owner, last.commitment.owner)),
        CommitmentProgress.OPEN,
        tuple(acts),
        current=any(item.commitment for item in newest),
        since=graph.first(graph.mask(item.revision for item in containing)),
        held=any(item.binds for item in containing),
    )
    if newest and all(item.waives for item in newest):
        return replace(made, progress=CommitmentProgress.WAIVED, waiver=newest[-1].waiver)
    heads = newest_of(graph, acts)
    bodies = [graph.bodies[name] for name in heads]
    if bodies and all(isinstance(body, ConfirmBody) for body in bodies):
        return replace(made, progress=CommitmentProgress.CONFIRMED)
    if bodies and all(isinstance(body, ReportBody) for body in bodies):
        return replace(made, progress=CommitmentProgress.REPORTED, reports=heads)
    returned = next((name for name in reversed(heads) if isinstance(graph.bodies[name], ReturnBody)), "")
    return replace(made, returned=returned)


def _after(graph: Graph, later: _Mention, earlier: _Mention) -> bool:
    """Whether both offices had moved on from one to the other."""
    return graph.descends(later.cio, earlier.cio) and graph.descends(later.ciso, earlier.ciso)


def newest_of(graph: Graph, acts: Collection[str]) -> tuple[str, ...]:
    """Those of some acts that no other of them has seen, in the order of the case."""
    every = graph.mask(acts)
    return graph.among(every & ~graph.seen_by(every))
