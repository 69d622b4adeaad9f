"""What a person wrote about a use case and has not signed yet: changes of terms, reasons, a comment.

One row for a person and a case, with a part for each thing that was written, so that two windows that write different parts
keep both. Each call is durable before it returns. Nothing of it is an act, and nothing of it leaves this register.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from intake.domain.base.canonical import Json
from intake.domain.case.writing import is_words
from intake.register.store import schema_unsigned as schema
from intake.register.store.database import Database
from intake.register.store.statements import Statement

_NOTHING = "null"


@dataclass(frozen=True, slots=True)
class UnsignedRow:
    """``began`` is what the changes of terms began from, None while there are none; ``parts`` are values by part.

    ``changes`` is how many of them change terms, as they were counted when they were last kept.
    """

    began: Json
    changes: int
    parts: Mapping[str, Json]
    changed: datetime


@dataclass(frozen=True, slots=True)
class UnsignedCount:
    """How many changes of the terms of a case a person made and has not signed, counted when they were last kept."""

    case: str
    changes: int
    changed: datetime


@dataclass(frozen=True, slots=True)
class SignedParts:
    """What is signed with an act, and so no longer unsigned: these parts of this person in this case, as they were read."""

    person: str
    case: str
    parts: Mapping[str, Json]


class UnsignedStore:
    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def keep(
        self,
        person: str,
        case: str,
        parts: Mapping[str, Json],
        *,
        began: Json = None,
        changes: int | None = None,
        begin_again: bool = False,
    ) -> None:
        """Keep these parts; a part that is None is taken away, and the row with its last part.

        ``began`` stays what it was while terms are being changed, unless told to ``begin_again``. ``changes`` is how many changes of terms
        there are then; None leaves the count. Raises DiskFull, HomeReadOnly and their kin.
        """
        now = self._clock().isoformat()
        with self._database.write() as connection:
            _BEGIN.run(connection, person=person, case_id=case, began=_NOTHING, changes=0, changed=now)
            pk, before, count = _ROW.run(connection, person=person, case_id=case).one()
            for part, value in parts.items():
                if value is None:
                    _TAKE_AWAY.run(connection, pk=pk, part=part)
                else:
                    _KEEP.run(connection, opinion_pk=pk, part=part, value=_text(value))
            stays = before != _NOTHING and not begin_again
            _settle(connection, pk, before if stays else _text(began), count if changes is None else changes, now)

    def get(self, person: str, case: str) -> UnsignedRow | None:
        """None when there is nothing."""
        with self._database.read() as connection:
            row = _WHOLE.run(connection, person=person, case_id=case).first()
            if row is None:
                return None
            pk, began, count, changed = row
            parts = {part: json.loads(value) for part, value in _PARTS.run(connection, pk=pk)}
        return UnsignedRow(json.loads(began), count, parts, datetime.fromisoformat(changed))

    def counts(self, person: str) -> tuple[UnsignedCount, ...]:
        """The cases of whose terms a person has changes, the one changed last first."""
        with self._database.read() as connection:
            found = _COUNTS.run(connection, person=person).all()
        return tuple(UnsignedCount(case, count, datetime.fromisoformat(changed)) for case, count, changed in found)


def finish(connection: Connection, signed: SignedParts, now: str) -> None:
    """Take away what is signed, in the transaction that stores the act; what was written since stays."""
    row = _ROW.run(connection, person=signed.person, case_id=signed.case).first()
    if row is None:
        return
    pk, began, count = row
    for part, value in signed.parts.items():
        _SIGN_OFF.run(connection, pk=pk, part=part, value=_text(value))
    _settle(connection, pk, began, count, now)


def _settle(connection: Connection, pk: int, began: str, count: int, now: str) -> None:
    """Put down what is left of a row; what holds no terms began nowhere, and what holds nothing goes."""
    left = _NAMES.run(connection, pk=pk).scalars().all()
    if not left:
        _GO.run(connection, pk=pk)
        return
    editing = _has_terms(left)
    _SET.run(connection, pk=pk, began=began if editing else _NOTHING, changes=count if editing else 0, changed=now)


def _text(value: Json) -> str:
    return json.dumps(value, allow_nan=False, separators=(",", ":"))  # ASCII keeps even half a character pair


def _has_terms(parts: Iterable[str]) -> bool:
    return any(not is_words(part) for part in parts)


_opinion, _part = schema.unsigned_opinion, schema.unsigned_part
_OF = (_opinion.c.person == bindparam("person"), _opinion.c.case_id == bindparam("case_id"))
_THIS = _opinion.c.pk == bindparam("pk")

_BEGIN = Statement(
    insert(_opinion)
    .values({column: bindparam(column.name) for column in _opinion.c if not column.primary_key})
    .on_conflict_do_nothing()
)
_ROW = Statement(select(_opinion.c.pk, _opinion.c.began, _opinion.c.changes).where(*_OF))
_WHOLE = Statement(select(_opinion.c.pk, _opinion.c.began, _opinion.c.changes, _opinion.c.changed).where(*_OF))
_SET = Statement(
    update(_opinion)
    .where(_THIS)
    .values(began=bindparam("began"), changes=bindparam("changes"), changed=bindparam("changed"))
)
_GO = Statement(delete(_opinion).where(_THIS))
_COUNTS = Statement(
    select(_opinion.c.case_id, _opinion.c.changes, _opinion.c.changed)
    .where(_opinion.c.person == bindparam("person"), _opinion.c.changes > 0)
    .order_by(_opinion.c.changed.desc(), _opinion.c.pk.desc())
    .limit(1000)
)

_part_kept = insert(_part)
_KEEP = Statement(
    _part_kept.on_conflict_do_update(index_elements=["opinion_pk", "part"], set_={"value": _part_kept.excluded.value})
)
_one_part = delete(_part).where(_part.c.opinion_pk == bindparam("pk"), _part.c.part == bindparam("part"))
_TAKE_AWAY = Statement(_one_part)
_SIGN_OFF = Statement(_one_part.where(_part.c.value == bindparam("value")))
_PARTS = Statement(
    select(_part.c.part, _part.c.value).where(_part.c.opinion_pk == bindparam("pk")).order_by(_part.c.part)
)
_NAMES = Statement(select(_part.c.part).where(_part.c.opinion_pk == bindparam("pk")))
