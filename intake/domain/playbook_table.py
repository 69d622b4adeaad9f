"""One table of a playbook, read strictly: the right type or an exact refusal, and nothing left over.

Here are the refusals every reader of playbooks shares. What the tables mean is in ``playbook_reading``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from intake.domain import rules
from intake.domain.boundaries import Value as Limit
from intake.domain.canonical import MAX_INTEGER, clean
from intake.domain.playbook_content import Setting, Source
from intake.domain.refusals import Refusal
from intake.domain.rules import Condition

_ENUM = TypeVar("_ENUM", bound=StrEnum)
_NAME = re.compile(r"[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*")
_MAX_TEXT = 4000


class UnreadablePlaybook(Refusal):
    what = "The playbook cannot be read: {detail} ({where})."
    why = "People answer, and offices sign, what the playbook says, so nothing in it is guessed."
    next = "Correct the playbook and load it again."


class UnknownKey(UnreadablePlaybook):
    what = "The playbook has a key that means nothing here: {detail} ({where})."
    why = "A misspelt key would silently drop a reason, a condition or a limit."


class MissingKey(UnreadablePlaybook):
    what = "The playbook leaves out something it needs: “{detail}” ({where})."
    why = "Each question says why it is asked and where it comes from; people follow reasons, not forms."


class NotToml(UnreadablePlaybook):
    what = "A file of the playbook is not TOML: {detail} ({where})."


class Table:
    """One table being read: each key is taken once, and ``done`` refuses what nobody took."""

    def __init__(self, value: object, where: str) -> None:
        if not isinstance(value, Mapping):
            raise UnreadablePlaybook(detail="a table is expected", where=where)
        self._rest: dict[str, object] = dict(value)
        self._where = where
        if isinstance(value.get("id"), str):
            self._where = f"{where} “{str(value['id'])[:60]}”"

    def done(self) -> None:
        if self._rest:
            raise UnknownKey(detail=f"“{min(map(str, self._rest))}”", where=self._where)

    def text(self, key: str, default: str | None = None) -> str:
        found = self._take(key, default)
        if not isinstance(found, str) or (not found and default is None):
            raise UnreadablePlaybook(detail=f"“{key}” must be a text", where=self._where)
        if clean(found).strip() != found or len(found) > _MAX_TEXT:
            raise UnreadablePlaybook(detail=f"“{key}” is too long or has odd spaces or characters", where=self._where)
        return found

    def name(self, key: str) -> str:
        """An id: lower-case words joined by dots, hyphens or underscores."""
        found = self.text(key)
        if not _NAME.fullmatch(found) or len(found) > 60:
            raise UnreadablePlaybook(detail=f"“{found[:60]}” cannot be an id", where=self._where)
        return found

    def flag(self, key: str, *, default: bool) -> bool:
        found = self._take(key, default)
        if not isinstance(found, bool):
            raise UnreadablePlaybook(detail=f"“{key}” must be true or false", where=self._where)
        return found

    def number(self, key: str, default: int) -> int:
        found = self.number_or_none(key)
        return default if found is None else found

    def number_or_none(self, key: str) -> int | None:
        if key not in self._rest:
            return None
        found = self._take(key, None)
        if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found <= MAX_INTEGER:
            raise UnreadablePlaybook(detail=f"“{key}” must be a whole number", where=self._where)
        return found

    def word(self, key: str, words: type[_ENUM]) -> _ENUM:
        found = self.text(key)
        if found not in list(words):
            raise UnreadablePlaybook(detail=f"“{found[:60]}” is no {key} we know", where=self._where)
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
            raise UnreadablePlaybook(detail="a day is not written as 2026-11-22", where=self._where)
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        found = self._take(key, [])
        if not isinstance(found, list) or not all(isinstance(item, str) and item for item in found):
            raise UnreadablePlaybook(detail=f"“{key}” must be a list of texts", where=self._where)
        if any(clean(item).strip() != item for item in found) or len(set(found)) != len(found):
            raise UnreadablePlaybook(detail=f"“{key}” repeats a text or has odd characters", where=self._where)
        return tuple(found)

    def sources(self, *, needed: bool = True) -> tuple[Source, ...]:
        """Written as "framework: reference", such as "eu-ai-act: Art. 26(2)"."""
        found = tuple(Source(*text.partition(": ")[::2]) for text in self.texts("sources"))
        if needed and not found:
            raise MissingKey(detail="sources", where=self._where)
        return found

    def condition(self, key: str, nesting: int = rules.MAX_NESTING) -> Condition:
        return rules.read(self._take(key, None), f"{self._where}, {key}", nesting)

    def condition_or_none(self, key: str, nesting: int = rules.MAX_NESTING) -> Condition | None:
        return self.condition(key, nesting) if key in self._rest else None

    def table(self, key: str) -> Table:
        return Table(self._take(key, None), key)

    def tables(self, key: str) -> tuple[Table, ...]:
        found = self._take(key, [])
        if not isinstance(found, list):
            raise UnreadablePlaybook(detail=f"“{key}” must be a list of tables", where=self._where)
        return tuple(Table(item, f"{self._where}, {key}" if key == "options" else key) for item in found)

    def names(self, key: str, words: type[_ENUM] | None = None) -> dict[str, str]:
        """A table of texts; its keys are ``words`` where these are given."""
        found = self._take(key, {})
        if not isinstance(found, Mapping) or not all(isinstance(item, str) and item for item in found.values()):
            raise UnreadablePlaybook(detail=f"“{key}” must be a table of texts", where=self._where)
        if words is not None and not set(found) <= set(words):
            raise UnknownKey(detail=f"“{min(set(found) - set(words))}”", where=f"{self._where}, {key}")
        return {str(name): str(item) for name, item in found.items()}

    def settings(self, key: str) -> tuple[Setting, ...]:
        found = self._take(key, {})
        if not isinstance(found, Mapping):
            raise UnreadablePlaybook(detail=f"“{key}” must be a table of boundary fields", where=self._where)
        return tuple(sorted((str(path), self._limit(key, limit)) for path, limit in found.items()))

    def _limit(self, key: str, limit: object) -> Limit:
        if isinstance(limit, bool | int | str):
            return limit
        if isinstance(limit, list) and all(isinstance(entry, str) for entry in limit):
            return frozenset(limit)
        raise UnreadablePlaybook(detail=f"“{key}” holds a value no boundary has", where=self._where)

    def _take(self, key: str, default: object) -> object:
        if key not in self._rest and default is None:
            raise MissingKey(detail=key, where=self._where)
        return self._rest.pop(key, default)
