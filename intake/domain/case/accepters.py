"""Who may accept what both offices decided (rule R11): the owner who answers for the revision, who has taken the use case over
since, or a rostered successor.
"""

from __future__ import annotations

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds.accept import AcceptBody
from intake.domain.acts.kinds.opinion import OpinionBody
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Wording
from intake.domain.case.graph import Graph
from intake.domain.case.ownership import Ownership
from intake.domain.organisation.rights import Strength

_NOT_ACCOUNTABLE = Wording(
    "AccepterNotAccountable", "only the owner who answers for the revision, or a rostered successor, accepts"
)
_SPOKE = Wording("AccepterGaveOpinion", "its signer has given an opinion in this case and cannot accept for the owner")


class Accepters:
    """Of one case. Who signed an opinion in it accepts nothing there, whatever the opinion is worth now: one side is not the other."""

    def __init__(self, graph: Graph, ownership: Ownership) -> None:
        self._graph, self._ownership = graph, ownership
        self._spoke = frozenset(
            graph.acts[name].person for name, body in graph.bodies.items() if isinstance(body, OpinionBody)
        )

    def against(self, act: Act, body: AcceptBody) -> Reason | None:
        """Why an act does not accept for the owner; None when it does, or while its revision is not here."""
        if act.person in self._spoke:
            return _SPOKE()
        if body.revision not in self._graph.acts:
            return None
        moved = self._ownership.took_over(act.id)
        if act.person == (self._ownership.accountable(body.revision) if moved is None else moved):
            return None
        return None if self._ownership.succeeds(act).strength is Strength.FULL else _NOT_ACCOUNTABLE()
