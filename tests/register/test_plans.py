"""What is run for one more act asks nothing of the whole register: no statement reads a table that grows from end to end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from intake.domain.acts.envelope import Act
from tests.domain.world import Site, organisation
from tests.register.helpers import open_register, pack

GROWS = ("act", "act_blob", "blob", "case_row", "case_note", "case_want", "use_case", "head", "own_act")
"""Tables with a row for every act, file or use case."""


def test_no_statement_of_an_append_reads_a_table_that_grows_from_end_to_end(tmp_path: Path) -> None:
    site = organisation()
    register = open_register(tmp_path)
    register.join(site.org)
    register.append([pack(act) for act in site.acts.values()], site.blobs)
    revision = site.revision()
    register.append([pack(revision)], site.blobs)

    with _recorded() as ran:
        register.append([pack(_comment(site, revision))])

    assert len(ran) > 10
    with register._database.read() as connection:
        plans = {
            statement: [
                str(row[3]) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            ]
            for statement, parameters in ran
        }
    register.close()
    whole = re.compile(rf"SCAN ({'|'.join(GROWS)})\b")
    assert {statement: plan for statement, plan in plans.items() if any(whole.match(step) for step in plan)} == {}


def _comment(site: Site, revision: Act) -> Act:
    body = {"text": "Hello", "about": ""}
    return site.act("ada", "comment", body, case=revision.id, seq=2, prev=revision.id, after=[revision.id])


@contextmanager
def _recorded() -> Iterator[list[tuple[str, Any]]]:
    """The statements that are run inside, with the parameters of their first row."""
    ran: list[tuple[str, Any]] = []

    def note(
        _connection: object, _cursor: object, statement: str, parameters: Any, _context: object, many: bool
    ) -> None:
        if statement.split(maxsplit=1)[0] in {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH"}:
            ran.append((statement, parameters[0] if many else parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield ran
    finally:
        event.remove(Engine, "before_cursor_execute", note)
