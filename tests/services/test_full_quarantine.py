"""Rubbish in a share, more than quarantine holds: the good acts behind it arrive all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.domain.base.canonical import sha256
from intake.register.store import quarantine
from intake.services.exchanging.folder_exchange import FolderExchange
from tests.languages import in_words
from tests.services.offices import Offices

pytestmark = pytest.mark.attack(
    "junk that fills the quarantine, to keep good acts out",
    refusal="QuarantineFull, said in the report; the exchange goes on",
)


def junk(share: Path, org: str, count: int) -> None:
    """Files in the form of acts by their names, which every reading meets before any honest one."""
    for number in range(count):
        data = b"junk %d" % number
        folder = share / org / "ev" / "00"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{sha256(data)}.p7m").write_bytes(data)


@pytest.fixture
def full(offices: Offices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(quarantine, "MAX_ITEMS", 5)
    share = tmp_path / "share"
    share.mkdir()
    junk(share, offices.installations["dan"].register.org, 12)
    return share


def test_the_good_acts_behind_arrive(offices: Offices, full: Path) -> None:
    case = offices.file()
    FolderExchange(offices.installations["ada"], full).run()
    dan = offices.installations["dan"]

    report = FolderExchange(dan, full).run()

    assert dan.register.queries.row(case) is not None
    assert dan.register.quarantine.count() == 5
    assert any("7 refused files were not kept" in message for message in in_words(report.notes))


def test_what_was_not_kept_is_looked_at_again_once_there_is_room(offices: Offices, full: Path) -> None:
    dan = offices.installations["dan"].register
    exchange = FolderExchange(offices.installations["dan"], full)
    exchange.run()
    for item in dan.quarantine.items():
        dan.quarantine.remove(item.pk)

    again = exchange.run()

    assert (again.refused, dan.quarantine.count()) == (12, 5)
