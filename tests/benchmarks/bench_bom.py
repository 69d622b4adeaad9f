"""Reading a hostile ML-BOM: as many parts as are read, and one endless address, against parsing the same JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial

from tests.benchmarks.harness import Row, ratio
from tests.formats.test_mlbom import MODEL, bom, encoded, many_models, read

PARTS = 2000
LETTERS = 100_000
TINY = {"PARTS": 60, "LETTERS": 100}


def rows() -> Iterator[Row]:
    link = {"type": "website", "url": "https://example.org/" + "a" * LETTERS}
    for name, data in (
        (f"an ML-BOM of {PARTS} models", encoded(many_models(PARTS))),
        (f"an ML-BOM with an address of {LETTERS}", encoded(bom(MODEL, externalReferences=[link]))),
    ):
        found, seconds = ratio(partial(read, data), partial(json.loads, data))
        yield Row(name, "json.loads of the same", found, None, f"{seconds:.2f} s")
