"""Version 2.2: what somebody wrote about a use case and has not signed: terms being edited, reasons, a comment.

Like a draft it is of one person at this installation, and never travels. An earlier version leaves it alone.
"""

from __future__ import annotations

from alembic.operations import Operations

VERSION = (2, 2)


def upgrade(operations: Operations) -> None:
    for statement in _STATEMENTS:
        operations.execute(statement)


_STATEMENTS = (
    """\
CREATE TABLE unsigned_opinion (
    pk INTEGER NOT NULL,
    person TEXT NOT NULL,
    case_id TEXT NOT NULL,
    began TEXT NOT NULL,
    changes INTEGER NOT NULL,
    changed TEXT NOT NULL,
    PRIMARY KEY (pk),
    UNIQUE (person, case_id)
)
""",
    """\
CREATE TABLE unsigned_part (
    opinion_pk INTEGER NOT NULL,
    part TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (opinion_pk, part),
    FOREIGN KEY(opinion_pk) REFERENCES unsigned_opinion (pk) ON DELETE CASCADE
)
""",
)
