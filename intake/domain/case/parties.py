"""Who has a part in a case and cannot decide on it: owners and authors of the case, and of each revision with all it goes back to,
and who took it over.

Anybody listed can sign a revision that names anybody, so the people of one are bits of a mask: a tuple for each revision would
take the square of what one hostile person signs.
"""

from __future__ import annotations

from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.case.graph import Graph
from intake.domain.case.masks import Masks
from intake.domain.case.ownership import Ownership


class Parties:
    """Of every revision that is here, also of one that does not count."""

    def __init__(self, graph: Graph, ownership: Ownership) -> None:
        self._owners = ownership.owners
        self._graph, self._took = graph, ownership.handing.took
        self._bits: dict[str, int] = {}
        self._masks = Masks()
        own = self._mask(*ownership.owners)
        for name in graph.order:
            body = graph.bodies[name]
            if isinstance(body, RevisionBody):
                mask = own | self._mask(graph.acts[name].person, body.owner)
                for before in body.revises:
                    if before in self._masks:
                        mask |= self._masks[before]
                self._masks[name] = mask

    def of(self, revision: str) -> frozenset[str]:
        """The people; those whose case it is for a revision that is not here."""
        if revision not in self._masks:
            return self._owners | self._took.keys()
        mask = self._masks[revision]
        return frozenset(person for person, bit in self._bits.items() if mask & bit) | self._took.keys()

    def has(self, person: str, revision: str) -> bool:
        """Whether somebody has a part in a revision, or in the case where that one is not here."""
        if revision not in self._masks:
            return person in self._owners
        return bool(self._masks[revision] & self._bits.get(person, 0))

    def took_over(self, *names: str) -> bool:
        """Whether the author of one of these acts ever took the case over without having seen all of them: then they are not
        what an office signed that had no part in it. What was signed by then stands; nobody gains by taking over.
        """
        if not self._took:
            return False
        mask, every = self._graph.mask(names), 0
        for name in names:
            every |= self._took.get(self._graph.acts[name].person, 0)
        return any(mask & ~self._graph.past(taken) for taken in self._graph.among(every))

    def _mask(self, *people: str) -> int:
        found = 0
        for person in people:
            found |= self._bits.setdefault(person, 1 << len(self._bits))
        return found
