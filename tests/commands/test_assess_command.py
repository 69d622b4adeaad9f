"""Assessing a file of answers at the terminal: no register, and everything that follows, with its reasons."""

from __future__ import annotations

import json

import pytest

from tests.commands.house import complete_answers, document, run
from tests.commands.test_playbook_commands import overlay as overlay  # noqa: PLC0414 - a fixture


@pytest.fixture
def answers(tmp_path):
    def written(**changed):
        path = tmp_path / "answers.json"
        path.write_text(json.dumps(complete_answers() | changed), encoding="utf-8")
        return path

    return written


def assessed(*words):
    return document(run("assess", *words, "--json"), "assess")


def test_the_tier_comes_with_rules_facts_and_citations(answers):
    found = assessed(answers(**{"start.practices": ["scoring"]}))

    assert (found["tier"], found["lane"]) == ("prohibited", "stop")
    fired = next(item for item in found["fired"] if item["tier"] == "prohibited")
    assert [fact["question"] for fact in fired["facts"]] == ["start.practices"]
    assert fired["sources"][0]["framework"] == "eu-ai-act"
    assert "Art. 5(1)(c)" in fired["sources"][0]["cited"]


def test_it_needs_no_register(answers, tmp_path):
    run("assess", answers(), "--home", tmp_path / "home")

    assert not (tmp_path / "home").exists()


def test_what_nobody_knows_is_an_open_point(answers):
    found = assessed(answers(**{"start.practices": None, "start.ai": {"unknown": True, "ask": "Grace"}}))

    assert {"start.practices", "start.ai"} <= set(found["open_points"])
    assert found["tier"] == "high"
    assert any("start.practices" in item["unknown"] for item in found["might_be"])


def test_what_would_lower_it_is_said(answers):
    found = assessed(answers(**{"start.ai": "agent"}))

    assert found["tier"] != "minimal"
    assert [change["question"] for item in found["lowering"] for change in item["changes"]]


def test_an_incomplete_file_is_assessed_too(tmp_path):
    path = tmp_path / "answers.json"
    path.write_text('{"start.stage": "idea"}')

    found = assessed(path)

    assert not found["complete"]
    assert [item["stage"] for item in found["later"]] == ["pilot", "scaled"]


@pytest.mark.exhaustive
def test_an_overlay_judges_with_the_core(answers, overlay):
    found = assessed(answers(**{"house.room": "cellar"}), "--playbook", overlay)

    assert found["playbook"]["id"] == "house"
    assert found["tier"] == "high"
    assert "house.cellar" in [item["rule"] for item in found["fired"]]
    lower = [(change["question"], change["after"]) for item in found["lowering"] for change in item["changes"]]
    assert ("house.room", ["The attic"]) in lower


def test_people_read_it_in_sentences(answers):
    told = run("assess", answers(**{"start.practices": ["scoring"]})).stdout

    assert "Rules that fired" in told
    assert "Artificial Intelligence Act" in told


def test_rules_say_what_lowers_them_and_duties_from_when_and_where_they_come(answers):
    told = run(
        "assess", answers(**{"start.area": ["employment"], "law.employment": ["hiring"], "law.places": ["eu"]})
    ).stdout

    found = assessed(answers(**{"start.area": ["employment"], "law.employment": ["hiring"], "law.places": ["eu"]}))
    dated = next(item for item in found["duties"] if item["applies_from"])
    lowered = [item["lowered_by"] for item in found["fired"] if item["lowered_by"]]
    assert lowered
    assert f"What would lower it: {lowered[0]}" in told
    assert f"applies from {dated['applies_from']})" in told
    assert dated["sources"][0]["cited"] in told


def test_an_answer_to_no_question_is_refused(answers):
    found = document(run("assess", answers(**{"house.room": "cellar"}), "--json", expect=2), "assess")

    assert found["refusal"]["code"] == "NoSuchQuestion"
