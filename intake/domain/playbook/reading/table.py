"""One table of a playbook, read strictly: the right type or an exact refusal, and nothing left over.

What the tables mean is in ``content``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from intake.domain.base.canonical import MAX_INTEGER, clean
from intake.domain.base.located import RefusalCollector, place_in
from intake.domain.base.reasons import Fact, Reason
from intake.domain.base.wording import Wording
from intake.domain.playbook import rules
from intake.domain.playbook.questions import Setting, Source
from intake.domain.playbook.reading.places import INSIDE, PART
from intake.domain.playbook.reading.refusals import MissingKey, UnknownKey, UnreadablePlaybook
from intake.domain.playbook.rules import Condition
from intake.domain.terms.boundaries import Value as Limit

_ENUM = TypeVar("_ENUM", bound=StrEnum)
_ITEM = TypeVar("_ITEM")
_NAME = re.compile(r"[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*")
_MAX_TEXT = 4000
_EXPECTED_TABLE = Wording("PlaybookTableExpected", "a table is expected")
_NO_TEXT = Wording("PlaybookNoText", "“{key}” must be a text")
_ODD_TEXT = Wording("PlaybookOddText", "“{key}” is too long or has odd spaces or characters")
_NO_ID = Wording("PlaybookNoId", "“{given}” cannot be an id")
_NO_FLAG = Wording("PlaybookNoFlag", "“{key}” must be true or false")
_NO_NUMBER = Wording("PlaybookNoNumber", "“{key}” must be a whole number")
_NOT_A_WORD = Wording("PlaybookUnknownWord", "“{given}” is no {key} we know")
_NO_DAY = Wording("PlaybookNoDay", "a day is not written as 2026-11-22")
_NO_TEXTS = Wording("PlaybookNoTexts", "“{key}” must be a list of texts")
_ODD_TEXTS = Wording("PlaybookOddTexts", "“{key}” repeats a text or has odd characters")
NO_TABLES = Wording("PlaybookNoTables", "“{key}” must be a list of tables")
_NO_NAMES = Wording("PlaybookNoNames", "“{key}” must be a table of texts")
_NO_SETTINGS = Wording("PlaybookNoSettings", "“{key}” must be a table of boundary fields")
_NO_LIMIT = Wording("PlaybookNoLimit", "“{key}” holds a value no boundary has")


class TableReader:
    """One table being read: each key is taken once, and ``done`` refuses what nobody took.

    Refusals name the key’s place when the table came from a file; ``found`` says what becomes of them.
    """

    def __init__(self, value: object, where: Fact, found: RefusalCollector | None = None) -> None:
        if not isinstance(value, Mapping):
            raise UnreadablePlaybook(detail=_EXPECTED_TABLE(), where=where)
        self._rest: dict[str, object] = dict(value)
        self._where = where
        self._value = value
        self._found = found or RefusalCollector()
        if isinstance(value.get("id"), str):
            self._where = PART(kind=where, id=str(value["id"])[:60])

    def done(self) -> None:
        if self._rest:
            key = min(map(str, self._rest))
            raise UnknownKey(detail=key, where=self._where, place=place_in(self._value, key))

    def text(self, key: str, default: str | None = None) -> str:
        found = self._take(key, default)
        if not isinstance(found, str) or (not found and default is None):
            raise self._unreadable(key, _NO_TEXT(key=key))
        if clean(found).strip() != found or len(found) > _MAX_TEXT:
            raise self._unreadable(key, _ODD_TEXT(key=key))
        return found

    def name(self, key: str) -> str:
        """An id: lower-case words joined by dots, hyphens or underscores."""
        found = self.text(key)
        if not _NAME.fullmatch(found) or len(found) > 60:
            raise self._unreadable(key, _NO_ID(given=found[:60]))
        return found

    def flag(self, key: str, *, default: bool) -> bool:
        found = self._take(key, default)
        if not isinstance(found, bool):
            raise self._unreadable(key, _NO_FLAG(key=key))
        return found

    def number(self, key: str, default: int) -> int:
        found = self.number_or_none(key)
        return default if found is None else found

    def number_or_none(self, key: str) -> int | None:
        if key not in self._rest:
            return None
        found = self._take(key, None)
        if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found <= MAX_INTEGER:
            raise self._unreadable(key, _NO_NUMBER(key=key))
        return found

    def word(self, key: str, words: type[_ENUM]) -> _ENUM:
        found = self.text(key)
        if found not in list(words):
            raise self._unreadable(key, _NOT_A_WORD(given=found[:60], key=key))
        return words(found)

    def word_or(self, key: str, default: _ENUM) -> _ENUM:
        return self.word(key, type(default)) if self.has(key) else default

    def has(self, key: str) -> bool:
        return key in self._rest

    def day(self, key: str) -> str:
        """A day as 2026-11-22, or nothing."""
        found = self.text(key, "")
        try:
            good = not found or date.fromisoformat(found).isoformat() == found
        except ValueError:
            good = False
        if not good:
            raise self._unreadable(key, _NO_DAY())
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        found = self._take(key, [])
        if not isinstance(found, list) or not all(isinstance(item, str) and item for item in found):
            raise self._unreadable(key, _NO_TEXTS(key=key))
        if any(clean(item).strip() != item for item in found) or len(set(found)) != len(found):
            raise self._unreadable(key, _ODD_TEXTS(key=key))
        return tuple(found)

    def sources(self, *, needed: bool = True) -> tuple[Source, ...]:
        """Written as "framework: reference", such as "eu-ai-act: Art. 26(2)"."""
        found = tuple(Source(*text.partition(": ")[::2]) for text in self.texts("sources"))
        if needed and not found:
            raise MissingKey(detail="sources", where=self._where, place=place_in(self._value, "sources"))
        return found

    def condition(self, key: str, nesting: int = rules.MAX_NESTING) -> Condition:
        try:
            return rules.read(self._take(key, None), self._key(key), nesting)
        except rules.UnreadableCondition as refusal:
            raise refusal.at(place_in(self._value, key)) from None

    def condition_or_none(self, key: str, nesting: int = rules.MAX_NESTING) -> Condition | None:
        return self.condition(key, nesting) if key in self._rest else None

    def table(self, key: str) -> TableReader:
        return TableReader(self._take(key, None), key, self._found)

    def each(self, key: str, make: Callable[[TableReader], _ITEM]) -> tuple[_ITEM, ...]:
        """What ``make`` makes of each table of a list."""
        found = self._take(key, [])
        if not isinstance(found, list):
            raise self._unreadable(key, NO_TABLES(key=key))
        where = self._key(key) if key in {"options", "levels"} else key
        made = []
        for item in found:
            with self._found.each(place_in(item) or place_in(self._value, key)):
                made.append(make(TableReader(item, where, self._found)))
        return tuple(made)

    def names(self, key: str, words: type[_ENUM] | None = None) -> dict[str, str]:
        """A table of texts; its keys are ``words`` where these are given."""
        found = self._take(key, {})
        if not isinstance(found, Mapping) or not all(isinstance(item, str) and item for item in found.values()):
            raise self._unreadable(key, _NO_NAMES(key=key))
        if words is not None and not set(found) <= set(words):
            odd = min(set(found) - set(words))
            raise UnknownKey(detail=odd, where=self._key(key), place=place_in(found, odd))
        return {str(name): str(item) for name, item in found.items()}

    def settings(self, key: str) -> tuple[Setting, ...]:
        found = self._take(key, {})
        if not isinstance(found, Mapping):
            raise self._unreadable(key, _NO_SETTINGS(key=key))
        return tuple(sorted((str(path), self._limit(key, limit)) for path, limit in found.items()))

    def _limit(self, key: str, limit: object) -> Limit:
        if isinstance(limit, bool | int | str):
            return limit
        if isinstance(limit, list) and all(isinstance(entry, str) for entry in limit):
            return frozenset(limit)
        raise self._unreadable(key, _NO_LIMIT(key=key))

    def _take(self, key: str, default: object) -> object:
        if key not in self._rest and default is None:
            raise MissingKey(detail=key, where=self._where, place=place_in(self._value))
        return self._rest.pop(key, default)

    def _key(self, key: str) -> Reason:
        return INSIDE(outer=self._where, inner=key)

    def _unreadable(self, key: str, detail: Reason) -> UnreadablePlaybook:
        return UnreadablePlaybook(detail=detail, where=self._where, place=place_in(self._value, key))
