"""What a bill of materials says that this program reads nothing from: named, so that nobody takes it for read.

Places are dotted names of JSON as the standard has them, without the numbers of lists: ``modelCard.properties``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from intake.domain.base.canonical import clean

MOST = 40
"""Places that are named of one part; of a hostile file there could be as many as it has keys."""
_SHOWN = 80

_PARAMETERS = "modelCard.modelParameters."
_CONSIDERATIONS = "modelCard.considerations."
_METRICS = "modelCard.quantitativeAnalysis.performanceMetrics."
OF_MODEL = frozenset(
    {
        *("type", "bom-ref", "group", "name", "version", "description", "purl", "publisher", "author", "supplier.name"),
        *("manufacturer.name", "authors.name", "licenses.expression", "licenses.license.id", "licenses.license.name"),
        *("hashes.alg", "hashes.content", "components", "modelCard.bom-ref"),
        *(_PARAMETERS + name for name in ("task", "approach.type", "architectureFamily", "modelArchitecture")),
        *(_PARAMETERS + "datasets." + name for name in ("ref", "type", "name", "classification", "sensitiveData")),
        *(_PARAMETERS + name for name in ("inputs.format", "outputs.format", "datasets.bom-ref")),
        *(_METRICS + name for name in ("type", "value", "slice")),
        *(_METRICS + "confidenceInterval." + name for name in ("lowerBound", "upperBound")),
        *(_CONSIDERATIONS + name for name in ("users", "useCases", "technicalLimitations", "performanceTradeoffs")),
        *(_CONSIDERATIONS + "ethicalConsiderations." + name for name in ("name", "mitigationStrategy")),
        *(
            _CONSIDERATIONS + "fairnessAssessments." + name
            for name in ("groupAtRisk", "benefits", "harms", "mitigationStrategy")
        ),
    }
)
"""Places of a component from which a model is made."""
OF_DATA = frozenset(("type", "bom-ref", "name", "description", "data.sensitiveData", "data.type", "components"))
"""Places of a component from which a data set is described."""
OF_FILE = frozenset(
    ("$schema", "bomFormat", "specVersion", "serialNumber", "version", "metadata.component", "components")
)
"""Places of the document that say what it is, or that are walked for models."""


def unread(part: Mapping[str, Any], read: frozenset[str]) -> tuple[str, ...]:
    """The places of ``part`` with something in them that are not ``read``, each once and as short as can be, at most ``MOST``."""
    begun = {place[:end] for place in read for end, char in enumerate(f"{place}.") if char == "."}
    found: dict[str, None] = {}
    for place in _places(part, "", read, begun):
        found[place] = None
        if len(found) > MOST:
            return (*list(found)[:MOST], "…")
    return tuple(found)


def too_long(part: Mapping[str, Any], read: frozenset[str], most: int) -> tuple[str, ...]:
    """The places that are ``read`` and hold a text of more than ``most`` characters, each once."""
    return tuple(dict.fromkeys(place for place, text in _texts(part, "", read) if len(text) > most))


def _places(value: object, at: str, read: frozenset[str], begun: set[str]) -> Iterator[str]:
    if at in read or value in (None, "", [], {}):
        return
    if at and at not in begun:
        yield at
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from _places(item, _joined(at, name), read, begun)
    elif isinstance(value, list):
        for item in value:
            yield from _places(item, at, read, begun)


def _texts(value: object, at: str, read: frozenset[str]) -> Iterator[tuple[str, str]]:
    if isinstance(value, str) and at in read:
        yield at, value
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from _texts(item, _joined(at, name), read)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item, at, read)


def _joined(at: str, name: str) -> str:
    shown = " ".join(clean(name[:_SHOWN]).split())
    return f"{at}.{shown}" if at else shown


def listed(places: Iterable[str]) -> str:
    """Places as they are named in a sentence."""
    return ", ".join(places)
