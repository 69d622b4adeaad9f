"""What an approval answers: the terms each office held on its revision, as far as its author had seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.case.graph import Graph
from intake.domain.case.pairs import Opinions

Held: TypeAlias = tuple[tuple[Office, str], ...]
"""The digests of terms that offices hold on a revision; an office that holds none is left out."""


def answered(graph: Graph, opinions: Opinions) -> Mapping[str, Held]:
    """For each approval that has a say, the terms each office held on its revision, as far as its author had seen.

    Of several opinions of an office that its author had seen, the one latest in the order of the case is asked.
    """
    return {
        name: tuple(_held(graph, opinions, name, body.revision))
        for name, body in opinions.bodies.items()
        if body.position is Position.APPROVE
    }


def _held(graph: Graph, opinions: Opinions, name: str, revision: str) -> Iterator[tuple[Office, str]]:
    seen = graph.past(name)
    for office in Office:
        said = opinions.heard(revision, office) & seen
        if said and (terms := opinions.terms[graph.last(said)]):
            yield office, terms
