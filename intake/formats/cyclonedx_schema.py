"""Judging a document by the official JSON schema of CycloneDX, which is in ``resources/schema/cyclonedx``.

The schema is the standard's; the walk over it is ours. The validator of jsonschema compares every pair of entries where
entries must be unique (5,000 components: two minutes) and parses each address with a grammar (half a second for
1,000 characters), so a small hostile file would keep the machine busy for hours. Here uniqueness is a set, and a format
is one pass over the text. Tests compare both, on the files that cyclonedx-python-lib ships.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from intake.domain.base.canonical import clean

VERSIONS = ("1.5", "1.6", "1.7")
"""The versions that know a model card in JSON and that are read here."""

_SPOKEN = 160
_NO_ADDRESS = re.compile(r'[\x00-\x20\x7f<>"{}|\\^`]|%(?![0-9A-Fa-f]{2})')
_HOME = "http://cyclonedx.org/schema/"
_FOLDER = "schema/cyclonedx/"
_END = ".SNAPSHOT.schema.json"
_BESIDE = ("spdx", "jsf-0.82", "cryptography-defs")
"""Schemas that those of the versions point to."""


@dataclass(frozen=True, slots=True)
class SchemaError:
    """Where a document departs from the schema, and how: the path from the top, or ``keys`` of the object there that are unknown."""

    path: tuple[str | int, ...]
    text: str
    keys: tuple[str, ...] = ()
    said_at: str = ""

    @property
    def pointer(self) -> str:
        """The place as a JSON pointer (RFC 6901), in the file as it was read."""
        return _cut(clean(self.said_at or pointer(self.path))) or "/"


def pointer(path: Iterable[str | int]) -> str:
    """A path as a JSON pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


class BomSchemas:
    """The schemas of all ``VERSIONS``, each read when it is first asked for. ``read`` gives resources by name."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        self._read = read
        self._validators: dict[str, Any] = {}
        self._licences: dict[str, str] = {}

    def errors(self, document: object, version: str) -> Iterator[SchemaError]:
        """What is wrong by the schema of ``version`` (one of ``VERSIONS``), one thing after the other."""
        from jsonschema.exceptions import best_match

        if version not in self._validators:
            self._validators[version] = _validator(version, lambda name: self._read(f"{_FOLDER}{name}{_END}"))
        for found in self._validators[version].iter_errors(document):
            # Where one of several forms is wanted, say what is wrong with the nearest of them.
            nearest = best_match([found])
            keys = _unknown_keys(nearest) if nearest.validator == "additionalProperties" else ()
            yield SchemaError(tuple(nearest.absolute_path), _cut(nearest.message), keys)

    def licence(self, written: str) -> str:
        """The identifier of SPDX that was meant, whatever its letters; empty when there is none."""
        if not self._licences:
            listed = json.loads(self._read(f"{_FOLDER}spdx{_END}"))["enum"]
            self._licences = {name.casefold(): name for name in listed}
        return self._licences.get(written.strip().casefold(), "")


def _unknown_keys(error: Any) -> tuple[str, ...]:  # noqa: ANN401 - an error of jsonschema
    known = error.schema.get("properties", {})
    patterns = error.schema.get("patternProperties", {})
    return tuple(key for key in error.instance if key not in known and not any(re.search(one, key) for one in patterns))


def _validator(version: str, read: Callable[[str], bytes]) -> Any:  # noqa: ANN401 - jsonschema makes its classes at run time
    from jsonschema import Draft7Validator, FormatChecker
    from jsonschema.validators import extend
    from referencing import Registry
    from referencing.jsonschema import DRAFT7

    checker = FormatChecker(formats=())
    for name, check in _FORMATS.items():
        checker.checks(name)(check)
    registry = Registry().with_resources(
        [(f"{_HOME}{name}{_END}", DRAFT7.create_resource(json.loads(read(name)))) for name in _BESIDE]
    )
    schema = json.loads(read(f"bom-{version}"))
    return extend(Draft7Validator, {"uniqueItems": _unique})(schema, registry=registry, format_checker=checker)


def _unique(_validator: object, wanted: bool, instance: object, _schema: object) -> Iterator[Exception]:
    from jsonschema.exceptions import ValidationError

    if wanted and isinstance(instance, list):
        names = {json.dumps(entry, sort_keys=True) for entry in instance}
        if len(names) != len(instance):
            yield ValidationError("it has entries that are not unique")


def _cut(text: str) -> str:
    return text if len(text) <= _SPOKEN else text[: _SPOKEN - 1] + "…"


def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or (len(value) <= 60 and "T" in value.upper() and _parses(datetime, value))


def _is_day(value: object) -> bool:
    return not isinstance(value, str) or (len(value) == 10 and _parses(date, value))


def _is_address(value: object) -> bool:
    return not isinstance(value, str) or not _NO_ADDRESS.search(value)


def _is_mail(value: object) -> bool:
    return not isinstance(value, str) or "@" in value


def _parses(kind: type[date], value: str) -> bool:
    try:
        found = kind.fromisoformat(value)
    except ValueError:
        return False
    return not isinstance(found, datetime) or found.tzinfo is not None


_FORMATS = {"date-time": _is_moment, "date": _is_day, "iri-reference": _is_address, "idn-email": _is_mail}
