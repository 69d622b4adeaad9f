"""The forms that fields in the body of an act have: how each is read, written and described to others.

A form reads exactly what it writes. Its ``schema`` is JSON Schema (draft 2020-12) for programs that read acts without this
one; what a schema cannot say, such as the order of a list, is said in its ``description``.
"""

from __future__ import annotations

import base64
import binascii
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from intake.domain.acts.envelope import Attachment, MalformedAct
from intake.domain.base.canonical import MAX_INTEGER, Json
from intake.domain.base.names import ID, PERSON, is_id, is_person_id
from intake.domain.base.visible import is_blank, is_line
from intake.domain.base.wording import Wording
from intake.domain.terms.boundaries import FieldTables
from intake.domain.terms.terms import day

_FIELD_NO_DIGEST = Wording("FieldNoDigest", "its field “{field}” is not a digest")
_FIELD_NO_ACT_IDS = Wording("FieldNoActIds", "its field “{field}” is not a list of act ids")
_FIELD_NOT_SORTED = Wording("FieldNotSorted", "its field “{field}” is not sorted and free of repeats")
_FIELD_NO_PERSON_ID = Wording("FieldNoPersonId", "its field “{field}” is not a person id")
_FIELD_NOT_ONE_OF = Wording("FieldNotOneOf", "its field “{field}” is not one of {choices}")
_FIELD_TEXT_TOO_LONG = Wording("FieldTextTooLong", "its field “{field}” is not text of at most {limit} characters")
_FIELD_EMPTY = Wording("FieldEmpty", "its field “{field}” is empty")
_FIELD_NOT_ONE_LINE = Wording("FieldNotOneLine", "its field “{field}” is not one line of plain text")
_FIELD_NO_TEXTS = Wording("FieldNoTexts", "its field “{field}” is not a list of texts")
_FIELD_NO_NAMED_DIGESTS = Wording("FieldNoNamedDigests", "its field “{field}” is not a list of names with digests")
_FIELD_NO_ANSWERS = Wording("FieldNoAnswers", "its {field} are not a list of answers")
_FILE_NOT_DESCRIBED = Wording("FileNotDescribed", "an attached file is not described by digest, size, type and name")
_FILE_WITHOUT_DIGEST = Wording("FileWithoutDigest", "an attached file has no proper digest or size")
_FILE_WITHOUT_NAME = Wording("FileWithoutName", "an attached file has no proper type or name")
_ATTACHMENTS_NOT_A_LIST = Wording("AttachmentsNotAList", "its attachments are not a list of described files")
_FIELD_HOLDS_MORE = Wording("FieldHoldsMore", "its field “{field}” holds something this form does not have")
_FIELD_NOT_BASE = Wording("FieldNotBase", "its {field} is not Base64")

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

MAX_LINE = 200
MAX_TEXT = 10_000
MAX_ENTRIES = 50
NAME = re.compile(r"[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*")
_IDS = {"type": "string", "pattern": f"^{ID.pattern}$"}


class FieldForm(ABC, Generic[T]):
    """How one field is written."""

    @abstractmethod
    def read(self, key: str, value: Json, tables: FieldTables) -> T:
        """The value of the field ``key``; ``tables`` are what terms can be read by. Raises MalformedAct or its kin."""

    @abstractmethod
    def write(self, value: T) -> Json: ...

    @property
    @abstractmethod
    def schema(self) -> Mapping[str, Json]: ...


class DigestForm(FieldForm[str]):
    """A SHA-256, of an act, a file or a value; where ``optional``, empty text means none."""

    def __init__(self, *, optional: bool = False) -> None:
        self._optional = optional

    def read(self, key: str, value: Json, _tables: FieldTables) -> str:
        if not is_id(value) and not (self._optional and value == ""):
            raise MalformedAct(detail=_FIELD_NO_DIGEST(field=key))
        return str(value)

    def write(self, value: str) -> Json:
        return value

    @property
    def schema(self) -> Mapping[str, Json]:
        return {"type": "string", "pattern": f"^({ID.pattern})?$"} if self._optional else _IDS


class ActIdsForm(FieldForm[tuple[str, ...]]):
    """Ids of acts, in order and none twice."""

    def __init__(self, *, limit: int = MAX_ENTRIES) -> None:
        self._limit = limit

    def read(self, key: str, value: Json, _tables: FieldTables) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(is_id(item) for item in value) or len(value) > self._limit:
            raise MalformedAct(detail=_FIELD_NO_ACT_IDS(field=key))
        names = [str(item) for item in value]
        if names != sorted(set(names)):
            raise MalformedAct(detail=_FIELD_NOT_SORTED(field=key))
        return tuple(names)

    def write(self, value: tuple[str, ...]) -> Json:
        return list(value)

    @property
    def schema(self) -> Mapping[str, Json]:
        return {
            "type": "array", "items": _IDS, "uniqueItems": True, "maxItems": self._limit, "description": "Sorted.",
        }  # fmt: skip


