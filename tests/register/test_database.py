"""Opening the file: where it may be, what it may be, how it is set up, and what nobody can do to it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from intake.register import migrations, refusals
from intake.register.register import Register
from intake.register.store.connecting import APPLICATION_ID, connect, judge_file
from intake.register.store.database import open_database
from intake.register.store.place import check_place, network_share, synced_by
from intake.register.store.pragmas import journal
from tests.domain.world import Site
from tests.register.helpers import open_register, pack, take

REST = "case_id, person, signer, stream, seq, prev, roster, received, content_at, content_size, blob"
LOCAL = "/dev/sda1 / ext4 rw 0 0\n"


# ------------------------------------------------------------------------------------------------------------ place
@pytest.mark.parametrize(
    "line",
    [
        "server:/export {} nfs4 rw 0 0",
        "//server/share {} cifs rw 0 0",
        "someone@host:/ {} fuse.sshfs rw 0 0",
        "rclone {} fuse.rclone rw 0 0",
    ],
)
def test_a_network_share_is_refused(tmp_path: Path, line: str) -> None:
    mounts = LOCAL + line.format(tmp_path) + "\n"

    with pytest.raises(refusals.NetworkShare):
        open_database(tmp_path / "register.sqlite", mounts=mounts)

    assert list(tmp_path.iterdir()) == []


def test_a_local_disk_mounted_over_a_share_is_local(tmp_path: Path) -> None:
    mounts = f"{LOCAL}server:/x {tmp_path} nfs rw 0 0\n/dev/sdb1 {tmp_path} ext4 rw 0 0\n"

    assert network_share(tmp_path / "r.sqlite", mounts=mounts) == ""


def test_a_mount_point_with_a_space_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "my share"
    folder.mkdir()
    mounts = LOCAL + f"//s/x {str(folder).replace(' ', chr(92) + '040')} cifs rw 0 0\n"

    assert network_share(folder / "r.sqlite", mounts=mounts) == "cifs"


@pytest.mark.parametrize("written", [r"\\server\share\r.sqlite", "//server/share/r.sqlite", r"\\?\UNC\server\r.sqlite"])
def test_a_unc_path_is_refused(written: str) -> None:
    class Written(type(Path())):  # type: ignore[misc] # a Windows path keeps what this one would tidy up
        def __str__(self) -> str:
            return written

    with pytest.raises(refusals.NetworkShare):
        check_place(Written("r.sqlite"), mounts=LOCAL)


@pytest.mark.parametrize(
    ("name", "service"),
    [
        ("OneDrive", "OneDrive"),
        ("OneDrive - Contoso", "OneDrive"),
        ("Dropbox (Personal)", "Dropbox"),
        ("Nextcloud", "Nextcloud"),
        ("Google Drive", "Google Drive"),
        ("GoogleDrive-someone@example.com", "Google Drive"),
        ("Mobile Documents", "iCloud Drive"),
    ],
)
def test_a_synced_folder_is_known_by_its_name(tmp_path: Path, name: str, service: str) -> None:
    with pytest.raises(refusals.SyncedFolder) as refused:
        open_database(tmp_path / name / "deep" / "register.sqlite", mounts=LOCAL)

    assert refused.value.facts["service"] == service
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("marker", "service"),
    [
        (".stfolder", "Syncthing"),
        (".dropbox.cache", "Dropbox"),
        (".sync_1a2b.db", "Nextcloud"),
        (".dropbox", "Dropbox"),
    ],
)
def test_a_synced_folder_is_known_by_what_the_service_leaves_in_it(tmp_path: Path, marker: str, service: str) -> None:
    (tmp_path / marker).touch()

    with pytest.raises(refusals.SyncedFolder) as refused:
        open_database(tmp_path / "home" / "register.sqlite", mounts=LOCAL)

    assert refused.value.facts["service"] == service


def test_a_synced_folder_that_may_not_be_listed_is_known_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(folder: Path) -> NoReturn:
        raise PermissionError(folder)

    (tmp_path / ".stfolder").touch()
    monkeypatch.setattr("intake.register.store.place.os.scandir", closed)

    assert synced_by(tmp_path / "r.sqlite", environ={}) == "Syncthing"


def test_a_moved_onedrive_is_known_by_the_environment(tmp_path: Path) -> None:
    assert synced_by(tmp_path / "r.sqlite", environ={"OneDrive": str(tmp_path)}) == "OneDrive"


def test_a_folder_that_only_sounds_alike_is_fine(tmp_path: Path) -> None:
    folder = tmp_path / "dropboxes"
    (folder / ".dropbox").mkdir(parents=True)

    check_place(folder / "register.sqlite", mounts=LOCAL, environ={})


# ------------------------------------------------------------------------------------------------------------- file
def test_a_folder_in_the_way_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "register.sqlite"
    path.mkdir()

    with pytest.raises(refusals.FolderInTheWay):
        open_database(path)


@pytest.mark.parametrize(
    "content", [b"short", b"%PDF-1.7 " * 100, b"SQLite format 3\x00", b"SQLite format 3\x00" + b"\xff" * 84]
)
def test_a_file_that_is_no_database_is_refused_and_kept(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "register.sqlite"
    path.write_bytes(content)

    with pytest.raises((refusals.NotADatabase, refusals.SomeoneElsesDatabase)):
        open_database(path)

    assert path.read_bytes() == content


@pytest.mark.attack("somebody else's database in place of the register", refusal="SomeoneElsesDatabase")
def test_a_database_of_another_program_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "register.sqlite"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE cookies (name)")
    other.commit()
    other.close()
    before = path.read_bytes()

    with pytest.raises(refusals.SomeoneElsesDatabase):
        open_database(path)

    assert path.read_bytes() == before


def test_an_empty_file_becomes_a_register(tmp_path: Path) -> None:
    (tmp_path / "register.sqlite").touch()

    open_register(tmp_path).close()

    assert judge_file(tmp_path / "register.sqlite")


def test_a_newer_major_is_refused_and_untouched(tmp_path: Path) -> None:
    path = _versioned(tmp_path, 6 << 16)
    before = path.read_bytes()

    with pytest.raises(refusals.NewerRegister) as refused:
        open_register(tmp_path)

    newer = f"{migrations.HEAD[0] + 1}.0"
    assert refused.value.facts == {"path": path, "found": newer, "known": "{}.{}".format(*migrations.HEAD)}
    assert path.read_bytes() == before


def test_a_newer_minor_opens(tmp_path: Path) -> None:
    _versioned(tmp_path, (migrations.HEAD[0] << 16) + migrations.HEAD[1] + 1)

    register = open_register(tmp_path)

    assert register.queries.counts().total == 0
    register.close()


def test_a_version_nobody_released_is_refused(tmp_path: Path) -> None:
    _versioned(tmp_path, 7)

    with pytest.raises(refusals.UnknownMigration):
        open_register(tmp_path)


def test_a_damaged_page_is_refused_as_damage(tmp_path: Path, site: Site) -> None:
    register = open_register(tmp_path)
    site.revision()
    take(register, site)
    register.close()
    path = tmp_path / "register.sqlite"
    data = bytearray(path.read_bytes())
    for page in range(1, len(data) // 4096):
        data[page * 4096 : page * 4096 + 200] = b"\xaa" * 200
    path.write_bytes(bytes(data))

    with pytest.raises(refusals.DamagedRegister):
        open_register(tmp_path).queries.page()


def test_a_missing_disk_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(refusals.UnreachablePlace):
        open_register(tmp_path / "file" / "below")


def test_a_register_in_use_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_register(tmp_path).close()
    monkeypatch.setattr("intake.register.store.connecting.BUSY_SECONDS", 0)
    register = open_register(tmp_path)
    other = connect(tmp_path / "register.sqlite")
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(refusals.RegisterBusy):
        register.join("a" * 64)

    other.close()
    register.close()


# ------------------------------------------------------------------------------------------------------- connection
@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ((3, 40, 1), ("DELETE", "EXTRA")),
        ((3, 51, 2), ("DELETE", "EXTRA")),
        ((3, 51, 3), ("WAL", "FULL")),
        ((3, 53, 0), ("WAL", "FULL")),
    ],
)
def test_the_journal_fits_the_version_of_sqlite(version: tuple[int, int, int], expected: tuple[str, str]) -> None:
    assert journal(version) == expected


def test_every_connection_is_set_up(register: Register) -> None:
    mode, synchronous = journal()
    expected = {
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "trusted_schema": 0,
        "secure_delete": 1,
        "cell_size_check": 1,
        "busy_timeout": 10_000,
        "application_id": APPLICATION_ID,
        "user_version": (migrations.HEAD[0] << 16) + migrations.HEAD[1],
        "journal_mode": mode.lower(),
    }

    for engine in (register._database.writer, register._database.reader):
        with engine.connect() as connection:
            found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in expected}
            assert found == expected
    with register._database.writer.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == {"FULL": 2, "EXTRA": 3}[synchronous]


def test_the_journal_also_works_as_a_wal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, site: Site) -> None:
    """This machine's SQLite is too old for it; a fixed one will use it, so the code is run with it as well."""
    monkeypatch.setattr("intake.register.store.pragmas.journal", lambda: ("WAL", "FULL"))
    register = open_register(tmp_path)
    case = site.revision().id
    take(register, site)

    with register._database.read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("SELECT count(*) FROM act").scalar() == len(site.acts)
        register.append([pack(site.comment("cleo", case))])
        assert connection.exec_driver_sql("SELECT count(*) FROM act").scalar() == len(site.acts) - 1
    assert register.rebuild(check=True).identical
    register.close()


