"""The engines: numbered code that computes an assessment from a playbook and answers.

What a released engine gives for a playbook and answers never changes: any other outcome is another engine, with the next
number, beside those before it. So is code that reads a form of playbook which those before it cannot read. A roster says
which engine judges by each playbook it accepts, so every program gives the same assessment, or says that it cannot.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from intake.domain.acts.capabilities import Capabilities
from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.assessment import assessment
from intake.domain.assessment.assessment import Assessment
from intake.domain.assessment.granted import Granted, on_terms
from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.guide.as_filed import against_filed
from intake.domain.guide.asked import Asked, asked
from intake.domain.playbook.answers import Answer
from intake.domain.playbook.whole import Playbook
from intake.domain.terms.terms import Terms

Judging: TypeAlias = Callable[[Playbook, Asked], Assessment]


@dataclass(frozen=True, slots=True)
class Engine:
    """``asked`` tells what is known from answers, ``judge`` what follows from that, ``on_terms`` what follows on given terms,
    ``against_filed`` why a revision is not what the guide files, and so can be neither judged nor approved.
    """

    asked: Callable[[Playbook, Mapping[str, Answer]], Asked]
    judge: Judging
    against_filed: Callable[[Playbook, RevisionBody], Reason | None] = against_filed
    on_terms: Callable[[Playbook, Mapping[str, Answer], Asked, Terms, Judging], Granted] = on_terms

    def assess(self, playbook: Playbook, answers: Mapping[str, Answer]) -> Assessment:
        return self.judge(playbook, self.asked(playbook, answers))

    def assess_granted(self, playbook: Playbook, answers: Mapping[str, Answer], given: Terms) -> Granted:
        """The assessment of filed answers as they are, and on given terms."""
        return self.granting(playbook, answers)(given)

    def granting(self, playbook: Playbook, answers: Mapping[str, Answer]) -> Callable[[Terms], Granted]:
        """The same for one set of terms after the other: what the answers alone say is worked out once, and of what follows on
        other terms only what they change.
        """
        known = self.asked(playbook, answers)
        return lambda given: self.on_terms(playbook, answers, known, given, self.judge)


Engines: TypeAlias = Mapping[int, Engine]

ENGINES: Engines = MappingProxyType({1: Engine(asked, assessment.assess_known)})
"""Every engine of this program by its number. None is ever removed."""

THIS_VERSION: Capabilities[Engine] = Capabilities(ENGINES)


class NotAssessed(Refusal):
    """A filed revision has no assessment here. Objecting needs none."""


class EngineNotHere(NotAssessed):
    what = "This needs a newer version of Countersign: its playbook is judged with engine {number}, which is not in this one."
    why = "Another engine could come to another result, and both offices must decide on the same assessment."
    next = "Install a newer version, then look again. Declining, asking for changes and withdrawing need no assessment."


class PlaybookNotAccepted(NotAssessed):
    what = "The roster does not accept the playbook this revision was filed with."
    why = "Both offices rely on rules the organisation has agreed to, so what another playbook says is not even shown."
    next = "Ask the administrators to accept it, or the owner to file with the current playbook."


class FiledOtherwise(NotAssessed):
    what = "This revision cannot be approved: {reason}."
    why = "No guide files such a revision: an assessment would count what is missing or not usable as not given, whatever it says."
    next = "Ask for changes, so that the owner files it again."


def engine(engines: Engines, number: int) -> Engine:
    """The engine a roster names. Raises EngineNotHere, and PlaybookNotAccepted for 0, which no roster can name."""
    if not number:
        raise PlaybookNotAccepted
    if number not in engines:
        raise EngineNotHere(number=number)
    return engines[number]
