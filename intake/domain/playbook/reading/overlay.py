"""An overlay: a folder of TOML with which an organisation adds to the core playbook, or makes it stricter, without code.

It is laid over the core's files before anything is read, so the result is a playbook like any other: checked as a whole,
named by one digest that covers every word of both, and exchanged whole. What an overlay may restate of the core is in
``restating``; everything else an overlay brings is its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from intake.domain.base.located import PlacedRefusal, PlacedTable, RefusalCollector, place_in
from intake.domain.base.wording import Wording
from intake.domain.playbook.reading.document import (
    LISTS,
    MORE_LISTS,
    NAMES,
    NO_FILE,
    joined,
    names_in,
    parsed,
    refuse_odd_names,
    refuse_rest,
    refuse_unnamed,
    spelt_out,
)
from intake.domain.playbook.reading.named import Conditions
from intake.domain.playbook.reading.places import At
from intake.domain.playbook.reading.playbook import whole
from intake.domain.playbook.reading.refusals import (
    AnotherCore,
    CoreName,
    MayNotChange,
    MissingKey,
    RepeatedId,
    UnknownKey,
    UnreadablePlaybook,
    WouldWeaken,
)
from intake.domain.playbook.reading.restating import limits, restated
from intake.domain.playbook.reading.table import NO_TABLES
from intake.domain.playbook.whole import Playbook
from intake.domain.terms.tier import Tier

LESS_OFTEN = Wording("OverlayLessOften", "{new} for “{name}” lets a rule of the law fire less often than {old}")
_OWN = ("id", "version", "title")
_META = {*_OWN, "extends", "language", "order", "roles", "paths"}
_KINDS = {
    "rules": "rule",
    "threats": "threat",
    "controls": "control",
    "duties": "duty",
    "contradictions": "contradiction",
    "classifications": "classification",
    "chapters": "chapter",
}


def overlaid(base: Mapping[str, bytes], overlay: Mapping[str, bytes]) -> Playbook:
    """The playbook that the TOML files of ``overlay`` make of those of ``base``, both by name as for ``playbook.load``.

    Raises what ``playbook.load`` raises, AnotherCore, CoreName, MayNotChange or WouldWeaken; each names file and line.
    """
    found = RefusalCollector()
    return whole(spelt_out(_laid_over(base, overlay, found), found), found)


def refusals(base: Mapping[str, bytes], overlay: Mapping[str, bytes]) -> tuple[PlacedRefusal, ...]:
    """Everything ``overlaid`` would refuse, as much as one reading can tell; nothing when it reads it."""
    found = RefusalCollector(strict=False)
    with found.each():
        document = _laid_over(base, overlay, found)
        if not found.refusals:
            document = spelt_out(document, found)
        if not found.refusals:
            whole(document, found)
    return tuple(found.refusals)


def is_overlay(files: Mapping[str, bytes]) -> bool:
    """Whether these files say what they extend. Raises NotToml when ``meta.toml`` cannot be read."""
    found = RefusalCollector()
    meta = {name: data for name, data in files.items() if name.rsplit("/", 1)[-1] == "meta.toml"}
    return "extends" in parsed(meta, found).get("meta", {})


def _laid_over(base: Mapping[str, bytes], overlay: Mapping[str, bytes], found: RefusalCollector) -> PlacedTable:
    core = joined(parsed(base, RefusalCollector(), folders=1), RefusalCollector())
    tables = parsed(overlay, found)
    if found.refusals:
        return core
    return _Laying(core, tables, found).made()


class _Laying:
    """One overlay being laid over one core."""

    def __init__(self, core: PlacedTable, tables: Mapping[str, PlacedTable], found: RefusalCollector) -> None:
        self._core = core
        self._rest = {name: PlacedTable(table, table.place, table.keys_at) for name, table in tables.items()}
        self._found = found

    def made(self) -> PlacedTable:
        core, made = self._core, PlacedTable(self._core, self._core.place, self._core.keys_at)
        meta = self._meta(made)
        self._names(made)
        for name in (*LISTS, *MORE_LISTS):
            if table := self._rest.pop(name, None):
                made[name] = self._list(_KINDS[name], core.get(name, []), self._taken(table, name))
                made.keys_at.setdefault(name, table.place)
                refuse_rest(table, name, self._found)
        if table := self._rest.pop("sources", None):
            made["frameworks"] = self._list("framework", core["frameworks"], self._taken(table, "frameworks"))
            refuse_rest(table, "sources", self._found)
        if table := self._rest.pop("screening", None):
            made["routes"] = self._list("route", core["routes"], self._taken(table, "routes"))
            made["screening"] = self._section(core["screening"], table)
        self._sections(made, meta)
        refuse_unnamed(self._rest, self._found)
        return made

    def _meta(self, made: PlacedTable) -> PlacedTable:
        """Take over who the overlay is; gives its own meta table. Roles and paths are laid over the core's."""
        core, found = self._core, self._found
        meta = self._rest.pop("meta", None)
        if meta is None:
            raise UnreadablePlaybook(detail=NO_FILE(file="meta.toml"), where="files")
        for key in (*_OWN, "extends"):
            if key not in meta:
                found.add(MissingKey(detail=key, where="meta", place=meta.place))
        for key in sorted(meta.keys() - _META):
            found.add(UnknownKey(detail=key, where="meta", place=place_in(meta, key)))
        if meta.get("extends", core["id"]) != core["id"]:
            facts = {"detail": meta["extends"], "core": core["id"]}
            found.add(AnotherCore(**facts, where="meta", place=place_in(meta, "extends")))
        if meta.get("id") == core["id"]:
            found.add(CoreName(detail=meta["id"], where="meta", place=place_in(meta, "id")))
        for key in (*_OWN, "language"):
            if key in meta:
                made[key], made.keys_at[key] = meta[key], meta.keys_at[key]
        if "roles" in meta:
            made["roles"] = self._added("roles", meta["roles"])
        if "paths" in meta:
            made["paths"] = self._list("path", core["paths"], self._taken(meta, "paths"))
        return meta

    def _names(self, made: PlacedTable) -> None:
        """Lay conditions and thresholds over the core's: new names only, and limits that may move to the strict side."""
        rules = self._rest.get("rules")
        if rules is None:
            return
        for name in NAMES:
            refuse_odd_names(name, rules.get(name, {}), place_in(rules, name), self._found)
        if "conditions" in rules:
            made["conditions"] = self._added("conditions", rules.pop("conditions"))
        if "thresholds" in rules:
            moved = rules.pop("thresholds")
            self._refuse_weaker_limits(moved)
            made["thresholds"] = {**_mapping(self._core["thresholds"]), **_mapping(moved)}

    def _refuse_weaker_limits(self, moved: object) -> None:
        before = _mapping(self._core["thresholds"])
        for name, lower in guarded_limits(self._core):
            old, new = before.get(name), _mapping(moved).get(name)
            if isinstance(old, int) and isinstance(new, int) and (new > old if lower else new < old):
                detail = LESS_OFTEN(new=new, name=name, old=old)
                where = At("thresholds", key=name)
                self._found.add(WouldWeaken(detail=detail, where=where, place=place_in(moved, name)))

    def _sections(self, made: PlacedTable, meta: PlacedTable) -> None:
        core, found = self._core, self._found
        order = list(_texts(core["order"]))
        sections = dict(zip(order, _tables(core["sections"]), strict=True))
        for name in order:
            if table := self._rest.pop(name, None):
                sections[name] = self._section(sections[name], table)
        for name in names_in(meta, "order", found) if "order" in meta else ():
            place = place_in(meta, "order")
            if name in sections:
                found.add(MayNotChange(key="order", where=At("meta"), place=place))
            elif table := self._rest.pop(name, None):
                sections[name] = table
            else:
                found.add(UnreadablePlaybook(detail=NO_FILE(file=f"{name}.toml"), where="files", place=place))
        made["sections"] = list(sections.values())

    def _section(self, core: object, table: PlacedTable) -> PlacedTable:
        assert isinstance(core, PlacedTable)
        table.setdefault("id", core["id"])
        if table["id"] != core["id"]:
            place = place_in(table, "id")
            self._found.add(MayNotChange(key="id", where=At("section", str(core["id"])), place=place))
        pages = self._taken(table, "pages")
        made = restated("section", core, table, self._found)
        made["pages"] = self._list("page", core["pages"], pages)
        return made

    def _list(self, kind: str, core: object, items: Sequence[object]) -> list[object]:
        """The core's list with restated items in their place and new ones behind; new routes before the open one."""
        name = "tier" if kind == "path" else "id"
        made = {str(table.get(name)): table for table in _tables(core)}
        new: list[object] = []
        seen: set[str] = set()
        for item in items:
            given = str(item.get(name)) if isinstance(item, PlacedTable) else ""
            if not isinstance(item, PlacedTable) or given not in made:
                # Whatever is wrong with something new is said when the whole is read.
                new.append(item)
            elif given in seen:
                self._found.add(RepeatedId(detail=given, where=At(kind, given), place=item.place))
            else:
                made[given] = self._restated(kind, made[given], item)
                seen.add(given)
        listed = list(made.values())
        return [*listed[:-1], *new, *listed[-1:]] if kind == "route" else [*listed, *new]

    def _restated(self, kind: str, core: PlacedTable, item: PlacedTable) -> PlacedTable:
        if kind != "page":
            return restated(kind, core, item, self._found)
        questions = self._taken(item, "questions")
        made = restated(kind, core, item, self._found)
        made["questions"] = self._list("question", core["questions"], questions)
        return made

    def _added(self, key: str, names: object) -> Mapping[str, object]:
        """A table of the core with further names; what the core already has a meaning for keeps it."""
        core = _mapping(self._core.get(key))
        for name, value in _mapping(names).items():
            if name in core and core[name] != value:
                self._found.add(MayNotChange(key=name, where=At(key), place=place_in(names, name)))
        places = {**getattr(core, "keys_at", {}), **getattr(names, "keys_at", {})}
        return PlacedTable({**_mapping(names), **core}, getattr(names, "place", self._core.place), places)

    def _taken(self, table: PlacedTable, key: str) -> Sequence[object]:
        items = table.pop(key, [])
        if isinstance(items, list):
            return items
        place = place_in(table, key)
        self._found.add(UnreadablePlaybook(detail=NO_TABLES(key=key), where=key, place=place))
        return ()


def guarded_limits(core: Mapping[str, object]) -> Iterator[tuple[str, bool]]:
    """The thresholds of a core on which something of the law rests, each with whether a lower number is the strict side.

    These are the two strict tiers, the classifications, and whether a question is asked at all.
    """
    strict = {Tier.HIGH.value, Tier.PROHIBITED.value}
    guarded = [rule.get("when") for rule in _tables(core["rules"]) if rule.get("tier") in strict]
    guarded += [
        core.get("classifications"),
        [_shown_if(section) for section in (core["screening"], core["sections"])],
    ]
    return limits(Conditions(core["conditions"], RefusalCollector()).spelt_out(guarded))


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _tables(value: object) -> list[PlacedTable]:
    return [item for item in value if isinstance(item, PlacedTable)] if isinstance(value, list) else []


def _texts(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _shown_if(value: object) -> list[object]:
    """Every condition that decides whether a question is asked, however deep."""
    if isinstance(value, Mapping):
        inside = [found for key, entry in value.items() if key != "shown_if" for found in _shown_if(entry)]
        return [value["shown_if"], *inside] if "shown_if" in value else inside
    return [found for entry in value for found in _shown_if(entry)] if isinstance(value, list) else []
