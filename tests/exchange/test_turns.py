"""A file that is asked for while acts are read comes before its turn, once, from a folder and from a package."""

from __future__ import annotations

from collections import deque
from pathlib import Path

import pytest

from intake.exchange.entries import Entry, EntryKind
from intake.exchange.folder.folder import FolderCarrier
from intake.exchange.package.package import read_package
from intake.exchange.report import Fetch
from intake.exchange.turns import in_turn
from tests.exchange import zips
from tests.exchange.helpers import ORG, act, blob


def test_asked_for_comes_next_and_only_once() -> None:
    asked: deque[str] = deque()
    given = []

    for item in in_turn(["a", "b", "1", "2", "3"], lambda name: name if name.isdigit() else "", asked):
        given.append(item)
        if item == "a":
            asked.extend(["3", "3", "9", "b"])

    assert given == ["a", "3", "b", "1", "2"]


@pytest.mark.parametrize("carrier", ["folder", "package"])
def test_a_carrier_gives_a_file_when_it_is_asked_for(carrier: str, tmp_path: Path) -> None:
    entries = [act(1), act(2), act(3), blob(1, 10), blob(2, 10)]
    fetch: Fetch
    if carrier == "folder":
        FolderCarrier(tmp_path, ORG).send(entries)
        fetch = FolderCarrier(tmp_path, ORG).fetch()
    else:
        package = zips.write_package(entries, org=ORG, heads=zips.HEADS, made_at=zips.AT, sign=zips.sign)
        fetch = read_package(package, verify=zips.verify).entries()
    kinds = []

    for found in fetch:
        assert isinstance(found, Entry)
        if not kinds:
            fetch.soon(entries[4].id)
        kinds.append((found.kind, found.id == entries[4].id))

    assert kinds[1] == (EntryKind.BLOB, True)
    assert [kind for kind, early in kinds if not early] == [EntryKind.ACT] * 3 + [EntryKind.BLOB]
