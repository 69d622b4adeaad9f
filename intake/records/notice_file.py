"""What a notice is made of: an act that changes what a record says, of the use case as one revision names it."""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.acts.kinds.hand_over import HandOverBody, HandsAs
from intake.domain.acts.kinds.lift import LiftBody
from intake.domain.acts.kinds.retire import RetireBody
from intake.domain.acts.kinds.suspend import SuspendBody
from intake.domain.case.event import Event
from intake.domain.case.filed import Revision
from intake.domain.case.fold import CaseState
from intake.domain.organisation.history import RosterHistory
from intake.records.content import SignatureField


@dataclass(frozen=True, slots=True)
class NoticeFile:
    """``act`` is what the notice is about, ``changes`` the SHA-256 of the record that it changes; empty where there is none."""

    state: CaseState
    revision: Revision
    rosters: RosterHistory
    act: Event
    changes: str

    def called(self, person: str) -> str:
        """What somebody is called by the roster that the act names."""
        return self.rosters.chain[self.act.act.roster].roster.called(person)


def signed_as(event: Event) -> SignatureField | None:
    """As whom the author of an act signs a notice of it; None for acts of which there is none."""
    body = event.body
    if isinstance(body, SuspendBody | LiftBody):
        return SignatureField(body.office.label)
    owner = isinstance(body, RetireBody) or (isinstance(body, HandOverBody) and body.by is HandsAs.OWNER)
    return SignatureField.OWNER if owner else None
