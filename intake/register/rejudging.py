"""The queue of cases to fold again: those a roster or a checkpoint may now judge differently.

It is stored, so what a cancel or a crash leaves is done the next time.
"""

# ruff: noqa: S608 - statements are put together from names in this package and question marks; values are parameters

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from intake.register.store.sql import chunks, marks

AT_ONCE = 200
"""As many cases a roster act re-judges within its own transaction; more are left to ``Register.rejudge``."""


def enqueue(connection: Connection, *, people: Iterable[str], rosters: Iterable[str], arrived: Iterable[str]) -> None:
    """Put in the queue what these ``people`` signed or own, what names these ``rosters``, and what waits for ``arrived``.

    People by their ids, the others by act ids.
    """
    for piece in chunks(sorted(people)):
        listed = marks(piece)
        _cases(connection, f"SELECT case_id FROM act WHERE person IN ({listed})", piece)
        _cases(
            connection,
            f"SELECT u.case_id FROM case_row c JOIN use_case u ON u.pk = c.pk WHERE c.owner IN ({listed})",
            piece,
        )
    for piece in chunks(sorted(rosters)):
        _cases(connection, f"SELECT case_id FROM act WHERE roster IN ({marks(piece)})", piece)
    for piece in chunks(sorted(arrived)):
        _cases(
            connection,
            f"SELECT u.case_id FROM case_want w JOIN use_case u ON u.pk = w.case_pk WHERE w.name IN ({marks(piece)})",
            piece,
        )


def enqueue_all(connection: Connection) -> None:
    connection.exec_driver_sql("INSERT OR IGNORE INTO rejudge (case_pk) SELECT pk FROM use_case")


def few(connection: Connection) -> frozenset[str]:
    """The ids of the cases in the queue when they are few enough to be folded at once, else none."""
    rows = connection.exec_driver_sql(
        "SELECT case_id FROM rejudge r JOIN use_case u ON u.pk = r.case_pk LIMIT ?", (AT_ONCE + 1,)
    )
    names = frozenset(row[0] for row in rows)
    return names if len(names) <= AT_ONCE else frozenset()


def count(connection: Connection) -> int:
    return int(connection.exec_driver_sql("SELECT count(*) FROM rejudge").scalar_one())


def _cases(connection: Connection, cases: str, parameters: tuple[str, ...]) -> None:
    connection.exec_driver_sql(
        f"INSERT OR IGNORE INTO rejudge (case_pk) SELECT pk FROM use_case WHERE case_id IN ({cases})",
        parameters,
    )
