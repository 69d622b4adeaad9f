"""Reading a playbook: from TOML files into one document, and from that document into frozen content.

What only shows when the whole is there (references, cycles, missing sources) is left to ``playbook_checks``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace

from intake.domain import rules
from intake.domain.playbook_content import (
    Framework,
    Kind,
    Option,
    Page,
    Question,
    Reference,
    Role,
    Route,
    Section,
    Source,
)
from intake.domain.playbook_judged import (
    Area,
    Chapter,
    Classification,
    Contradiction,
    Control,
    Duty,
    Lane,
    Level,
    Step,
    Threat,
    TierPath,
    TierRule,
)
from intake.domain.playbook_table import MissingKey, NotToml, Table, UnknownKey, UnreadablePlaybook
from intake.domain.playbook_whole import FORMAT, Playbook
from intake.domain.terms import Stage
from intake.domain.tier import Tier

_LISTS = ("rules", "threats", "controls", "duties")
_MORE_LISTS = ("contradictions", "classifications", "chapters")
"""Files a playbook may do without."""


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
    named = tables.get("rules", {}).pop("conditions", {})
    thresholds = tables.get("rules", {}).pop("thresholds", {})
    for name in (*_LISTS, *(name for name in _MORE_LISTS if name in tables)):
        table = _taken(tables, name)
        made[name] = table.pop(name, [])
        if table:
            raise UnknownKey(detail=f"“{min(table)}”", where=name)
    made["frameworks"] = _taken(tables, "sources").get("frameworks", [])
    made["sections"] = [_taken(tables, name) for name in order]
    if tables:
        raise UnreadablePlaybook(detail=f"the file {min(tables)}.toml is not named in “order”", where="meta")
    return {key: _with_numbers(_spelt_out(value, named), thresholds) for key, value in made.items()}


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
        contradictions=tuple(_contradiction(item) for item in table.tables("contradictions")),
        classifications=tuple(_classification(item) for item in table.tables("classifications")),
        chapters=tuple(_chapter(item) for item in table.tables("chapters")),
    )
    table.done()
    return replace(playbook, frameworks=_only_cited(playbook))


def _toml(name: str, data: bytes) -> dict[str, object]:
    try:
        return tomllib.loads(data.decode("utf-8", "strict"))
    except UnicodeDecodeError:
        raise NotToml(detail="it is not UTF-8 text", where=name) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise NotToml(detail=str(error)[:120], where=name) from None


def _spelt_out(value: object, named: object) -> object:
    """Replace ``{ named = "…" }`` by the condition of that name, so that what is signed holds no abbreviations."""
    if isinstance(value, list):
        return [_spelt_out(item, named) for item in value]
    if not isinstance(value, Mapping):
        return value
    if set(value) != {"named"}:
        return {key: _spelt_out(item, named) for key, item in value.items()}
    if not isinstance(named, Mapping) or value["named"] not in named:
        raise UnreadablePlaybook(detail=f"there is no condition named “{value['named']}”", where="conditions")
    # A condition may use others, but never itself.
    return _spelt_out(named[value["named"]], {name: item for name, item in named.items() if name != value["named"]})


def _with_numbers(value: object, thresholds: object) -> object:
    """Replace ``{ threshold = "…" }`` by the number of that name, so that a house can move a limit in one place."""
    if isinstance(value, list):
        return [_with_numbers(item, thresholds) for item in value]
    if not isinstance(value, Mapping):
        return value
    if set(value) != {"threshold"}:
        return {key: _with_numbers(item, thresholds) for key, item in value.items()}
    if not isinstance(thresholds, Mapping) or value["threshold"] not in thresholds:
        raise UnreadablePlaybook(detail=f"there is no threshold named “{value['threshold']}”", where="thresholds")
    return thresholds[value["threshold"]]


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
        required_if=table.condition_or_none("required_if", rules.MAX_NESTING - 1),
        shown_if=table.condition_or_none("shown_if", rules.MAX_NESTING - 1),
        needed=table.word_or("needed", Stage.IDEA),
        expected_if=table.condition_or_none("expected_if", rules.MAX_NESTING - 1),
        may_be_unknown=table.flag("may_be_unknown", default=True),
        least=table.number("least", 0),
        most=table.number_or_none("most"),
        item_most=table.number("item_most", 200),
        boundary=table.text("boundary", ""),
    )
    table.done()
    return made


def _option(table: Table) -> Option:
    made = Option(
        table.name("id"),
        table.text("label"),
        table.text("hint", ""),
        table.flag("alone", default=False),
        table.settings("sets"),
    )
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
        id=table.name("id"),
        tier=table.word("tier", Tier),
        sentence=table.text("sentence"),
        sources=table.sources(),
        when=table.condition("when"),
        lowered_by=table.text("lowered_by", ""),
        applies_from=table.day("applies_from"),
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
        text=table.text("text", ""),
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
        applies_from=table.day("applies_from"),
        by=table.word_or("by", Step.BEFORE_PILOT) if table.has("by") else None,
    )
    table.done()
    return made


def _contradiction(table: Table) -> Contradiction:
    made = Contradiction(
        table.name("id"), table.text("sentence"), table.text("why"), table.sources(), table.condition("when")
    )
    table.done()
    return made


def _classification(table: Table) -> Classification:
    made = Classification(
        id=table.name("id"),
        title=table.text("title"),
        why=table.text("why"),
        sources=table.sources(),
        levels=tuple(_level(item) for item in table.tables("levels")),
    )
    table.done()
    return made


def _level(table: Table) -> Level:
    made = Level(
        id=table.name("id"),
        label=table.text("label"),
        sentence=table.text("sentence"),
        sources=table.sources(needed=False),
        when=table.condition_or_none("when"),
    )
    table.done()
    return made


def _chapter(table: Table) -> Chapter:
    made = Chapter(table.name("id"), table.text("title"), table.texts("text"), table.sources())
    table.done()
    if not made.text:
        raise MissingKey(detail="text", where=f"chapters “{made.id}”")
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
