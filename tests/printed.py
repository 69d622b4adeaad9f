"""What is worked out of the same content again and again while tests run is worked out once in each process.

The same pages: tests begin where others do, and most print the record of one use case at one moment. The core's demands on
other playbooks: they follow from its files, and every installation that meets another playbook asks for them.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from intake.domain.playbook.reading.never_weaker import CoreDemands
from intake.records.editions.printer import Printer
from intake.services.installation import playbook_files

_base = Printer.base
_bases: dict[tuple[object, ...], bytes] = {}
_demands: dict[tuple[tuple[str, bytes], ...], CoreDemands] = {}


def base(self: Printer, edition: Any, content: Any, made_with_others: Mapping[str, str] | None = None) -> bytes:
    # Pages are the same bytes for the same content (``tests/records/test_base.py``); another layout is another function.
    made_with = tuple(sorted((made_with_others or self.made_with(edition)).items()))
    key = (edition.number, edition.build, made_with, pickle.dumps(content))
    if key not in _bases:
        _bases[key] = _base(self, edition, content, made_with_others)
    return _bases[key]


def demands(files: Mapping[str, bytes]) -> CoreDemands:
    key = tuple(sorted(files.items()))
    if key not in _demands:
        _demands[key] = CoreDemands(files)
    return _demands[key]


@pytest.fixture(autouse=True)
def printed_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Printer, "base", base)
        patch.setattr(playbook_files, "CoreDemands", demands)
        yield
