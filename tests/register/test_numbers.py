"""Numbers in streams: each is given out once, whatever is killed, restored or copied (rule R3)."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from intake.domain.base.canonical import Json
from intake.register import refusals
from intake.register.register import Register
from intake.register.store import backup
from intake.register.store.marks import read_mark, this_place
from tests.domain.world import Site
from tests.register.helpers import open_register, pack, take

SIGNER = "a" * 64
CASE = "c" * 64


def test_numbers_count_up_within_a_stream(register: Register) -> None:
    links = [
        register.installation.next_link(SIGNER, CASE),
        register.installation.next_link(SIGNER, CASE),
        register.installation.next_link(SIGNER, ""),
    ]

    assert [link.seq for link in links] == [1, 2, 1]
    assert {link.stream for link in links} == {register.installation.id}


def test_a_link_continues_after_the_newest_stored_act(register: Register, site: Site) -> None:
    register.join(site.org)
    here = register.installation.id
    first = site.act("ada", "revision", _revision(site), stream=here)
    take(register, site)

    stream, seq, prev = register.installation.next_link(first.signer, first.id)

    assert (stream, seq, prev) == (here, 2, first.id)


def test_a_new_case_opens_its_own_stream(register: Register) -> None:
    assert register.installation.opening_link() == (register.installation.id, 1, "")


def test_a_number_that_was_never_used_is_skipped(tmp_path: Path) -> None:
    register = open_register(tmp_path)
    before = register.installation.next_link(SIGNER, CASE)
    register.close()

    register = open_register(tmp_path)
    after = register.installation.next_link(SIGNER, CASE)

    assert (after.stream, after.seq) == (before.stream, 2)
    register.close()


@pytest.mark.attack("a restored backup that signs on", refusal="a new installation")
def test_a_restored_backup_gets_a_new_installation(tmp_path: Path) -> None:
    register = open_register(tmp_path)
    register.installation.next_link(SIGNER, CASE)
    register.back_up(tmp_path / "backup.sqlite")
    signed = register.installation.next_link(SIGNER, CASE)
    register.close()
    backup.restore(tmp_path / "backup.sqlite", tmp_path / "register.sqlite")

    register = open_register(tmp_path)
    again = register.installation.next_link(SIGNER, CASE)

    assert again.stream != signed.stream
    assert (again.seq, again.prev) == (1, "")
    register.close()


def test_a_backup_between_reserving_and_storing_is_seen_as_old(tmp_path: Path, site: Site) -> None:
    register = open_register(tmp_path)
    register.join(site.org)
    here = register.installation.id
    case = site.revision()
    take(register, site)
    link = register.installation.next_link(case.signer, case.id)
    register.back_up(tmp_path / "backup.sqlite")
    act = site.act("ada", "comment", {"text": "x", "about": ""}, case=case.id, stream=here, seq=link.seq, prev="")
    register.append([pack(act)])
    register.close()
    backup.restore(tmp_path / "backup.sqlite", tmp_path / "register.sqlite")

    register = open_register(tmp_path)

    assert register.installation.id != here
    register.close()


@pytest.mark.attack("a database rolled back under the running program", refusal="a new installation")
def test_restoring_while_the_application_is_open_is_seen_before_the_next_number(tmp_path: Path) -> None:
    register = open_register(tmp_path)
    before = register.installation.next_link(SIGNER, CASE)
    with register._database.write() as connection:
        register.installation.write(connection, "count", "1")
        connection.exec_driver_sql("DELETE FROM stream_mark")

    after = register.installation.next_link(SIGNER, CASE)

    assert after.stream != before.stream
    register.close()


@pytest.mark.attack("a copied profile that signs on", refusal="a new installation")
@pytest.mark.parametrize("with_mark", [True, False])
def test_a_copied_profile_gets_a_new_installation(tmp_path: Path, with_mark: bool) -> None:
    register = open_register(tmp_path / "old", place=this_place(tmp_path / "old"))
    signed = register.installation.next_link(SIGNER, CASE)
    register.close()
    shutil.copytree(tmp_path / "old", tmp_path / "new")
    if not with_mark:
        (tmp_path / "new" / "register.sqlite.mark").unlink()

    copy = open_register(tmp_path / "new", place=this_place(tmp_path / "new"))
    original = open_register(tmp_path / "old", place=this_place(tmp_path / "old"))

    assert copy.installation.next_link(SIGNER, CASE).stream != signed.stream
    assert original.installation.next_link(SIGNER, CASE) == (signed.stream, 2, "")
    copy.close()
    original.close()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"format":"countersign/mark/1"}', b"\xff", b'{"a":' * 13_000])
def test_a_mark_that_does_not_read_counts_as_lost(tmp_path: Path, content: bytes) -> None:
    register = open_register(tmp_path)
    before = register.installation.next_link(SIGNER, CASE)
    register.close()
    (tmp_path / "register.sqlite.mark").write_bytes(content)

    register = open_register(tmp_path)

    assert register.installation.next_link(SIGNER, CASE).stream != before.stream
    register.close()


def test_opening_again_keeps_the_installation(tmp_path: Path) -> None:
    register = open_register(tmp_path)
    first = register.installation.id
    register.installation.next_link(SIGNER, CASE)
    register.close()

    for _ in range(3):
        register = open_register(tmp_path)
        assert register.installation.id == first
        register.close()


def test_a_mark_that_cannot_be_written_gives_no_number(tmp_path: Path) -> None:
    register = open_register(tmp_path)
    before = register.installation.id
    mark = tmp_path / "register.sqlite.mark"
    mark.unlink()
    mark.mkdir()

    with pytest.raises(refusals.MarkUnreadable):
        register.installation.next_link(SIGNER, CASE)

    mark.rmdir()
    # The mark was lost, so what follows is counted under an id that has given out nothing.
    assert register.installation.next_link(SIGNER, CASE).stream != before
    register.close()


def test_the_mark_is_never_behind_a_number_that_was_given_out(tmp_path: Path) -> None:
    register = open_register(tmp_path)

    for _ in range(3):
        register.installation.next_link(SIGNER, CASE)
        mark = read_mark(tmp_path / "register.sqlite.mark")
        assert mark is not None
        assert mark.count == int(register.installation.setting("count"))
    register.close()


@pytest.mark.attack("killed between signing and storing", refusal="no number is signed twice")
@pytest.mark.exhaustive
@pytest.mark.kill
def test_no_number_is_signed_twice_when_killed_between_signing_and_storing(tmp_path: Path) -> None:
    given = []

    for _ in range(4):
        done = subprocess.run(
            [sys.executable, "-c", _SIGNS_AND_DIES, str(tmp_path)], capture_output=True, text=True, check=False
        )
        assert done.returncode == -signal.SIGKILL, done.stderr
        given.append(tuple(done.stdout.split()))

    assert len(set(given)) == 4
    assert len({stream for stream, _ in given}) == 1


_SIGNS_AND_DIES = """
import os, sys
from pathlib import Path
from tests.register.helpers import open_register
register = open_register(Path(sys.argv[1]))
link = register.installation.next_link("a" * 64, "c" * 64)
print(link.stream, link.seq, flush=True)
os.kill(os.getpid(), 9)
"""


def _revision(site: Site) -> dict[str, Json]:
    made = site.fork("elsewhere").revision()
    return dict(made.body)
