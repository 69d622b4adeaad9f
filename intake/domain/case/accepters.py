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
    """Of one case. Who signed an opinion in it accepts nothing there, whatever the opinion is worth now: one side is not the other.

    ``spoke`` are those people. An act says itself whose it is, and anybody can write a name: what no key of that person signed, by
    the rosters, is not their opinion, nor is what a stolen key signed beyond its cut-off.
    """

    def __init__(self, graph: Graph, ownership: Ownership) -> None:
        self._graph, self._ownership = graph, ownership
        opinions = (graph.acts[name] for name, body in graph.bodies.items() if isinstance(body, OpinionBody))
        self.spoke = frozenset(act.person for act in opinions if ownership.listed(act).objects)

    def against(self, act: Act, body: AcceptBody) -> Reason | None:
        """Why an act does not accept for the owner; None when it does, or while its revision is not here."""
        if act.person in self.spoke:
            return _SPOKE()
        if body.revision not in self._graph.acts:
            return None
        moved = self._ownership.took_over(act.id)
        if act.person == (self._ownership.accountable(body.revision) if moved is None else moved):
            return None
        return None if self._ownership.succeeds(act).strength is Strength.FULL else _NOT_ACCOUNTABLE()
