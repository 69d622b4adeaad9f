"""The schema: what the migrations make is what the models say, and every released form comes up to date."""

from __future__ import annotations

import gzip
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from intake.domain.base.reasons import Reason
from intake.domain.base.wording import words
from intake.exchange.refusals import WrongHash
from intake.register import migrations, refusals
from intake.register.register import Register
from intake.register.store import schema
from intake.register.store.backup import check
from intake.register.store.receipts import ItemKind, Proof
from intake.register.views.projector import NoteSort
from tests.register.helpers import open_register

INDEXES = ("case_fts", "case_words")
"""Full-text indexes and the tables behind them, which alembic has no words for."""

DATA = Path(__file__).parent / "data"
HEAD = migrations.HEAD
NEXT = (HEAD[0], HEAD[1] + 1)
SAMPLES = sorted(DATA.glob("version-*.sqlite.gz"))


def test_head_equals_the_models(register: Register) -> None:
    with register._database.reader.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"compare_type": True, "include_name": lambda name, kind, _: not str(name).startswith(INDEXES)},
        )
        found = compare_metadata(context, schema.metadata)

    assert found == []


def test_constraints_and_partial_indexes_equal_the_models_too(register: Register) -> None:
    """Alembic compares neither conditions of indexes nor checks, so the text SQLite keeps is compared."""
    from sqlalchemy import create_engine

    engine = create_engine("sqlite://")
    schema.metadata.create_all(engine)
    with engine.connect() as connection:
        wanted = _texts(connection.exec_driver_sql(_SCHEMA).fetchall())
    with register._database.read() as connection:
        found = _texts(connection.exec_driver_sql(_SCHEMA).fetchall())

    assert found == wanted
    engine.dispose()


def test_there_is_a_sample_of_every_released_version() -> None:
    assert [path.name for path in SAMPLES] == [
        f"version-{major}.{minor}.sqlite.gz" for major, minor in migrations.RELEASED
    ]
    assert migrations.RELEASED[-1] == migrations.HEAD


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_every_released_version_comes_up_to_date_with_all_it_held(tmp_path: Path, sample: Path) -> None:
    path = tmp_path / "register.sqlite"
    path.write_bytes(gzip.decompress(sample.read_bytes()))

    register = open_register(tmp_path)
    register.rejudge()

    assert len(register.queries.page().rows) == 3
    assert [row.title for row in register.drafts.listed()] == ["A draft"]
    assert register.rebuild(check=True).identical
    register.close()
    assert check(path) == ""


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_a_stored_draft_tells_what_its_owner_had_seen_or_that_nobody_knows(tmp_path: Path, sample: Path) -> None:
    """What an earlier version began stays, and has not seen anything; what this one stores comes back."""
    path = tmp_path / "register.sqlite"
    path.write_bytes(gzip.decompress(sample.read_bytes()))
    plain = sqlite3.connect(path)
    plain.execute(
        "INSERT INTO draft (draft_id, person, case_id, playbook, title, created, changed) VALUES (?, ?, ?, ?, ?, ?, ?)",
        ("d" * 32, "ada", "c" * 64, "b" * 64, "A revision", "2026-11-22T09:00:00+00:00", "2026-11-22T09:00:00+00:00"),
    )
    plain.commit()
    plain.close()

    register = open_register(tmp_path)

    before = register.drafts.get("d" * 32)
    assert (before.row.title, before.seen) == ("A revision", None)
    register.drafts.see("d" * 32, ("e" * 64, "f" * 64))
    assert register.drafts.get("d" * 32).seen == frozenset({"e" * 64, "f" * 64})
    register.close()


@pytest.mark.parametrize("sample", [path for path in SAMPLES if path.name < "version-1.6"], ids=lambda path: path.name)
def test_refusals_and_receipts_of_an_earlier_version_say_of_what_they_are(tmp_path: Path, sample: Path) -> None:
    path = tmp_path / "register.sqlite"
    path.write_bytes(gzip.decompress(sample.read_bytes()))
    plain = sqlite3.connect(path)
    for digest, name, code in (
        ("a" * 64, "a" * 64 + ".p7m", "SignatureBroken"),
        ("b" * 64, "ev/00/" + "0" * 64 + ".p7m", "WrongHash"),
        ("c" * 64, "c" * 64 + ".p7m", "UnreadableBody"),
    ):
        plain.execute(
            "INSERT INTO quarantine (sha256, name, source, code, what, why, next, received, size) "
            "VALUES (?, ?, '', ?, '', '', '', '2026-11-22T09:00:00+00:00', 4)",
            (digest, name, code),
        )
    acts = [row[0] for row in plain.execute("SELECT blob_id FROM act")]
    for item in (*acts, "d" * 64):
        plain.execute("INSERT INTO receipt VALUES ('share', ?, 'written', '2026-11-22T09:00:00+00:00')", (item,))
    plain.commit()
    plain.close()

    register = open_register(tmp_path)

    assert [register.receipts.known(ItemKind.ACT, letter * 64) for letter in "abc"] == [True, False, False]
    assert not any(register.receipts.known(ItemKind.BLOB, letter * 64) for letter in "abc")
    assert register.quarantine.count() == 3
    assert all(register.receipts.has("share", ItemKind.ACT, item, Proof.WRITTEN) for item in acts)
    assert register.receipts.has("share", ItemKind.BLOB, "d" * 64, Proof.WRITTEN)
    register.close()


