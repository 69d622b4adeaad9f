"""What a statement costs that is written as an expression, against the same SQL handed to the driver as text."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, bindparam, delete, insert, select

from intake.register.store.schema import case_want
from intake.register.store.statements import NAMES, Statement
from tests.benchmarks.harness import Row
from tests.register.helpers import open_register

ROUNDS = 41
GOAL = 1.1
ROWS = 2000


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        register = open_register(Path(folder))
        with register._database.write(keep=False) as connection:
            connection.exec_driver_sql("INSERT INTO use_case (case_id) VALUES ('case')")
            write, clear = Statement(insert(case_want)), Statement(delete(case_want))
            point = Statement(select(case_want.c.case_pk).where(case_want.c.name == bindparam("name")))
            among = Statement(select(case_want.c.name).where(case_want.c.name.in_(NAMES)))
            named = [{"name": f"{number:064x}", "case_pk": 1} for number in range(ROWS)]
            plain = [tuple(row.values()) for row in named]

            def ours() -> None:
                clear.run(connection)
                write.run_each(connection, named)

            def theirs() -> None:
                connection.exec_driver_sql(clear.text())
                connection.exec_driver_sql(write.text(), plain)

            yield _row(f"write {ROWS} rows", ours, theirs, times=1)
            name = plain[7][0]
            yield _row(
                "read one row",
                lambda: point.run(connection, name=name).scalar(),
                lambda: connection.exec_driver_sql(point.text(), (name,)).scalar(),
            )
            for size in (1, 3, 300):
                names = tuple(row[0] for row in plain[:size])
                text = among.text().replace("(?)", f"({', '.join('?' * size)})")
                yield _row(
                    f"look {size} names up",
                    partial(among.among, connection, names),
                    partial(_read_all, connection, text, names),
                    times=max(10, 200 // size),
                )
        register.close()


def _read_all(connection: Connection, text: str, names: tuple[object, ...]) -> object:
    return connection.exec_driver_sql(text, names).all()


def _row(name: str, ours: Callable[[], object], theirs: Callable[[], object], *, times: int = 200) -> Row:
    """The middle of the ratios of the processor's time, in turns: other programs on the machine slow both."""
    _seconds(ours, times)
    _seconds(theirs, times)
    pairs = [(_seconds(ours, times), _seconds(theirs, times)) for _ in range(ROUNDS)]
    ratio = statistics.median(one / other for one, other in pairs)
    taken = statistics.median(one for one, _ in pairs) / times
    return Row(name, "the same SQL as text", ratio, GOAL, f"{taken * 1e6:.0f} us")


def _seconds(job: Callable[[], object], times: int) -> float:
    start = time.process_time()
    for _ in range(times):
        job()
    return time.process_time() - start
