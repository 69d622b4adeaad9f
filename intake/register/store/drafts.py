"""Drafts: what a person is still writing. Every answer is committed as it is given; there is no Save button.

Together with settings these are the only data that are not made of signed acts. Removing a draft hides it, so that
removing can be undone; ``forget`` takes away what was hidden long ago.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from intake.domain.acts.envelope import Attachment
from intake.domain.base.canonical import Json, clean, sha256
from intake.register.refusals import DraftFileTooLarge, NoSuchDraft
from intake.register.store import schema_drafts as schema
from intake.register.store.database import Database
from intake.register.store.statements import Statement

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


def _no_bytes(_: Attachment) -> bytes:
    raise NoSuchDraft


@dataclass(frozen=True, slots=True)
class DraftFiles:
    """The files that belong to questions of a draft. ``bytes_of`` is asked for one at a time, for those not attached yet.

    It may read the register: that is then the transaction that writes.
    """

    by_question: Mapping[str, Sequence[Attachment]] = field(default_factory=dict)
    bytes_of: Callable[[Attachment], bytes] = _no_bytes


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
        files: DraftFiles | None = None,
    ) -> str:
        """Start a draft; returns its id. ``case`` is the case it revises, ``answers`` and ``files`` what it starts from.

        ``seen`` are the acts of that case that have been looked at.
        """
        name = secrets.token_hex(16)
        now = self._now()
        with self._database.write() as connection:
            _BEGIN.run(
                connection, draft_id=name, person=person, case_id=case, playbook=playbook, title=clean(title), now=now
            )
            pk = _number(connection, name)
            _set_files(connection, pk, files or DraftFiles())
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

    def take(self, draft: str, given: Mapping[str, Json], files: DraftFiles) -> None:
        """Keep several answers as one, and of the questions in ``files`` exactly these. Raises DraftFileTooLarge."""
        now = self._now()
        with self._database.write() as connection:
            pk = _touch(connection, draft, now)
            _set_files(connection, pk, files)
            for question, value in given.items():
                _answer(connection, pk, question, value, now)

    def rename(self, draft: str, title: str) -> None:
        with self._database.write() as connection:
            pk = _touch(connection, draft, self._now())
            _RENAME.run(connection, pk=pk, title=clean(title))

    def use_playbook(self, draft: str, playbook: str) -> None:
        """Go on with another edition of the playbook (its digest); answers stay."""
        with self._database.write() as connection:
            pk = _touch(connection, draft, self._now())
            _USE_PLAYBOOK.run(connection, pk=pk, playbook=playbook)

    def see(
        self, draft: str, seen: Iterable[str], given: Mapping[str, Json] | None = None, files: DraftFiles | None = None
    ) -> None:
        """Keep that these acts of its case have been looked at, and no others, with answers and files as ``take`` does.

        Raises NoSuchDraft.
        """
        now = self._now()
        with self._database.write() as connection:
            pk = _touch(connection, draft, now)
            _FORGET_SEEN.run(connection, pk=pk)
            _see(connection, pk, seen)
            _set_files(connection, pk, files or DraftFiles())
            for question, value in (given or {}).items():
                _answer(connection, pk, question, value, now)

    def attach(self, draft: str, question: str, name: str, media_type: str, data: bytes) -> Attachment:
        """Attach a file to a question. Raises DraftFileTooLarge, NoSuchDraft."""
        _require_size(name, data)
        name = clean(name)
        made = Attachment(sha256(data), len(data), media_type, name)
        with self._database.write() as connection:
            pk = _touch(connection, draft, self._now())
            _attach(connection, pk, question, made, data)
        return made

    def detach(self, draft: str, question: str, sha256_hex: str) -> None:
        with self._database.write() as connection:
            pk = _touch(connection, draft, self._now())
            _DETACH.run(connection, pk=pk, question=question, sha256=sha256_hex)

    def file(self, draft: str, sha256_hex: str) -> bytes:
        """The bytes of an attached file. Raises NoSuchDraft."""
        with self._database.read() as connection:
            found = _FILE.run(connection, draft_id=draft, sha256=sha256_hex).scalar()
        if found is None:
            raise NoSuchDraft
        return found

    def remove(self, draft: str) -> None:
        """Hide a draft; ``undo_remove`` brings it back."""
        with self._database.write() as connection:
            _HIDE.run(connection, pk=_number(connection, draft), removed=self._now())

    def undo_remove(self, draft: str) -> None:
        with self._database.write() as connection:
            _HIDE.run(connection, pk=_number(connection, draft), removed=None)

    def forget(self, *, before: datetime) -> int:
        """Delete for good what was removed before a moment; returns how many drafts."""
        with self._database.write() as connection:
            return _FORGET.run(connection, before=before.isoformat()).rowcount

    def get(self, draft: str) -> Draft:
        """A draft, also a removed one. Raises NoSuchDraft."""
        with self._database.read() as connection:
            row = _ROW.run(connection, draft_id=draft).first()
            if row is None:
                raise NoSuchDraft
            answers = _ANSWERS.run(connection, draft_id=draft).all()
            files = _FILES.run(connection, draft_id=draft).all()
            seen = frozenset(_SEEN.run(connection, draft_id=draft).scalars())
        return Draft(
            _row(row),
            {question: json.loads(value) for question, value in answers},
            tuple(
                DraftFile(question, Attachment(digest, size, media_type, name))
                for question, digest, size, media_type, name in files
            ),
            seen or None,
        )

    def listed(self, *, removed: bool = False) -> tuple[DraftRow, ...]:
        """The drafts, last changed first; the removed ones when asked."""
        with self._database.read() as connection:
            found = (_REMOVED if removed else _LISTED).run(connection).all()
        return tuple(_row(row) for row in found)

    def _now(self) -> str:
        return self._clock().isoformat()


def _row(found: Row[str, str, str, str, str, str, str, str | None, int]) -> DraftRow:
    name, person, case, playbook, title, created, changed, removed, answered = found
    return DraftRow(
        name,
        person,
        case,
        playbook,
        title,
        datetime.fromisoformat(created),
        datetime.fromisoformat(changed),
        datetime.fromisoformat(removed) if removed else None,
        answered,
    )


def finish(connection: Connection, draft: str) -> None:
    """Delete a draft in the transaction that stores its revision: a draft becomes one revision. Raises NoSuchDraft."""
    _FINISH.run(connection, pk=_number(connection, draft))


def _answer(connection: Connection, pk: int, question: str, value: Json, now: str) -> None:
    if value is None:
        _TAKE_AWAY.run(connection, pk=pk, question=question)
        return
    text = json.dumps(value, allow_nan=False, separators=(",", ":"))  # ASCII keeps even half a character pair
    _ANSWER.run(connection, draft_pk=pk, question=question, value=text, changed=now)


def _set_files(connection: Connection, pk: int, files: DraftFiles) -> None:
    """Let exactly these files be attached to these questions; those that are stay as they are."""
    for question, wanted in files.by_question.items():
        there = set(_ATTACHED.run(connection, pk=pk, question=question).scalars())
        names = {item.sha256 for item in wanted}
        for sha256_hex in sorted(there - names):
            _DETACH.run(connection, pk=pk, question=question, sha256=sha256_hex)
        for item in wanted:
            if item.sha256 not in there:
                data = files.bytes_of(item)
                _require_size(item.name, data)
                _attach(connection, pk, question, item, data)


def _require_size(name: str, data: bytes) -> None:
    if len(data) > MAX_FILE:
        raise DraftFileTooLarge(name=name, size=len(data), limit=MAX_FILE)


def _attach(connection: Connection, pk: int, question: str, made: Attachment, data: bytes) -> None:
    _ATTACH.run(
        connection,
        draft_pk=pk,
        question=question,
        sha256=made.sha256,
        name=made.name,
        media_type=made.media_type,
        size=made.size,
        bytes=data,
    )


def _see(connection: Connection, pk: int, seen: Iterable[str]) -> None:
    _SEE.run_each(connection, [{"draft_pk": pk, "act_id": name} for name in dict.fromkeys(seen)])


def _touch(connection: Connection, draft: str, now: str) -> int:
    pk = _number(connection, draft)
    _TOUCH.run(connection, pk=pk, changed=now)
    return pk


def _number(connection: Connection, draft: str) -> int:
    found = _NUMBER.run(connection, draft_id=draft).scalar()
    if found is None:
        raise NoSuchDraft
    return found


_draft, _answers, _files, _seen = schema.draft, schema.draft_answer, schema.draft_file, schema.draft_seen
_THIS = _draft.c.pk == bindparam("pk")
_NAMED = _draft.c.draft_id == bindparam("draft_id")

_NUMBER = Statement(select(_draft.c.pk).where(_NAMED))
_BEGIN = Statement(
    insert(_draft).values(
        draft_id=bindparam("draft_id"),
        person=bindparam("person"),
        case_id=bindparam("case_id"),
        playbook=bindparam("playbook"),
        title=bindparam("title"),
        created=bindparam("now"),
        changed=bindparam("now"),
    )
)
_TOUCH = Statement(update(_draft).where(_THIS).values(changed=bindparam("changed")))
_RENAME = Statement(update(_draft).where(_THIS).values(title=bindparam("title")))
_USE_PLAYBOOK = Statement(update(_draft).where(_THIS).values(playbook=bindparam("playbook")))
_HIDE = Statement(update(_draft).where(_THIS).values(removed=bindparam("removed")))
_FINISH = Statement(delete(_draft).where(_THIS))
_FORGET = Statement(delete(_draft).where(_draft.c.removed < bindparam("before")))

_rows = select(
    _draft.c.draft_id,
    _draft.c.person,
    _draft.c.case_id,
    _draft.c.playbook,
    _draft.c.title,
    _draft.c.created,
    _draft.c.changed,
    _draft.c.removed,
    select(func.count()).select_from(_answers).where(_answers.c.draft_pk == _draft.c.pk).scalar_subquery(),
)
_last_changed = _rows.order_by(_draft.c.changed.desc(), _draft.c.pk.desc()).limit(1000)
_ROW = Statement(_rows.where(_NAMED))
_LISTED = Statement(_last_changed.where(_draft.c.removed.is_(None)))
_REMOVED = Statement(_last_changed.where(_draft.c.removed.is_not(None)))

_ANSWERS = Statement(
    select(_answers.c.question, _answers.c.value)
    .join(_draft, _draft.c.pk == _answers.c.draft_pk)
    .where(_NAMED)
    .order_by(_answers.c.question)
)
_answer_given = insert(_answers)
_ANSWER = Statement(
    _answer_given.on_conflict_do_update(
        index_elements=["draft_pk", "question"],
        set_={"value": _answer_given.excluded.value, "changed": _answer_given.excluded.changed},
    )
)
_TAKE_AWAY = Statement(
    delete(_answers).where(_answers.c.draft_pk == bindparam("pk"), _answers.c.question == bindparam("question"))
)

_FILES = Statement(
    select(_files.c.question, _files.c.sha256, _files.c.size, _files.c.media_type, _files.c.name)
    .join(_draft, _draft.c.pk == _files.c.draft_pk)
    .where(_NAMED)
    .order_by(_files.c.pk)
)
_FILE = Statement(
    select(_files.c.bytes)
    .join(_draft, _draft.c.pk == _files.c.draft_pk)
    .where(_NAMED, _files.c.sha256 == bindparam("sha256"))
)
_file_attached = insert(_files).values(
    {column: bindparam(column.name) for column in _files.c if not column.primary_key}
)
_ATTACH = Statement(
    _file_attached.on_conflict_do_update(
        index_elements=["draft_pk", "question", "sha256"],
        set_={"name": _file_attached.excluded.name, "media_type": _file_attached.excluded.media_type},
    )
)
_DETACH = Statement(
    delete(_files).where(
        _files.c.draft_pk == bindparam("pk"),
        _files.c.question == bindparam("question"),
        _files.c.sha256 == bindparam("sha256"),
    )
)

_ATTACHED = Statement(
    select(_files.c.sha256).where(_files.c.draft_pk == bindparam("pk"), _files.c.question == bindparam("question"))
)

_SEEN = Statement(select(_seen.c.act_id).join(_draft, _draft.c.pk == _seen.c.draft_pk).where(_NAMED))
_SEE = Statement(insert(_seen))
_FORGET_SEEN = Statement(delete(_seen).where(_seen.c.draft_pk == bindparam("pk")))
