"""What of a component is understood: everything in it that the schema of CycloneDX allows, without the rest.

Model hubs and exporters write licences by their own names, fields of a later version, or a moment without a time zone. Two
programs could read two things from such a part, so nothing is taken from it and it is said; what is beside it is read.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from intake.domain.base.canonical import clean
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Wording
from intake.formats.cyclonedx_schema import BomSchemas, SchemaError, pointer

_NOT_UNDERSTOOD = Wording("BomPartNotUnderstood", "{pointer} was left out: {detail}")
_LICENCE_READ_AS = Wording("BomLicenceReadAs", "the licence “{written}” was read as {licence}")
_LICENCE_BY_NAME = Wording(
    "BomLicenceByName", "the licence “{written}” is not one that SPDX lists; it was kept as a name"
)

MAX_FAULTS: Final = 20
"""Faults that are left out of one file; one with more is refused, so that a hostile file is not walked without end."""
_SHOWN: Final = 80
_GONE = object()


@dataclass(frozen=True, slots=True)
class Located:
    """A component and the JSON pointer at which it is."""

    at: str
    part: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Understood:
    """Components in the order in which they were given, None for one of which nothing could be kept; ``notes`` is what was left out.

    ``beyond`` is the first fault where there are more than ``MAX_FAULTS``; nothing was understood then.
    """

    parts: tuple[Mapping[str, Any] | None, ...]
    notes: tuple[Reason, ...]
    beyond: SchemaError | None = None


def understood(given: Sequence[Located], version: str, schemas: BomSchemas) -> Understood:
    """The components without those inside them, as far as they follow the schema of ``version``."""
    parts: list[Any] = [
        copy.deepcopy({name: value for name, value in one.part.items() if name != "components"}) for one in given
    ]
    notes = [note for part in parts for note in _licences(part, schemas)]
    left = MAX_FAULTS
    while found := list(islice(_faults(parts, version, schemas), left + 1)):
        if len(found) > left:
            return Understood((), (), _moved(found[0], given))
        for fault in found:
            notes.append(_NOT_UNDERSTOOD(pointer=_moved(fault, given).pointer, detail=clean(fault.text)))
            _leave_out(parts, fault)
        parts = [_without_gaps(part) for part in parts]
        left -= len(found)
    return Understood(tuple(None if part is _GONE else part for part in parts), tuple(dict.fromkeys(notes)))


def _faults(parts: Sequence[Any], version: str, schemas: BomSchemas) -> Iterator[SchemaError]:
    for number, part in enumerate(parts):
        if part is not _GONE:
            # By itself: entries that are alike are a fault of the list, and each of them is understood.
            document = {"bomFormat": "CycloneDX", "specVersion": version, "version": 1, "components": [part]}
            for fault in schemas.errors(document, version):
                yield SchemaError((number, *fault.path[2:]), fault.text, fault.keys)


def _leave_out(parts: list[Any], fault: SchemaError) -> None:
    holder: Any = parts
    for step in fault.path[:-1]:
        holder = _held(holder, step)
    last = fault.path[-1]
    found = _held(holder, last)
    if found is _GONE:
        return  # a fault inside another
    if fault.keys:
        for key in fault.keys:
            found.pop(key, None)
    else:
        holder[last] = _GONE


def _held(holder: Any, step: str | int) -> Any:  # noqa: ANN401 - JSON
    if holder is _GONE:
        return _GONE
    return holder.get(step, _GONE) if isinstance(holder, dict) else holder[step]


def _without_gaps(value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        return {name: _without_gaps(item) for name, item in value.items() if item is not _GONE}
    if isinstance(value, list):
        return [_without_gaps(item) for item in value if item is not _GONE]
    return value


def _moved(fault: SchemaError, given: Sequence[Located]) -> SchemaError:
    """The fault with its place in the whole file."""
    number, *inside = fault.path
    return SchemaError(fault.path, fault.text, fault.keys, f"{given[int(number)].at}{pointer(inside)}")


def _licences(part: dict[str, Any], schemas: BomSchemas) -> Iterator[Reason]:
    """Identifiers of SPDX are the same in small and large letters (SPDX 2.3, annex D); what is none is still a name."""
    listed = part.get("licenses")
    for entry in listed if isinstance(listed, list) else ():
        licence = entry.get("license") if isinstance(entry, dict) else None
        written = licence.get("id") if isinstance(licence, dict) else None
        if not isinstance(licence, dict) or not isinstance(written, str):
            continue
        known = schemas.licence(written)
        if known == written:
            continue
        shown = " ".join(clean(written[:_SHOWN]).split())
        if known:
            licence["id"] = known
            yield _LICENCE_READ_AS(written=shown, licence=known)
        elif written.strip() and "name" not in licence:
            licence["name"] = licence.pop("id")
            yield _LICENCE_BY_NAME(written=shown)
