"""Waivers: what both offices give up that a scaled use should have had, each with the reason why.

A waiver is an entry of the terms, so it works only in a pair, and both have signed the reason. It says what is missing and
nothing else: whether that had to be there is asked where it is known (``domain.case.gate``, ``domain.assessment.granting``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from intake.domain.base.canonical import Json, clean
from intake.domain.base.names import ID, QUESTION
from intake.domain.base.refusals import Refusal
from intake.domain.base.visible import is_blank
from intake.domain.base.wording import Wording
from intake.domain.terms.done_without import DoneWithout

_TOO_MANY = Wording("WaiversTooMany", "there are more than {limit} waivers")
_UNKNOWN = Wording("WaiverOfNothing", "a waiver does not say what is missing in a form that is known")
_TWICE = Wording("WaiverTwice", "something is waived twice")
_NO_REASON = Wording("WaiverWithoutReason", "a waiver has no reason, or one with spaces around it or hidden characters")
_LONG = Wording("WaiverTooLong", "the reason of a waiver is longer than {limit} characters")
_ODD = Wording("WaiverFieldsOdd", "a waiver does not have the expected fields")

MAX_WAIVERS = 200
MAX_WAIVER_REASON = 1000
PILOT = "pilot"
"""That no pilot was in force before."""
_EVIDENCE = "evidence:"
_COMMITMENT = "commitment:"
WAIVED = re.compile(rf"{PILOT}|{_EVIDENCE}{QUESTION.pattern}|{_COMMITMENT}{ID.pattern}")
"""What can be waived: the pilot, the evidence that a question expects, by its id, and a commitment, by its own."""


class UnreadableWaiver(Refusal):
    what = "A waiver cannot be read: {detail}."
    why = "Both offices must sign the very same waivers, so anything outside the agreed form is not accepted."
    next = "Correct the waiver and try again."


@dataclass(frozen=True, slots=True, order=True)
class Waiver:
    """``what`` is missing (``PILOT``, ``evidence`` or a ``commitment``), and both do without it for this reason."""

    what: str
    reason: str

    def as_json(self) -> dict[str, Json]:
        return {"what": self.what, "reason": self.reason}

    @property
    def question(self) -> str:
        """The id of the question whose evidence is missing; empty for anything else."""
        return self.what.removeprefix(_EVIDENCE) if self.what.startswith(_EVIDENCE) else ""

    @property
    def commitment(self) -> str:
        """The id of the commitment that is given up; empty for anything else."""
        return self.what.removeprefix(_COMMITMENT) if self.what.startswith(_COMMITMENT) else ""


def evidence(question: str) -> str:
    """What is waived where the evidence that a question expects is missing."""
    return f"{_EVIDENCE}{question}"


def commitment(name: str) -> str:
    """What is waived where a commitment, by its id, is not met or not carried on."""
    return f"{_COMMITMENT}{name}"


def gravest(waivers: Iterable[Waiver]) -> DoneWithout | None:
    """By which of them a use case is counted; None where nothing is waived."""
    given = tuple(waivers)
    if any(item.what == PILOT for item in given):
        return DoneWithout.PILOT
    if any(item.question for item in given):
        return DoneWithout.EVIDENCE
    return DoneWithout.COMMITMENTS if given else None


def normalised(given: Iterable[Waiver]) -> tuple[Waiver, ...]:
    """Checked, and in one order. Raises UnreadableWaiver."""
    found = tuple(sorted(given))
    if len(found) > MAX_WAIVERS:
        raise UnreadableWaiver(detail=_TOO_MANY(limit=MAX_WAIVERS))
    for item in found:
        if WAIVED.fullmatch(item.what) is None:
            raise UnreadableWaiver(detail=_UNKNOWN())
        if is_blank(item.reason) or clean(item.reason).strip() != item.reason:
            raise UnreadableWaiver(detail=_NO_REASON())
        if len(item.reason) > MAX_WAIVER_REASON:
            raise UnreadableWaiver(detail=_LONG(limit=MAX_WAIVER_REASON))
    if len({item.what for item in found}) < len(found):
        raise UnreadableWaiver(detail=_TWICE())
    return found


def read_waiver(value: Json) -> Waiver:
    """Read what ``Waiver.as_json`` wrote. Raises UnreadableWaiver."""
    if not isinstance(value, Mapping) or value.keys() != {"what", "reason"}:
        raise UnreadableWaiver(detail=_ODD())
    what, reason = value["what"], value["reason"]
    if not isinstance(what, str) or not isinstance(reason, str):
        raise UnreadableWaiver(detail=_ODD())
    return Waiver(what, reason)
