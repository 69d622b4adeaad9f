"""Playbooks at the terminal: every slip with its line, and an overlay that reaches everybody once it is accepted."""

from __future__ import annotations

from pathlib import Path

import pytest

import resources
from intake.services.installation.playbook_files import core_files, read_playbook
from tests.commands.house import document, run
from tests.core import solved_once

__all__ = ["solved_once"]

META = 'extends = "core-2026"\nid = "house"\nversion = "1"\ntitle = "Our house"\norder = ["house"]\n'
HOUSE = """
id = "house"
title = "Our house"
intro = "What only we ask."
[[pages]]
id = "house.page"
title = "Rooms"
[[pages.questions]]
id = "house.room"
label = "Room"
text = "In which room is it used?"
why = "The cellar is open to visitors."
kind = "choice"
sources = ["house: H1"]
options = [{ id = "attic", label = "The attic" }, { id = "cellar", label = "The cellar" }]
"""
RULES = """
[[rules]]
id = "house.cellar"
tier = "high"
sentence = "It is used where visitors are."
lowered_by = "Use it in the attic."
sources = ["house: H1"]
when = { question = "house.room", is = "cellar" }
"""


@pytest.fixture
def overlay(tmp_path):
    folder = tmp_path / "overlay"
    folder.mkdir()
    for name, text in {"meta": META, "house": HOUSE, "rules": RULES}.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.exhaustive
def test_a_folder_in_order_is_summed_up(overlay):
    found = document(run("playbook", "check", overlay, "--json"), "playbook", "check")

    core = read_playbook(resources.read, resources.names)
    assert found["playbook"]["id"] == "house"
    assert found["playbook"]["questions"] == len(core.questions) + 1
    assert found["playbook"]["rules"] == len(core.rules) + 1
    assert found["problems"] == []
    assert found["differences"] == [
        {"part": "question", "id": "house.room", "title": "Room", "move": "added"},
        {"part": "tier rule", "id": "house.cellar", "title": "It is used where visitors are.", "move": "added"},
    ]
    assert "added tier rule: It is used where visitors are." in run("playbook", "check", overlay).stdout


@pytest.mark.exhaustive
def test_the_core_itself_is_in_order_and_all_of_it_is_reached(tmp_path):
    for name, data in core_files(resources.read, resources.names).items():
        (tmp_path / name.rsplit("/", 1)[-1]).write_bytes(data)

    found = document(run("playbook", "check", tmp_path, "--json"), "playbook", "check")

    assert found["playbook"]["digest"] == read_playbook(resources.read, resources.names).digest
    assert found["unreachable"] == found["differences"] == []


@pytest.mark.exhaustive
def test_the_example_of_the_help_page_is_in_order_and_all_of_it_is_reached():
    example = Path(resources.__file__).parent / "playbook/overlay-example"

    found = document(run("playbook", "check", example, "--json"), "playbook", "check")

    assert found["problems"] == found["unreachable"] == []


@pytest.mark.exhaustive
def test_what_nobody_can_reach_is_worth_a_look(overlay):
    never = '[[rules]]\nid = "house.never"\ntier = "high"\nsentence = "S"\nlowered_by = "L"\nsources = ["house: H1"]\nwhen = { all = [{ question = "house.room", is = "cellar" }, { question = "house.room", is = "attic" }] }\n'
    (overlay / "rules.toml").write_text(RULES + never, encoding="utf-8")

    result = run("playbook", "check", overlay, "--json")

    assert document(result, "playbook", "check")["unreachable"] == [
        {"code": "PlaybookPart", "facts": {"kind": "rule", "id": "house.never"}, "text": "rule “house.never”"}
    ]


@pytest.mark.exhaustive
def test_every_slip_is_told_with_its_line(overlay):
    (overlay / "rules.toml").write_text(RULES.replace('"high"', '"higher"'), encoding="utf-8")
    (overlay / "house.toml").write_text(HOUSE.replace("why =", "because ="), encoding="utf-8")

    found = document(run("playbook", "check", overlay, "--json", expect=1), "playbook", "check")
    told = run("playbook", "check", overlay, expect=1).stdout

    assert [(item["file"], item["line"]) for item in found["problems"]] == [("house.toml", 8), ("rules.toml", 4)]
    assert told.startswith("house.toml, line 8: ")
    assert "\nrules.toml, line 4: " in told
    assert "Problems: 2." in told


@pytest.mark.parametrize(
    ("file", "text", "code", "line"),
    [
        ("meta.toml", META + "[[", "NotToml", 6),
        ("rules.toml", "rules = [\n", "NotToml", 2),
        ("rules.toml", "rules = 3\n", "UnreadablePlaybook", 1),
    ],
)
def test_a_file_that_cannot_be_used_is_told_by_line(overlay, file, text, code, line):
    (overlay / file).write_text(text, encoding="utf-8")

    found = document(run("playbook", "check", overlay, "--json", expect=1), "playbook", "check")["problems"][0]

    assert (found["file"], found["line"], found["code"]) == (file, line, code)


def test_a_folder_that_is_none_is_not_readable(tmp_path):
    def code(*words):
        return document(run(*words, "--json", expect=3), *words)["refusal"]["code"]

    assert code("playbook", "check", tmp_path / "gone") == "NoSuchFolder"
    assert code("playbook", "check", tmp_path) == "NoPlaybookThere"


@pytest.mark.exhaustive
def test_an_accepted_overlay_reaches_everybody(house, overlay):
    before = house.ask("ada", "playbook", "show")["playbooks"]

    written = house.ask("bob", "playbook", "accept", overlay, "--yes")
    house.sync("bob", "finn")
    waiting = house.ask("ada", "playbook", "show")["playbooks"]
    to_endorse = house.ask("finn", "playbook", "show")["waiting"]
    endorsed = house.ask("finn", "roster", "endorse", written["roster"], "--yes")
    house.sync("finn", "ada", "dan")

    assert [(item["core"], item["current"], item["since"]) for item in before] == [(True, True, 1)]
    assert not written["in_force"]
    assert waiting == before
    assert [(item["roster"], item["playbook"]["id"]) for item in to_endorse] == [(written["roster"], "house")]
    assert endorsed["in_force"]
    for who in ("ada", "dan"):
        shown = house.ask(who, "playbook", "show")["playbooks"]
        assert [(item["playbook"]["id"], item["current"]) for item in shown] == [("house", True), ("core-2026", False)]
        assert shown[0]["digest"] == written["playbook"]
    assert "house.room" in [item["id"] for item in house.ask("ada", "questions")["questions"]]


def test_accepting_is_asked_for_and_done_once(house, overlay):
    house.run("bob", "playbook", "accept", overlay, "--passphrase-file", house.passphrase, expect=2, typed="n\n")
    house.run("bob", "playbook", "accept", overlay, "--passphrase-file", house.passphrase, typed="y\n")

    again = house.ask("bob", "playbook", "accept", "--yes", expect=2)
    by_owner = house.ask("ada", "playbook", "accept", overlay, "--yes", expect=2)

    assert again["refusal"]["code"] == "AlreadyAccepted"
    assert by_owner["refusal"]["code"] == "NotAnAdministrator"
