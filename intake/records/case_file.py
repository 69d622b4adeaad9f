"""What a record is about, before an edition puts it into words."""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.acts.envelope import Act
from intake.domain.assessment.assessment import Assessment
from intake.domain.assessment.granted import Granted
from intake.domain.case.filed import Revision
from intake.domain.case.fold import CaseState
from intake.domain.organisation.history import RosterHistory
from intake.domain.organisation.roster import Roster
from intake.domain.playbook import answers as said
from intake.domain.playbook.answers import Answers
from intake.domain.playbook.whole import Playbook


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One revision, the playbook it was filed with, and what that playbook makes of it.

    ``assessment`` is the one a record rests on: of an approval that on its terms. ``granted`` is
    there for an approval: how the revision is judged as asked, and on the terms.
    """

    state: CaseState
    revision: Revision
    rosters: RosterHistory
    playbook: Playbook
    assessment: Assessment
    granted: Granted | None = None

    @property
    def answers(self) -> Answers:
        return said.from_json(self.revision.body.answers)

    @property
    def act(self) -> Act:
        """The act that filed the revision."""
        return self.state.event(self.revision.id).act

    @property
    def roster(self) -> Roster:
        """The roster that the revision names: it says who people are on its pages, whatever rosters came later."""
        return self.rosters.chain[self.act.roster].roster

    def called(self, person: str) -> str:
        return self.roster.called(person)