def test_readers_cannot_write(register: Register) -> None:
    with pytest.raises(refusals.ReadOnlyPlace), register._database.read() as connection:
        connection.exec_driver_sql("DELETE FROM case_row")


@pytest.mark.attack("stored acts changed in the database", refusal="append-only")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE act SET kind = 'comment'",
        "DELETE FROM act",
        f"INSERT OR REPLACE INTO act SELECT pk, act_id, blob_id, 'forged', {REST} FROM act",
        f"REPLACE INTO act SELECT pk + 1000, act_id, blob_id, 'forged', {REST} FROM act",
        "UPDATE blob SET bytes = zeroblob(size)",
        "DELETE FROM blob",
        "INSERT OR REPLACE INTO blob SELECT sha256, size, zeroblob(size) FROM blob",
        "DELETE FROM act_blob",
        "UPDATE act_blob SET sha256 = sha256",
        "DELETE FROM use_case",
        "UPDATE OR REPLACE use_case SET case_id = 'x'",
    ],
)
def test_what_was_received_never_changes(register: Register, site: Site, statement: str) -> None:
    site.ciso(site.revision().id)
    take(register, site)

    with pytest.raises(Exception, match="append-only"), register._database.write() as connection:
        connection.exec_driver_sql(statement)

    assert (
        list(register.audit(lambda blob: next(item for item in map(pack, site.acts.values()) if item.blob == blob)))
        == []
    )


