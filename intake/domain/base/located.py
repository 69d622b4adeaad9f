"""Refusals that know where: the file and the line of what was refused, in front of the sentence.

A place is only known when the content came from files; what travelled as JSON has none. Here is nothing about what a
playbook means.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Self

from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.toml_places import Path, line_of
from intake.domain.base.wording import Caption, Sentence, words

_FILE_LINE = Caption("FileLine", "{file}, line {line}")
_AT_LINE = Sentence("RefusedAtLine", "{place}: {refused}")


@dataclass(frozen=True, slots=True, order=True)
class FileLine:
    """A file by its short name, and a line of it counted from 1."""

    file: str
    line: int

    @property
    def named(self) -> Reason:
        return _FILE_LINE(file=self.file, line=self.line)

    def __str__(self) -> str:
        return words(self.named)


class PlacedRefusal(Refusal):
    """Base of refusals of something written in a file. The fact ``place`` is left out while nobody knows it."""

    @property
    def place(self) -> FileLine | None:
        found = self.facts.get("place")
        return found if isinstance(found, FileLine) else None

    @property
    def said(self) -> str:
        """What happened, without the place."""
        return self._fill("what")

    @property
    def what_happened(self) -> str:
        return words(self.told("what"))

    def told(self, part: str) -> Reason | None:
        """As of every refusal; ``what`` has the place in front of it."""
        told = super().told(part)
        return _AT_LINE(place=self.place.named, refused=told) if told and part == "what" and self.place else told

    def at(self, place: FileLine | None) -> Self:
        """The same refusal with its place, unless it has a closer one already."""
        return type(self)(**{**self.facts, "place": place}) if place and not self.place else self


@dataclass(slots=True)
class RefusalCollector:
    """What was refused so far. ``strict`` raises the first refusal; otherwise they are collected and reading goes on."""

    strict: bool = True
    refusals: list[PlacedRefusal] = field(default_factory=list)

    def add(self, refusal: PlacedRefusal) -> None:
        if self.strict:
            raise refusal
        # One slip often breaks several rules; the first refusal of a line names what has to be fixed first.
        if refusal.place is None or all(known.place != refusal.place for known in self.refusals):
            self.refusals.append(refusal)

    @contextmanager
    def each(self, place: FileLine | None = None) -> Iterator[None]:
        """Around the reading of one item: what it refuses is added, with ``place`` unless it names a closer one."""
        try:
            yield
        except PlacedRefusal as refusal:
            self.add(refusal.at(place))


class PlacedTable(dict[str, object]):
    """A table as TOML gives it, which also knows its own place and that of each of its keys."""

    __slots__ = ("keys_at", "place")

    def __init__(self, content: Mapping[str, object], place: FileLine, keys_at: Mapping[str, FileLine]) -> None:
        super().__init__(content)
        self.place = place
        self.keys_at = dict(keys_at)


def placed(document: Mapping[str, object], file: str, lines: Mapping[Path, int]) -> PlacedTable:
    """A document with the places ``toml_places.places`` found; every table in it becomes a ``PlacedTable``."""

    def table(value: Mapping[str, object], path: Path) -> PlacedTable:
        content = {key: inside(entry, (*path, key)) for key, entry in value.items()}
        keys_at = {key: FileLine(file, line_of(lines, (*path, key))) for key in value}
        return PlacedTable(content, FileLine(file, line_of(lines, path)), keys_at)

    def inside(value: object, path: Path) -> object:
        if isinstance(value, Mapping):
            return table(value, path)
        if isinstance(value, list):
            return [inside(entry, (*path, number)) for number, entry in enumerate(value)]
        return value

    return table(document, ())


def place_in(value: object, key: str = "") -> FileLine | None:
    """Where a table, or one of its keys, is; None when it did not come from a file."""
    if not isinstance(value, PlacedTable):
        return None
    return value.keys_at.get(key, value.place)


def like(table: Mapping[str, object], content: Mapping[str, object]) -> Mapping[str, object]:
    """``content`` at the places of ``table``, when it has any."""
    return PlacedTable(content, table.place, table.keys_at) if isinstance(table, PlacedTable) else dict(content)
