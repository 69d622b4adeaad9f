"""What is written and not signed: kept as it is given, by part, for one person, and gone with what signs it."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from intake.domain.case.writing import COMMENT
from intake.register.own import Own
from intake.register.register import Register
from intake.register.store.unsigned import SignedParts
from tests.register.helpers import NOW, Counted, open_register

CASE, OTHER = "c" * 64, "d" * 64


def test_there_is_nothing_before_something_is_written(register: Register) -> None:
    assert register.unsigned.get("dan", CASE) is None
    assert register.unsigned.counts("dan") == ()


def test_parts_come_back_and_the_last_one_taken_away_leaves_nothing(register: Register) -> None:
    register.unsigned.keep("dan", CASE, {"stage": "pilot", "users": 30}, began={"number": 1}, changes=2)
    register.unsigned.keep("dan", CASE, {COMMENT: "half \ud83d"})
    found = register.unsigned.get("dan", CASE)
    assert found is not None
    assert (found.parts, found.began) == ({"stage": "pilot", "users": 30, COMMENT: "half \ud83d"}, {"number": 1})
    assert found.changed == NOW

    register.unsigned.keep("dan", CASE, {"stage": None, "users": None, COMMENT: None}, changes=0)

    assert register.unsigned.get("dan", CASE) is None
    with register._database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM unsigned_part").scalar() == 0


def test_it_is_of_one_person_and_one_case(register: Register) -> None:
    register.unsigned.keep("dan", CASE, {"users": 30}, changes=1)

    assert register.unsigned.get("cleo", CASE) is None
    assert register.unsigned.get("dan", OTHER) is None
    assert register.unsigned.counts("cleo") == ()


def test_what_it_began_from_stays_until_it_is_begun_again_or_has_no_terms(register: Register) -> None:
    keep = register.unsigned.keep
    keep("dan", CASE, {"users": 30}, began="first", changes=1)
    keep("dan", CASE, {"users": 31}, began="second", changes=1)
    stayed = register.unsigned.get("dan", CASE)
    keep("dan", CASE, {}, began="third", begin_again=True)
    again = register.unsigned.get("dan", CASE)
    keep("dan", CASE, {"users": None, COMMENT: "Well."}, began="fourth", changes=0)
    words_only = register.unsigned.get("dan", CASE)

    assert stayed is not None
    assert again is not None
    assert words_only is not None
    assert (stayed.began, again.began, words_only.began) == ("first", "third", None)


def test_cases_with_changes_are_counted_and_those_with_words_only_are_not(register: Register) -> None:
    register.unsigned.keep("dan", CASE, {"users": 30, "stage": "idea"}, changes=2)
    register.unsigned.keep("dan", OTHER, {COMMENT: "Hello"})

    assert [(item.case, item.changes) for item in register.unsigned.counts("dan")] == [(CASE, 2)]


@pytest.mark.attack("a second window that still shows the terms as they were", refusal="both windows’ changes are kept")
def test_two_windows_that_change_different_fields_keep_both(register: Register) -> None:
    register.unsigned.keep("dan", CASE, {"users": 30}, changes=1)
    register.unsigned.keep("dan", CASE, {"regions": ["EU"]}, changes=1)

    found = register.unsigned.get("dan", CASE)

    assert found is not None
    assert found.parts == {"users": 30, "regions": ["EU"]}


def test_what_is_signed_is_gone_with_the_act_and_what_was_written_since_stays(register: Register) -> None:
    register.unsigned.keep("dan", CASE, {"users": 30, "stage": "idea", COMMENT: "Mine"}, began="first", changes=2)

    register.append(own=Own(signed=SignedParts("dan", CASE, {"users": 29, "stage": "idea"})))
    left = register.unsigned.get("dan", CASE)
    register.append(own=Own(signed=SignedParts("dan", CASE, {"users": 30})))
    words_only = register.unsigned.get("dan", CASE)

    assert left is not None
    assert words_only is not None
    assert left.parts == {"users": 30, COMMENT: "Mine"}
    assert (words_only.parts, words_only.began) == ({COMMENT: "Mine"}, None)
    assert register.unsigned.counts("dan") == ()


def test_an_act_that_is_not_stored_signs_nothing(register: Register) -> None:
    register.unsigned.keep("dan", CASE, {"users": 30}, changes=1)

    def refused() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        register.append(own=Own(still=refused, signed=SignedParts("dan", CASE, {"users": 30})))

    assert [item.changes for item in register.unsigned.counts("dan")] == [1]


def test_a_change_is_one_committed_transaction(register: Register) -> None:
    with Counted(register) as seen:
        register.unsigned.keep("dan", CASE, {"users": 30}, began="first", changes=1)

    assert [statement for statement in seen if statement.startswith("BEGIN")] == ["BEGIN IMMEDIATE"]


@pytest.mark.kill
def test_a_change_survives_a_kill_right_after_it(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _KEEPS_AND_DIES, str(tmp_path)], capture_output=True, text=True, check=False
    )

    register = open_register(tmp_path)
    found = register.unsigned.get("dan", CASE)

    assert done.returncode == -signal.SIGKILL, done.stderr
    assert found is not None
    assert found.parts == {"users": 30, COMMENT: "Half a sen"}
    register.close()


_KEEPS_AND_DIES = f"""
import os, signal, sys
from pathlib import Path
from tests.register.helpers import open_register

register = open_register(Path(sys.argv[1]))
register.unsigned.keep("dan", {CASE!r}, {{"users": 3}}, began="first", changes=1)
register.unsigned.keep("dan", {CASE!r}, {{"users": 30}}, changes=1)
register.unsigned.keep("dan", {CASE!r}, {{{COMMENT!r}: "Half a sen"}})
os.kill(os.getpid(), signal.SIGKILL)
"""