class PersonIdForm(FieldForm[str]):
    def read(self, key: str, value: Json, _tables: FieldTables) -> str:
        if not is_person_id(value):
            raise MalformedAct(detail=_FIELD_NO_PERSON_ID(field=key))
        return str(value)

    def write(self, value: str) -> Json:
        return value

    @property
    def schema(self) -> Mapping[str, Json]:
        return {"type": "string", "pattern": f"^{PERSON.pattern}$"}


class ChoiceForm(FieldForm[E]):
    """One of ``choices``, in this order."""

    def __init__(self, choices: Sequence[E]) -> None:
        self._choices = {str(choice): choice for choice in choices}

    def read(self, key: str, value: Json, _tables: FieldTables) -> E:
        if not isinstance(value, str) or value not in self._choices:
            raise MalformedAct(detail=_FIELD_NOT_ONE_OF(field=key, choices=", ".join(self._choices)))
        return self._choices[value]

    def write(self, value: E) -> Json:
        return value.value

    @property
    def schema(self) -> Mapping[str, Json]:
        return {"enum": list(self._choices)}


class TextForm(FieldForm[str]):
    """Text of several lines, which says something unless ``optional``. ``limit`` is in characters."""

    def __init__(self, *, optional: bool = False, limit: int = MAX_TEXT) -> None:
        self._optional = optional
        self._limit = limit

    def read(self, key: str, value: Json, _tables: FieldTables) -> str:
        if not isinstance(value, str) or len(value) > self._limit:
            raise MalformedAct(detail=_FIELD_TEXT_TOO_LONG(field=key, limit=self._limit))
        if not self._optional and is_blank(value):
            raise MalformedAct(detail=_FIELD_EMPTY(field=key))
        return value

    def write(self, value: str) -> Json:
        return value

    @property
    def schema(self) -> Mapping[str, Json]:
        said: dict[str, Json] = {"type": "string", "maxLength": self._limit}
        return said if self._optional else {**said, "pattern": r"\S"}


class LineForm(TextForm):
    """One line of plain text, without space around it."""

    def __init__(self, *, optional: bool = False, limit: int = MAX_LINE) -> None:
        super().__init__(optional=optional, limit=limit)

    def read(self, key: str, value: Json, tables: FieldTables) -> str:
        found = super().read(key, value, tables)
        if not is_line(found):
            raise MalformedAct(detail=_FIELD_NOT_ONE_LINE(field=key))
        return found

    @property
    def schema(self) -> Mapping[str, Json]:
        line = r"^(\S([^\n]*\S)?)?$" if self._optional else r"^\S([^\n]*\S)?$"
        return {"type": "string", "maxLength": self._limit, "pattern": line}


class LinesForm(FieldForm[tuple[str, ...]]):
    """Short texts, none of them empty."""

    def read(self, key: str, value: Json, _tables: FieldTables) -> tuple[str, ...]:
        if not isinstance(value, list) or len(value) > MAX_ENTRIES:
            raise MalformedAct(detail=_FIELD_NO_TEXTS(field=key))
        if not all(isinstance(item, str) and 0 < len(item) <= MAX_LINE for item in value):
            raise MalformedAct(detail=_FIELD_NO_TEXTS(field=key))
        return tuple(str(item) for item in value)

    def write(self, value: tuple[str, ...]) -> Json:
        return list(value)

    @property
    def schema(self) -> Mapping[str, Json]:
        entry: Json = {"type": "string", "minLength": 1, "maxLength": MAX_LINE}
        return {"type": "array", "items": entry, "maxItems": MAX_ENTRIES}


class NamedDigestsForm(FieldForm[Mapping[str, str]]):
    """At least one name with the digest of the thing it names."""

    def read(self, key: str, value: Json, _tables: FieldTables) -> dict[str, str]:
        if not isinstance(value, Mapping) or not 0 < len(value) <= MAX_ENTRIES:
            raise MalformedAct(detail=_FIELD_NO_NAMED_DIGESTS(field=key))
        if not all(NAME.fullmatch(name) and len(name) <= MAX_LINE and is_id(item) for name, item in value.items()):
            raise MalformedAct(detail=_FIELD_NO_NAMED_DIGESTS(field=key))
        return {name: str(item) for name, item in value.items()}

    def write(self, value: Mapping[str, str]) -> Json:
        return dict(value)

    @property
    def schema(self) -> Mapping[str, Json]:
        return {
            "type": "object", "minProperties": 1, "maxProperties": MAX_ENTRIES, "additionalProperties": _IDS,
            "propertyNames": {"pattern": f"^{NAME.pattern}$", "maxLength": MAX_LINE},
        }  # fmt: skip


class AnswersForm(FieldForm[Mapping[str, Json]]):
    """Question id to what was answered, as it is; only a playbook gives it meaning."""

    def __init__(self, limit: int) -> None:
        self._limit = limit

    def read(self, key: str, value: Json, _tables: FieldTables) -> Mapping[str, Json]:
        if not isinstance(value, Mapping) or len(value) > self._limit:
            raise MalformedAct(detail=_FIELD_NO_ANSWERS(field=key))
        return value

    def write(self, value: Mapping[str, Json]) -> Json:
        return dict(value)

    @property
    def schema(self) -> Mapping[str, Json]:
        return {"type": "object", "maxProperties": self._limit}


