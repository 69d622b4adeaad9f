"""The real inventory as the tests read it: 2,133 use cases, see ``tests/data/README.md``."""

from __future__ import annotations

import csv
import gzip
import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "inventory" / "us-federal-2024.csv.gz"


@dataclass(frozen=True, slots=True)
class UseCase:
    """One row; every field is a cell as published, often empty."""

    name: str
    agency: str
    purpose: str
    outputs: str
    data: str
    system: str
    risks: str


@cache
def questions() -> UseCase:
    """The headings: what the agencies were asked."""
    return _rows()[0]


@cache
def use_cases() -> tuple[UseCase, ...]:
    return tuple(_rows()[1:])


@cache
def _rows() -> list[UseCase]:
    text = gzip.decompress(FILE.read_bytes()).decode()
    return [UseCase(*row) for row in csv.reader(io.StringIO(text, newline=""))]
