"""Which approvals were given already: another on the same terms would decide nothing, and only make a second record.

An opinion is **settled** when another by the same person, who had seen everything that is here, would relate to
the rest of the case exactly as it does itself: everything that was said on the revision is in its past. An office that is contested,
suspended by an objection or forked has something new to answer, and may say the same again.
"""

from __future__ import annotations

from collections.abc import Callable

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.case.graph import Graph
from intake.domain.case.judge import Judge
from intake.domain.case.pairs import Opinions


def settled(
    graph: Graph, judge: Judge, opinions: Opinions, revision: str, decided: str, asking: Callable[[str, str], int]
) -> tuple[str, ...]:
    """The settled approvals of both offices on ``revision``; ``decided`` is the digest of the terms decided there. ``asking`` gives
    the mask of what the owner’s side answered to terms (by digest) on a revision: that is new to who had not seen it.
    """
    found = []
    for office in Office:
        heads = opinions.heads(revision, office)
        said = {(opinions.terms[name], opinions.bodies[name].assessment) for name in heads}
        agreed = all(opinions.bodies[name].position is Position.APPROVE and judge.counts(name) for name in heads)
        if len(said) == 1 and agreed:
            found += [
                name
                for name in heads
                if _answers_everything(graph, opinions, name, decided)
                and not asking(revision, opinions.terms[name]) & ~graph.past(name)
            ]
    return tuple(found)


def _answers_everything(graph: Graph, opinions: Opinions, head: str, decided: str) -> bool:
    body, terms = opinions.bodies[head], opinions.terms[head]
    for office in Office:
        same = opinions.approving(body.revision, office, terms)
        # What both offices have lifted is answered.
        others = opinions.heard(body.revision, office) & ~graph.mask((head,)) & ~opinions.lifted
        if others & ~graph.past(head) & ~(same if decided == terms else 0):
            return False
        # What a colleague said stays beside it, unless this opinion took its place; a later one might.
        if office is body.office and others & ~same & ~opinions.replaced(head):
            return False
    return True
