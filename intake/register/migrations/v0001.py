"""Version 1.0: the first schema, as text that never changes again; ``schema`` says what each table is for."""

from __future__ import annotations

from alembic.operations import Operations

VERSION = (1, 0)


def upgrade(operations: Operations) -> None:
    for statement in _STATEMENTS:
        operations.execute(statement)


_STATEMENTS = (
    """\
CREATE TABLE act (
    pk INTEGER NOT NULL,
    act_id TEXT NOT NULL,
    blob_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    case_id TEXT NOT NULL,
    person TEXT NOT NULL,
    signer TEXT NOT NULL,
    stream TEXT NOT NULL,
    seq INTEGER NOT NULL,
    prev TEXT NOT NULL,
    roster TEXT NOT NULL,
    received TEXT NOT NULL,
    content_at INTEGER NOT NULL,
    content_size INTEGER NOT NULL,
    blob BLOB NOT NULL,
    PRIMARY KEY (pk),
    UNIQUE (act_id),
    UNIQUE (blob_id),
    CONSTRAINT act_ids CHECK (length(act_id) = 64 AND length(blob_id) = 64)
)
""",
    """\
CREATE INDEX act_by_case ON act (case_id, pk)
""",
    """\
CREATE INDEX act_by_person ON act (person, case_id)
""",
    """\
CREATE INDEX act_by_roster ON act (roster, case_id)
""",
    """\
CREATE INDEX act_by_stream ON act (signer, stream, case_id, seq)
""",
    """\
CREATE TABLE blob (
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (sha256),
    CONSTRAINT blob_size CHECK (length(bytes) = size AND length(sha256) = 64)
)
""",
    """\
CREATE TABLE counter (
    facet TEXT NOT NULL,
    value TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (facet, value)
)
""",
    """\
CREATE TABLE draft (
    pk INTEGER NOT NULL,
    draft_id TEXT NOT NULL,
    person TEXT NOT NULL,
    case_id TEXT NOT NULL,
    playbook TEXT NOT NULL,
    title TEXT NOT NULL,
    created TEXT NOT NULL,
    changed TEXT NOT NULL,
    removed TEXT,
    PRIMARY KEY (pk),
    UNIQUE (draft_id)
)
""",
    """\
CREATE TABLE installation (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (name)
)
""",
    """\
CREATE TABLE person (
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    roles TEXT NOT NULL,
    certificates TEXT NOT NULL,
    PRIMARY KEY (person)
)
""",
    """\
CREATE TABLE quarantine (
    pk INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    source TEXT NOT NULL,
    code TEXT NOT NULL,
    what TEXT NOT NULL,
    why TEXT NOT NULL,
    next TEXT NOT NULL,
    received TEXT NOT NULL,
    size INTEGER NOT NULL,
    bytes BLOB,
    PRIMARY KEY (pk),
    UNIQUE (sha256, code)
)
""",
    """\
CREATE TABLE receipt (
    carrier TEXT NOT NULL,
    item TEXT NOT NULL,
    proof TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (carrier, item, proof)
)
""",
    """\
CREATE TABLE stream_mark (
    stream TEXT NOT NULL,
    signer TEXT NOT NULL,
    case_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (stream, signer, case_id)
)
""",
    """\
CREATE TABLE use_case (
    pk INTEGER NOT NULL,
    case_id TEXT NOT NULL,
    PRIMARY KEY (pk),
    UNIQUE (case_id)
)
""",
    """\
CREATE TABLE act_blob (
    act_pk INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (act_pk, sha256),
    FOREIGN KEY(act_pk) REFERENCES act (pk)
)
""",
    """\
CREATE INDEX act_blob_by_digest ON act_blob (sha256)
""",
    """\
CREATE TABLE case_note (
    case_pk INTEGER NOT NULL,
    sort TEXT NOT NULL,
    position INTEGER NOT NULL,
    act_id TEXT NOT NULL,
    code TEXT NOT NULL,
    text TEXT NOT NULL,
    waits_for TEXT NOT NULL,
    PRIMARY KEY (case_pk, sort, position),
    FOREIGN KEY(case_pk) REFERENCES use_case (pk)
)
""",
    """\
CREATE INDEX case_note_by_sort ON case_note (sort, case_pk)
""",
    """\
CREATE TABLE case_row (
    pk INTEGER NOT NULL,
    reference TEXT NOT NULL,
    title TEXT NOT NULL,
    title_key TEXT NOT NULL,
    unit TEXT NOT NULL,
    owner TEXT NOT NULL,
    tier TEXT NOT NULL,
    lane TEXT NOT NULL,
    stage TEXT NOT NULL,
    phase TEXT NOT NULL,
    turn TEXT NOT NULL,
    turn_owner INTEGER NOT NULL,
    turn_cio INTEGER NOT NULL,
    turn_ciso INTEGER NOT NULL,
    turn_records INTEGER NOT NULL,
    cio TEXT NOT NULL,
    ciso TEXT NOT NULL,
    revision INTEGER NOT NULL,
    filed TEXT NOT NULL,
    decided TEXT,
    expires TEXT,
    expires_key TEXT NOT NULL,
    due TEXT,
    due_key TEXT NOT NULL,
    newest BIGINT NOT NULL,
    alarms INTEGER NOT NULL,
    waiting INTEGER NOT NULL,
    PRIMARY KEY (pk),
    FOREIGN KEY(pk) REFERENCES use_case (pk)
)
""",
    """\
CREATE INDEX case_alarmed ON case_row (newest, pk) WHERE alarms > 0
""",
    """\
CREATE INDEX case_by_due ON case_row (due_key, pk)
""",
    """\
CREATE INDEX case_by_expiry ON case_row (expires_key, pk)
""",
    """\
CREATE INDEX case_by_newest ON case_row (newest, pk)
""",
    """\
CREATE INDEX case_by_owner ON case_row (owner, pk)
""",
    """\
CREATE INDEX case_by_reference ON case_row (reference, pk)
""",
    """\
CREATE INDEX case_by_title ON case_row (title_key, pk)
""",
    """\
CREATE INDEX case_of_phase ON case_row (phase, newest, pk)
""",
    """\
CREATE INDEX case_of_stage ON case_row (stage, newest, pk)
""",
    """\
CREATE INDEX case_of_tier ON case_row (tier, newest, pk)
""",
    """\
CREATE INDEX case_of_unit ON case_row (unit, newest, pk)
""",
    """\
CREATE INDEX case_turn_of_cio ON case_row (newest, pk) WHERE turn_cio = 1
""",
    """\
CREATE INDEX case_turn_of_ciso ON case_row (newest, pk) WHERE turn_ciso = 1
""",
    """\
CREATE INDEX case_turn_of_owner ON case_row (newest, pk) WHERE turn_owner = 1
""",
    """\
CREATE INDEX case_turn_of_records ON case_row (newest, pk) WHERE turn_records = 1
""",
    """\
CREATE INDEX case_turn_owner ON case_row (owner, due_key, pk) WHERE turn_owner = 1
""",
    """\
CREATE INDEX case_waiting ON case_row (newest, pk) WHERE waiting > 0
""",
    """\
CREATE TABLE case_want (
    name TEXT NOT NULL,
    case_pk INTEGER NOT NULL,
    PRIMARY KEY (name, case_pk),
    FOREIGN KEY(case_pk) REFERENCES use_case (pk)
)
""",
    """\
CREATE INDEX case_want_by_case ON case_want (case_pk)
""",
    """\
CREATE TABLE checkpoint (
    act_pk INTEGER NOT NULL,
    act_id TEXT NOT NULL,
    PRIMARY KEY (act_pk),
    FOREIGN KEY(act_pk) REFERENCES act (pk)
)
""",
    """\
CREATE TABLE draft_answer (
    draft_pk INTEGER NOT NULL,
    question TEXT NOT NULL,
    value TEXT NOT NULL,
    changed TEXT NOT NULL,
    PRIMARY KEY (draft_pk, question),
    FOREIGN KEY(draft_pk) REFERENCES draft (pk) ON DELETE CASCADE
)
""",
    """\
CREATE TABLE draft_file (
    pk INTEGER NOT NULL,
    draft_pk INTEGER NOT NULL,
    question TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (pk),
    UNIQUE (draft_pk, question, sha256),
    FOREIGN KEY(draft_pk) REFERENCES draft (pk) ON DELETE CASCADE
)
""",
    """\
CREATE TABLE head (
    case_id TEXT NOT NULL,
    checkpoint_pk INTEGER NOT NULL,
    act_id TEXT NOT NULL,
    PRIMARY KEY (case_id, checkpoint_pk, act_id),
    FOREIGN KEY(checkpoint_pk) REFERENCES act (pk)
)
""",
    """\
CREATE INDEX head_by_checkpoint ON head (checkpoint_pk)
""",
    """\
CREATE TABLE rejudge (
    case_pk INTEGER NOT NULL,
    PRIMARY KEY (case_pk),
    FOREIGN KEY(case_pk) REFERENCES use_case (pk)
)
""",
    """\
CREATE TABLE waiting_room (
    act_pk INTEGER NOT NULL,
    size INTEGER NOT NULL,
    code TEXT NOT NULL,
    PRIMARY KEY (act_pk),
    FOREIGN KEY(act_pk) REFERENCES act (pk)
)
""",
    """\
CREATE VIRTUAL TABLE case_fts USING fts5(facets, text, tokenize = 'unicode61', prefix = '2 3')
""",
    """\
CREATE TRIGGER act_never_changes BEFORE UPDATE ON act
BEGIN
    SELECT RAISE(ABORT, 'act is append-only');
END
""",
    """\
CREATE TRIGGER blob_never_changes BEFORE UPDATE ON blob
BEGIN
    SELECT RAISE(ABORT, 'blob is append-only');
END
""",
    """\
CREATE TRIGGER act_blob_never_changes BEFORE UPDATE ON act_blob
BEGIN
    SELECT RAISE(ABORT, 'act_blob is append-only');
END
""",
    """\
CREATE TRIGGER use_case_never_changes BEFORE UPDATE ON use_case
BEGIN
    SELECT RAISE(ABORT, 'use_case is append-only');
END
""",
    """\
CREATE TRIGGER act_never_goes BEFORE DELETE ON act
BEGIN
    SELECT RAISE(ABORT, 'act is append-only');
END
""",
    """\
CREATE TRIGGER act_blob_never_goes BEFORE DELETE ON act_blob
BEGIN
    SELECT RAISE(ABORT, 'act_blob is append-only');
END
""",
    """\
CREATE TRIGGER use_case_never_goes BEFORE DELETE ON use_case
BEGIN
    SELECT RAISE(ABORT, 'use_case is append-only');
END
""",
    """\
CREATE TRIGGER blob_never_goes BEFORE DELETE ON blob
BEGIN
    SELECT RAISE(ABORT, 'blob is append-only');
END
""",
)
