"""Version 2.1: the acts that were signed here, whether they have left and whether somebody else has seen them.

Of what is here already, the acts of this installation are those signed here; whether one has left, its receipts say.
"""

from __future__ import annotations

from alembic.operations import Operations

VERSION = (2, 1)


def upgrade(operations: Operations) -> None:
    for statement in _STATEMENTS:
        operations.execute(statement)


_STATEMENTS = (
    """\
CREATE TABLE own_act (
    act_pk INTEGER NOT NULL,
    sent INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    PRIMARY KEY (act_pk),
    FOREIGN KEY(act_pk) REFERENCES act (pk) ON DELETE CASCADE
)
""",
    "CREATE INDEX own_act_unsent ON own_act (act_pk) WHERE sent = 0 AND seen = 0",
    "CREATE INDEX receipt_by_item ON receipt (item)",
    """\
INSERT INTO own_act (act_pk, sent, seen)
SELECT a.pk, EXISTS (SELECT 1 FROM receipt r WHERE r.item = a.blob_id), 0 FROM act a
WHERE a.stream IN (SELECT value FROM installation WHERE name = 'installation')
""",
)
