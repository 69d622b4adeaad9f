"""The revisions of a case as they are numbered and printed, also those that no longer count."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.base.reasons import Reason
from intake.domain.case.graph import Graph
from intake.domain.case.judge import Judge


@dataclass(frozen=True, slots=True)
class Revision:
    """``number`` counts along the longest chain of what each revises, also of those that no longer count: it is printed in
    records, so a fork found later must not change it. Two revisions of a conflict may share it.

    ``parties`` are the people who have a part in it and cannot decide on it (``parties``); only of the newest, on which something
    is decided. ``engine`` is the number of the engine that judges it, 0 when no roster accepts
    the playbook it was filed with. ``owner`` answers for it: whom it names, or who did before
    where ``misnamed`` tells why that cannot be. Nobody can approve it then. Of the newest it is who answers for the case now:
    who took it over, and nobody (empty) while two people claim it.
    """

    id: str
    number: int
    author: str
    body: RevisionBody
    current: bool
    parties: tuple[str, ...]
    engine: int
    owner: str
    misnamed: Reason | None


def filed_revisions(graph: Graph, judge: Judge, heads: Container[str]) -> tuple[Revision, ...]:
    """All revisions that are here, in the order of the case; ``heads`` are the newest of those that count."""
    every = {name: body for name in graph.order if isinstance(body := graph.bodies[name], RevisionBody)}
    numbers: dict[str, int] = {}
    for name, body in every.items():
        numbers[name] = 1 + max((numbers.get(before, 0) for before in body.revises), default=0)
    return tuple(
        Revision(
            id=name,
            number=numbers[name],
            author=graph.acts[name].person,
            body=body,
            current=name in heads,
            parties=tuple(sorted(judge.parties.of(name))) if name in heads else (),
            engine=judge.engine(name),
            owner=judge.accountable(name) if judge.holder is None or name not in heads else judge.holder,
            misnamed=judge.misnamed(name),
        )
        for name, body in every.items()
    )
