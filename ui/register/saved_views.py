"""Views of a list under a name: what was searched and filtered, in which order. Kept with the window's preferences."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

MOST = 50
"""Views of one list."""

LONGEST = 60
"""Characters of a name."""

_MAX_TEXT = 1 << 16
_FACETS = frozenset({"phase", "tier", "unit", "stage", "turn", "owner", "year", "waived", "from", "to"})


@dataclass(frozen=True, slots=True)
class SavedView:
    """``filters`` are (facet, value) pairs, ``sort`` a value of ``ListOrder``, ``group`` a group of the inbox."""

    name: str
    text: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    sort: str = ""
    descending: bool = False
    group: str = ""


def read_views(text: str) -> tuple[SavedView, ...]:
    """The views in a text that ``written_views`` made. Raises ValueError for any other."""
    if not text:
        return ()
    if len(text) > _MAX_TEXT:
        raise ValueError
    try:
        found = json.loads(text)
    except RecursionError:
        raise ValueError from None
    if not isinstance(found, list) or len(found) > MOST:
        raise ValueError
    return tuple(_read(item) for item in found)


def written_views(views: Iterable[SavedView]) -> str:
    return json.dumps(
        [
            [item.name, item.text, [list(pair) for pair in item.filters], item.sort, item.descending, item.group]
            for item in views
        ],
        ensure_ascii=False,
    )


def fit(views: tuple[SavedView, ...]) -> bool:
    """Whether so many, with so long a search, are read back as they are."""
    return len(views) <= MOST and len(written_views(views)) <= _MAX_TEXT


def with_view(views: tuple[SavedView, ...], view: SavedView) -> tuple[SavedView, ...]:
    """The views with this one, in the place of one of the same name."""
    others = tuple(item for item in views if item.name != view.name)
    return tuple(sorted((*others, view), key=lambda item: (item.name.casefold(), item.name)))


def _read(item: object) -> SavedView:
    match item:
        case [str(name), str(text), list(pairs), str(sort), bool(descending), str(group)] if (
            name and len(name) <= LONGEST
        ):
            return SavedView(name, text, tuple(_pair(pair) for pair in pairs), sort, descending, group)
    raise ValueError


def _pair(pair: object) -> tuple[str, str]:
    match pair:
        case [str(facet), str(value)] if facet in _FACETS:
            return facet, value
    raise ValueError
