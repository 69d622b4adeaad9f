"""What waits and nobody knows, sent away from the command line."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from intake.domain.base.canonical import sha256
from tests.commands.house import run
from tests.people import person
from tests.services.hostile import by_hand, enrolment

NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)


@pytest.mark.attack(
    "a waiting room filled by one key, to keep newcomers out", refusal="sent away by key, or all but enrolments"
)
def test_waiting_acts_are_sent_away_by_key_or_all_but_enrolments(decided, tmp_path: Path) -> None:
    house, _ = decided
    keys = [person(name).key for name in ("mallory", "zoe")]
    acts = [by_hand(key, "note-x", {}, org=house.org, at=NOW, case="a" * 64) for key in keys]
    acts.append(enrolment(keys[0], "mallory", org=house.org, at=NOW))
    for act in acts:
        (tmp_path / f"{act.blob_id}.p7m").write_bytes(act.blob)
        house.ask("ada", "import", tmp_path / f"{act.blob_id}.p7m")

    shown = house.ask("ada", "quarantine")["waiting"]
    by_key = house.ask("ada", "quarantine", "--send-away", keys[1].fingerprint[:12])
    others = house.ask("ada", "quarantine", "--send-away", "acts")
    left = house.ask("ada", "quarantine")
    house.ask("ada", "quarantine", "--send-away", "enrolments")

    assert {item["key"] for item in shown} == {key.fingerprint for key in keys}
    assert (by_key["sent"], others["sent"]) == (1, 1)
    assert [item["kind"] for item in left["waiting"]] == ["enrol"]
    assert {item["code"] for item in left["refused"]} == {"SentAway"}
    assert house.ask("ada", "quarantine")["waiting"] == []


@pytest.mark.exhaustive
def test_a_key_is_named_by_enough_of_it(decided) -> None:
    house, _ = decided

    result = run("quarantine", "--home", house.home("ada"), "--json", "--send-away", "ab", expect=2)

    assert json.loads(result.stdout)["refusal"]["code"] == "NotAKey"


@pytest.mark.attack(
    "one listed key that fills the waiting room, to keep objections out",
    refusal="sent away by key; objections and acts of the organisation stay",
)
def test_who_sends_away_what_waits_of_a_listed_key_is_told_what_that_means(decided, tmp_path: Path) -> None:
    house, _ = decided
    key = person("cleo").key
    act = by_hand(key, "note-x", {}, org=house.org, at=NOW, who="cleo", case="a" * 64, roster="b" * 64)
    (tmp_path / "act.p7m").write_bytes(act.blob)
    house.ask("ada", "import", tmp_path / "act.p7m")

    told = " ".join(run("quarantine", "--home", house.home("ada"), "--send-away", key.fingerprint).stdout.split())

    assert "1 waiting acts were sent away" in told
    assert "A roster lists this key." in told
    assert "not even as a caution" in told


@pytest.mark.attack(
    "junk that fills the quarantine, so that nothing can be sent away",
    refusal="counted by code and source, and forgotten many at once",
)
def test_refused_files_are_counted_and_forgotten_many_at_once(decided) -> None:
    house, _ = decided
    before = house.ask("ada", "quarantine")["total"]
    junk = house.shared / house.org / "ev" / "00"
    junk.mkdir(parents=True, exist_ok=True)
    for number in range(110):
        data = b"junk %d" % number
        (junk / f"{sha256(data)}.p7m").write_bytes(data)
    (junk / f"{'e' * 64}.p7m").write_bytes(b"another name")
    house.sync("ada")
    home = house.home("ada")

    told = run("quarantine", "--home", home).stdout
    counted = house.ask("ada", "quarantine")
    asked = run("quarantine", "--home", home, "--forget", "NotSigned", typed="n\n", expect=2)
    kept = house.ask("ada", "quarantine")["total"]
    by_source = house.ask("ada", "quarantine", "--forget", "WrongHash", "--from", str(house.shared), "--yes")
    run("quarantine", "--home", home, "--forget", "junk", typed="y\n")
    nothing = house.ask("ada", "quarantine", "--forget", "junk", "--yes", expect=2)

    assert f"The newest 100 of {111 + before} refused files are shown." in told
    assert f"110  NotSigned  {house.shared}" in told
    alike = {item["code"]: item["count"] for item in counted["alike"]}
    assert (alike["NotSigned"], alike["WrongHash"]) == (110, 1)
    assert f"110 of {111 + before} refused files would be forgotten." in asked.stderr
    assert "not confirmed" in asked.output
    assert kept == 111 + before
    assert by_source["forgotten"] == 1
    assert house.ask("ada", "quarantine")["total"] == before
    assert nothing["refusal"]["code"] == "NothingSuchRefused"
