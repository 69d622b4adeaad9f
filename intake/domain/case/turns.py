"""Whose turn it is, as a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from intake.domain.base.reasons import Fact, Reason
from intake.domain.base.wording import Caption, Sentence, listed

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
