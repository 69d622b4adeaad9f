"""Reading the register: pages, search, counts, what needs somebody, and the acts and files of one case.

Each question is one short read transaction on a connection that cannot write, and gives frozen rows. The number of
statements of a question is fixed; tests count them.
"""

# ruff: noqa: S608 - statements are put together from names in this package and question marks; values are parameters

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from intake.domain.acts.checkpoint import Heads
from intake.domain.acts.envelope import Act
from intake.domain.base.canonical import clean
from intake.domain.case.seals import RecordFile
from intake.register.refusals import UnsearchableText
from intake.register.store import record_files
from intake.register.store.database import Database
from intake.register.store.reading import RosterInput, act_of, acts_of_case, acts_of_organisation, file_of, roster_input
from intake.register.store.sql import chunks, marks
from intake.register.views.paging import COUNTS, PAGE, Filters, anchor_sql, count_sql, counts_of, page_of, page_sql
from intake.register.views.projections import PK_BITS, blobs_here, facet_token, heads_of
from intake.register.views.projector import NoteSort, OrgView, PersonView
from intake.register.views.rows import COLUMNS, CaseRow, Counts, Facet, Key, ListOrder, RowsPage, case_row

MAX_WORDS = 12
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class CaseNote:
    """An alarm, something a case waits for, or an oddity. ``title`` is empty while the case has no revision here."""

    case: str
    reference: str
    title: str
    sort: NoteSort
    act: str
    code: str
    text: str
    waits_for: str


@dataclass(frozen=True, slots=True)
class StoredAct:
    """An act as it lies in the register: ``number`` is the order of arrival."""

    number: int
    act: Act
    blob_id: str
    received: datetime


@dataclass(frozen=True, slots=True)
class WaitingAct:
    """An act in the waiting room and why, as a code: Enrolment, UnknownSigner, UnknownRoster, LateRoster, PeopleMissing."""

    act: Act
    blob_id: str
    code: str


@dataclass(frozen=True, slots=True)
class StreamHead:
    """The newest act of one stream (signer, installation, case)."""

    signer: str
    installation: str
    case: str
    seq: int
    act: str


@dataclass(frozen=True, slots=True)
class FoldInput:
    """Everything ``fold_case`` needs for one case, apart from the rosters."""

    acts: tuple[Act, ...]
    blobs: frozenset[str]
    heads: Mapping[str, Heads]


