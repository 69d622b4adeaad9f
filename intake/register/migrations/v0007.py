"""Version 1.6: what was refused for what it is, and what only for the name, place or kind it was offered under.

Before, both kept the same bytes from being fetched under their right name. What is here already was judged as an act when
it is called as such, unless its refusal says that it is stored all the same. A receipt of a file says so since then, for the
same bytes may be an act as well.
"""

from __future__ import annotations

from alembic.operations import Operations

VERSION = (1, 6)


def upgrade(operations: Operations) -> None:
    operations.execute("ALTER TABLE quarantine ADD COLUMN as_act INTEGER DEFAULT 0 NOT NULL")
    operations.execute("UPDATE quarantine SET as_act = 1 WHERE name = sha256 || '.p7m' AND code != 'UnreadableBody'")
    operations.execute(
        "UPDATE receipt SET item = 'blob/' || item "
        "WHERE NOT EXISTS (SELECT 1 FROM act a WHERE a.blob_id = receipt.item)"
    )