class Base64Form(FieldForm[bytes]):
    """Bytes as Base64, at most ``limit`` characters of it; where ``optional``, empty text means none."""

    def __init__(self, limit: int, *, optional: bool = False) -> None:
        self._line = LineForm(optional=optional, limit=limit)

    def read(self, key: str, value: Json, tables: FieldTables) -> bytes:
        encoded = self._line.read(key, value, tables)
        try:
            return base64.b64decode(encoded, validate=True)
        except (binascii.Error, ValueError):
            raise MalformedAct(detail=_FIELD_NOT_BASE(field=key)) from None

    def write(self, value: bytes) -> Json:
        return base64.b64encode(value).decode()

    @property
    def schema(self) -> Mapping[str, Json]:
        return {**self._line.schema, "contentEncoding": "base64"}


class FileForm(FieldForm[Attachment]):
    """A file the act carries."""

    def read(self, _key: str, value: Json, _tables: FieldTables) -> Attachment:
        if not isinstance(value, Mapping) or value.keys() != {"sha256", "size", "media_type", "name"}:
            raise MalformedAct(detail=_FILE_NOT_DESCRIBED())
        digest, size, media_type, name = (value[key] for key in ("sha256", "size", "media_type", "name"))
        if not is_id(digest) or not isinstance(size, int) or isinstance(size, bool) or size < 0:
            raise MalformedAct(detail=_FILE_WITHOUT_DIGEST())
        if not isinstance(media_type, str) or not isinstance(name, str) or not 0 < len(name) <= MAX_LINE:
            raise MalformedAct(detail=_FILE_WITHOUT_NAME())
        return Attachment(str(digest), size, media_type[:MAX_LINE], name)

    def write(self, value: Attachment) -> Json:
        return value.as_json()

    @property
    def schema(self) -> Mapping[str, Json]:
        return closed(
            {
                "sha256": _IDS,
                "size": {"type": "integer", "minimum": 0, "maximum": MAX_INTEGER},
                "media_type": {"type": "string", "maxLength": MAX_LINE},
                "name": {"type": "string", "minLength": 1, "maxLength": MAX_LINE},
            }
        )


class FilesForm(FieldForm[tuple[Attachment, ...]]):
    def read(self, key: str, value: Json, tables: FieldTables) -> tuple[Attachment, ...]:
        if not isinstance(value, list) or len(value) > MAX_ENTRIES:
            raise MalformedAct(detail=_ATTACHMENTS_NOT_A_LIST())
        return tuple(_FILE.read(key, item, tables) for item in value)

    def write(self, value: tuple[Attachment, ...]) -> Json:
        return [item.as_json() for item in value]

    @property
    def schema(self) -> Mapping[str, Json]:
        return {"type": "array", "items": _FILE.schema, "maxItems": MAX_ENTRIES}


class OptionalForm(FieldForm[T | None]):
    """Another form, or null."""

    def __init__(self, form: FieldForm[T]) -> None:
        self._form = form

    def read(self, key: str, value: Json, tables: FieldTables) -> T | None:
        return None if value is None else self._form.read(key, value, tables)

    def write(self, value: T | None) -> Json:
        return None if value is None else self._form.write(value)

    @property
    def schema(self) -> Mapping[str, Json]:
        return {"anyOf": [{"type": "null"}, self._form.schema]}


class AbsentForm(FieldForm[T]):
    """Always ``empty``, which is written as ``written``: what one variant of a body does not have."""

    def __init__(self, empty: T, written: Json) -> None:
        self._empty = empty
        self._written = written

    def read(self, key: str, value: Json, _tables: FieldTables) -> T:
        if value != self._written:
            raise MalformedAct(detail=_FIELD_HOLDS_MORE(field=key))
        return self._empty

    def write(self, _value: T) -> Json:
        return self._written

    @property
    def schema(self) -> Mapping[str, Json]:
        return {"const": self._written}


class DayForm(FieldForm[date]):
    def read(self, _key: str, value: Json, _tables: FieldTables) -> date:
        return day(value)

    def write(self, value: date) -> Json:
        return value.isoformat()

    @property
    def schema(self) -> Mapping[str, Json]:
        return DAY


class NumberForm(FieldForm[int]):
    """A whole number from 1. ``wrong`` says what it is not."""

    def __init__(self, wrong: Wording) -> None:
        self._wrong = wrong

    def read(self, _key: str, value: Json, _tables: FieldTables) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise MalformedAct(detail=self._wrong())
        return value

    def write(self, value: int) -> Json:
        return value

    @property
    def schema(self) -> Mapping[str, Json]:
        return {"type": "integer", "minimum": 1, "maximum": MAX_INTEGER}


def closed(properties: Mapping[str, Json]) -> dict[str, Json]:
    """The schema of an object that has exactly these keys."""
    return {
        "type": "object", "properties": properties, "required": sorted(properties), "additionalProperties": False,
    }  # fmt: skip


DAY: Mapping[str, Json] = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
DIGEST: Mapping[str, Json] = _IDS
_FILE = FileForm()
