"""Version 1.4: which acts and files are here for keys that no roster lists, and that these alone may be removed again."""

from __future__ import annotations

from alembic.operations import Operations

VERSION = (1, 4)


def upgrade(operations: Operations) -> None:
    for statement in _STATEMENTS:
        operations.execute(statement)


_STATEMENTS = (
    """\
CREATE TABLE stranger (
    act_pk INTEGER NOT NULL,
    signer TEXT NOT NULL,
    size INTEGER NOT NULL,
    seat INTEGER NOT NULL,
    PRIMARY KEY (act_pk),
    FOREIGN KEY(act_pk) REFERENCES act (pk) ON DELETE CASCADE
)
""",
    """\
CREATE INDEX stranger_by_key ON stranger (signer, act_pk)
""",
    """\
CREATE TABLE stranger_file (
    sha256 TEXT NOT NULL,
    signer TEXT NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (sha256)
)
""",
    """\
INSERT INTO stranger (act_pk, signer, size, seat)
SELECT a.pk, a.signer, w.size, 0 FROM waiting_room w JOIN act a ON a.pk = w.act_pk
WHERE w.code IN ('UnknownSigner', 'Enrolment')
AND a.act_id NOT IN (SELECT value FROM installation WHERE name = 'org')
AND a.stream NOT IN (SELECT value FROM installation WHERE name = 'installation')
""",
    "DROP TRIGGER act_never_goes",
    "DROP TRIGGER act_blob_never_goes",
    "DROP TRIGGER blob_never_goes",
    """\
CREATE TRIGGER act_never_goes BEFORE DELETE ON act
WHEN NOT EXISTS (SELECT 1 FROM stranger s WHERE s.act_pk = old.pk)
BEGIN
    SELECT RAISE(ABORT, 'act is append-only');
END
""",
    """\
CREATE TRIGGER act_blob_never_goes BEFORE DELETE ON act_blob
WHEN NOT EXISTS (SELECT 1 FROM stranger s WHERE s.act_pk = old.act_pk)
BEGIN
    SELECT RAISE(ABORT, 'act_blob is append-only');
END
""",
    """\
CREATE TRIGGER blob_never_goes BEFORE DELETE ON blob
WHEN NOT EXISTS (SELECT 1 FROM stranger_file f WHERE f.sha256 = old.sha256)
BEGIN
    SELECT RAISE(ABORT, 'blob is append-only');
END
""",
)
