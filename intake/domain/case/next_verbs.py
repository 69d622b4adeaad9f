"""What the next act of somebody can be: its names, where it is done, and who looks. Screens and commands read it, ``next_act`` makes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from intake.domain.acts.kinds import Office
from intake.domain.base.reasons import Reason
from intake.domain.case.allowed import CaseRights


class NextVerb(StrEnum):
    """What is to be done."""

    STOP = "stop"
    FILE_AGAIN = "file-again"
    JOIN = "join"
    """Two revisions claim to be the newest: filing again joins them."""
    DECIDE = "decide"
    ANSWER_TERMS = "answer-terms"
    SIGN_AGAIN = "sign-again"
    LIFT = "lift"
    ACCEPT = "accept"
    """Both decided otherwise than was filed: the owner accepts that, or answers a point of it."""
    ANSWER_OWNER = "answer-owner"
    """The owner’s side has said what a point costs."""
    TAKE_OVER = "take-over"
    """Accept a use case that was handed over."""
    HAND_OVER = "hand-over"
    """Give it to somebody who answers for it, as administrator: nobody present does."""
    ACKNOWLEDGE = "acknowledge"
    """Say for an office that it has read what becomes of a use that was retired."""
    COMPLETE = "complete"
    """The record of a decision that exists lacks a signature."""
    MEET = "meet"
    """A commitment: a condition of the terms in force, or a duty with a day, by the person it names."""
    CONFIRM = "confirm"
    """A report that a commitment is met waits for an office."""
    SHRINK = "shrink"
    """What runs is past a limit of its terms: its owner brings it back, and an office looks at it."""
    REPORT = "report-figures"
    """The owner of a pilot says how many use it and what it has cost."""
    RENEW = "renew"
    """The approval ends soon."""
    WAIT = "wait"
    """Nothing, by who looks."""


class ActWay(StrEnum):
    """Where it is done."""

    FILE_AGAIN = "file-again"
    REVIEW = "review"
    COMPLETE = "complete"
    LIFT = "lift"
    REPORT = "report"
    CONFIRM = "confirm"
    FIGURES = "figures"
    ACCEPT = "accept"
    TAKE_OVER = "take-over"
    HAND_OVER = "hand-over"
    ACKNOWLEDGE = "acknowledge"
    NONE = ""
    """Outside this program, or not by who looks."""


@dataclass(frozen=True, slots=True)
class AskedOfOwner:
    """What an office asked for on the newest revision, in the words of ``person`` (an id)."""

    office: Office
    person: str
    day: date
    text: str


@dataclass(frozen=True, slots=True)
class NextAct:
    """``call`` is what the act is called, ``why`` is asked for in a sentence or two. ``asked`` is what the owner is asked for.

    ``of`` are those who have to act: parties of ``CaseState.turn``, or the person id of who has to meet a condition. ``since`` is
    the day from which that is so (``whose_turn``), or of what stopped it, ``until`` the day until when; None when nobody can tell.
    ``commitment`` is the id of what is to be reported or answered.
    """

    verb: NextVerb
    way: ActWay
    call: Reason
    why: Reason
    of: tuple[str, ...]
    since: date | None = None
    until: date | None = None
    asked: tuple[AskedOfOwner, ...] = ()
    commitment: str = ""


@dataclass(frozen=True, slots=True)
class CaseViewer:
    """Who looks. ``completes`` is whether the signature that the record lacks is theirs, ``names`` are people by id."""

    person: str
    may: CaseRights
    completes: bool
    names: Mapping[str, str]

    def named(self, person: str) -> str:
        return self.names.get(person, person)
