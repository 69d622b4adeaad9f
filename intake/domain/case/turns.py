"""Whose turn it is: which of two offices moves next, and the turn as a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from intake.domain.acts.kinds import Office
from intake.domain.base.reasons import Fact, Reason
from intake.domain.base.wording import Caption, Sentence, listed
from intake.domain.case.graph import Graph

_TURN = Sentence("TurnOf", "It is the turn of {turn}.")
_OWNER = Caption("TheOwner", "the owner")
_CIO = Caption("TheCio", "the CIO")
_CISO = Caption("TheCiso", "the CISO")
_RECORDS = Caption("TheRecordsTeam", "the records team")
_PARTIES = {"owner": _OWNER, "cio": _CIO, "ciso": _CISO, "records": _RECORDS}


def turn_of(turn: Sequence[str]) -> Reason | None:
    """Of the parties of ``CaseState.turn``; None when it is nobody’s."""
    return _TURN(turn=parties_named(turn)) if turn else None


def parties_named(turn: Sequence[str]) -> Fact:
    """These parties, as they stand in a sentence."""
    return listed([_PARTIES[party]() for party in turn])


def unanswered(graph: Graph, cio: Sequence[str], ciso: Sequence[str]) -> tuple[str, ...]:
    """Of offices that hold other terms (the acts each holds), the one that has not seen the other's newest moves next; both,
    when neither has.
    """
    ours, theirs = graph.mask(cio), graph.mask(ciso)
    cio_knows, ciso_knows = not theirs & ~graph.seen_by(ours), not ours & ~graph.seen_by(theirs)
    if cio_knows != ciso_knows:
        return (Office.CISO.value,) if cio_knows else (Office.CIO.value,)
    return tuple(office.value for office in Office)
