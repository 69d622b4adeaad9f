"""Makes a sample register of every schema version under ``data``, with acts in the form of today.

``python -m tests.register.make_sample``. A sample represents what people have on their disks. Nothing is released yet, so
all are made again whenever the form of acts changes; from the first release on one that exists is never written again.
"""

from __future__ import annotations

import gzip
import sqlite3
import tempfile
from pathlib import Path

from intake.domain.acts.kinds.opinion import Position
from intake.register import migrations
from intake.register.store import schema
from tests.domain.world import PLAYBOOK, organisation
from tests.register.helpers import open_register, take

DATA = Path(__file__).parent / "data"

_CAME_WITH = {
    (1, 1): "DROP TABLE case_words_term; DROP TABLE case_words;",
    (1, 2): "DROP TABLE record_file;",
    (1, 4): "DROP TABLE stranger; DROP TABLE stranger_file;"
    + "".join(
        f"DROP TRIGGER {name}_never_goes; CREATE TRIGGER {name}_never_goes BEFORE DELETE ON {name} "
        f"BEGIN SELECT RAISE(ABORT, '{name} is append-only'); END;"
        for name in ("act", "act_blob", "blob")
    ),
    (1, 5): "DROP TABLE draft_seen;",
    (1, 6): "ALTER TABLE quarantine DROP COLUMN as_act;",
    (2, 0): "".join(
        f"ALTER TABLE quarantine ADD COLUMN {name} TEXT NOT NULL DEFAULT '';" for name in ("what", "why", "next")
    )
    + "ALTER TABLE quarantine DROP COLUMN facts; ALTER TABLE case_note RENAME COLUMN facts TO text;",
    (2, 1): "DROP TABLE own_act; DROP INDEX receipt_by_item;",
    (2, 2): "DROP TABLE unsigned_part; DROP TABLE unsigned_opinion;",
    (3, 0): "ALTER TABLE stranger_file ADD COLUMN signer TEXT NOT NULL DEFAULT '';"
    + "".join(f"DROP INDEX IF EXISTS {index.name};" for index in schema.case_row.indexes)
    + "".join(
        f"ALTER TABLE case_row DROP COLUMN {name};"
        for name in (
            "asked",
            "since",
            "clock",
            "due_what",
            "due_of",
            "due_text",
            "press_key",
            "tier_key",
            "decided_year",
            "decided_key",
        )
    )
    + "".join(
        f"CREATE INDEX case_{name} ON case_row ({columns}, pk) {only};"
        for name, columns, only in (
            ("by_newest", "newest", ""),
            ("by_reference", "reference", ""),
            ("by_title", "title_key", ""),
            ("by_owner", "owner", ""),
            ("by_due", "due_key", ""),
            ("by_expiry", "expires_key", ""),
            *((f"of_{facet}", f"{facet}, newest", "") for facet in ("phase", "tier", "unit", "stage")),
            ("turn_owner", "owner, due_key", "WHERE turn_owner = 1"),
            *((f"turn_of_{who}", "newest", f"WHERE turn_{who} = 1") for who in ("owner", "cio", "ciso", "records")),
            ("alarmed", "newest", "WHERE alarms > 0"),
            ("waiting", "newest", "WHERE waiting > 0"),
        )
    )
    + "DELETE FROM counter WHERE facet IN ('owner', 'stage', 'year');"
    + "INSERT INTO counter (facet, value, count) SELECT 'stage', stage, count(*) FROM case_row GROUP BY stage;",
    (4, 0): "".join(f"DROP INDEX case_{name};" for name in ("stop_owner", "due_owner", "due_of"))
    + "ALTER TABLE case_row DROP COLUMN stop;",
    (5, 0): "DROP INDEX case_of_record; ALTER TABLE case_row DROP COLUMN record;"
    "DROP INDEX case_handed; ALTER TABLE case_row DROP COLUMN successor; ALTER TABLE case_row DROP COLUMN parties;"
    "DROP INDEX case_of_waived; DROP INDEX case_press_waived; ALTER TABLE case_row DROP COLUMN waived;"
    "DROP TABLE case_ask; CREATE INDEX case_due_of ON case_row (due_of, due_key, pk);"
    "DROP TABLE case_key; DROP TABLE handed_key; DROP TABLE encrypted_file; DROP TABLE encrypted_name;"
    "DELETE FROM counter WHERE facet IN ('record', 'waived');",
    (5, 1): "ALTER TABLE head DROP COLUMN floor;",
}
"""What takes out again what a version has added."""


def main() -> None:
    for version in migrations.RELEASED:
        target = DATA / "version-{}.{}.sqlite.gz".format(*version)
        target.write_bytes(gzip.compress(_made(version), mtime=0))


def _made(version: tuple[int, int]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        register = open_register(Path(folder))
        site = organisation()
        decided = site.revision().id
        site.ciso(decided)
        site.cio(decided)
        site.cio(site.revision(title="Scoring").id, position=Position.DECLINE)
        site.revision(title="Waiting for both")
        take(register, site)
        draft = register.drafts.begin(person="ada", playbook=PLAYBOOK, title="A draft")
        register.drafts.answer(draft, "purpose", "Notes")
        register.close()
        path = Path(folder) / "register.sqlite"
        plain = sqlite3.connect(path)
        for later in sorted((item for item in _CAME_WITH if item > version), reverse=True):
            plain.executescript(_CAME_WITH[later])
        plain.execute(f"PRAGMA user_version = {(version[0] << 16) + version[1]}")
        plain.execute("UPDATE installation SET value = ? WHERE name = 'projections'", (str(version[1] + 1),))
        plain.commit()
        plain.execute("VACUUM")
        plain.close()
        return path.read_bytes()


if __name__ == "__main__":
    main()