def test_a_write_that_fails_leaves_nothing(register: Register, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.revision()
    monkeypatch.setattr("intake.register.views.projections.project_case", _fall_over)
    register.join(site.org)

    with pytest.raises(ZeroDivisionError):
        register.append([pack(act) for act in site.acts.values()])

    assert register.queries.heads() == ()
    monkeypatch.undo()
    take(register, site)
    assert register.rebuild(check=True).identical


def _fall_over(*_: object) -> None:
    raise ZeroDivisionError


def _versioned(folder: Path, version: int) -> Path:
    open_register(folder).close()
    path = folder / "register.sqlite"
    plain = sqlite3.connect(path)
    plain.execute(f"PRAGMA user_version = {version}")
    plain.close()
    return path


@pytest.mark.skipif(os.name == "nt", reason="on Windows closing a file drops no locks of another handle")
def test_a_backup_keeps_the_locks_of_this_process(tmp_path: Path) -> None:
    """The system drops all locks of a process on a file when it closes it anywhere: another one could write beside us."""
    register = open_register(tmp_path)
    path = tmp_path / "register.sqlite"
    write = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('BEGIN IMMEDIATE')"

    with register.queries._database.write():
        register.back_up(tmp_path / "copy.sqlite")
        other = subprocess.run([sys.executable, "-c", write, str(path)], capture_output=True, text=True, check=False)

    assert "database is locked" in other.stderr
    register.close()
