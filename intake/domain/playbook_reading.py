"""Strict reading of a playbook: from TOML files into one document, and from that document into frozen content.

Every table is emptied key by key and what is left over is refused, so a misspelt key never passes as an absent one.
What only shows when the whole is there (references, cycles, missing sources) is left to ``playbook_checks``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from intake.domain import rules
from intake.domain.boundaries import Value as Limit
from intake.domain.canonical import MAX_INTEGER, Json, clean
from intake.domain.playbook_content import (
    FORMAT,
    Area,
    Control,
    Duty,
    Framework,
    Kind,
    Lane,
    Option,
    Page,
    Playbook,
    Question,
    Reference,
    Role,
    Route,
    Section,
    Setting,
    Source,
    Step,
    Threat,
    TierPath,
    TierRule,
)
from intake.domain.refusals import Refusal
from intake.domain.rules import Condition, Tier

_ENUM = TypeVar("_ENUM", bound=StrEnum)
_NAME = re.compile(r"[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*")
_LISTS = ("rules", "threats", "controls", "duties")
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


def document(files: Mapping[str, bytes]) -> dict[str, object]:
    """Join TOML files into the one document ``read`` takes. Raises UnreadablePlaybook."""
    tables = {name.rsplit("/", 1)[-1].removesuffix(".toml"): _toml(name, data) for name, data in files.items()}
    if len(tables) != len(files):
        raise UnreadablePlaybook(detail="two files have the same name", where="files")
    made: dict[str, object] = {"format": FORMAT, **_taken(tables, "meta")}
    order = made.pop("order", None)
    if not isinstance(order, list) or not all(isinstance(name, str) for name in order):
        raise MissingKey(detail="order", where="meta")
    screening = _taken(tables, "screening")
    made["routes"] = screening.pop("routes", [])
    made["screening"] = screening
    for name in _LISTS:
        table = _taken(tables, name)
        made[name] = table.pop(name, [])
        if table:
            raise UnknownKey(detail=f"“{min(table)}”", where=name)
    made["frameworks"] = _taken(tables, "sources").get("frameworks", [])
    made["sections"] = [_taken(tables, name) for name in order]
    if tables:
        raise UnreadablePlaybook(detail=f"the file {min(tables)}.toml is not named in “order”", where="meta")
    return made


def read(value: object) -> Playbook:
    """Read the document; references are not checked yet. Raises UnreadablePlaybook or UnreadableCondition."""
    table = Table(value, "the whole playbook")
    if table.text("format") != FORMAT:
        raise UnreadablePlaybook(detail=f"it is not in the form {FORMAT}", where="format")
    playbook = Playbook(
        id=table.name("id"),
        version=table.text("version"),
        language=table.text("language"),
        title=table.text("title"),
        roles=tuple(sorted((Role(key), name) for key, name in table.names("roles", Role).items())),
        screening=_section(table.table("screening")),
        routes=tuple(_route(item) for item in table.tables("routes")),
        sections=tuple(_section(item) for item in table.tables("sections")),
        rules=tuple(_rule(item) for item in table.tables("rules")),
        paths=tuple(_path(item) for item in table.tables("paths")),
        threats=tuple(_threat(item) for item in table.tables("threats")),
        controls=tuple(_control(item) for item in table.tables("controls")),
        duties=tuple(_duty(item) for item in table.tables("duties")),
        frameworks=tuple(_framework(item) for item in table.tables("frameworks")),
    )
    table.done()
    return replace(playbook, frameworks=_only_cited(playbook))


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

    def condition(self, key: str) -> Condition:
        return rules.read(self._take(key, None), f"{self._where}, {key}")

    def condition_or_none(self, key: str) -> Condition | None:
        return self.condition(key) if key in self._rest else None

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


def _toml(name: str, data: bytes) -> dict[str, object]:
    try:
        return tomllib.loads(data.decode("utf-8", "strict"))
    except UnicodeDecodeError:
        raise NotToml(detail="it is not UTF-8 text", where=name) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise NotToml(detail=str(error)[:120], where=name) from None


def _taken(tables: dict[str, dict[str, object]], name: str) -> dict[str, object]:
    if name not in tables:
        raise UnreadablePlaybook(detail=f"the file {name}.toml is missing", where="files")
    return tables.pop(name)


def _section(table: Table) -> Section:
    made = Section(
        table.name("id"), table.text("title"), table.text("intro"), tuple(_page(item) for item in table.tables("pages"))
    )
    table.done()
    return made


def _page(table: Table) -> Page:
    made = Page(
        table.name("id"),
        table.text("title"),
        tuple(_question(item) for item in table.tables("questions")),
        table.text("intro", ""),
    )
    table.done()
    return made


def _question(table: Table) -> Question:
    made = Question(
        id=table.name("id"),
        label=table.text("label"),
        text=table.text("text"),
        why=table.text("why"),
        kind=table.word("kind", Kind),
        sources=table.sources(),
        help=table.text("help", ""),
        example=table.text("example", ""),
        unit=table.text("unit", ""),
        options=tuple(_option(item) for item in table.tables("options")),
        required=table.flag("required", default=True),
        required_if=table.condition_or_none("required_if"),
        shown_if=table.condition_or_none("shown_if"),
        may_be_unknown=table.flag("may_be_unknown", default=True),
        least=table.number("least", 0),
        most=table.number_or_none("most"),
        item_most=table.number("item_most", 200),
        boundary=table.text("boundary", ""),
    )
    table.done()
    return made


def _option(table: Table) -> Option:
    made = Option(table.name("id"), table.text("label"), table.text("hint", ""), table.settings("sets"))
    table.done()
    return made


def _route(table: Table) -> Route:
    made = Route(
        id=table.name("id"),
        title=table.text("title"),
        explanation=table.text("explanation"),
        instead=table.text("instead", ""),
        stops=table.flag("stops", default=False),
        minutes=table.number("minutes", 0),
        have_ready=table.texts("have_ready"),
        sources=table.sources(needed=False),
        when=table.condition_or_none("when"),
    )
    table.done()
    return made


def _rule(table: Table) -> TierRule:
    made = TierRule(
        table.name("id"), table.word("tier", Tier), table.text("sentence"), table.sources(), table.condition("when")
    )
    table.done()
    return made


def _path(table: Table) -> TierPath:
    made = TierPath(
        tier=table.word("tier", Tier),
        label=table.text("label"),
        lane=table.word("lane", Lane),
        lane_label=table.text("lane_label"),
        sentence=table.text("sentence"),
        why=table.text("why"),
        sources=table.sources(),
        days=table.number("days", 0),
        valid_days=table.number("valid_days", 0),
    )
    table.done()
    return made


def _threat(table: Table) -> Threat:
    made = Threat(
        table.name("id"),
        table.text("title"),
        table.text("why"),
        table.word("area", Area),
        table.sources(),
        table.condition("when"),
    )
    table.done()
    return made


def _control(table: Table) -> Control:
    made = Control(
        id=table.name("id"),
        title=table.text("title"),
        why=table.text("why"),
        area=table.word("area", Area),
        owner=table.text("owner"),
        stage=table.word("stage", Step),
        evidence=table.texts("evidence"),
        sources=table.sources(),
        mitigates=table.texts("mitigates"),
        when=table.condition_or_none("when"),
        proposes=table.settings("proposes"),
    )
    table.done()
    return made


def _duty(table: Table) -> Duty:
    made = Duty(
        id=table.name("id"),
        text=table.text("text"),
        why=table.text("why"),
        who=table.text("who"),
        due=table.text("due"),
        sources=table.sources(),
        when=table.condition("when"),
        applies_from=table.text("applies_from", ""),
    )
    table.done()
    if made.applies_from:
        try:
            found = date.fromisoformat(made.applies_from).isoformat()
        except ValueError:
            found = ""
        if found != made.applies_from:
            raise UnreadablePlaybook(detail="a day is not written as 2026-11-22", where=f"duties “{made.id}”")
    return made


def _framework(table: Table) -> Framework:
    made = Framework(
        id=table.name("id"),
        title=table.text("title"),
        publisher=table.text("publisher"),
        version=table.text("version"),
        identifier=table.text("identifier"),
        refs=tuple(Reference(ref, title) for ref, title in sorted(table.names("refs").items())),
    )
    table.done()
    return made


def _only_cited(playbook: Playbook) -> tuple[Framework, ...]:
    """Frameworks cut down to what is cited, so that a longer catalogue does not rename an unchanged playbook."""
    cited = {source for item in playbook.items for source in item.sources}
    kept = (
        replace(item, refs=tuple(ref for ref in item.refs if Source(item.id, ref.ref) in cited))
        for item in sorted(playbook.frameworks, key=lambda item: item.id)
    )
    return tuple(item for item in kept if item.refs)
