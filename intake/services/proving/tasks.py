"""What a worker can be asked. Each task is a function of plain data; heavy libraries are imported by the one that asks.

The types are those that cross the boundary (``codec``), so they are imported here and not only for a type checker.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from intake.records.preview import Pages, Picture
from intake.records.proof.verdict import RecordVerdict, VerifierKnowledge
from intake.services.proving.reading import ActRead, PackageRead


def judge_record(pdf: bytes, evidence: VerifierKnowledge) -> RecordVerdict:
    """Raises NotARecord."""
    from intake.records.proof import validate

    return validate.validate_record(pdf, evidence)


def read_act(blob: bytes) -> ActRead:
    from intake.services.proving import reading

    return reading.read_act(blob)


def read_package(path: str, org: str) -> PackageRead:
    from intake.services.proving import reading

    return reading.read_package_whole(Path(path), org)


def pages(pdf: bytes) -> Pages:
    """Raises NotShown."""
    from intake.records import preview

    return preview.pages(pdf)


def draw(pdf: bytes, page: int, width: int) -> Picture:
    """Raises NotShown."""
    from intake.records import preview

    return preview.draw(pdf, page, width)


def text(pdf: bytes, first: int, count: int) -> tuple[str, ...]:
    """Raises NotShown."""
    from intake.records import preview

    return preview.text(pdf, first, count)


TASKS: Final[Mapping[str, Callable[..., Any]]] = {
    task.__name__: task for task in (judge_record, read_act, read_package, pages, draw, text)
}
