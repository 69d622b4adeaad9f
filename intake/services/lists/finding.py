"""What a few typed words may mean: use cases, their records and people, a handful of each, for a palette."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from intake.register.refusals import UnsearchableText
from intake.services.lists import cases, people

if TYPE_CHECKING:
    from intake.services.installation.installation import Installation

LEAST = 2
"""Letters below which nothing is looked up: one letter begins a word of nearly every case."""


class FoundSort(StrEnum):
    CASE = "case"
    RECORD = "record"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class FoundByName:
    """``key`` is a case id, or a person id; ``about`` tells two of the same name apart: a reference, a unit."""

    sort: FoundSort
    key: str
    name: str
    about: str


def find(installation: Installation, text: str, *, limit: int = 6) -> tuple[FoundByName, ...]:
    """At most ``limit`` of each: what is called so first, then the cases that moved last. Never raises for odd text."""
    words = text.strip()
    if len(words) < LEAST:
        return ()
    called = cases.called(installation, words)
    try:
        rows = (*called, *(row for row in cases.search(installation, words, limit=limit) if row not in called))[:limit]
    except UnsearchableText:
        rows = called[:limit]
    shared = cases.sharing(installation, rows)
    about = {row.case: cases.told_apart(row, shared) for row in rows}
    found = [FoundByName(FoundSort.CASE, row.case, row.title, about[row.case]) for row in rows]
    found += [
        # Whatever the case has come to, its record is there.
        FoundByName(FoundSort.RECORD, row.case, row.title, about[row.case])
        for row in rows
        if row.record
    ]
    found += [
        FoundByName(FoundSort.PERSON, item.person, item.name, item.unit)
        for item in people.found(installation, words)[:limit]
    ]
    return tuple(found)