@pytest.mark.parametrize("sample", [path for path in SAMPLES if path.name < "version-2.0"], ids=lambda path: path.name)
def test_what_was_refused_in_sentences_keeps_its_code_and_its_bytes(tmp_path: Path, sample: Path) -> None:
    path = tmp_path / "register.sqlite"
    path.write_bytes(gzip.decompress(sample.read_bytes()))
    plain = sqlite3.connect(path)
    plain.execute(
        "INSERT INTO quarantine (sha256, name, source, code, what, why, next, received, size, bytes) VALUES "
        "(?, 'a.p7m', 'share', 'WrongHash', 'Ein Satz.', 'Noch einer.', '', '2026-11-22T09:00:00+00:00', 1, x'00')",
        ("a" * 64,),
    )
    plain.execute("UPDATE case_note SET text = 'Ein Satz.'")
    plain.commit()
    plain.close()

    register = open_register(tmp_path)
    register.rejudge()

    (item,) = register.quarantine.items()
    assert (item.reason, item.name, item.source, item.kept) == (Reason("WrongHash"), "a.p7m", "share", True)
    assert register.quarantine.bytes_of(item.pk) == b"\0"
    assert words(item.reason) == WrongHash(name="…", detail="…").what_happened
    assert register.rebuild(check=True).identical
    register.close()


@pytest.mark.parametrize("sample", [path for path in SAMPLES if path.name < "version-2.0"], ids=lambda path: path.name)
def test_an_alarm_stays_until_its_case_is_folded_again(tmp_path: Path, sample: Path) -> None:
    path = tmp_path / "register.sqlite"
    path.write_bytes(gzip.decompress(sample.read_bytes()))
    plain = sqlite3.connect(path)
    plain.execute("INSERT INTO case_note VALUES (1, 'alarm', 0, ?, 'Fork', 'Ein Satz.', '')", ("a" * 64,))
    plain.commit()
    plain.close()

    register = open_register(tmp_path)

    (alarm,) = register.queries.notes(NoteSort.ALARM)
    assert (alarm.act, alarm.reason) == ("a" * 64, Reason("Fork"))
    assert register.to_rejudge == 3
    register.rejudge()
    assert register.queries.notes(NoteSort.ALARM) == ()
    assert register.to_rejudge == 0
    register.close()


def test_a_migration_is_preceded_by_a_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_register(tmp_path).close()
    monkeypatch.setattr(migrations, "HEAD", NEXT)
    monkeypatch.setattr(migrations, "_steps", lambda: ((NEXT, _add_table),))

    open_register(tmp_path).close()

    copy = tmp_path / "backups" / "register-before-{}.{}.sqlite".format(*NEXT)
    assert check(copy) == ""
    assert _version(copy) == _number(HEAD)
    assert _version(tmp_path / "register.sqlite") == _number(NEXT)


def test_a_migration_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_register(tmp_path).close()
    monkeypatch.setattr(migrations, "HEAD", NEXT)
    monkeypatch.setattr(migrations, "_steps", lambda: ((NEXT, _add_and_fail),))

    with pytest.raises(ZeroDivisionError):
        open_register(tmp_path)

    assert _version(tmp_path / "register.sqlite") == _number(HEAD)
    plain = sqlite3.connect(tmp_path / "register.sqlite")
    assert plain.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'added'").fetchone() == (0,)
    plain.close()


def test_a_migration_without_room_for_its_backup_does_not_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_register(tmp_path).close()
    (tmp_path / "backups").touch()
    monkeypatch.setattr(migrations, "HEAD", NEXT)

    with pytest.raises(refusals.UnreachablePlace):
        open_register(tmp_path)

    assert _version(tmp_path / "register.sqlite") == _number(HEAD)


def _number(version: tuple[int, int]) -> int:
    return (version[0] << 16) + version[1]


def _add_table(operations) -> None:
    operations.execute("CREATE TABLE added (name TEXT)")


def _add_and_fail(operations) -> None:
    _add_table(operations)
    raise ZeroDivisionError


_SCHEMA = "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('table', 'index') AND sql IS NOT NULL"


def _texts(rows) -> dict[str, str]:
    return {name: " ".join(sql.split()) for _, name, sql in rows if not name.startswith(INDEXES)}


def _version(path: Path) -> int:
    plain = sqlite3.connect(path)
    found = plain.execute("PRAGMA user_version").fetchone()[0]
    plain.close()
    return found
