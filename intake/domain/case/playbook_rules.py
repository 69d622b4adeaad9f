"""What only who can read playbooks knows of a case, asked by the fold: whether the guide files a revision, whether an approval
grants what was judged (rule R10), and which boundaries a filing signature proposes (rule R11).
"""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import NamedTuple, TypeAlias

from intake.domain.acts.kinds.opinion import OpinionBody
from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.base.reasons import Reason
from intake.domain.case.commitment import Commitment
from intake.domain.case.graph import Graph
from intake.domain.terms.boundaries import Boundaries
from intake.domain.terms.terms import Terms

FiledRule: TypeAlias = Callable[[str, RevisionBody, int], Reason | None]
"""Tells of a revision (act id and body), by the playbook it names and the engine with a number, why the guide would never
have filed it. None when it would, or when the bytes of the playbook are not here, and the revision is believed."""

GrantedRule: TypeAlias = Callable[[str, RevisionBody, int, OpinionBody], Reason | None]
"""Tells of an approval on terms that can be read here, of the revision before it, why it cannot count: what it grants was not
judged so, is prohibited, or lasts too long. None when it can, or when the bytes of the playbook are not here."""

CommittedRule: TypeAlias = Callable[[str, RevisionBody, int, Terms, str], tuple[Commitment, ...]]
"""Tells which controls and duties terms on a revision commit to, for somebody (person id) who answers for it; nothing when the
bytes of the playbook are not here."""

AskedRule: TypeAlias = Callable[[str, RevisionBody, int], Boundaries | None]
"""Tells which boundaries a revision proposes: what its author saw before signing. None when nobody can tell."""


def _nothing(_revision: str, _body: RevisionBody, _engine: int, _given: Terms, _owner: str) -> tuple[Commitment, ...]:
    return ()


class PlaybookRules(NamedTuple):
    """The rules, over the same playbooks."""

    filed: FiledRule
    granted: GrantedRule
    asked: AskedRule
    committed: CommittedRule = _nothing


class AskedOfPlaybook:
    """The rules asked of one case. What a program has at hand beside the files of the case does not count: it differs between
    installations. So they are asked only while the playbook and its engine are here; nothing can be approved else either.
    """

    def __init__(
        self, graph: Graph, engine: Callable[[str], int], engines: Container[int], rules: PlaybookRules
    ) -> None:
        """``engine`` gives the number of the one that judges a revision here."""
        self._graph, self._engine, self._engines, self._rules = graph, engine, engines, rules
        self._asked: dict[str, Boundaries | None] = {}

    def unfiled(self, revision: str) -> Reason | None:
        """Why nobody can approve a revision for what was filed; None while that cannot be told."""
        found = self._askable(revision)
        return self._rules.filed(revision, *found) if found else None

    def ungranted(self, body: OpinionBody) -> Reason | None:
        """Why an approval cannot count for what it grants; None while that cannot be told, and for what is no approval."""
        found = self._askable(body.revision) if body.terms is not None else None
        return self._rules.granted(body.revision, *found, body) if found else None

    def committed(self, revision: str, given: Terms, owner: str) -> tuple[Commitment, ...]:
        """The controls and duties that terms on a revision commit to; none while that cannot be told."""
        found = self._askable(revision)
        return self._rules.committed(revision, *found, given, owner) if found else ()

    def asked(self, revision: str) -> Boundaries | None:
        """The boundaries a revision proposes; None while that cannot be told."""
        if revision not in self._asked:
            found = self._askable(revision)
            self._asked[revision] = self._rules.asked(revision, *found) if found else None
        return self._asked[revision]

    def _askable(self, revision: str) -> tuple[RevisionBody, int] | None:
        body = self._graph.bodies.get(revision)
        if not isinstance(body, RevisionBody) or body.playbook in self._graph.missing_blobs[revision]:
            return None
        number = self._engine(revision)
        return (body, number) if number in self._engines else None
