"""The JSON Schemas of the playbook’s files: every shipped file is valid, and what the reader refuses they refuse too."""

from __future__ import annotations

import copy
import json
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

import resources
from intake.domain.base.located import FileLine, PlacedRefusal, PlacedTable, RefusalCollector
from intake.domain.playbook.reading.content import read
from intake.domain.playbook.reading.document import LISTS, MORE_LISTS, joined, spelt_out
from intake.domain.terms.field_tables import PLAYBOOK_TABLE
from tests.domain.playbook.small_playbook import FILES
from tests.domain.playbook.test_playbook_stages import CLASSIFICATIONS, CONTRADICTIONS
from tests.each import each

PLAYBOOK = Path(__file__).resolve().parents[2] / "resources/playbook"
KINDS = frozenset({"meta", "screening", "sources", *LISTS, *MORE_LISTS})
CHAPTERS = '[[chapters]]\nid = "why"\ntitle = "Why"\ntext = ["Because."]\nsources = ["law: 1"]\n'
SMALL = FILES | {"contradictions": CONTRADICTIONS, "classifications": CLASSIFICATIONS, "chapters": CHAPTERS}
SMALL["rules"] += "\n[thresholds]\nmany = 100\n"


@cache
def schema(kind: str) -> Draft202012Validator:
    found = json.loads(resources.read(f"schema/playbook/{kind}.json"))
    Draft202012Validator.check_schema(found)
    return Draft202012Validator(found)


def kind_of(file: Path) -> str:
    if file.parent.name == "templates":
        return "template"
    return file.stem if file.stem in KINDS else "section"


def shipped() -> tuple[Path, ...]:
    """Every file of a playbook or template; an overlay says only what it changes, so its items are not whole."""
    overlays = {
        meta.parent for meta in PLAYBOOK.rglob("meta.toml") if "extends" in tomllib.loads(meta.read_text("utf-8"))
    }
    return tuple(file for file in sorted(PLAYBOOK.rglob("*.toml")) if file.parent not in overlays)


@each("file", shipped(), ids=lambda file: file.relative_to(PLAYBOOK).as_posix())
def test_every_shipped_file_is_valid(file):
    schema(kind_of(file)).validate(tomllib.loads(file.read_text(encoding="utf-8")))


def test_there_is_a_schema_for_every_kind_of_file():
    stored = {Path(name).stem for name in resources.names("schema/playbook")}

    assert stored == KINDS | {"section", "template"}


@each("kind", sorted(KINDS | {"section", "template"}))
def test_nothing_is_open_and_every_key_is_described(kind):
    def tables(value: Any, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
        if isinstance(value, dict):
            if value.get("type") == "object":
                yield name, value
            for key, entry in value.items():
                yield from tables(entry, key)
        elif isinstance(value, list):
            for entry in value:
                yield from tables(entry, name)

    found = schema(kind).schema
    plain = {
        "id",
        "title",
        "label",
        "why",
        "sources",
        "when",
        "pages",
        "lane_label",
        "lane",
        "tier",
        "sentence",
        "limits",
    }
    for name, table in tables(found, kind):
        assert "additionalProperties" in table, name
        for key, entry in table.get("properties", {}).items():
            assert key in plain or "description" in json.dumps(entry) or "$ref" in entry, (name, key)


def test_the_boundary_fields_are_those_there_are():
    assert set(schema("controls").schema["$defs"]["limits"]["properties"]) == {
        field.path for field in PLAYBOOK_TABLE.fields
    }


# ------------------------------------------------------------------------------------- the schema and the reader agree
@cache
def small() -> dict[str, Any]:
    return {name: tomllib.loads(text) for name, text in SMALL.items()}


def read_by_the_reader(name: str, changed: Any) -> str:
    """What the reader says of the small playbook with one file changed; nothing when it reads it."""
    whole = {**copy.deepcopy(small()), name: changed}
    tables = {key: PlacedTable(table, FileLine(key, 1), {}) for key, table in whole.items()}
    found = RefusalCollector()
    try:
        read(spelt_out(joined(tables, found), found), found)
    except PlacedRefusal as refusal:
        return str(refusal)
    return ""


def changes(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every place of a document, with what is done there: a key added or taken out, a value of another type."""
    if path in {("conditions",), ("thresholds",)}:
        return  # names used elsewhere: whether they are there shows only in the whole
    if isinstance(value, dict):
        yield path, "add"
        for key, entry in value.items():
            if key not in {"conditions", "thresholds"}:
                yield (*path, key), "take out"
            yield from changes(entry, (*path, key))
    elif isinstance(value, list):
        yield path, "replace"
        for number, entry in enumerate(value[:1]):
            yield from changes(entry, (*path, number))
    else:
        yield path, "replace"


def done(document: Any, path: tuple[str | int, ...], what: str) -> Any:
    changed = copy.deepcopy(document)
    *before, last = path or (None,)
    inside = changed
    for step in before:
        inside = inside[step]
    if what == "add":
        (inside if last is None else inside[last])["nonsense"] = 1
    elif what == "take out":
        del inside[last]
    else:
        inside[last] = 1.5
    return changed


@each("name", SMALL)
def test_what_the_reader_refuses_the_schema_refuses(name):
    kind = name if name in KINDS else "section"
    document = small()[name]
    assert read_by_the_reader(name, document) == ""
    assert schema(kind).is_valid(document)

    disagreed = [
        (path, what, refused)
        for path, what in changes(document)
        if (refused := read_by_the_reader(name, changed := done(document, path, what)))
        and schema(kind).is_valid(changed)
    ]

    assert disagreed == []


REFUSED = {
    "an unknown key": ("duties", "who", {"nonsense": 1}),
    "a tier nobody knows": ("rules", "tier", "huge"),
    "an id with spaces": ("rules", "id", "a rule"),
    "a day that is none": ("duties", "applies_from", "tomorrow"),
    "a text with spaces around it": ("threats", "why", " because "),
    "an area nobody knows": ("threats", "area", "everywhere"),
    "a boundary nobody knows": ("controls", "proposes", {"user_permissions.users": 5}),
    "a boundary value that does not fit": ("controls", "proposes", {"user_permissions.max_users": "few"}),
    "a source without a reference": ("threats", "sources", ["law"]),
    "no sources": ("threats", "sources", []),
    "two operators": ("duties", "when", {"question": "work.users", "is": 1, "at_least": 2}),
    "no operator": ("duties", "when", {"question": "work.users"}),
    "answered = false": ("duties", "when", {"question": "work.users", "answered": False}),
    "an empty list of conditions": ("duties", "when", {"any": []}),
    "a threshold with more": ("duties", "when", {"question": "work.users", "at_least": {"threshold": "a", "or": 1}}),
}


@each("case", REFUSED, ids=list(REFUSED))
def test_what_cannot_be_is_refused_by_the_schema(case):
    name, key, value = REFUSED[case]
    document = copy.deepcopy(small()[name])
    document[name][0][key] = value

    assert not schema(name).is_valid(document)


def test_a_choice_needs_options_and_nothing_else_has_them():
    document = copy.deepcopy(small()["work"])
    questions = document["pages"][0]["questions"]
    choice = next(item for item in questions if item["kind"] == "choice")
    text = next(item for item in questions if item["kind"] == "text")

    options = choice.pop("options")
    assert not schema("section").is_valid(document)

    choice["options"], text["options"] = options, options
    assert not schema("section").is_valid(document)
