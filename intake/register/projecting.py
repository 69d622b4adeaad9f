"""What the stored acts say: the organisation, folded once and kept, and the rows of the cases that follow from it.

Everything here but ``organisation`` runs in a transaction that somebody else began.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from intake.register import rejudging, storing
from intake.register.arrivals import with_listings
from intake.register.step import Step
from intake.register.store import own_acts
from intake.register.store.database import Database
from intake.register.store.installation import InstallationIdentity
from intake.register.store.reading import StoredFiles, roster_input
from intake.register.store.roster_changes import changes
from intake.register.storing import Intake
from intake.register.strangers import WaitingLimits, settle
from intake.register.views import projections
from intake.register.views.projector import OrgView, Projector

Progress = Callable[[int, int], None]

KeptView = tuple[str, int, OrgView]
"""An organisation's id, how often its acts had changed, and what they said then."""


class Projecting:
    """Writes what follows from the acts; reads nothing that does not."""

    def __init__(
        self,
        database: Database,
        projector: Projector,
        installation: InstallationIdentity,
        *,
        clock: Callable[[], datetime],
        limits: WaitingLimits,
    ) -> None:
        self._database = database
        self._projector = projector
        self._installation = installation
        self._clock = clock
        self.limits = limits
        self._kept: KeptView | None = None

    def organisation(self) -> OrgView:
        """What the stored roster acts say now."""
        with self._database.read() as connection:
            org = self._installation.read(connection, "org")
            view = self.view(connection, org)
            self._kept = (org, changes(connection), view)
        return view

    def keep(self, kept: KeptView) -> None:
        """Use this view until the acts change; given once its transaction is stored."""
        self._kept = kept

    def forget(self) -> None:
        """Fold the organisation again when it is next asked for."""
        self._kept = None

    def view(self, connection: Connection, org: str) -> OrgView:
        """The organisation, folded again only when what it is folded from has changed, here or in another process."""
        if self._kept and self._kept[:2] == (org, changes(connection)):
            return self._kept[2]
        return self.fold(connection, org)

    def fold(self, connection: Connection, org: str) -> OrgView:
        """The organisation, folded now."""
        made_of = roster_input(connection)
        return self._projector.organisation(org, made_of.acts, made_of.heads, StoredFiles(connection))

    def fold_listed(self, connection: Connection, org: str) -> OrgView:
        """The organisation, folded with the listings that wait beside it (``with_listings``)."""
        fold = partial(self.fold, connection, org)
        view, _ = with_listings(connection, fold(), fold, self._clock())
        return view

    def begin(self, connection: Connection, org: str) -> None:
        """Write the rows of an organisation this register has just joined; every case waits to be folded then."""
        view = self.fold_listed(connection, org)
        projections.project_organisation(connection, view)
        projections.project_waiting_room(connection, view)
        settle(connection, view, org)
        projections.project_seen_of_organisation(connection, self._projector, view)
        rejudging.enqueue_all(connection)

    def begin_again(self, connection: Connection, org: str) -> None:
        """Another version of the program wrote what is here: work out what was sent and seen; every case waits to be folded."""
        own_acts.note_sent_again(connection)
        if org:
            view = self.fold_listed(connection, org)
            projections.project_seen_of_organisation(connection, self._projector, view)
        rejudging.enqueue_all(connection)

    def step(self, connection: Connection) -> Step:
        """What stores acts in this transaction."""
        org = self._installation.read(connection, "org")
        return Step(connection, org, self._projector, self.limits, self._clock(), partial(self.view, connection, org))

    def write(self, connection: Connection, found: Intake, view: OrgView, progress: Progress | None = None) -> None:
        """Write the rows of the cases that what was stored touches."""
        numbers = storing.number_cases(connection, found.cases)
        for done, (case_id, case_pk) in enumerate(numbers.items(), start=1):
            self.write_case(connection, view, case_pk, case_id)
            if progress:
                progress(done, len(numbers))

    def write_case(self, connection: Connection, view: OrgView, case_pk: int, case_id: str) -> None:
        """Fold one case and write its rows; it waits for nothing then."""
        projections.project_case(connection, self._projector, view, case_pk, case_id)
        rejudging.done(connection, case_pk)
