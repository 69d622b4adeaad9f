"""Revisions whose author had not seen that both offices had decided, and whom the offices had not seen either.

Nobody can tell which was first (rule R7), so the decision is on hold until both decide again on what came last. The owner
has filed something, and takes no notice of a stop that nobody meant: it has to be told.
"""

from __future__ import annotations

from collections.abc import Iterable

from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.case.fates import Fate, Pair
from intake.domain.case.graph import Graph

_DECIDED = (Fate.IN_FORCE, Fate.SUSPENDED, Fate.UNJUDGED)


def unseen(graph: Graph, pairs: Iterable[Pair]) -> tuple[tuple[str, str], ...]:
    """(revision, the revision that was decided on) for each; nothing once something else is decided."""
    every = tuple(pairs)
    if any(pair.fate in _DECIDED for pair in every):
        return ()
    found = {
        (name, pair.revision)
        for pair in every
        if pair.fate is Fate.ON_HOLD
        for name in pair.against
        if isinstance(graph.bodies[name], RevisionBody)
        and not any(graph.descends(opinion, name) for opinion in pair.opinions)
    }
    return tuple(sorted(found))
