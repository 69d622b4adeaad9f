"""Notes of a newer version in real registers: they travel with their files, are shown, and stop nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.domain.acts.envelope import Attachment
from intake.domain.base.canonical import sha256
from intake.domain.case.judge import Force
from intake.domain.case.phases import Phase
from intake.services.deciding import reviewing
from intake.services.exchanging import exchanging
from intake.services.exchanging.folder_exchange import FolderExchange
from intake.services.proving.act_standing import Worth, standing
from intake.services.proving.anchors import anchor_of_register
from tests.services.later import sign_later
from tests.services.offices import Offices
from tests.services.stages import filed_with_ciso

NOTE = "note-archive"
FILE = b"what the archive said"
LISTED = Attachment(sha256(FILE), len(FILE), "text/plain", "archive.txt").as_json()


def noted(offices: Offices, who: str, case: str) -> str:
    files = {sha256(FILE): FILE}
    body = {"attachments": [LISTED], "shelf": 7}
    return sign_later(offices.installations[who], offices.signer(who), NOTE, body, case=case, files=files).act.id


def share(tmp_path: Path, name: str) -> Path:
    made = tmp_path / name
    made.mkdir()
    return made


@pytest.mark.parametrize("who", ["ada", "bob", "dan"])
@pytest.mark.exhaustive
def test_the_first_note_of_a_newer_version_stops_no_older_installation(offices: Offices, who: str) -> None:
    case = offices.file()
    offices.travel("ada", "bob", "dan")
    note = noted(offices, who, case)
    offices.travel(who, "dan", "cleo")

    offices.decide("dan", case)
    offices.travel("dan", "cleo")
    offices.decide("cleo", case)

    state = offices.installations["cleo"].state(case)
    assert state.event(note).judgement.force is Force.NOTE
    assert state.phase is Phase.DECIDED
    assert reviewing.look(offices.installations["cleo"], case, "cleo").notes == ((who.title(), NOTE, 1),)


def test_a_note_and_its_file_are_passed_on_by_an_older_installation(offices: Offices, tmp_path: Path) -> None:
    case = filed_with_ciso(offices)
    note = noted(offices, "dan", case)
    here, there = share(tmp_path, "here"), share(tmp_path, "there")
    FolderExchange(offices.installations["dan"], here).run()
    FolderExchange(offices.installations["bob"], here).run()

    FolderExchange(offices.installations["bob"], there).run()
    FolderExchange(offices.installations["cleo"], there).run()
    package = tmp_path / "case.countersign"
    exchanging.export_package(offices.installations["cleo"], offices.signer("cleo"), package, cases=[case])
    exchanging.import_package(offices.installations["finn"], package)

    for name in ("cleo", "finn"):
        queries = offices.installations[name].register.queries
        assert queries.has_act(note)
        assert queries.blob(sha256(FILE)) == FILE


def test_a_rebuilt_register_says_the_same_of_its_notes(offices: Offices) -> None:
    case = offices.file()
    noted(offices, "ada", case)

    assert offices.installations["ada"].register.rebuild(check=True).identical


def test_verify_says_what_a_note_is_and_judges_nothing_of_it(offices: Offices) -> None:
    case = offices.file()
    ada = offices.installations["ada"]
    note = noted(offices, "ada", case)

    found = standing(ada.state(case).event(note).act, anchor_of_register(ada))

    assert found.worth is Worth.OPEN
    assert "It is a note of a newer version, signed by Ada" in found.sentence


def test_a_note_of_the_organisation_is_kept_and_said_to_be_one(offices: Offices) -> None:
    bob = offices.installations["bob"]
    before = bob.rosters

    made = sign_later(bob, offices.signer("bob"), NOTE, {"text": "The safe moved."})

    assert bob.rosters == before
    found = standing(made.act, anchor_of_register(bob))
    assert (found.worth, "It is a note of a newer version" in found.sentence) == (Worth.OPEN, True)
