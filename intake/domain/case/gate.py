"""The gate between a pilot and scaled use (rule R13): what an approval for scaled use must find in the past of its revision.

What was decided before is asked of the fold of that past alone: what arrived later neither opens nor shuts the gate. There is
no clock; days that are signed are compared with each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import NamedTuple, TypeAlias

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import OpinionBody
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Wording
from intake.domain.case.carrying import Tracked
from intake.domain.case.decision import Decision
from intake.domain.case.graph import Graph
from intake.domain.terms.stages import StepNeeds, step
from intake.domain.terms.terms import Stage, Terms
from intake.domain.terms.waivers import PILOT

ENDED_AT_MOST = timedelta(days=90)
"""How long before the first day of scaled use the decision before it may have ended."""

_NO_PILOT = Wording("GateNoPilot", "it grants scaled use, and no pilot was in force before its revision was filed")
_PILOT_OVER = Wording("GatePilotOver", "it grants scaled use, and the pilot had ended more than {limit} days before")


class Before(NamedTuple):
    """What an act found: the decision in force, None where none was, and every commitment with what had become of it."""

    decision: Decision | None
    commitments: tuple[Tracked, ...]

    @property
    def terms(self) -> Terms | None:
        return self.decision.terms if self.decision else None


FoundBefore: TypeAlias = Callable[[str], Before]
"""What an act (by id) found when it was signed, by what its author had seen."""


class Pasts:
    """What acts found when they were signed. Each past is worked out once, for the folds of the pasts too: the past of an act is
    the same acts whoever asks. ``fold`` gives what some acts of the case come to.
    """

    DEEPEST = 40
    """So many decisions, each inside the one before and none accepted, are followed back; further back nothing goes on. Both
    offices would have to sign them all, and no program may stop over it.
    """

    def __init__(self, fold: Callable[[Iterable[Act], Pasts], Before]) -> None:
        self._fold = fold
        self._known: dict[tuple[str, ...], Before] = {}
        self._deep = 0

    def before(self, graph: Graph, name: str) -> Before:
        """``name`` is an act of ``graph``: a revision, or an approval."""
        return self._of((name,), graph, graph.past(name))

    def before_both(self, graph: Graph, opinions: tuple[str, str]) -> Decision | None:
        """What was in force before two opinions that approve the same, by what either had seen."""
        if self._deep >= self.DEEPEST and opinions not in self._known:
            return None
        cio, ciso = opinions
        return self._of(opinions, graph, (graph.past(cio) | graph.past(ciso)) & ~graph.mask(opinions)).decision

    def _of(self, key: tuple[str, ...], graph: Graph, past: int) -> Before:
        if key not in self._known:
            self._known[key] = self._folded(graph, past) if _approved_by_both(graph, past) else Before(None, ())
        return self._known[key]

    def _folded(self, graph: Graph, past: int) -> Before:
        self._deep += 1
        found = self._fold((graph.acts[one] for one in graph.among(past)), self)
        self._deep -= 1
        return found


def agreed_by_both(graph: Graph, speaks: Callable[[Act], bool]) -> frozenset[tuple[str, str]]:
    """(revision, digest of the terms) of what an opinion of each office approves, whatever has become of it since.

    The past is asked about these only: what one office approves alone is no decision, and one that approves thousands of steps
    must not make every program look into as many pasts. ``speaks`` tells whether an act is by somebody of the office it names:
    anybody can write the name of the other one.
    """
    return frozenset(
        key
        for key, by in _approved_by_both(graph, graph.all).items()
        if all(any(map(speaks, acts)) for acts in by.values())
    )


def _approved_by_both(graph: Graph, among: int) -> dict[tuple[str, str], dict[Office, list[Act]]]:
    """What opinions in the name of each office approve, by (revision, digest of the terms). Where nothing is, none of these acts
    decided anything, and most pasts are such.
    """
    said: dict[tuple[str, str], dict[Office, list[Act]]] = {}
    for name in graph.among(among):
        body = graph.bodies[name]
        if isinstance(body, OpinionBody) and body.terms is not None:
            act = graph.acts[name]
            said.setdefault((body.revision, signed_digest(act)), {}).setdefault(body.office, []).append(act)
    return {key: by for key, by in said.items() if len(by) == len(Office)}


def signed_digest(act: Act) -> str:
    """The digest of the terms that an opinion approves, as it was signed: reading its body has proved that it is theirs."""
    return str(act.body["terms_digest"])


def against_gate(given: Terms, before: Terms | None, day: date) -> Reason | None:
    """Why terms do not pass the gate after what was in force ``before``; None where they pass, waive the pilot or need none.

    ``day`` is the one on which the revision was filed, or the terms signed: what begins later has not run by then, and no first day
    that lies before it makes a pilot end later than it did.
    """
    if before is not None and before.begins > day:
        before = None
    found = step(before.stage if before else Stage.IDEA, given.stage)
    assert found is not None  # every stage that can be granted can be reached from any that was
    if any(item.what == PILOT for item in given.waivers):
        return None
    if found.needs is StepNeeds.WAIVER:
        return _NO_PILOT()
    if found.needs is StepNeeds.GATE and before is not None and max(given.begins, day) - before.expires > ENDED_AT_MOST:
        return _PILOT_OVER(limit=ENDED_AT_MOST.days)
    return None
