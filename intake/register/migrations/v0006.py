"""Version 1.5: what the owner of a draft had seen of the use case that it revises.

Of the drafts that are there nobody can tell; they have nothing here, and ask before they are filed.
"""

from __future__ import annotations

from alembic.operations import Operations

VERSION = (1, 5)


def upgrade(operations: Operations) -> None:
    operations.execute(
        """\
CREATE TABLE draft_seen (
    draft_pk INTEGER NOT NULL,
    act_id TEXT NOT NULL,
    PRIMARY KEY (draft_pk, act_id),
    FOREIGN KEY(draft_pk) REFERENCES draft (pk) ON DELETE CASCADE
)
"""
    )
