"""Somebody who reads a use case gives others access to it: a note of who can open what travels under which key.

It hands over nothing by itself: the key goes to each reader in a file encrypted for them. So it permits nothing to anybody, in this
version or any later one, and says to everybody who reads the case who else does, and who let them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from intake.domain.acts.envelope import Act, MalformedAct
from intake.domain.acts.kinds.description import ActKind, Place
from intake.domain.acts.kinds.fields import Fields
from intake.domain.acts.kinds.forms import ActIdsForm, FieldForm
from intake.domain.base.canonical import Json
from intake.domain.base.wording import Caption, Wording
from intake.domain.terms.boundaries import FieldTables

_CALLED = Caption("CalledAccess", "Access given")
_NOT_A_TAG = Wording("FieldNoTag", "its field “{field}” does not name a key by its tag")
_NOT_TAGS = Wording("FieldNoTags", "its field “{field}” is not a sorted list of the tags of keys")
_FOLLOWS_ITSELF = Wording("KeyFollowsItself", "it says of a key that it follows itself")

MAX_READERS: Final = 10_000
"""Readers of one note; for more of them there are several notes of one key."""
MAX_FOLLOWED: Final = 50

_TAG: Final = re.compile(r"[0-9a-f]{32}")


class TagForm(FieldForm[str]):
    """The tag of a key: 32 hexadecimal digits."""

    def read(self, key: str, value: Json, _tables: FieldTables) -> str:
        if not isinstance(value, str) or not _TAG.fullmatch(value):
            raise MalformedAct(detail=_NOT_A_TAG(field=key))
        return value

    def write(self, value: str) -> Json:
        return value

    @property
    def schema(self) -> Mapping[str, Json]:
        return {"type": "string", "pattern": f"^{_TAG.pattern}$"}


class TagsForm(FieldForm[tuple[str, ...]]):
    """Tags of keys, in order and none twice."""

    def read(self, key: str, value: Json, _tables: FieldTables) -> tuple[str, ...]:
        if not isinstance(value, list) or len(value) > MAX_FOLLOWED:
            raise MalformedAct(detail=_NOT_TAGS(field=key))
        names = [item for item in value if isinstance(item, str) and _TAG.fullmatch(item)]
        if len(names) != len(value) or names != sorted(set(names)):
            raise MalformedAct(detail=_NOT_TAGS(field=key))
        return tuple(names)

    def write(self, value: tuple[str, ...]) -> Json:
        return list(value)

    @property
    def schema(self) -> Mapping[str, Json]:
        tag: Json = {"type": "string", "pattern": f"^{_TAG.pattern}$"}
        return {
            "type": "array", "items": tag, "uniqueItems": True, "maxItems": MAX_FOLLOWED, "description": "Sorted.",
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class AccessBody:
    """``key`` is the tag of a key, ``follows`` are the tags of those it is used instead of, ``readers`` the fingerprints of the
    certificates (SHA-256) it was handed to.
    """

    key: str
    follows: tuple[str, ...]
    readers: tuple[str, ...]

    def as_json(self) -> dict[str, Json]:
        return AccessKind.fields.write(self)


class AccessKind(ActKind[AccessBody]):
    name = "note-access"
    called = _CALLED()
    place = Place.EITHER
    moves = False
    fields = Fields({"key": TagForm(), "follows": TagsForm(), "readers": ActIdsForm(limit=MAX_READERS)})

    def make(self, _act: Act, values: dict[str, Any]) -> AccessBody:
        made = AccessBody(**values)
        if made.key in made.follows:
            raise MalformedAct(detail=_FOLLOWS_ITSELF())
        return made


ACCESS = AccessKind()
