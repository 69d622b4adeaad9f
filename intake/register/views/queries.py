"""Reading the register: pages, search, counts, what needs somebody, and the acts and files of one case.

Each question is one short read transaction on a connection that cannot write, and gives frozen rows. The number of
statements of a question is fixed; tests count them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, literal_column, select

from intake.domain.acts.checkpoint import Heads, ListedHead
from intake.domain.acts.envelope import Act
from intake.domain.base.canonical import clean
from intake.domain.base.reasons import Reason, read_reason
from intake.domain.case.phases import BOTH_SIGNED
from intake.domain.case.seals import RecordFile
from intake.register.store import record_files, schema
from intake.register.store.reading import (
    CONTENT,
    RosterInput,
    act_of,
    acts_of_case,
    acts_of_organisation,
    acts_signed_with,
    file_of,
    roster_input,
)
from intake.register.store.statements import NAMES, Statement
from intake.register.views import full_text, stream_heads
from intake.register.views.case_rows import CASE_ROWS
from intake.register.views.columns import case_row
from intake.register.views.counting import all_counts, counts_for
from intake.register.views.needing import NeedQueries
from intake.register.views.paging import PAGE, Filters, anchor_sql, count_sql, facets_of, page_of, page_sql, range_sql
from intake.register.views.projections import blobs_here, heads_of
from intake.register.views.projector import NoteSort, OrgView, PersonView
from intake.register.views.rows import CaseRow, Counts, Facet, Key, ListOrder, RowsPage


@dataclass(frozen=True, slots=True)
class CaseNote:
    """An alarm, something a case waits for, or an oddity. ``title`` is empty while the case has no revision here."""

    case: str
    reference: str
    title: str
    sort: NoteSort
    act: str
    reason: Reason
    waits_for: str


@dataclass(frozen=True, slots=True)
class StoredAct:
    """An act as the register stores it: ``number`` is the order of arrival."""

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
class FoldInput:
    """Everything ``fold_case`` needs for one case, apart from the rosters."""

    acts: tuple[Act, ...]
    blobs: frozenset[str]
    heads: Mapping[str, Heads]


class Queries(NeedQueries):
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
            counts = counts_for(connection, chosen)
            statement, parameters = page_sql(sort, chosen, after, limit, counts, backwards=backwards)
            rows = [case_row(found) for found in connection.exec_driver_sql(statement, parameters)]
        return page_of(rows, sort, limit)

    def anchor(
        self, position: int, *, sort: ListOrder = ListOrder.NEWEST, filters: Filters | None = None
    ) -> Key | None:
        """The key of the row at ``position``, counted from 0; None beyond the end."""
        with self._database.read() as connection:
            chosen = filters or {}
            counts = counts_for(connection, chosen)
            found = connection.exec_driver_sql(*anchor_sql(sort, chosen, position, counts)).first()
        return Key(*found) if found else None

    def search(
        self, text: str, *, filters: Filters | None = None, after: Key | None = None, limit: int = PAGE
    ) -> RowsPage:
        """Cases in which every word of ``text`` begins some word, newest first. Raises UnsearchableText.

        ``filters`` are words of the index too, so a rare filter makes a search faster, not slower.
        """
        chosen = filters or {}
        expression = full_text.match_expression(text, facets_of(chosen))
        if not expression:
            return self.page(filters=filters, after=after, limit=limit) if not text.strip() else RowsPage((), None)
        before = full_text.document(int(after.value), after.pk) if after else full_text.LAST
        with self._database.read() as connection:
            found = full_text.found(connection, expression, before, limit + 1, range_sql(chosen))
        return page_of([case_row(row) for row in found], ListOrder.NEWEST, limit)

    def count(self, text: str = "", *, filters: Filters | None = None) -> int:
        """How many cases ``search`` or ``page`` would give in all. Raises UnsearchableText."""
        chosen = filters or {}
        expression = full_text.match_expression(text, facets_of(chosen))
        if text.strip() and not expression:
            return 0
        with self._database.read() as connection:
            if expression:
                return full_text.count(connection, expression, range_sql(chosen))
            counted = count_sql(chosen, counts_for(connection, chosen))
            return int(connection.exec_driver_sql(*counted).scalar_one())

    def counts(self) -> Counts:
        with self._database.read() as connection:
            return all_counts(connection)

    def expired_counts(self, day: date) -> Mapping[str, int]:
        """How many cases are expired on this day, by the phase that the fold gives them."""
        with self._database.read() as connection:
            return dict(_EXPIRED.run(connection, day=day.isoformat()).all())

    def row(self, case: str) -> CaseRow | None:
        """One row by case id; None when the case is not here or has no revision that counts."""
        with self._database.read() as connection:
            found = _ROW.run(connection, case_id=case).first()
        return case_row(found) if found else None

    def by_reference(self, reference: str) -> tuple[CaseRow, ...]:
        """The cases people call by this name: one, or several where somebody made it so."""
        with self._database.read() as connection:
            found = _BY_REFERENCE.run(connection, reference=clean(reference).strip().upper()).all()
        return tuple(case_row(row) for row in found)

    def shared_references(self, references: Collection[str]) -> frozenset[str]:
        """Which of these references are borne by several cases."""
        with self._database.read() as connection:
            return frozenset(name for (name,) in _SHARED.among(connection, references))

    def turns_of_office(self, office: str, *, after: Key | None = None, limit: int = PAGE) -> RowsPage:
        """The inbox of "cio", "ciso" or "records", the most pressing first."""
        return self.page(sort=ListOrder.PRESSING, filters={Facet.TURN: office}, after=after, limit=limit)

    def notes(self, sort: NoteSort, *, limit: int = 1000) -> tuple[CaseNote, ...]:
        """Alarms, or what is waited for, in every case."""
        return self._notes(_NOTES_OF_SORT, sort=sort.value, limit=limit)

    def notes_of(self, case: str) -> tuple[CaseNote, ...]:
        return self._notes(_NOTES_OF_CASE, case_id=case, limit=1000)

    def waiting_room(self, *, limit: int = 1000) -> tuple[WaitingAct, ...]:
        """Acts that wait for a roster that lists their signer, oldest first."""
        with self._database.read() as connection:
            found = _WAITING_ROOM.run(connection, limit=limit).all()
        return tuple(WaitingAct(act_of(act_id, content), blob_id, code) for act_id, content, blob_id, code in found)

    def waiting_among(self, names: tuple[str, ...]) -> frozenset[str]:
        """Which of these acts (ids) are among them."""
        with self._database.read() as connection:
            return frozenset(name for (name,) in _WAITING_AMONG.among(connection, names))

    def people(self) -> tuple[PersonView, ...]:
        """Everybody the roster in force lists."""
        with self._database.read() as connection:
            found = _PEOPLE.run(connection).all()
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

    def acts_signed_with(self, keys: Collection[str]) -> tuple[Act, ...]:
        """The acts of these keys (fingerprints), in the order they came."""
        with self._database.read() as connection:
            return tuple(acts_signed_with(connection, keys))

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
            found = _HISTORY.run(connection, case_id=case).all()
        return tuple(
            StoredAct(pk, act_of(act_id, content), blob_id, datetime.fromisoformat(received))
            for pk, act_id, content, blob_id, received in found
        )

    def blob_of_act(self, act_id: str) -> bytes | None:
        """The signed file of an act, exactly as it was received."""
        with self._database.read() as connection:
            return _BLOB_OF_ACT.run(connection, act_id=act_id).scalar()

    def has_act(self, act_id: str) -> bool:
        with self._database.read() as connection:
            return _HAS_ACT.run(connection, act_id=act_id).first() is not None

    def blob(self, sha256: str) -> bytes | None:
        """An attached file, or a kept playbook."""
        with self._database.read() as connection:
            return file_of(connection, sha256)

    def cases_naming(self, files: Iterable[str]) -> Mapping[str, frozenset[str]]:
        """The use cases of which an act names each of these files; among them empty text where one of the organisation does."""
        found: dict[str, set[str]] = {}
        with self._database.read() as connection:
            for name, case in _CASES_NAMING.among(connection, files):
                found.setdefault(name, set()).add(case)
        return {name: frozenset(cases) for name, cases in found.items()}

    def places_of(self, blob_ids: Iterable[str]) -> Mapping[str, tuple[str, str]]:
        """Case (empty for the organisation) and kind of each of these acts that is here."""
        with self._database.read() as connection:
            return {name: (case, kind) for name, case, kind in _PLACES_OF.among(connection, blob_ids)}

    def record_file(self, sha256: str) -> RecordFile | None:
        """What was read of a sealed file; None when it never was."""
        with self._database.read() as connection:
            return record_files.recall(connection, sha256)

    def blobs_among(self, names: tuple[str, ...]) -> frozenset[str]:
        """Which of these files are here."""
        with self._database.read() as connection:
            return frozenset(name for (name,) in _BLOBS_AMONG.among(connection, names))

    def carried_among(self, names: tuple[str, ...]) -> frozenset[str]:
        """Which of these files are here and passed on to others: not those that only strangers name."""
        with self._database.read() as connection:
            strange = {name for (name,) in _STRANGE_AMONG.among(connection, names)}
        return self.blobs_among(names) - strange

    def acts_among(self, names: tuple[str, ...]) -> frozenset[tuple[str, str]]:
        """(case id, act id) of those of these acts that are here."""
        with self._database.read() as connection:
            return frozenset((case, name) for case, name in _ACTS_AMONG.among(connection, names))

    def heads(self) -> tuple[ListedHead, ...]:
        """Every act that none here follows in its stream: what a checkpoint lists.

        A stream that forks, or of which an act is missing, has several: see ``checkpoint.tips``.
        """
        with self._database.read() as connection:
            return stream_heads.tips(connection)

    def streams(self) -> tuple[stream_heads.StreamHead, ...]:
        """The newest act of every stream with its number, for a package manifest; of a stream that forks one of them."""
        with self._database.read() as connection:
            return stream_heads.newest(connection)

    def every_act(self, *, step: int = 500) -> Iterator[tuple[str, str, bytes]]:
        """(act id, blob id, signed file) of all acts in the order they came, read in small steps."""
        last = 0
        while True:
            with self._database.read() as connection:
                found = _EVERY_ACT.run(connection, last=last, step=step).all()
            if not found:
                return
            last = found[-1][0]
            for _, act_id, blob_id, data in found:
                yield act_id, blob_id, data

    def _notes(self, statement: Statement[*tuple[Any, ...]], **values: object) -> tuple[CaseNote, ...]:
        with self._database.read() as connection:
            found = statement.run(connection, **values).all()
        return tuple(
            CaseNote(case, reference, title, NoteSort(sort), act, read_reason(code, facts), waits_for)
            for case, reference, title, sort, act, code, facts, waits_for in found
        )


_row, _act, _person, _counter_row = schema.case_row, schema.act, schema.person, schema.counter
_waiting, _blob, _strange_file = schema.waiting_room, schema.blob, schema.stranger_file

_ROW = Statement(CASE_ROWS.where(schema.use_case.c.case_id == bindparam("case_id")))
_EXPIRED = Statement(
    # By the index of the days: of what was decided much more has not ended.
    select(_row.c.phase, func.count())
    .where(
        _row.c.expires_key < bindparam("day"),
        literal_column("+case_row.phase").in_([literal_column(f"'{phase.value}'") for phase in BOTH_SIGNED]),
    )
    .group_by(literal_column("+case_row.phase"))
)
_BY_REFERENCE = Statement(CASE_ROWS.where(_row.c.reference == bindparam("reference")).limit(20))
_SHARED = Statement(
    select(_row.c.reference).where(_row.c.reference.in_(NAMES)).group_by(_row.c.reference).having(func.count() > 1)
)
_note = schema.case_note
_notes = (
    select(
        schema.use_case.c.case_id,
        func.coalesce(_row.c.reference, ""),
        func.coalesce(_row.c.title, ""),
        _note.c.sort,
        _note.c.act_id,
        _note.c.code,
        _note.c.facts,
        _note.c.waits_for,
    )
    .join(_note, _note.c.case_pk == schema.use_case.c.pk)
    .outerjoin(_row, _row.c.pk == _note.c.case_pk)
    .order_by(_note.c.case_pk.desc(), _note.c.sort, _note.c.position)
    .limit(bindparam("limit"))
)
_NOTES_OF_SORT = Statement(_notes.where(_note.c.sort == bindparam("sort")))
_NOTES_OF_CASE = Statement(_notes.where(schema.use_case.c.case_id == bindparam("case_id")))
_WAITING_ROOM = Statement(
    select(_act.c.act_id, CONTENT, _act.c.blob_id, _waiting.c.code)
    .join(_waiting, _waiting.c.act_pk == _act.c.pk)
    .order_by(_waiting.c.act_pk)
    .limit(bindparam("limit"))
)
_WAITING_AMONG = Statement(
    select(_act.c.act_id).join(_waiting, _waiting.c.act_pk == _act.c.pk).where(_act.c.act_id.in_(NAMES))
)
_PEOPLE = Statement(
    select(_person.c.person, _person.c.name, _person.c.unit, _person.c.roles, _person.c.certificates).order_by(
        _person.c.name, _person.c.person
    )
)
_HISTORY = Statement(
    select(_act.c.pk, _act.c.act_id, CONTENT, _act.c.blob_id, _act.c.received)
    .where(_act.c.case_id == bindparam("case_id"))
    .order_by(_act.c.pk)
)
_BLOB_OF_ACT = Statement(select(_act.c.blob).where(_act.c.act_id == bindparam("act_id")))
_HAS_ACT = Statement(select(_act.c.pk).where(_act.c.act_id == bindparam("act_id")))
_BLOBS_AMONG = Statement(select(_blob.c.sha256).where(_blob.c.sha256.in_(NAMES)))
_CASES_NAMING = Statement(
    select(schema.act_blob.c.sha256, _act.c.case_id)
    .distinct()
    .join(_act, schema.act_blob.c.act_pk == _act.c.pk)
    .where(schema.act_blob.c.sha256.in_(NAMES))
)
_PLACES_OF = Statement(select(_act.c.blob_id, _act.c.case_id, _act.c.kind).where(_act.c.blob_id.in_(NAMES)))
_STRANGE_AMONG = Statement(select(_strange_file.c.sha256).where(_strange_file.c.sha256.in_(NAMES)))
_ACTS_AMONG = Statement(select(_act.c.case_id, _act.c.act_id).where(_act.c.act_id.in_(NAMES)))
_EVERY_ACT = Statement(
    select(_act.c.pk, _act.c.act_id, _act.c.blob_id, _act.c.blob)
    .where(_act.c.pk > bindparam("last"))
    .order_by(_act.c.pk)
    .limit(bindparam("step"))
)
