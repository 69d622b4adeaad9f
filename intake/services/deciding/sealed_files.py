"""The sealed records of a use case: what became of each, and where its file is.

A decision can be suspended, replaced or contradicted; its record stays what it was, and people ask for it by its SHA-256.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from intake.domain.acts.envelope import Attachment
from intake.domain.acts.kinds.sealed import SealedBody
from intake.domain.base.wording import Sentence, words
from intake.domain.case.fold import CaseState
from intake.services.installation.installation import Installation

_OF_THE_DECISION = Sentence("SealedFileOfTheDecision", "It is the record of the decision.")
_RIVAL = Sentence("SealedFileRival", "Another file was sealed apart from it, so neither is the record.")
_NOT_KNOWN_YET = Sentence("SealedFileNotKnownYet", "Whether it is a record is known when its file is here.")
_OF_AN_EARLIER_DECISION = Sentence(
    "SealedFileOfAnEarlierDecision", "It is the record of a decision that is not in force now."
)
_HERE = Sentence("SealedFileHere", "Its file is here.")
_NOT_HERE = Sentence("SealedFileNotHere", "Its file is not here: fetch it, or ask {by} for it.")


@dataclass(frozen=True, slots=True)
class SealedFile:
    """``by`` is the name of who sealed it, ``at`` the day by their clock. ``in_force`` tells that it is the record of the
    decision there is now, ``rival`` that another was sealed apart from it, ``here`` that its file has arrived.
    """

    sha256: str
    name: str
    by: str
    at: date
    in_force: bool
    rival: bool
    here: bool

    @property
    def words(self) -> str:
        """What it is a record of."""
        if self.in_force:
            return words(_OF_THE_DECISION())
        if self.rival:
            return words(_RIVAL())
        if not self.here:
            return words(_NOT_KNOWN_YET())
        return words(_OF_AN_EARLIER_DECISION())

    @property
    def place(self) -> str:
        """Where its file is, and what to do where it is not here."""
        return words(_HERE() if self.here else _NOT_HERE(by=self.by))


def sealed_files(installation: Installation, state: CaseState) -> tuple[SealedFile, ...]:
    """What was sealed in a case, in the order of its history: by good seals, by those that only wait for their file, and
    by a decline that brought its record.
    """
    decision = state.decision or state.in_force
    rivals = {name for group in state.seals if len(group) > 1 for name in group}
    found: dict[str, tuple[Attachment, bool]] = {
        name: (body.record, name in rivals)
        for group in state.seals
        for name in group
        if isinstance(body := state.event(name).body, SealedBody)
    }
    for event in state.events:
        if isinstance(body := event.body, SealedBody) and event.judgement.waits_for == (body.record.sha256,):
            found[event.act.id] = (body.record, False)
    if decision is not None and decision.record is not None:
        found.setdefault(decision.sealed_by, (decision.record, False))
    here = installation.register.queries.blobs_among(tuple(sorted({record.sha256 for record, _ in found.values()})))
    return tuple(
        SealedFile(
            sha256=record.sha256,
            name=record.name,
            by=installation.rosters.name(event.act.person),
            at=event.act.at.date(),
            in_force=decision is not None and decision.record == record,
            rival=rival,
            here=record.sha256 in here,
        )
        for event in state.events
        if event.act.id in found
        for record, rival in (found[event.act.id],)
    )
