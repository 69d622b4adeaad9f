"""Drafts: every answer is kept as it is given, and removing can be undone."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from intake.domain.base.canonical import sha256
from intake.register import refusals
from intake.register.own import Own
from intake.register.register import Register
from intake.register.store import drafts
from tests.register.helpers import NOW, Counted, open_register

PLAYBOOK = "b" * 64


@pytest.fixture
def draft(register: Register) -> str:
    return register.drafts.begin(person="ada", playbook=PLAYBOOK, title="A draft")


def test_a_draft_begins_empty(register: Register, draft: str) -> None:
    found = register.drafts.get(draft)

    assert (found.row.title, found.row.person, found.row.playbook, found.row.case) == ("A draft", "ada", PLAYBOOK, "")
    assert (found.answers, found.files, found.row.created) == ({}, (), NOW)


def test_a_revision_begins_from_the_answers_it_revises(register: Register) -> None:
    draft = register.drafts.begin(person="ada", playbook=PLAYBOOK, case="c" * 64, answers={"purpose": "Notes"})

    found = register.drafts.get(draft)

    assert (found.row.case, found.answers) == ("c" * 64, {"purpose": "Notes"})


def test_a_draft_keeps_what_its_owner_had_seen_until_they_look_again(register: Register) -> None:
    draft = register.drafts.begin(person="ada", playbook=PLAYBOOK, case="c" * 64, seen=("c" * 64, "d" * 64))

    begun = register.drafts.get(draft).seen
    register.drafts.see(draft, ("c" * 64, "e" * 64))

    assert begun == frozenset({"c" * 64, "d" * 64})
    assert register.drafts.get(draft).seen == frozenset({"c" * 64, "e" * 64})
    register.append(own=Own(draft=draft))
    with register._database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM draft_seen").scalar() == 0
    with pytest.raises(refusals.NoSuchDraft):
        register.drafts.see(draft, ("c" * 64,))


@pytest.mark.parametrize(
    "value",
    [
        "text",
        "",
        "עברית 🖊\n",
        "half \ud83d",
        "x" * 10_000,
        "\x00",
        7,
        True,
        ["a", "b"],
        {"known": False, "why": "later"},
    ],
)
def test_every_kind_of_answer_comes_back(register: Register, draft: str, value) -> None:
    register.drafts.answer(draft, "purpose", value)

    assert register.drafts.get(draft).answers == {"purpose": value}


def test_the_last_answer_counts(register: Register, draft: str) -> None:
    register.drafts.answer(draft, "purpose", "one")
    register.drafts.answer(draft, "purpose", "two")
    register.drafts.answer(draft, "data", "none")
    register.drafts.answer(draft, "data", None)

    assert register.drafts.get(draft).answers == {"purpose": "two"}


def test_an_answer_is_one_committed_transaction(register: Register, draft: str) -> None:
    with Counted(register) as seen:
        register.drafts.answer(draft, "purpose", "Notes")

    assert [statement for statement in seen if statement.startswith("BEGIN")] == ["BEGIN IMMEDIATE"]
    assert len(seen) == 4


@pytest.mark.kill
def test_an_answer_survives_a_kill_right_after_it(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _ANSWERS_AND_DIES, str(tmp_path)], capture_output=True, text=True, check=False
    )

    register = open_register(tmp_path)
    (row,) = register.drafts.listed()

    assert done.returncode == -signal.SIGKILL, done.stderr
    assert register.drafts.get(row.id).answers == {"first": "kept", "second": "kept too"}
    register.close()


def test_a_removed_draft_can_be_brought_back(register: Register, draft: str) -> None:
    register.drafts.answer(draft, "purpose", "Notes")

    register.drafts.remove(draft)
    listed, removed = register.drafts.listed(), register.drafts.listed(removed=True)
    register.drafts.undo_remove(draft)

    assert (listed, [row.id for row in removed]) == ((), [draft])
    assert [row.id for row in register.drafts.listed()] == [draft]
    assert register.drafts.get(draft).answers == {"purpose": "Notes"}


def test_what_was_removed_long_ago_is_forgotten_with_its_files(register: Register, draft: str) -> None:
    register.drafts.attach(draft, "evidence", "a.txt", "text/plain", b"secret")
    kept = register.drafts.begin(person="ada", playbook=PLAYBOOK)
    register.drafts.remove(draft)

    assert register.drafts.forget(before=NOW - timedelta(days=1)) == 0
    assert register.drafts.forget(before=NOW + timedelta(days=1)) == 1

    assert [row.id for row in register.drafts.listed()] == [kept]
    with pytest.raises(refusals.NoSuchDraft):
        register.drafts.get(draft)
    with register._database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM draft_file").scalar() == 0


def test_a_file_is_attached_renamed_and_detached(register: Register, draft: str) -> None:
    made = register.drafts.attach(draft, "evidence", "a.txt", "text/plain", b"data")
    register.drafts.attach(draft, "evidence", "b.txt", "text/plain", b"data")
    (listed,) = register.drafts.get(draft).files

    assert (made.sha256, made.size) == (sha256(b"data"), 4)
    assert (listed.question, listed.attachment.name) == ("evidence", "b.txt")
    assert register.drafts.file(draft, made.sha256) == b"data"
    register.drafts.detach(draft, "evidence", made.sha256)
    assert register.drafts.get(draft).files == ()


def test_a_file_that_is_too_large_is_refused(register: Register, draft: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "MAX_FILE", 3)

    with pytest.raises(refusals.DraftFileTooLarge):
        register.drafts.attach(draft, "evidence", "a.txt", "text/plain", b"data")


def test_answering_a_draft_that_is_gone_is_refused(register: Register, draft: str) -> None:
    register.append(own=Own(draft=draft))

    with pytest.raises(refusals.NoSuchDraft):
        register.drafts.answer(draft, "purpose", "x")


def test_drafts_are_listed_last_changed_first(tmp_path: Path) -> None:
    moments = iter([NOW, NOW + timedelta(seconds=1), NOW + timedelta(seconds=2)])
    register = open_register(tmp_path, clock=lambda: next(moments))
    one = register.drafts.begin(person="ada", playbook=PLAYBOOK, title="one")
    two = register.drafts.begin(person="ada", playbook=PLAYBOOK, title="two")
    register.drafts.answer(one, "purpose", "x")

    assert [(row.id, row.answered) for row in register.drafts.listed()] == [(one, 1), (two, 0)]
    register.close()


def test_another_edition_of_the_playbook_keeps_the_answers(register: Register, draft: str) -> None:
    register.drafts.answer(draft, "purpose", "Notes")

    register.drafts.use_playbook(draft, "d" * 64)
    register.drafts.rename(draft, "Better")

    found = register.drafts.get(draft)
    assert (found.row.playbook, found.row.title, found.answers) == ("d" * 64, "Better", {"purpose": "Notes"})


_ANSWERS_AND_DIES = """
import os, sys
from pathlib import Path
from tests.register.helpers import open_register
register = open_register(Path(sys.argv[1]))
draft = register.drafts.begin(person="ada", playbook="b" * 64)
register.drafts.answer(draft, "first", "kept")
register.drafts.answer(draft, "second", "kept too")
os.kill(os.getpid(), 9)
"""