class Queries:
    def __init__(self, database: Database) -> None:
        self._database = database

    # ------------------------------------------------------------------------------------------------------- lists
    def page(
        self,
        *,
        sort: ListOrder = ListOrder.NEWEST,
        filters: Filters | None = None,
        after: Key | None = None,
        limit: int = PAGE,
        backwards: bool = False,
    ) -> RowsPage:
        """One page by key. With ``backwards`` the page before ``after``, nearest row first."""
        with self._database.read() as connection:
            chosen = filters or {}
            counts = counts_of(_counter(connection)) if chosen else _NO_COUNTS
            statement, parameters = page_sql(sort, chosen, after, limit, counts, backwards=backwards)
            rows = [case_row(found) for found in connection.exec_driver_sql(statement, parameters)]
        return page_of(rows, sort, limit)

    def anchor(
        self, position: int, *, sort: ListOrder = ListOrder.NEWEST, filters: Filters | None = None
    ) -> Key | None:
        """The key of the row at ``position``, counted from 0; None beyond the end."""
        with self._database.read() as connection:
            chosen = filters or {}
            counts = counts_of(_counter(connection)) if chosen else _NO_COUNTS
            found = connection.exec_driver_sql(*anchor_sql(sort, chosen, position, counts)).first()
        return Key(*found) if found else None

    def search(
        self, text: str, *, filters: Filters | None = None, after: Key | None = None, limit: int = PAGE
    ) -> RowsPage:
        """Cases in which every word of ``text`` begins some word, newest first. Raises UnsearchableText.

        ``filters`` are words of the index too, so a rare filter makes a search faster, not slower.
        """
        expression = match_expression(text, filters or {})
        if not expression:
            return self.page(filters=filters, after=after, limit=limit) if not text.strip() else RowsPage((), None)
        before = (int(after.value) << PK_BITS) | after.pk if after else (1 << 63) - 1
        with self._database.read() as connection:
            found = connection.exec_driver_sql(_SEARCH, (expression, before, limit + 1)).fetchall()
        return page_of([case_row(row) for row in found], ListOrder.NEWEST, limit)

    def count(self, text: str = "", *, filters: Filters | None = None) -> int:
        """How many cases ``search`` or ``page`` would give in all. Raises UnsearchableText."""
        chosen = filters or {}
        expression = match_expression(text, chosen)
        if text.strip() and not expression:
            return 0
        with self._database.read() as connection:
            if expression:
                counted: tuple[str, tuple[object, ...]] = (_COUNT_FOUND, (expression,))
            else:
                counted = count_sql(chosen, counts_of(_counter(connection)))
            return int(connection.exec_driver_sql(*counted).scalar_one())

    def counts(self) -> Counts:
        with self._database.read() as connection:
            return counts_of(_counter(connection))

    def row(self, case: str) -> CaseRow | None:
        """One row by case id; None when the case is not here or has no revision that counts."""
        with self._database.read() as connection:
            found = connection.exec_driver_sql(
                f"SELECT {COLUMNS} FROM use_case u JOIN case_row c ON c.pk = u.pk WHERE u.case_id = ?",
                (case,),
            ).first()
        return case_row(found) if found else None

    def by_reference(self, reference: str) -> tuple[CaseRow, ...]:
        """The cases people call by this name: one, or by rare chance several."""
        with self._database.read() as connection:
            found = connection.exec_driver_sql(
                f"SELECT {COLUMNS} FROM case_row c JOIN use_case u ON u.pk = c.pk WHERE c.reference = ? LIMIT 20",
                (clean(reference).strip().upper(),),
            ).fetchall()
        return tuple(case_row(row) for row in found)

    # ------------------------------------------------------------------------------------------------ what needs me
    def turns_of_owner(self, person: str, *, limit: int = PAGE) -> tuple[CaseRow, ...]:
        """Cases of this owner whose turn it is, the most urgent first."""
        with self._database.read() as connection:
            found = connection.exec_driver_sql(
                f"SELECT {COLUMNS} FROM case_row c JOIN use_case u ON u.pk = c.pk "
                "WHERE c.turn_owner = 1 AND c.owner = ? ORDER BY c.due_key, c.pk LIMIT ?",
                (person, limit),
            ).fetchall()
        return tuple(case_row(row) for row in found)

    def turns_of_office(self, office: str, *, after: Key | None = None, limit: int = PAGE) -> RowsPage:
        """The inbox of "cio", "ciso" or "records", newest first."""
        return self.page(filters={Facet.TURN: office}, after=after, limit=limit)

    def turn_count(self, office: str, *, owner: str = "") -> int:
        """How many cases wait for an office; for "owner" those of one person."""
        key = ("turn-of", owner) if owner else (Facet.TURN.value, office)
        with self._database.read() as connection:
            found = connection.exec_driver_sql("SELECT count FROM counter WHERE facet = ? AND value = ?", key).scalar()
        return int(found or 0)

    def notes(self, sort: NoteSort, *, limit: int = 1000) -> tuple[CaseNote, ...]:
        """Alarms, or what is waited for, in every case."""
        return self._notes("n.sort = ?", (sort.value,), limit)

    def notes_of(self, case: str) -> tuple[CaseNote, ...]:
        return self._notes("u.case_id = ?", (case,), 1000)

    def waiting_room(self, *, limit: int = 1000) -> tuple[WaitingAct, ...]:
        """Acts that wait for a roster that lists their signer, oldest first."""
        with self._database.read() as connection:
            found = connection.exec_driver_sql(
                "SELECT a.act_id, substr(a.blob, a.content_at + 1, a.content_size), a.blob_id, w.code "
                "FROM waiting_room w JOIN act a ON a.pk = w.act_pk ORDER BY w.act_pk LIMIT ?",
                (limit,),
            ).fetchall()
        return tuple(WaitingAct(act_of(row[0], row[1]), row[2], row[3]) for row in found)

    def people(self) -> tuple[PersonView, ...]:
        """Everybody the roster in force lists."""
        with self._database.read() as connection:
            found = connection.exec_driver_sql(
                "SELECT person, name, unit, roles, certificates FROM person ORDER BY name, person"
            ).fetchall()
        return tuple(
            PersonView(person, name, unit, tuple(roles.split()), tuple(certificates.split()))
            for person, name, unit, roles, certificates in found
        )

    # ---------------------------------------------------------------------------------------------------- one case
    def acts(self, case: str) -> tuple[Act, ...]:
        """The acts of a case, of the organisation when ``case`` is empty, in the order they came."""
        with self._database.read() as connection:
            return tuple(acts_of_case(connection, case))

    def organisation_acts(self, kind: str, person: str = "") -> tuple[Act, ...]:
        """Acts of the organisation of one kind, by one person or by anybody, in the order they came."""
        with self._database.read() as connection:
            return tuple(acts_of_organisation(connection, kind, person))

    def roster_input(self, *, whole: bool = False) -> RosterInput:
        """What ``fold_rosters`` is given; ``whole`` when versions that are not stored are folded with it."""
        with self._database.read() as connection:
            return roster_input(connection, whole=whole)

    def fold_input(self, case: str, org: OrgView) -> FoldInput:
        """What ``fold_case`` is given for one case, besides ``org.history``."""
        with self._database.read() as connection:
            return FoldInput(
                tuple(acts_of_case(connection, case)),
                frozenset(blobs_here(connection, case)),
                heads_of(connection, case, org),
            )

    def history(self, case: str) -> tuple[StoredAct, ...]:
        """The acts of a case with their arrival, oldest first."""
        with self._database.read() as connection:
            found = connection.exec_driver_sql(
                "SELECT pk, act_id, substr(blob, content_at + 1, content_size), blob_id, received FROM act "
                "WHERE case_id = ? ORDER BY pk",
                (case,),
            ).fetchall()
        return tuple(StoredAct(row[0], act_of(row[1], row[2]), row[3], datetime.fromisoformat(row[4])) for row in found)

    def blob_of_act(self, act_id: str) -> bytes | None:
        """The signed file of an act, exactly as it was received."""
        with self._database.read() as connection:
            found = connection.exec_driver_sql("SELECT blob FROM act WHERE act_id = ?", (act_id,)).scalar()
        return bytes(found) if found is not None else None

    def has_act(self, act_id: str) -> bool:
        with self._database.read() as connection:
            return connection.exec_driver_sql("SELECT 1 FROM act WHERE act_id = ?", (act_id,)).first() is not None

    def blob(self, sha256: str) -> bytes | None:
        """An attached file, or a kept playbook."""
        with self._database.read() as connection:
            return file_of(connection, sha256)

    def record_file(self, sha256: str) -> RecordFile | None:
        """What was read of a sealed file; None when it never was."""
        with self._database.read() as connection:
            return record_files.recall(connection, sha256)

    def blobs_among(self, names: tuple[str, ...]) -> frozenset[str]:
        """Which of these files are here."""
        found: set[str] = set()
        with self._database.read() as connection:
            for piece in chunks(names):
                rows = connection.exec_driver_sql(f"SELECT sha256 FROM blob WHERE sha256 IN ({marks(piece)})", piece)
                found.update(row[0] for row in rows)
        return frozenset(found)

    def carried_among(self, names: tuple[str, ...]) -> frozenset[str]:
        """Which of these files are here and passed on to others: not those that only strangers name."""
        strange: set[str] = set()
        with self._database.read() as connection:
            for piece in chunks(names):
                rows = connection.exec_driver_sql(
                    f"SELECT sha256 FROM stranger_file WHERE sha256 IN ({marks(piece)})", piece
                )
                strange.update(row[0] for row in rows)
        return self.blobs_among(names) - strange

    def acts_among(self, names: tuple[str, ...]) -> frozenset[tuple[str, str]]:
        """(case id, act id) of those of these acts that are here."""
        found: set[tuple[str, str]] = set()
        with self._database.read() as connection:
            for piece in chunks(names):
                rows = connection.exec_driver_sql(
                    f"SELECT case_id, act_id FROM act WHERE act_id IN ({marks(piece)})", piece
                )
                found.update((row[0], row[1]) for row in rows)
        return frozenset(found)

    def heads(self) -> tuple[tuple[str, str], ...]:
        """(case id, act id) of every act that none here follows in its stream: what a checkpoint lists.

        A stream that forks, or of which an act is missing, has several: see ``checkpoint.tips``.
        """
        with self._database.read() as connection:
            found = connection.exec_driver_sql(
                "SELECT signer, stream, case_id, act_id FROM act EXCEPT SELECT signer, stream, case_id, prev FROM act"
            ).fetchall()
        return tuple(sorted((row[2], row[3]) for row in found))

    def streams(self) -> tuple[StreamHead, ...]:
        """The newest act of every stream with its number, for a package manifest."""
        with self._database.read() as connection:
            found = connection.exec_driver_sql(
                "SELECT signer, stream, case_id, max(seq), act_id FROM act GROUP BY signer, stream, case_id"
            ).fetchall()
        return tuple(StreamHead(*row) for row in sorted(map(tuple, found)))

    def every_act(self, *, step: int = 500) -> Iterator[tuple[str, str, bytes]]:
        """(act id, blob id, signed file) of all acts in the order they came, read in small steps."""
        last = 0
        while True:
            with self._database.read() as connection:
                found = connection.exec_driver_sql(
                    "SELECT pk, act_id, blob_id, blob FROM act WHERE pk > ? ORDER BY pk LIMIT ?", (last, step)
                ).fetchall()
            if not found:
                return
            last = found[-1][0]
            for _, act_id, blob_id, data in found:
                yield act_id, blob_id, bytes(data)

    def _notes(self, where: str, parameters: tuple[object, ...], limit: int) -> tuple[CaseNote, ...]:
        with self._database.read() as connection:
            found = connection.exec_driver_sql(
                "SELECT u.case_id, coalesce(c.reference, ''), coalesce(c.title, ''), n.sort, n.act_id, n.code, n.text, "
                "n.waits_for FROM case_note n JOIN use_case u ON u.pk = n.case_pk LEFT JOIN case_row c ON c.pk = n.case_pk "
                f"WHERE {where} ORDER BY n.case_pk DESC, n.sort, n.position LIMIT ?",
                (*parameters, limit),
            ).fetchall()
        return tuple(
            CaseNote(case, reference, title, NoteSort(sort), act, code, text, waits_for)
            for case, reference, title, sort, act, code, text, waits_for in found
        )


