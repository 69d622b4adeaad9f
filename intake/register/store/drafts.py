"""Drafts: what a person is still writing. Every answer is committed as it is given; there is no Save button.

Together with settings these are the only data that are not made of signed acts. Removing a draft hides it, so that
removing can be undone; ``forget`` takes away what was hidden long ago.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from intake.domain.acts.envelope import Attachment
from intake.domain.base.canonical import Json, clean, sha256
from intake.register.refusals import DraftFileTooLarge, NoSuchDraft
from intake.register.store.database import Database

MAX_FILE = 50 << 20


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One line of the list of drafts. ``answered`` counts answers; ``removed`` is when it was hidden."""

    id: str
    person: str
    case: str
    playbook: str
    title: str
    created: datetime
    changed: datetime
    removed: datetime | None
    answered: int


@dataclass(frozen=True, slots=True)
class DraftFile:
    """A file attached to the answer of one question, as it will be named in the revision."""

    question: str
    attachment: Attachment


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft with all its answers (question id to JSON).

    ``seen`` are the acts of the case that its owner had seen; None for a new use case, and where nobody can tell.
    """

    row: DraftRow
    answers: Mapping[str, Json]
    files: tuple[DraftFile, ...]
    seen: frozenset[str] | None = None


class Drafts:
    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def begin(
        self,
        *,
        person: str,
        playbook: str,
        title: str = "",
        case: str = "",
        answers: Mapping[str, Json] | None = None,
        seen: Iterable[str] = (),
    ) -> str:
        """Start a draft; returns its id. ``case`` is the case it revises, ``answers`` what it starts from.

        ``seen`` are the acts of that case that have been looked at.
        """
        name = secrets.token_hex(16)
        now = self._now()
        with self._database.write() as connection:
            connection.exec_driver_sql(
                "INSERT INTO draft (draft_id, person, case_id, playbook, title, created, changed) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                (name, person, case, playbook, clean(title), now, now),
            )
            pk = _number(connection, name)
            for question, value in (answers or {}).items():
                _answer(connection, pk, question, value, now)
            _see(connection, pk, seen)
        return name

    def answer(self, draft: str, question: str, value: Json) -> None:
        """Keep one answer, durably before this returns; None takes the answer away. Raises NoSuchDraft, DiskFull."""
        self.answers(draft, {question: value})

    def answers(self, draft: str, given: Mapping[str, Json]) -> None:
        """Keep several answers as one."""
        now = self._now()
        with self._database.write() as connection:
            pk = _touch(connection, draft, now)
            for question, value in given.items():
                _answer(connection, pk, question, value, now)

    def rename(self, draft: str, title: str) -> None:
        with self._database.write() as connection:
            pk = _touch(connection, draft, self._now())
            connection.exec_driver_sql("UPDATE draft SET title = ? WHERE pk = ?", (clean(title), pk))

    def use_playbook(self, draft: str, playbook: str) -> None:
        """Go on with another edition of the playbook (its digest); answers stay."""
        with self._database.write() as connection:
            pk = _touch(connection, draft, self._now())
            connection.exec_driver_sql("UPDATE draft SET playbook = ? WHERE pk = ?", (playbook, pk))

    def see(self, draft: str, seen: Iterable[str]) -> None:
        """Keep that these acts of its case have been looked at, and no others. Raises NoSuchDraft."""
        with self._database.write() as connection:
            pk = _touch(connection, draft, self._now())
            connection.exec_driver_sql("DELETE FROM draft_seen WHERE draft_pk = ?", (pk,))
            _see(connection, pk, seen)

    def attach(self, draft: str, question: str, name: str, media_type: str, data: bytes) -> Attachment:
        """Attach a file to a question. Raises DraftFileTooLarge, NoSuchDraft."""
        if len(data) > MAX_FILE:
            raise DraftFileTooLarge(name=name, size=len(data), limit=MAX_FILE)
        name = clean(name)
        made = Attachment(sha256(data), len(data), media_type, name)
        with self._database.write() as connection:
            pk = _touch(connection, draft, self._now())
            connection.exec_driver_sql(
                "INSERT INTO draft_file (draft_pk, question, sha256, name, media_type, size, bytes) "
                "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (draft_pk, question, sha256) DO UPDATE SET "
                "name = excluded.name, media_type = excluded.media_type",
                (pk, question, made.sha256, name, media_type, len(data), data),
            )
        return made

    def detach(self, draft: str, question: str, sha256_hex: str) -> None:
        with self._database.write() as connection:
            pk = _touch(connection, draft, self._now())
            connection.exec_driver_sql(
                "DELETE FROM draft_file WHERE draft_pk = ? AND question = ? AND sha256 = ?", (pk, question, sha256_hex)
            )

    def file(self, draft: str, sha256_hex: str) -> bytes:
        """The bytes of an attached file. Raises NoSuchDraft."""
        with self._database.read() as connection:
            found = connection.exec_driver_sql(
                "SELECT f.bytes FROM draft_file f JOIN draft d ON d.pk = f.draft_pk WHERE d.draft_id = ? AND f.sha256 = ?",
                (draft, sha256_hex),
            ).scalar()
        if found is None:
            raise NoSuchDraft
        return bytes(found)

    def remove(self, draft: str) -> None:
        """Hide a draft; ``undo_remove`` brings it back."""
        with self._database.write() as connection:
            pk = _number(connection, draft)
            connection.exec_driver_sql("UPDATE draft SET removed = ? WHERE pk = ?", (self._now(), pk))

    def undo_remove(self, draft: str) -> None:
        with self._database.write() as connection:
            connection.exec_driver_sql("UPDATE draft SET removed = NULL WHERE pk = ?", (_number(connection, draft),))

    def forget(self, *, before: datetime) -> int:
        """Delete for good what was removed before a moment; returns how many drafts."""
        with self._database.write() as connection:
            done = connection.exec_driver_sql("DELETE FROM draft WHERE removed < ?", (before.isoformat(),))
            return done.rowcount

    def get(self, draft: str) -> Draft:
        """A draft, also a removed one. Raises NoSuchDraft."""
        with self._database.read() as connection:
            row = connection.exec_driver_sql(f"{_ROWS} WHERE d.draft_id = ?", (draft,)).first()
            if row is None:
                raise NoSuchDraft
            answers = connection.exec_driver_sql(
                "SELECT a.question, a.value FROM draft_answer a JOIN draft d ON d.pk = a.draft_pk "
                "WHERE d.draft_id = ? ORDER BY a.question",
                (draft,),
            ).fetchall()
            files = connection.exec_driver_sql(
                "SELECT f.question, f.sha256, f.size, f.media_type, f.name FROM draft_file f "
                "JOIN draft d ON d.pk = f.draft_pk WHERE d.draft_id = ? ORDER BY f.pk",
                (draft,),
            ).fetchall()
            seen = connection.exec_driver_sql(
                "SELECT s.act_id FROM draft_seen s JOIN draft d ON d.pk = s.draft_pk WHERE d.draft_id = ?", (draft,)
            ).scalars()
            names = frozenset(seen)
        return Draft(
            _row(row),
            {question: json.loads(value) for question, value in answers},
            tuple(DraftFile(found[0], Attachment(*found[1:])) for found in files),
            names or None,
        )

    def listed(self, *, removed: bool = False) -> tuple[DraftRow, ...]:
        """The drafts, last changed first; the removed ones when asked."""
        where = "IS NOT NULL" if removed else "IS NULL"
        with self._database.read() as connection:
            found = connection.exec_driver_sql(
                f"{_ROWS} WHERE d.removed {where} ORDER BY d.changed DESC, d.pk DESC LIMIT 1000"
            ).fetchall()
        return tuple(_row(row) for row in found)

    def _now(self) -> str:
        return self._clock().isoformat()


_ROWS = (
    "SELECT d.draft_id, d.person, d.case_id, d.playbook, d.title, d.created, d.changed, d.removed, "
    "(SELECT count(*) FROM draft_answer a WHERE a.draft_pk = d.pk) FROM draft d"
)


def _row(found: tuple[str, str, str, str, str, str, str, str | None, int]) -> DraftRow:
    created, changed = datetime.fromisoformat(found[5]), datetime.fromisoformat(found[6])
    removed = datetime.fromisoformat(found[7]) if found[7] else None
    return DraftRow(*found[:5], created, changed, removed, found[8])


def finish(connection: Connection, draft: str) -> None:
    """Delete a draft in the transaction that stores its revision: a draft becomes one revision. Raises NoSuchDraft."""
    connection.exec_driver_sql("DELETE FROM draft WHERE pk = ?", (_number(connection, draft),))


def _answer(connection: Connection, pk: int, question: str, value: Json, now: str) -> None:
    if value is None:
        connection.exec_driver_sql("DELETE FROM draft_answer WHERE draft_pk = ? AND question = ?", (pk, question))
        return
    text = json.dumps(value, allow_nan=False, separators=(",", ":"))  # ASCII keeps even half a character pair
    connection.exec_driver_sql(
        "INSERT INTO draft_answer (draft_pk, question, value, changed) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (draft_pk, question) DO UPDATE SET value = excluded.value, changed = excluded.changed",
        (pk, question, text, now),
    )


def _see(connection: Connection, pk: int, seen: Iterable[str]) -> None:
    rows = [(pk, name) for name in dict.fromkeys(seen)]
    if rows:
        connection.exec_driver_sql("INSERT INTO draft_seen (draft_pk, act_id) VALUES (?, ?)", rows)


def _touch(connection: Connection, draft: str, now: str) -> int:
    pk = _number(connection, draft)
    connection.exec_driver_sql("UPDATE draft SET changed = ? WHERE pk = ?", (now, pk))
    return pk


def _number(connection: Connection, draft: str) -> int:
    found = connection.exec_driver_sql("SELECT pk FROM draft WHERE draft_id = ?", (draft,)).scalar()
    if found is None:
        raise NoSuchDraft
    return int(found)
