"""The one form of a statement of standing: what is written is read as the same, and nothing else is read at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import resources
from intake.domain.acts.envelope import MalformedAct
from intake.domain.base import canonical
from intake.domain.base.canonical import NotCanonical
from intake.domain.case.record_standing import RecordStands, Standing, StandsBy, superseded_by
from intake.domain.case.standing_said import KnownBy
from intake.domain.case.standings import End
from intake.domain.case.statement import (
    STATED,
    MalformedStatement,
    NotAStatement,
    StandingStatement,
    read_statement,
    write_statement,
)

DAY = date(2026, 11, 22)
BY = (StandsBy("5" * 64, "dan", "ciso", DAY), StandsBy("6" * 64, "ada", "", DAY))
STANDS = {
    Standing.IN_FORCE: RecordStands(Standing.IN_FORCE, begins=DAY, until=date(2027, 6, 30)),
    Standing.AWAITS_ACCEPTANCE: RecordStands(Standing.AWAITS_ACCEPTANCE),
    Standing.SUSPENDED: RecordStands(Standing.SUSPENDED, since=DAY, by=BY),
    Standing.SUPERSEDED: RecordStands(
        Standing.SUPERSEDED,
        since=DAY,
        by=BY,
        end=End.AGREED,
        revision=2,
        record="7" * 64,
        reason=superseded_by(End.AGREED, 2, "7" * 64),
    ),
    Standing.EXPIRED: RecordStands(Standing.EXPIRED, since=DAY, until=DAY),
    Standing.RETIRED: RecordStands(Standing.RETIRED, since=DAY, by=BY),
    Standing.WITHDRAWN: RecordStands(Standing.WITHDRAWN, own=True, since=DAY, by=BY),
    Standing.DECLINED: RecordStands(Standing.DECLINED, own=True, since=DAY, by=BY),
    Standing.UNSETTLED: RecordStands(Standing.UNSETTLED),
    Standing.UNDECIDED: RecordStands(Standing.UNDECIDED),
}


def made(standing: Standing = Standing.SUPERSEDED) -> StandingStatement:
    return StandingStatement(
        org="1" * 64,
        roster="2" * 64,
        person="bob",
        signer="3" * 64,
        at=datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
        app="countersign 1.0",
        case="4" * 64,
        record="8" * 64,
        stands=STANDS[standing],
        known_on=DAY,
        known_by=KnownBy.CHECKPOINT,
        heads=("9" * 64, "a" * 64),
    )


@pytest.mark.parametrize("standing", STATED)
def test_what_is_written_is_read_as_the_same_and_fits_the_published_schema(standing: Standing) -> None:
    statement = made(standing)
    encoded = write_statement(statement)

    assert read_statement(encoded) == statement
    schema = json.loads(resources.read("schema/statements/standing.json"))
    Draft202012Validator(schema).validate(json.loads(encoded))
    assert set(schema["properties"]["standing"]["enum"]) == set(STATED)


def test_nobody_states_that_they_do_not_know() -> None:
    changed = made().as_json() | {"standing": "not-known"}

    with pytest.raises(MalformedStatement, match="standing"):
        read_statement(canonical.dump(changed))


def odd(key: str, value: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda said: said.update({key: value})


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (odd("org", ""), "org"),
        (odd("case", "x"), "case"),
        (odd("record", "A" * 64), "record"),
        (odd("person", "Bob"), "person"),
        (odd("app", "x" * 81), "app"),
        (odd("own", 1), "own"),
        (odd("since", "20261122"), "since"),
        (odd("known_on", None), "known_on"),
        (odd("known_by", "statement"), "known_by"),
        (odd("heads", []), "heads"),
        (odd("heads", ["b" * 64, "a" * 64]), "heads"),
        (odd("heads", ["a" * 64, "a" * 64]), "heads"),
        (odd("by", [1]), "by"),
        (odd("by", [{"act": "5" * 64}]), "by"),
        (odd("by", [{"act": "5" * 64, "person": "dan", "office": "owner", "day": "2026-11-22"}]), "office"),
        (odd("ended_by", {}), "ended_by"),
        (odd("ended_by", {"how": "agreed", "revision": True, "record": ""}), "revision"),
        (odd("ended_by", {"how": "agreed", "revision": -1, "record": ""}), "revision"),
        (odd("ended_by", {"how": "gone", "revision": 1, "record": ""}), "how"),
    ],
)
def test_a_field_of_another_form_is_refused_by_its_name(change: Callable[[dict[str, Any]], Any], field: str) -> None:
    said = made().as_json()
    change(said)

    with pytest.raises(MalformedStatement) as refused:
        read_statement(canonical.dump(said))

    assert dict(refused.value.given.facts)["detail"].facts == (("field", field),)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("standing", "change"),
    [
        (Standing.IN_FORCE, odd("until", None)),
        (Standing.IN_FORCE, odd("own", value=True)),
        (Standing.IN_FORCE, odd("ended_by", {"how": "agreed", "revision": 2, "record": ""})),
        (Standing.SUSPENDED, odd("since", None)),
        (Standing.SUSPENDED, odd("ended_by", {"how": "", "revision": 2, "record": ""})),
        (Standing.SUPERSEDED, odd("ended_by", {"how": "", "revision": 0, "record": ""})),
    ],
)
def test_fields_that_do_not_fit_each_other_are_refused(
    standing: Standing, change: Callable[[dict[str, Any]], Any]
) -> None:
    said = made(standing).as_json()
    change(said)

    with pytest.raises(MalformedStatement, match="do not fit"):
        read_statement(canonical.dump(said))


def test_no_field_more_and_none_less() -> None:
    said = made().as_json()
    for changed in (said | {"note": ""}, {key: value for key, value in said.items() if key != "own"}):
        with pytest.raises(MalformedStatement, match="expected ones"):
            read_statement(canonical.dump(changed))


def test_another_format_another_spelling_or_another_calendar_is_refused() -> None:
    said = made().as_json()
    with pytest.raises(NotAStatement):
        read_statement(canonical.dump(said | {"format": "countersign/act/1"}))
    with pytest.raises(NotCanonical):
        read_statement(json.dumps(said).encode())
    with pytest.raises(MalformedAct):
        read_statement(canonical.dump(said | {"at": "2026-02-30T00:00:00Z"}))
