"""What an approval has to find in its past: the gate to scaled use, and the commitments that are open (rules R13 and R14)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds.opinion import OpinionBody
from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.base.reasons import Reason
from intake.domain.case.carrying import against_carrying, against_giving_up
from intake.domain.case.gate import Before, FoundBefore, against_gate, agreed_by_both, signed_digest
from intake.domain.case.graph import Graph
from intake.domain.case.promised import Promised
from intake.domain.terms.terms import Stage, Terms


@dataclass(frozen=True, slots=True)
class _Found:
    """What approvals found, by who approves what, and what they had seen beside their own approvals of the same."""

    repeats: dict[tuple[str, str, str], int]
    before: dict[tuple[str, str, str, int], Before] = field(default_factory=dict)


class PastRules:
    """``before`` tells what an act found when it was signed, ``promised`` what was agreed on as far as acts are judged, ``speaks``
    whether an opinion is by somebody of its office.
    """

    def __init__(self, graph: Graph, before: FoundBefore, promised: Promised, speaks: Callable[[Act], bool]) -> None:
        self._graph, self._before, self._promised = graph, before, promised
        self._agreed = agreed_by_both(graph, speaks)
        repeats: dict[tuple[str, str, str], int] = defaultdict(int)
        for name, body in graph.bodies.items() if self._agreed else ():
            if isinstance(body, OpinionBody) and body.terms is not None:
                act = graph.acts[name]
                if (key := (body.revision, signed_digest(act))) in self._agreed:
                    repeats[act.person, *key] |= graph.mask((name,))
        self._found = _Found(repeats)

    def before(self, revision: str) -> Terms | None:
        """The terms in force when a revision was filed that asks for scaled use; None for any other, and for none."""
        body = self._graph.bodies.get(revision)
        return self._before(revision).terms if isinstance(body, RevisionBody) and body.stage is Stage.SCALED else None

    def against(self, act: Act, body: OpinionBody) -> Reason | None:
        """Why an approval does not fit what came before it; None while its revision is not here, or something is incomplete.

        The gate goes by what was in force when the revision was filed, and by what was when the office spoke: who files may have
        passed over what came since, and the office has not. Commitments go by what the office had seen.
        """
        if body.terms is None or body.revision not in self._graph.acts:
            return None
        key = (body.revision, signed_digest(act))
        if key not in self._agreed:
            return None
        if self._graph.waits_for(act.id) or self._graph.waits_for(body.revision):
            return None
        given, scaled = body.terms, body.terms.stage is Stage.SCALED
        waives = bool(given.confirmed) or any(item.commitment for item in given.waivers)
        contained = self._promised.of(key, given)
        if not scaled and not waives and self._promised.all_before(act.id) <= contained.keys():
            return None  # what was agreed on before asked for nothing else, so nothing can be left out
        day, filed = act.at.date(), self._graph.acts[body.revision].at.date()
        shut = against_gate(given, self._before(body.revision).terms, filed) if scaled else None
        found = self._found_by(act, key)
        return (
            shut
            or against_gate(given, found.terms, day)
            or against_carrying(given, contained.values(), found.commitments, max(given.begins, day))
            or against_giving_up(given, contained, found.commitments)
        )

    def _found_by(self, act: Act, key: tuple[str, str]) -> Before:
        """What an approval found. Who approves the same again and again finds the same, and it is worked out once."""
        mine = (act.person, *key)
        others = self._graph.past(act.id) & ~self._found.repeats[mine]
        if (*mine, others) not in self._found.before:
            self._found.before[*mine, others] = self._before(act.id)
        return self._found.before[*mine, others]