def match_expression(text: str, filters: Filters) -> str:
    """What is asked of the full-text index: every word as a prefix, every filter as a whole word; empty for no word.

    Foreign text never becomes syntax: only letters and digits are taken from it, in quotes. Raises UnsearchableText.
    """
    words = [word for word in _WORD.findall(text.replace("_", " ")) if any(char.isalnum() for char in word)]
    if len(words) > MAX_WORDS:
        raise UnsearchableText(limit=MAX_WORDS)
    if not words:
        return ""
    parts = [f'text : "{word}" *' for word in words]
    parts += [f'facets : "{facet_token(facet, value)}"' for facet, value in filters.items()]
    return " AND ".join(parts)


_COUNT_FOUND = "SELECT count(*) FROM case_fts WHERE case_fts MATCH ?"
_NO_COUNTS = Counts(0, {})
_SEARCH = (
    f"SELECT {COLUMNS} FROM (SELECT rowid AS document FROM case_fts WHERE case_fts MATCH ? AND rowid < ? "
    f"ORDER BY rowid DESC LIMIT ?) JOIN case_row c ON c.pk = document & {(1 << PK_BITS) - 1} "
    "JOIN use_case u ON u.pk = c.pk ORDER BY document DESC"
)


def _counter(connection: Connection) -> list[tuple[str, str, int]]:
    return [(row[0], row[1], row[2]) for row in connection.exec_driver_sql(COUNTS)]
