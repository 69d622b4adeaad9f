"""Whether a revision is what the guide files: asked of who can read playbooks, for judging approvals (rule R10)."""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import TypeAlias

from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.base.reasons import Reason
from intake.domain.case.graph import Graph

FiledRule: TypeAlias = Callable[[str, RevisionBody, int], Reason | None]
"""Tells of a revision (act id and body), by the playbook it names and the engine with a number, why the guide would never
have filed it. None when it would, or when the bytes of the playbook are not here, and the revision is believed."""


def against(
    graph: Graph, revision: str, engine: Callable[[str], int], engines: Container[int], as_filed: FiledRule
) -> Reason | None:
    """Why nobody can approve a revision for what was filed; ``engine`` gives the number of the one that judges a revision here.

    None also while the revision or its playbook is not here, or its engine is not known: nothing can be approved then either.
    """
    body = graph.bodies.get(revision)
    # What a program has at hand beside the files of the case does not count: it differs between installations.
    if not isinstance(body, RevisionBody) or body.playbook in graph.missing_blobs[revision]:
        return None
    number = engine(revision)
    return as_filed(revision, body, number) if number in engines else None
