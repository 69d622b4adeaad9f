"""A number that grows with every change of what the rosters are folded from, so that no fold of something else is kept.

These are the acts of the organisation, the files they name and the indexed listings of checkpoints: what comes, what goes,
and what comes again after it went. The change and the number are written in one transaction, by any process.
"""

from __future__ import annotations

from sqlalchemy import Connection, Integer, cast, select
from sqlalchemy.dialects.sqlite import insert

from intake.register.store.schema import installation
from intake.register.store.statements import Statement

_CHANGES = "roster-changes"
"""A setting."""


def note_change(connection: Connection) -> None:
    _NOTE.run(connection)


def changes(connection: Connection) -> int:
    return int(_READ.run(connection).scalar() or 0)


_NOTE = Statement(
    insert(installation)
    .values(name=_CHANGES, value="1")
    .on_conflict_do_update(index_elements=["name"], set_={"value": cast(installation.c.value, Integer) + 1})
)
_READ = Statement(select(installation.c.value).where(installation.c.name == _CHANGES))
