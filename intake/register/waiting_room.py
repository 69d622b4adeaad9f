"""The acts and files that wait for a roster to list their key: which have a place, and how they leave it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import func, select

from intake.register import storing
from intake.register.projecting import Projecting
from intake.register.room import WaitingPlace, with_place
from intake.register.store.database import Database
from intake.register.store.installation import InstallationIdentity
from intake.register.store.schema import case_note, waiting_room
from intake.register.store.statements import Statement
from intake.register.views.projector import NoteSort


class WaitingRoom:
    """Hangs on the register as ``register.waiting_room``."""

    def __init__(self, database: Database, installation: InstallationIdentity, projecting: Projecting) -> None:
        self._database = database
        self._installation = installation
        self._projecting = projecting

    def count(self) -> int:
        """How much waits for something that is not here: acts for a roster, and what use cases lack."""
        with self._database.read() as connection:
            return sum(_COUNT.run(connection).one())

    def send_away(self, key: str = "", *, enrolments: bool = False) -> tuple[int, int]:
        """Put waiting acts into quarantine; gives how many went, and how many stay because it is full.

        Those of one ``key`` (how its fingerprint begins), or of all strangers: enrolments, or everything else. They come
        back by themselves once a roster lists their key; of a listed key once the roster that they name is here. Of a
        listed key objections stay, and acts of the organisation.
        """
        with self._database.write() as connection:
            step = self._projecting.step(connection)
            stream = self._installation.read(connection, "installation")
            sent, found, view = step.send_away(key, stream=stream, enrolments=enrolments)
            self._projecting.write(connection, found, view)
        self._projecting.forget()
        return len(sent.acts), sent.left

    def with_place(
        self, acts: Iterable[WaitingPlace], files: Mapping[str, int]
    ) -> tuple[frozenset[WaitingPlace], frozenset[str]]:
        """Which places for acts that wait there would be, and which files (SHA-256 to bytes) would be stored now."""
        listed = self._projecting.organisation().certificates
        with self._database.read() as connection:
            return (
                with_place(connection, self._projecting.limits, acts, listed=listed),
                storing.files_with_place(connection, self._projecting.limits, files),
            )


_COUNT = Statement(
    select(
        select(func.count()).select_from(waiting_room).where(waiting_room.c.code != "Enrolment").scalar_subquery(),
        select(func.count()).select_from(case_note).where(case_note.c.sort == NoteSort.WAITING.value).scalar_subquery(),
    )
)
