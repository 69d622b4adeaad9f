"""Statements over the tables of ``schema``: SQLAlchemy expressions, turned into text once and run as that text.

A statement is a constant of the module that asks it; ``bindparam`` names what it is given. SQLAlchemy itself looks a
statement up among the compiled ones at every call and writes a list of names into it each time, which costs up to three
times what SQLite takes to answer. What only SQLite has is no expression: see ``pragmas`` and ``views.full_text``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, partial
from operator import itemgetter
from typing import Any, Generic, TypeVarTuple, cast, overload

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Connection,
    CursorResult,
    Delete,
    Insert,
    Row,
    Select,
    Update,
    bindparam,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.compiler import SQLCompiler

Ts = TypeVarTuple("Ts")

MOST = 512
"""Names in one list, far fewer than SQLite takes."""

NAMES: BindParameter[Any] = bindparam("names", expanding=True)
"""The list a statement is asked with, as in ``act.c.act_id.in_(NAMES)``; see ``Statement.among``."""

_EVERY_LENGTH = 16
"""Lists up to here are asked with as they are."""

_DIALECT = sqlite.dialect()


class Statement(Generic[*Ts]):
    """One statement. An insert without ``values`` is given every column of its table, by name.

    Rows come as SQLite gives them: what is true or false is 1 or 0.
    """

    @overload
    def __init__(self, statement: Select[*Ts] | CompoundSelect[*Ts]) -> None: ...
    @overload
    def __init__(self: Statement[*tuple[Any, ...]], statement: Insert | Update | Delete) -> None: ...
    def __init__(self, statement: Any) -> None:
        self._statement = statement
        self._gives_rows = isinstance(statement, (Select, CompoundSelect))
        self._texts: dict[int, str] = {}

    def run(self, connection: Connection, **values: object) -> CursorResult[*Ts]:
        """Run it with what it names."""
        return cast("CursorResult[*Ts]", connection.exec_driver_sql(self.text(), self._row_in_order(values)))

    def run_each(self, connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        """Run it for one row after the other; not at all without rows."""
        given = list(map(self._row_in_order, rows))
        if given:
            connection.exec_driver_sql(self.text(), given)

    def among(self, connection: Connection, names: Iterable[object], **values: object) -> list[Row[*Ts]]:
        """Run it for all of the ``names``, in as many pieces as it takes; gives the rows of all, if it gives rows."""
        found: list[Row[*Ts]] = []
        for piece in pieces(names):
            asked = _filled_up(piece)
            given = asked if self._takes_names_only else self._in_order(asked, values)
            result = cast("CursorResult[*Ts]", connection.exec_driver_sql(self.text(len(asked)), given))
            if self._gives_rows:
                found += result.all()
        return found

    def text(self, size: int = 1) -> str:
        """What SQLite is told, with a list of ``size`` names."""
        known = self._texts.get(size)
        if known is None:
            known = self._texts[size] = self._compiled.construct_expanded_state(self._marked(size)).statement
        return known

    def _in_order(self, names: tuple[object, ...], values: Mapping[str, object]) -> tuple[object, ...]:
        given: list[object] = []
        for place in self._places:
            if type(place) is not _Given:
                given.append(place)
            elif place == NAMES.key:
                given += names
            else:
                given.append(values[place])
        return tuple(given)

    @cached_property
    def _row_in_order(self) -> Callable[[Mapping[str, Any]], tuple[object, ...]]:
        names = [place for place in self._places if type(place) is _Given]
        if len(names) != len(self._places) or not names:
            return partial(self._in_order, ())
        return itemgetter(*names) if len(names) > 1 else lambda row: (row[names[0]],)

    @cached_property
    def _compiled(self) -> SQLCompiler:
        return cast("SQLCompiler", self._statement.compile(dialect=_DIALECT))

    @cached_property
    def _places(self) -> tuple[object, ...]:
        """What goes into each place of the text: something given, by its name, or a value that the statement holds."""
        return tuple(self._compiled.construct_expanded_state(self._marked(1)).positional_parameters)

    @cached_property
    def _takes_names_only(self) -> bool:
        return self._places == (NAMES.key,)

    def _marked(self, size: int) -> dict[str, Any]:
        named = {name: _Given(name) for name, bind in self._compiled.binds.items() if bind.required}
        return {name: [mark] * size if name == NAMES.key else mark for name, mark in named.items()}


class _Given(str):
    """The name of something a statement is given."""

    __slots__ = ()


def pieces(names: Iterable[object]) -> Sequence[tuple[object, ...]]:
    """``names`` in pieces that fit into one list."""
    every = tuple(names)
    if len(every) <= MOST:
        return (every,) if every else ()
    return [every[start : start + MOST] for start in range(0, len(every), MOST)]


def _filled_up(piece: tuple[object, ...]) -> tuple[object, ...]:
    """Say the last name again until the length is one of a few: of all others no text is made, and SQLite parses none."""
    size = len(piece)
    if size < _EVERY_LENGTH:
        return piece
    missing = -size % (1 << (size.bit_length() - 4))
    return piece + piece[-1:] * missing
