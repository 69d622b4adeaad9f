"""The register of one installation: open it, put signed acts in, ask what follows.

``append`` is the only way in, for an act just signed here as for one from far away: one transaction stores it, folds
the cases it touches and writes their rows (``projecting``). Reading is in ``queries``, drafts in ``drafts``, strangers’
acts in ``waiting_room``; they hang on the register.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from intake.domain.acts.kinds.roster import PeopleFile
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Wording
from intake.domain.organisation.roster import People
from intake.register import refusals, rejudging, storing
from intake.register.arrivals import (
    Appended,
    appended,
    note_files,
    rows_by,
)
from intake.register.own import Own, require_places
from intake.register.projecting import Progress, Projecting
from intake.register.rebuilding import Rebuilt, audited, rebuild
from intake.register.store import backup
from intake.register.store.confidential import Confidential
from intake.register.store.connecting import closed_by
from intake.register.store.database import Database, open_database
from intake.register.store.drafts import Drafts
from intake.register.store.installation import InstallationIdentity
from intake.register.store.marks import this_place
from intake.register.store.own_acts import OwnActs
from intake.register.store.quarantine import Quarantine
from intake.register.store.reading import StoredFiles
from intake.register.store.receipts import Receipts
from intake.register.store.roster_changes import changes
from intake.register.store.unsigned import UnsignedStore
from intake.register.strangers import WaitingLimits
from intake.register.views.copies import CopiedText
from intake.register.views.likeness import Likeness
from intake.register.views.projector import OrgView, Projector
from intake.register.views.queries import Queries
from intake.register.views.whole_list import WholeList
from intake.register.waiting_room import WaitingRoom
from intake.trust.acts import VerifiedAct, verify_act

_LISTS_OF_ANOTHER = Wording("ListsOfAnotherProgram", "its lists were written by another Countersign")
_JUDGE_FIRST = Wording("JudgeUseCasesFirst", "use cases have to be judged again first ({count})")

Cancelled = Callable[[], bool]

_STEP = 50


class Register:
    """Made by ``Register.open``. Writing is for one thread at a time; reading is free."""

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
        self._clock = clock
        self._projecting = Projecting(database, projector, installation, clock=clock, limits=limits)
        self.installation = installation
        self.waiting_room = WaitingRoom(database, installation, self._projecting)
        self.queries = Queries(database)
        self.likeness = Likeness(database)
        self.copies = CopiedText(database)
        self.whole_list = WholeList(database)
        self.drafts = Drafts(database, clock)
        self.unsigned = UnsignedStore(database, clock)
        self.quarantine = Quarantine(database, clock)
        self.receipts = Receipts(database, clock)
        self.own_acts = OwnActs(database)
        self.confidential = Confidential(database, clock)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        projector: Projector,
        mark: Path | None = None,
        place: str | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC).replace(microsecond=0),
        new_id: Callable[[], str] = lambda: secrets.token_hex(16),
        limits: WaitingLimits = WaitingLimits(),  # noqa: B008 - frozen
        mounts: str | None = None,
    ) -> Register:
        """Open or make the register at ``path``. Raises a RegisterRefusal when the place or the file is unfit.

        Where nothing can be written, a register that is there is opened for reading; each writing call raises
        HomeReadOnly then.

        ``mark`` is the file that remembers how many numbers were given out (``<path>.mark`` when None), ``place`` names
        this file on this machine (worked out when None), ``new_id`` gives 32 random hexadecimal digits.
        """
        database = open_database(path, mounts=mounts)
        try:
            installation = InstallationIdentity(
                database,
                mark or path.with_name(path.name + ".mark"),
                place=place if place is not None else this_place(path),
                new_id=new_id,
            )
            opened = cls(database, projector, installation, clock=clock, limits=limits)
            opened.arrange(installation.settle)
            opened.arrange(opened._renew)
            if opened.read_only:
                opened._require_readable()
        except BaseException:
            database.close()
            raise
        return opened

    @property
    def path(self) -> Path:
        return self._database.path

    @property
    def read_only(self) -> bool:
        return self.closed is not None

    @property
    def closed(self) -> refusals.HomeReadOnly | None:
        """Why nothing can be written here; None where it can."""
        return self._database.closed

    def arrange(self, step: Callable[[], object]) -> None:
        """Do what puts the register in order when it is opened; skipped where it cannot be written.

        What has no room, no right or no sound disk then is no reason to show nothing: from there on the register is
        read only. Raises NeedsWriting when it could then show something that is not so.
        """
        if self.read_only:
            return
        try:
            step()
        except Refusal as refusal:
            self._database.closed = closed_by(refusal, self.path)
            if self.closed is None:
                raise
            self._require_readable()

    def require_writing(self) -> None:
        """Raises HomeReadOnly; asked before something begins that could not be stored."""
        self._database.require_writing()

    @property
    def org(self) -> str:
        """The organisation's id; empty until ``join``."""
        return self.installation.setting("org")

    def close(self) -> None:
        self._database.close()

    def append(
        self,
        acts: Iterable[VerifiedAct] = (),
        blobs: Mapping[str, bytes] | None = None,
        *,
        own: Own | None = None,
        progress: Progress | None = None,
    ) -> Appended:
        """Take verified acts and attached files (SHA-256 to bytes) in, in one transaction. Doing it again changes nothing.

        Refused items are in the result, each with its refusal, and in quarantine when no later act could cure them.
        ``own`` comes with acts signed here, of which all or nothing is stored: it raises the refusal of the first item,
        PlaceTaken, and what ``own.still`` raises. Raises DiskFull, RegisterBusy and their kin; then
        nothing of the call was stored.
        """
        acts = list(acts)
        with self._database.write() as connection:
            if own:
                own.still()
                require_places(connection, self.installation.read(connection, "installation"), acts)
                if own.founds:
                    self._join(connection, own.founds)
                own.finish(connection, self._clock())
            step = self._projecting.step(connection)
            found, after = step.take(acts, blobs or {}, own=own is not None)
            self._projecting.write(connection, found, after, progress)
            left = rejudging.count(connection)
            key = (step.org, changes(connection), after)
            ours = self.installation.note_own(connection, found.new)
        self._projecting.keep(key)
        if ours:
            self.installation.raise_mark()
        if own and own.founds:
            self.rejudge()
        return appended(found, left)

    @property
    def to_rejudge(self) -> int:
        """How many cases are still to be folded again: what is shown of them may be out of date."""
        with self._database.read() as connection:
            return rejudging.count(connection)

    def rejudge(self, *, progress: Progress | None = None, cancelled: Cancelled = lambda: False) -> int:
        """Fold again the cases that a roster act or a checkpoint put into the queue; returns how many are left.

        The queue is stored: what a cancel or a crash leaves is done the next time.
        """
        with self._database.read() as connection:
            total = left = rejudging.count(connection)
        if left:
            self.organisation()  # folded once here, and not in every step
        while left and not cancelled():
            with self._database.write() as connection:
                view = self._projecting.view(connection, self.installation.read(connection, "org"))
                for case_pk, case_id in rejudging.take(connection, _STEP):
                    self._projecting.write_case(connection, view, case_pk, case_id)
                left = rejudging.count(connection)
            if progress:
                progress(max(0, total - left), total)
        return left

    def join(self, org: str) -> None:
        """Make this the register of the organisation ``org`` (the act id of its first roster). Raises OrganisationFixed."""
        with self._database.write() as connection:
            joined = self._join(connection, org)
            step = self._projecting.step(connection)
            found, view = step.take_back(step.view())
            self._projecting.write(connection, found, view)
        if joined:
            self._projecting.forget()
            self.rejudge()

    def organisation(self) -> OrgView:
        """What the stored roster acts say now."""
        return self._projecting.organisation()

    def keep(self, data: bytes) -> str:
        """Store bytes that no act names yet, such as a playbook; returns their SHA-256."""
        with self._database.write() as connection:
            name = storing.keep(connection, data)
            rejudging.enqueue_waiting(connection, name)
        self.rejudge()
        return name

    def people(self, named: PeopleFile, more: Mapping[str, bytes] | None = None) -> People | None:
        """The people in a file that a roster names, stored here or among ``more`` (by SHA-256); None when it is not.

        Raises MalformedPeople or its kin.
        """
        if more and named.sha256 in more:
            return self._projector.people(named, more)
        with self._database.read() as connection:
            return self._projector.people(named, StoredFiles(connection))

    def audit(self, verify: Callable[[bytes], VerifiedAct] = verify_act) -> Iterator[tuple[str, Refusal]]:
        """Verify every stored signature again; gives act id and refusal for those that no longer hold."""
        return audited(self.queries.every_act(), verify)

    def rebuild(self, *, check: bool = False, progress: Progress | None = None) -> Rebuilt:
        """Throw every projection away and fold again; with ``check`` compare only, and change nothing."""
        self.rejudge()
        done = rebuild(self._database, self._projector, check=check, progress=progress)
        self._projecting.forget()
        return done

    def back_up(self, target: Path, *, progress: Progress | None = None) -> None:
        """A checked copy, made while the register is in use."""
        backup.back_up(self.path, target, progress=progress)

    def _join(self, connection: Connection, org: str) -> bool:
        """Whether that is new. Raises OrganisationFixed."""
        current = self.installation.read(connection, "org")
        if current:
            if current != org:
                raise refusals.OrganisationFixed(org=current[:16])
            return False
        self.installation.write(connection, "org", org)
        self._projecting.begin(connection, org)
        return True

    def _renew(self) -> None:
        """Fold every case again when this program writes other rows than the one before it; in the queue, not now."""
        version = rows_by(self._projector)
        if self.installation.setting("projections") == version:
            return
        with self._database.write() as connection:
            note_files(connection, self.installation, self._projector, self._clock)
            self._projecting.begin_again(connection, self.installation.read(connection, "org"))
            self.installation.write(connection, "projections", version)

    def _require_readable(self) -> None:
        """Raises NeedsWriting while the lists say something else than the acts, and cannot be written again."""
        assert self.closed
        facts = {"path": self.path, "cause": self.closed.facts["detail"]}
        if self.installation.setting("projections") != rows_by(self._projector):
            raise refusals.NeedsWriting(**facts, detail=_LISTS_OF_ANOTHER())
        with self._database.read() as connection:
            left = rejudging.count(connection)
        if left:
            raise refusals.NeedsWriting(**facts, detail=_JUDGE_FIRST(count=left))
