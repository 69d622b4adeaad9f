"""What an answer may hold by its schema is all that the domain can say: a value that a schema leaves out would break its readers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any

import pytest

import resources
from intake.commands.table import COMMANDS
from intake.domain.case.asks import TodoKind
from intake.domain.case.due import DueWhat
from intake.domain.case.next_verbs import ActWay, NextVerb
from intake.domain.case.phases import EXPIRED, Phase
from intake.domain.terms.done_without import DoneWithout
from intake.domain.terms.field_tables import FIELD_TABLES
from intake.domain.terms.terms import Condition, Stage, terms
from intake.domain.terms.waivers import PILOT, Waiver
from tests.commands.house import schema_of

ON_A_DAY = {"list", "inbox", "show", "case-show"}
"""Answers that know today, and so say of a decision that it has ended."""
SCHEMAS = sorted({schema_of(*name.split()) for name in COMMANDS})


def named(schema: Any, wanted: str) -> Iterator[Any]:
    """Every property of that name in a schema, however deep."""
    if isinstance(schema, dict):
        if wanted in (found := schema.get("properties", {})):
            yield found[wanted]
        for inner in schema.values():
            yield from named(inner, wanted)
    elif isinstance(schema, list):
        for inner in schema:
            yield from named(inner, wanted)


def objects_with(schema: Any, *keys: str) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if {*keys} <= (found := schema.get("properties", {})).keys():
            yield found
        for inner in schema.values():
            yield from objects_with(inner, *keys)
    elif isinstance(schema, list):
        for inner in schema:
            yield from objects_with(inner, *keys)


def read(name: str) -> Any:
    return json.loads(resources.read(f"schema/{name}.json"))


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_phase_and_no_other_may_stand_in_an_answer(name: str) -> None:
    also = {EXPIRED} if name in ON_A_DAY else set()

    assert [set(item["enum"]) for item in named(read(name), "phase") if set(item["enum"]) != {*Phase} | also] == []


@pytest.mark.parametrize(
    ("keys", "key", "kind"),
    [
        (("act", "way", "call", "why"), "act", NextVerb),
        (("act", "way", "call", "why"), "way", ActWay),
        (("what", "day", "of"), "what", DueWhat),
    ],
    ids=["what is next", "where it is done", "what is due"],
)
def test_what_is_next_and_what_is_due_may_stand_in_every_answer(
    keys: tuple[str, ...], key: str, kind: type[StrEnum]
) -> None:
    found = {name: [set(item[key]["enum"]) for item in objects_with(read(name), *keys)] for name in SCHEMAS}

    assert sum(map(len, found.values())) >= 2
    assert {name: item for name, sets in found.items() for item in sets if item != {*kind}} == {}


def test_all_that_terms_may_do_without_may_stand_in_a_row_of_a_list() -> None:
    found = {name: [item["enum"] for item in named(read(name), "waived")] for name in SCHEMAS}

    assert {name: len(items) for name, items in found.items() if items} == {"list": 1, "inbox": 2}
    assert [item for items in found.values() for item in items if item != ["", *DoneWithout]] == []


def test_every_kind_of_what_needs_somebody_and_no_other_may_stand_in_its_answer() -> None:
    (found,) = (item["kind"]["enum"] for item in objects_with(read("todo"), "kind", "since", "until", "said"))

    assert found == [kind.value for kind in TodoKind]


def test_terms_with_everything_in_them_may_stand_in_every_answer() -> None:
    condition = Condition(date(2027, 1, 15), "ada", "Train them", "A list of who was there", "ciso")
    made = terms(
        Stage.PILOT,
        FIELD_TABLES.newest.boundaries({}),
        (condition,),
        date(2026, 12, 1),
        date(2027, 12, 1),
        (Waiver(PILOT, "It ran elsewhere"),),
        ("a" * 64,),
    ).as_json()
    found = {name: list(objects_with(read(name), "boundaries", "conditions", "expires")) for name in SCHEMAS}

    assert {name for name, items in found.items() if items} == {"show", "case-show"}
    for item in (one for items in found.values() for one in items):
        assert item.keys() == made.keys()
        assert item["conditions"]["items"]["properties"].keys() == condition.as_json().keys()
