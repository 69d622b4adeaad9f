"""Reading the body of an act field by field, so that nothing in it goes unnoticed.

Which fields each kind has is in ``bodies``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from intake.domain.acts import Act, Attachment, MalformedAct, is_id, is_person_id
from intake.domain.canonical import Json, clean

_NAME = re.compile(r"[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*")

MAX_TITLE = 200
MAX_TEXT = 10_000
MAX_ATTACHMENTS = 50


class BodyReader:
    """Reads one body field by field; ``finished`` refuses whatever was not understood."""

    def __init__(self, act: Act) -> None:
        self._act = act

    def value(self, key: str) -> Json:
        if key not in self._act.body:
            raise MalformedAct(detail=f"its field “{key}” is missing")
        return self._act.body[key]

    def finished(self, written: Mapping[str, Json]) -> None:
        """Equal to what we would have written: no field more, no second way to write the same thing."""
        if self._act.body != written:
            raise MalformedAct(detail=f"its {self._act.kind} holds something this form does not have")

    def id(self, key: str, *, empty: bool = False) -> str:
        found = self.value(key)
        if not is_id(found) and not (empty and found == ""):
            raise MalformedAct(detail=f"its field “{key}” is not a digest")
        return str(found)

    def ids(self, key: str) -> tuple[str, ...]:
        found = self.value(key)
        if not isinstance(found, list) or not all(is_id(item) for item in found) or len(found) > MAX_ATTACHMENTS:
            raise MalformedAct(detail=f"its field “{key}” is not a list of act ids")
        names = [str(item) for item in found]
        if names != sorted(set(names)):
            raise MalformedAct(detail=f"its field “{key}” is not sorted and free of repeats")
        return tuple(names)

    def person(self, key: str) -> str:
        found = self.value(key)
        if not is_person_id(found):
            raise MalformedAct(detail=f"its field “{key}” is not a person id")
        return str(found)

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        found = self.value(key)
        if found not in [str(choice) for choice in choices]:
            raise MalformedAct(detail=f"its field “{key}” is not one of {', '.join(choices)}")
        return str(found)

    def text(self, key: str, *, empty: bool = False, limit: int = MAX_TEXT) -> str:
        found = self.value(key)
        if not isinstance(found, str) or len(found) > limit:
            raise MalformedAct(detail=f"its field “{key}” is not text of at most {limit} characters")
        if not empty and not found.strip():
            raise MalformedAct(detail=f"its field “{key}” is empty")
        return found

    def line(self, key: str, limit: int, *, empty: bool = False) -> str:
        found = self.text(key, empty=empty, limit=limit)
        if clean(found).strip() != found or "\n" in found:
            raise MalformedAct(detail=f"its field “{key}” is not one line of plain text")
        return found

    def lines(self, key: str) -> tuple[str, ...]:
        found = self.value(key)
        if not isinstance(found, list) or len(found) > MAX_ATTACHMENTS:
            raise MalformedAct(detail=f"its field “{key}” is not a list of texts")
        if not all(isinstance(item, str) and 0 < len(item) <= MAX_TITLE for item in found):
            raise MalformedAct(detail=f"its field “{key}” is not a list of texts")
        return tuple(str(item) for item in found)

    def digests(self, key: str) -> dict[str, str]:
        """At least one name with the digest of what it stands for."""
        found = self.value(key)
        if not isinstance(found, Mapping) or not 0 < len(found) <= MAX_ATTACHMENTS:
            raise MalformedAct(detail=f"its field “{key}” is not a list of names with digests")
        if not all(_NAME.fullmatch(name) and len(name) <= MAX_TITLE and is_id(item) for name, item in found.items()):
            raise MalformedAct(detail=f"its field “{key}” is not a list of names with digests")
        return {name: str(item) for name, item in found.items()}

    def attachment(self, key: str, *, optional: bool = False) -> Attachment | None:
        found = self.value(key)
        if found is None and optional:
            return None
        return _attachment(found)

    def attachments(self, key: str) -> tuple[Attachment, ...]:
        found = self.value(key)
        if not isinstance(found, list) or len(found) > MAX_ATTACHMENTS:
            raise MalformedAct(detail="its attachments are not a list of described files")
        return tuple(_attachment(item) for item in found)


def sure(attachment: Attachment | None) -> Attachment:
    if attachment is None:
        raise MalformedAct(detail="an attached file is not described")
    return attachment


def _attachment(value: Json) -> Attachment:
    if not isinstance(value, Mapping) or value.keys() != {"sha256", "size", "media_type", "name"}:
        raise MalformedAct(detail="an attached file is not described by digest, size, type and name")
    digest, size, media_type, name = (value[key] for key in ("sha256", "size", "media_type", "name"))
    if not is_id(digest) or not isinstance(size, int) or isinstance(size, bool) or size < 0:
        raise MalformedAct(detail="an attached file has no proper digest or size")
    if not isinstance(media_type, str) or not isinstance(name, str) or not 0 < len(name) <= MAX_TITLE:
        raise MalformedAct(detail="an attached file has no proper type or name")
    return Attachment(str(digest), size, media_type[:MAX_TITLE], name)
