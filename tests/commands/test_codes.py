"""Whatever a program is told with ``--json`` can be told apart without reading English: every sentence has its code and facts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

import resources
from intake.commands.table import COMMANDS
from intake.domain.base.reasons import of_object
from intake.domain.base.wording import words
from tests.commands.house import House, coded, document, run, schema_of
from tests.languages import FOREIGN, spoken

SENTENCES = {
    "already", "blocked", "checked", "consequence", "next", "not_assessed", "not_seen", "note", "problem", "reason",
    "refusal", "said", "sentence", "summary", "text", "unchecked", "unreachable", "what", "why",
}  # fmt: skip
"""Keys of answers under which a sentence stands; another that reads like one belongs here."""
NOT_OURS = {
    "assess": "the words of the playbook, each beside the id of its item",
    "questions": "the words of the playbook, each beside the id of its question",
    "literacy-list": "the words of the playbook, beside the id of the chapter",
    "inbox due": "what a condition says, in the words of who wrote it",
    "list due": "what a condition says, in the words of who wrote it",
    "commitments commitments": "the words of the playbook, beside the id of its item, and those of who wrote a condition",
    "commitments reports": "what people reported",
    "commitments returned": "why an office sent it back",
    "show offices": "what an office gave as its reason",
    "show prices": "what an office gave as its reason",
    "show waivers": "what both do without, by its name in the playbook, and why, in the words of who wrote it",
    "show conditions": "what a condition says, in the words of who wrote it",
    "show remarks": "what people remarked",
    "show answers": "what people answered to a remark",
    "case-show waivers": "what both do without, by its name in the playbook, and why, in the words of who wrote it",
    "case-show conditions": "what a condition says, in the words of who wrote it",
    "case-show due": "what a condition says, in the words of who wrote it",
    "case-show suspensions": "what an office gave as its reason",
    "case-timeline acts": "what the author of an act wrote",
    "show hand_overs": "why it is handed over, in the words of who does",
    "show retired": "why the use ended, and what becomes of what it leaves behind, in the words of its owner",
    "compare facts": "titles, names and files, as each revision has them",
    "compare answers": "what people answered",
    "compare differs": "the words of the playbook, beside the id of the question",
}
"""Sentences of people and of the playbook: they are content, and have no code."""


def objects(schema: Any, where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object that an answer can hold, with the command and the key it is under."""
    if isinstance(schema, dict):
        if isinstance(found := schema.get("properties"), dict):
            yield where, found
            for key, inner in found.items():
                yield from objects(inner, f"{where.split(maxsplit=1)[0]} {key}")
        for key, inner in schema.items():
            if key != "properties":
                yield from objects(inner, where)
    elif isinstance(schema, list):
        for inner in schema:
            yield from objects(inner, where)


def plain(schema: Any) -> bool:
    """Whether a text, or a list of texts, may stand there; an enumeration is a code itself."""
    if not isinstance(schema, dict) or "enum" in schema:
        return False
    types = schema.get("type", ())
    if "string" in ([types] if isinstance(types, str) else types):
        return True
    return any(map(plain, (schema.get("items"), *schema.get("oneOf", ()), *schema.get("anyOf", ()))))


@pytest.mark.parametrize("name", [*COMMANDS, "refusal"])
def test_no_sentence_stands_in_an_answer_without_its_code_and_facts(name):
    schema = json.loads(resources.read(f"schema/{schema_of(*name.split())}.json"))

    bare = [
        f"{where} {key}"
        for where, found in objects(schema, schema_of(*name.split()))
        for key in sorted(SENTENCES & found.keys())
        if plain(found[key]) and not {"code", "facts"} <= found.keys()
    ]

    content = tuple(NOT_OURS)
    assert [item for item in bare if not item.startswith(content)] == []


def test_every_exception_is_one():
    bare = {
        f"{where} {key}"
        for name in COMMANDS
        for where, found in objects(
            json.loads(resources.read(f"schema/{schema_of(*name.split())}.json")), schema_of(*name.split())
        )
        for key in SENTENCES & found.keys()
        if plain(found[key])
    }

    assert [item for item in NOT_OURS if not any(one.startswith(item) for one in bare)] == []


def refusals(house: House) -> list[dict[str, Any]]:
    """An answer of each sort with something wrong in it: a refusal, problems of files, verdicts, findings, what a draft needs."""
    folder, act = house.root / "overlay", house.root / "odd.p7m"
    folder.mkdir(exist_ok=True)
    (folder / "meta.toml").write_text('extends = "core-2026"\nid = "house"\nversion = 1\n', encoding="utf-8")
    act.write_bytes(b"0")
    draft = house.root / "draft.json"
    draft.write_text("{}")
    name = house.ask("ada", "draft", draft)["draft"]
    return [
        house.ask("ada", "show", "UC-0000-0000", expect=2),
        house.ask("ada", "list", "--limit", "many", expect=64),
        house.ask("ada", "playbook", "check", folder, expect=1),
        house.ask("ada", "verify", act, expect=3),
        house.ask("ada", "import", act, expect=3),
        house.ask("ada", "check", name),
        document(run("doctor", "--home", house.root / "new", "--json", expect=1), "doctor"),
    ]


@pytest.mark.exhaustive
def test_codes_and_facts_are_the_same_in_every_language_and_the_words_are_not(house):
    english = refusals(house)
    with spoken(FOREIGN):
        foreign = refusals(house)

    assert len([*coded(english)]) > 50
    assert [(item["code"], item["facts"]) for item in coded(english)] == [
        (item["code"], item["facts"]) for item in coded(foreign)
    ]
    for item in coded(english):
        made = of_object({"code": item["code"], "facts": item["facts"]})
        assert item.get("text", words(made)).endswith(words(made))
    assert all(item["text"].startswith("‹") for item in coded(foreign) if "text" in item)


@pytest.mark.exhaustive
def test_the_file_and_the_line_of_a_slip_in_a_playbook_stand_beside_its_code(house):
    problems = refusals(house)[2]["problems"]

    assert problems[0] == {
        "file": "meta.toml",
        "line": 1,
        "code": "MissingKey",
        "facts": {"detail": "title", "where": "meta"},
        "what": "The playbook leaves out something it needs: “title” (meta).",
        "why": "Each question says why it is asked and where it comes from; people follow reasons, not forms.",
        "next": "Correct the playbook and load it again.",
    }


def test_a_wrong_call_says_which_word_and_what_was_probably_meant(house):
    found = json.loads(run("shwo", "--json", expect=64).stdout)["refusal"]

    assert found["code"] == "NotUnderstood"
    assert found["facts"]["detail"] == {
        "code": "SaidTogether",
        "facts": {
            "first": {"code": "NoSuchCommand", "facts": {"word": "“shwo”"}},
            "then": {"code": "DidYouMean", "facts": {"name": "show"}},
        },
    }
    assert found["what"] == "There is no command “shwo”. Did you mean show?"
