"""What a record is about, before an edition puts it into words."""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain import answers as said
from intake.domain.answers import Answers
from intake.domain.assessment import Assessment
from intake.domain.fold import CaseState
from intake.domain.fold.filed import Revision
from intake.domain.playbook import Playbook
from intake.domain.roster_history import RosterHistory


@dataclass(frozen=True, slots=True)
class Matter:
    """One revision, the playbook it was filed with, and what that playbook makes of it."""

    state: CaseState
    revision: Revision
    rosters: RosterHistory
    playbook: Playbook
    assessment: Assessment

    @property
    def answers(self) -> Answers:
        return said.from_json(self.revision.body.answers)
