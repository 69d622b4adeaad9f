"""The queue of cases to fold again: those a roster or a checkpoint may now judge differently.

It is stored, so what a cancel or a crash leaves is done the next time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, func, literal_column, select, true
from sqlalchemy.dialects.sqlite import insert

from intake.register.store.schema import act, case_row, case_want, rejudge, use_case
from intake.register.store.statements import NAMES, Statement

AT_ONCE = 200
"""As many cases a roster act re-judges within its own transaction; more are left to ``Register.rejudge``."""


def enqueue(connection: Connection, *, people: Iterable[str], rosters: Iterable[str], arrived: Iterable[str]) -> None:
    """Put in the queue what these ``people`` signed or own, what nobody answers for, what names these ``rosters``, and what waits for ``arrived``.

    People by their ids, the others by act ids.
    """
    _SIGNED_BY.among(connection, people)
    _OWNED_BY.among(connection, people)
    _OWNERLESS.run(connection)
    _NAMING_ROSTER.among(connection, rosters)
    _WAITING_FOR.among(connection, arrived)


def enqueue_all(connection: Connection) -> None:
    _EVERY.run(connection)


def enqueue_waiting(connection: Connection, name: str) -> None:
    """Put in the queue what waits for an act or file of this name."""
    _WAITING_FOR.among(connection, (name,))


def take(connection: Connection, limit: int) -> Sequence[Row[int, str]]:
    """(row number, id) of some cases in the queue; they stay in it until they are ``done``."""
    return _SOME.run(connection, limit=limit).all()


def done(connection: Connection, case_pk: int) -> None:
    """A case is folded again."""
    _DONE.run(connection, case_pk=case_pk)


def done_all(connection: Connection) -> None:
    _DONE_ALL.run(connection)


def few(connection: Connection) -> frozenset[str]:
    """The ids of the cases in the queue when they are few enough to be folded at once, else none."""
    names = frozenset(case_id for _, case_id in take(connection, AT_ONCE + 1))
    return names if len(names) <= AT_ONCE else frozenset()


def count(connection: Connection) -> int:
    return _COUNT.run(connection).scalar_one()


def _enqueue(which: ColumnElement[bool]) -> Statement[*tuple[Any, ...]]:
    cases = select(use_case.c.pk).where(which)
    return Statement(insert(rejudge).from_select(["case_pk"], cases).on_conflict_do_nothing())


_SIGNED_BY = _enqueue(use_case.c.case_id.in_(select(act.c.case_id).where(act.c.person.in_(NAMES))))
_OWNED_BY = _enqueue(use_case.c.pk.in_(select(case_row.c.pk).where(case_row.c.owner.in_(NAMES))))
# Who answered for these and left may be back.
_OWNERLESS = _enqueue(use_case.c.pk.in_(select(case_row.c.pk).where(case_row.c.owner == literal_column("''"))))
_NAMING_ROSTER = _enqueue(use_case.c.case_id.in_(select(act.c.case_id).where(act.c.roster.in_(NAMES))))
_WAITING_FOR = _enqueue(use_case.c.pk.in_(select(case_want.c.case_pk).where(case_want.c.name.in_(NAMES))))
_EVERY = _enqueue(true())
_SOME = Statement(
    select(rejudge.c.case_pk, use_case.c.case_id)
    .join(use_case, use_case.c.pk == rejudge.c.case_pk)
    .limit(bindparam("limit"))
)
_DONE = Statement(delete(rejudge).where(rejudge.c.case_pk == bindparam("case_pk")))
_DONE_ALL = Statement(delete(rejudge))
_COUNT = Statement(select(func.count()).select_from(rejudge))
