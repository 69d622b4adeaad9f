"""What the sample organisation consists of, read from TOML: its people, its use cases and what happens to each of them.

Here is only the reading; ``building`` makes real acts of it. Days are counted back from now (``ago``) or on from it
(``from_now``), so that lists and ages look alive whenever the sample is made.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from intake.domain.organisation.roster import Role
from intake.domain.playbook.answers import DONT_KNOW, Answer, Value

FOLDER = "sample"
SECTIONS = ("start", "purpose", "system", "data", "people", "law", "oversight", "security")

Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """``joins``, ``ends`` and ``asks`` are days ago: listed later, role ended, asking to be listed and not listed."""

    id: str
    name: str
    unit: str
    roles: tuple[Role, ...]
    joins: int = 0
    ends: int = 0
    asks: int = 0


@dataclass(frozen=True, slots=True)
class SampleFile:
    """A small file of evidence. A ``lost`` one is named by the revision and never arrives."""

    question: str
    name: str
    text: tuple[str, ...]
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """A condition an office sets; ``days`` from its opinion until it is due."""

    text: str
    owner: str
    days: int


@dataclass(frozen=True, slots=True)
class SampleStep:
    """One thing somebody does to a case. With ``apart`` it happens where the others do not see it before ``meet``.

    What is decided otherwise than was filed its owner accepts at once; with ``unaccepted`` it waits for him.
    """

    ago: int
    do: str
    by: str = ""
    apart: bool = False
    text: str = ""
    days: int = 0
    limits: Mapping[str, Any] = field(default_factory=dict)
    waive: str = ""
    unaccepted: bool = False
    conditions: tuple[Wanted, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    files: tuple[SampleFile, ...] = ()


@dataclass(frozen=True, slots=True)
class SampleCase:
    """``inventory`` is its name in the published inventory. ``outside`` was filed by a program that stops nothing.

    A draft with ``carried_from`` starts with the answers of that case; ``answers`` are then only those that differ.
    """

    id: str
    inventory: str
    unit: str
    owner: str
    answers: Mapping[str, Answer]
    files: tuple[SampleFile, ...]
    story: tuple[SampleStep, ...]
    carried_from: str
    outside: bool


@dataclass(frozen=True, slots=True)
class SampleContent:
    """``installations`` are the people whose data folders are made, the first one to be opened."""

    organisation: str
    installations: tuple[str, ...]
    people: tuple[SamplePerson, ...]
    cases: tuple[SampleCase, ...]

    def person(self, person_id: str) -> SamplePerson:
        return {person.id: person for person in self.people}[person_id]

    @property
    def steps(self) -> tuple[tuple[SampleCase, SampleStep], ...]:
        """Everything that happens, in the order of time."""
        every = [(case, step) for case in self.cases for step in case.story]
        return tuple(sorted(every, key=lambda item: -item[1].ago))


def read_content(
    read: Callable[[str], bytes], names: Callable[[str], tuple[str, ...]], *, today: date
) -> SampleContent:
    """The content as shipped, told as of ``today``; ``read`` and ``names`` give resources by name.

    Raises KeyError for a fault in it.
    """
    tables: list[Table] = []
    people: Table = {}
    profiles: Table = {}
    for name in names(FOLDER):
        if not name.endswith(".toml"):
            continue
        table = tomllib.loads(read(name).decode())
        if "people" in table:
            people = table
        elif "common" in table:
            profiles = table
        else:
            tables.append(table)
    return SampleContent(
        organisation=people["organisation"],
        installations=tuple(people["installations"]),
        people=tuple(_person(item) for item in people["people"]),
        cases=tuple(_case(item, profiles, today) for table in tables for item in table["cases"]),
    )


def _person(table: Table) -> SamplePerson:
    return SamplePerson(
        id=table["id"],
        name=table["name"],
        unit=table["unit"],
        roles=tuple(Role(role) for role in table.get("roles", ())),
        joins=table.get("joins", 0),
        ends=table.get("ends", 0),
        asks=table.get("asks", 0),
    )


def _case(table: Table, profiles: Table, today: date) -> SampleCase:
    sections = table.get("only", SECTIONS)
    answers = _flat(table, SECTIONS, today)
    if "carried_from" not in table:
        shared = _flat(profiles["common"], sections, today) | _flat(profiles[table["profile"]], sections, today)
        answers = shared | answers
    answers |= dict.fromkeys(table.get("unknown", ()), DONT_KNOW)
    return SampleCase(
        id=table["id"],
        inventory=table["inventory"],
        unit=table["unit"],
        owner=table["owner"],
        answers=answers | {"purpose.title": Answer(table["inventory"]), "purpose.unit": Answer(table["unit"])},
        files=_files(table),
        story=tuple(_step(item, today) for item in table["story"]),
        carried_from=table.get("carried_from", ""),
        outside=table.get("outside", False),
    )


def _step(table: Table, today: date) -> SampleStep:
    return SampleStep(
        ago=table["ago"],
        do=table["do"],
        by=table.get("by", ""),
        apart=table.get("apart", False),
        text=table.get("text", table.get("reason", "")),
        days=table.get("days", 0),
        waive=table.get("waive", ""),
        unaccepted=table.get("unaccepted", False),
        limits={name: frozenset(value) if isinstance(value, list) else value for name, value in _limits(table)},
        conditions=tuple(Wanted(**item) for item in table.get("conditions", ())),
        answers=_flat(table.get("set", {}), SECTIONS, today),
        files=_files(table),
    )


def _limits(table: Table) -> Iterable[tuple[str, Any]]:
    found: Table = table.get("limits", {})
    return found.items()


def _files(table: Table) -> tuple[SampleFile, ...]:
    return tuple(
        SampleFile(item["question"], item["name"], tuple(item["text"]), item.get("lost", False))
        for item in table.get("files", ())
    )


def _flat(table: Table, sections: Iterable[str], today: date) -> dict[str, Answer]:
    """``{"start": {"ai": …}}`` as answers by question id."""
    return {
        f"{section}.{name}": Answer(_value(value, today))
        for section in sections
        for name, value in table.get(section, {}).items()
    }


def _value(value: bool | int | str | list[str] | dict[str, int], today: date) -> Value:
    if isinstance(value, dict):
        return (today + timedelta(days=value["from_now"])).isoformat()
    return tuple(value) if isinstance(value, list) else value
