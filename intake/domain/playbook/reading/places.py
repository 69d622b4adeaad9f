"""Where the parts of a playbook are: from what a check calls something to the table in the document it was read from.

Checks look at frozen content, which knows no lines. They say *what* they mean (``At``); only when something is refused
is the document searched for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from intake.domain.base.located import FileLine, place_in
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Caption, words

PART = Caption("PlaybookPart", "{kind} “{id}”")
INSIDE = Caption("PlaybookPartInside", "{outer}, {inner}")
_KEY = Caption("PlaybookKey", "{key}")


@dataclass(frozen=True, slots=True)
class At:
    """A part of a playbook by kind and id, inside another one (``of``) where ids are only unique there.

    ``key`` is one key of it, and ``about`` the question which a condition under that key asks about. Without an id,
    ``kind`` is a key of the whole document. Kinds and keys are words of the files, the same in every language.
    """

    kind: str
    id: str = ""
    key: str = ""
    of: At | None = None
    about: str = ""

    @property
    def named(self) -> Reason:
        """As people find it: what it is inside of, itself, and its key."""
        own = PART(kind=self.kind, id=self.id) if self.id else _KEY(key=self.kind)
        inner = INSIDE(outer=own, inner=self.key) if self.key else own
        return INSIDE(outer=self.of.named, inner=inner) if self.of else inner

    def __str__(self) -> str:
        return words(self.named)


def place_of(document: object, at: At) -> FileLine | None:
    """Where ``at`` is in a document read from files; None when nobody knows."""
    if not at.id:
        inner = document.get(at.kind) if isinstance(document, Mapping) else None
        return place_in(inner, at.key) if at.key and place_in(inner) else place_in(document, at.kind)
    table = _table(document, at)
    if table is None:
        return None
    asked = [place_in(leaf) for leaf in _tables(table.get(at.key)) if at.about and leaf.get("question") == at.about]
    return asked[0] if asked else place_in(table, at.key)


_LISTS = {"screening": "section", "sections": "section", "pages": "page", "duties": "duty"}


def _table(document: object, at: At) -> Mapping[str, object] | None:
    """The last table of this kind and id: where an id is repeated, the second one is in the wrong."""
    root = _table(document, at.of) if at.of else document
    name = "tier" if at.kind == "path" else "id"
    found = [table for kind, table in _listed(root) if kind == at.kind and table.get(name) == at.id]
    return found[-1] if found else None


def _listed(value: object) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Every table in a list, however deep, with its kind: what the list is called, in the singular."""
    for key, entry in value.items() if isinstance(value, Mapping) else ():
        for item in entry if isinstance(entry, list) else [entry]:
            if isinstance(item, Mapping):
                yield _LISTS.get(key, key.removesuffix("s")), item
                yield from _listed(item)


def _tables(value: object) -> Iterator[Mapping[str, object]]:
    if isinstance(value, Mapping):
        yield value
    for entry in value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ():
        yield from _tables(entry)
