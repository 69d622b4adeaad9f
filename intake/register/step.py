"""One step of a register, within its transaction: acts and files come in, or go, and the organisation is judged after it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from intake.register import sent_away, storing
from intake.register.arrivals import admit_again, admit_new, index_checkpoints, judge_again, moves, with_listings
from intake.register.sent_away import Sent
from intake.register.store import own_acts
from intake.register.storing import Intake
from intake.register.strangers import WaitingLimits, dismiss
from intake.register.views.projections import project_seen_of_organisation, who_waits
from intake.register.views.projector import OrgView, Projector
from intake.trust.acts import VerifiedAct


@dataclass(frozen=True, slots=True)
class Step:
    """What a step needs to know. ``view`` gives the organisation as it is stored when it is asked."""

    connection: Connection
    org: str
    projector: Projector
    limits: WaitingLimits
    at: datetime
    view: Callable[[], OrgView]

    def take(self, acts: Iterable[VerifiedAct], blobs: Mapping[str, bytes], *, own: bool) -> tuple[Intake, OrgView]:
        """Store acts and files, and what was sent away and counts now; gives what came of it and the organisation then.

        The cases of it are still to be folded. Of what was signed here (``own``) the first refusal is raised.
        """
        before = self.view()
        found, after = self._take(before, acts, blobs, own=own)
        if who_waits(before) != who_waits(after):
            more, after = self.take_back(after)
            found.follow(more)
        if after is not before:
            project_seen_of_organisation(self.connection, self.projector, after)
        return found, after

    def take_back(self, view: OrgView) -> tuple[Intake, OrgView]:
        """What was sent away comes back in the transaction in which its roster comes: quarantine may be its only place."""
        found = Intake()
        while acts := sent_away.coming_back(self.connection, view):
            before = view
            more, view = self._take(before, acts, {}, own=False)
            refused = {item.id for item in more.refused}
            sent_away.came_back(self.connection, (item for item in acts if item.blob_id not in refused))
            found.follow(more)
            if who_waits(before) == who_waits(view):
                break
        return found, view

    def send_away(self, key: str, *, stream: str, enrolments: bool) -> tuple[Sent, Intake, OrgView]:
        """As ``sent_away.send_away``, and what is left is judged without what went."""
        before, found = self.view(), Intake()
        sent = sent_away.send_away(
            self.connection, key, self.projector, org=self.org, stream=stream, enrolments=enrolments, at=self.at
        )
        if not sent.acts:
            return sent, found, before
        found.cases |= dismiss(self.connection, sent.acts)
        after, indexed = with_listings(self.connection, self.view(), self.view, self.at)
        judge_again(self.connection, found, self.projector, before, after, indexed)
        admit_again(self.connection, found, before, after, self.org)
        return sent, found, after

    def _take(
        self, before: OrgView, acts: Iterable[VerifiedAct], blobs: Mapping[str, bytes], *, own: bool
    ) -> tuple[Intake, OrgView]:
        connection = self.connection
        found = storing.sift(connection, acts, org=self.org, at=self.at)
        codes = admit_new(connection, found, self.projector, self.org, before, self.limits, blobs, own=own)
        storing.store_acts(connection, found, codes, self.projector.carried, at=self.at)
        if own:
            own_acts.note_signed(connection, [item.act.id for item in found.new])
        storing.store_blobs(connection, found, blobs, self.limits, at=self.at)
        if own and found.refused:
            # What was signed together is stored together.
            raise found.refused[0].refusal
        checkpoints = index_checkpoints(connection, found, self.at, before)
        people = storing.people_came(connection, found)
        after = self.view() if checkpoints or people or found.gone or moves(before, found) else before
        if (after.recorders, after.bound) != (before.recorders, before.bound):
            after, more = with_listings(connection, after, self.view, self.at)
            checkpoints += more
        if found.organisation or checkpoints or people or found.gone:
            judge_again(connection, found, self.projector, before, after, checkpoints)
            admit_again(connection, found, before, after, self.org)
        return found, after
