"""From the TOML files of a playbook to the one document it is read from; every table keeps its file and line.

Two steps: ``joined`` puts the files together and leaves named conditions and thresholds as they are written, so that an
overlay can still be laid over it; ``spelt_out`` replaces the names by their meaning.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

from intake.domain.base.canonical import MAX_INTEGER
from intake.domain.base.located import FileLine, PlacedTable, RefusalCollector, place_in, placed
from intake.domain.base.toml_places import places
from intake.domain.base.wording import Wording
from intake.domain.playbook.reading.named import Conditions, with_numbers
from intake.domain.playbook.reading.refusals import MissingKey, NotToml, UnknownKey, UnreadablePlaybook
from intake.domain.playbook.whole import FORMAT

LISTS = ("rules", "threats", "controls", "duties")
MORE_LISTS = ("contradictions", "classifications", "chapters")
"""Files a playbook may do without."""
NAMES = ("conditions", "thresholds")
"""What ``rules.toml`` gives names to."""
_SAME_NAME = Wording("PlaybookFilesOfOneName", "two files have the same name")
NO_FILE = Wording("PlaybookFileMissing", "the file {file} is missing")
_NO_TABLE = Wording("PlaybookNoTable", "“{key}” must be a table")
_NO_THRESHOLD = Wording("PlaybookThresholdNoNumber", "the threshold “{name}” must be a whole number")
_NOT_NAMED = Wording("PlaybookFileNotNamed", "the file {file} is not named in “order”")
_NOT_UTF8 = Wording("PlaybookNotText", "it is not UTF-8 text")
_TOO_DEEP = Wording("PlaybookTomlTooDeep", "it is nested too deeply")


def parsed(
    files: Mapping[str, bytes], found: RefusalCollector, *, folders: int = 0, located: bool = True
) -> dict[str, PlacedTable]:
    """Each file by its name without folder and ending, with every place known. Refuses NotToml.

    Places name a file with as many ``folders`` before it; those in a file that is not ``located`` are no use to people.
    """
    tables: dict[str, PlacedTable] = {}
    for name, data in files.items():
        parts = name.split("/")
        key, shown = parts[-1].removesuffix(".toml"), "/".join(parts[-1 - folders :])
        with found.each():
            if key in tables:
                raise UnreadablePlaybook(detail=_SAME_NAME(), where="files", place=FileLine(shown, 1))
            tables[key] = _toml(shown, data, located=located)
    return tables


def joined(tables: Mapping[str, PlacedTable], found: RefusalCollector) -> PlacedTable:
    """The document, with ``order``, ``conditions`` and ``thresholds`` still in it. Refuses UnreadablePlaybook."""
    rest = dict(tables)
    meta = _taken(rest, "meta", found)
    made = PlacedTable({"format": FORMAT, **meta}, meta.place, meta.keys_at)
    order = names_in(meta, "order", found)
    screening = _taken(rest, "screening", found)
    _move(screening, "routes", made)
    made["screening"] = screening
    if "rules" in rest:
        for name in NAMES:
            _move(rest["rules"], name, made, {})
            refuse_odd_names(name, made[name], place_in(made, name), found)
    for name in (*LISTS, *(name for name in MORE_LISTS if name in rest)):
        table = _taken(rest, name, found)
        _move(table, name, made)
        refuse_rest(table, name, found)
    sources = _taken(rest, "sources", found)
    _move(sources, "frameworks", made)
    refuse_rest(sources, "sources", found)
    made["sections"] = [_taken(rest, name, found, place_in(meta, "order")) for name in order]
    refuse_unnamed(rest, found)
    return made


def spelt_out(document: PlacedTable, found: RefusalCollector) -> PlacedTable:
    """The document ``content.read`` takes: names of conditions and thresholds replaced by their meaning."""
    conditions, thresholds = Conditions(document.get("conditions", {}), found), document.get("thresholds", {})
    left = {key: value for key, value in document.items() if key not in {*NAMES, "order"}}
    made = {key: with_numbers(conditions.spelt_out(value), thresholds, found) for key, value in left.items()}
    return PlacedTable(made, document.place, document.keys_at)


def names_in(meta: PlacedTable, key: str, found: RefusalCollector) -> list[str]:
    """The list of file names under ``key``, which is needed."""
    names = meta.get(key)
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        found.add(MissingKey(detail=key, where="meta", place=place_in(meta, key)))
        return []
    return names


def refuse_rest(table: PlacedTable, name: str, found: RefusalCollector) -> None:
    """Refuse whatever is left in the table of a file that was read."""
    for key in sorted(table):
        found.add(UnknownKey(detail=key, where=name, place=place_in(table, key)))


def refuse_odd_names(key: str, names: object, place: FileLine | None, found: RefusalCollector) -> None:
    """Refuse ``conditions`` and ``thresholds`` that are no tables, and a threshold that is no whole number."""
    if not isinstance(names, Mapping):
        found.add(UnreadablePlaybook(detail=_NO_TABLE(key=key), where="rules", place=place))
        return
    for name, number in names.items() if key == "thresholds" else ():
        if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= MAX_INTEGER:
            detail = _NO_THRESHOLD(name=str(name))
            found.add(UnreadablePlaybook(detail=detail, where="rules", place=place_in(names, name) or place))


def refuse_unnamed(tables: Mapping[str, PlacedTable], found: RefusalCollector) -> None:
    for name, table in sorted(tables.items()):
        found.add(UnreadablePlaybook(detail=_NOT_NAMED(file=f"{name}.toml"), where="meta", place=table.place))


def _toml(name: str, data: bytes, *, located: bool) -> PlacedTable:
    try:
        text = data.decode("utf-8", "strict")
    except UnicodeDecodeError as error:
        place = FileLine(name, data.count(b"\n", 0, error.start) + 1)
        raise NotToml(detail=_NOT_UTF8(), where=name, place=place) from None
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said, _, position = str(error).rpartition(" (at ")
        line = re.match(r"line (\d+)", position)
        place = FileLine(name, int(line[1]) if line else text.count("\n") + 1)
        raise NotToml(detail=(said or str(error))[:120], where=name, place=place) from None
    except RecursionError:
        raise NotToml(detail=_TOO_DEEP(), where=name, place=FileLine(name, 1)) from None
    return placed(document, name, places(text) if located else {(): 1})


def _taken(
    tables: dict[str, PlacedTable], name: str, found: RefusalCollector, place: FileLine | None = None
) -> PlacedTable:
    if name not in tables:
        found.add(UnreadablePlaybook(detail=NO_FILE(file=f"{name}.toml"), where="files", place=place))
        return PlacedTable({}, FileLine(f"{name}.toml", 1), {})
    table = tables.pop(name)
    return PlacedTable(table, table.place, table.keys_at)


def _move(table: PlacedTable, key: str, made: PlacedTable, default: object = ()) -> None:
    made[key] = table.pop(key, [] if default == () else default)
    made.keys_at[key] = table.keys_at.get(key, table.place)
