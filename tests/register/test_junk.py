"""A full quarantine: what is sent away takes the place of junk, and many refused files can be forgotten at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.exchange.refusals import WrongHash
from intake.register.refusals import AnotherOrganisation, SentAway, UnreadableBody
from intake.register.register import Register
from intake.register.store import quarantine
from intake.register.store.quarantine import QuarantineRoom, RefusedOffer
from intake.trust.refusals import NotSigned
from tests.people import person
from tests.register.helpers import open_register

pytestmark = pytest.mark.attack(
    "junk that fills the quarantine, so that nothing can be sent away",
    refusal="the acts take the place of junk; never of what begins as a signed file",
)

ACT = person("mallory").act("note-x", {}).blob


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return open_register(tmp_path)


def fill(register: Register, *offered: tuple[bytes, type]) -> None:
    every = [
        RefusedOffer(data, kind(name="x", detail="y", found="z", org="o"), "x.p7m", "share") for data, kind in offered
    ]
    assert register.quarantine.put_all(every) == len(every)


def keep(register: Register, data: bytes, *, keep: bool = True, kind: type = SentAway) -> bool:
    with register._database.write() as connection:
        room = QuarantineRoom(connection, register._clock())
        return room.put(data, kind(detail="x"), name="x", source="", keep=keep, before_junk=kind is SentAway)


def test_what_is_sent_away_takes_the_place_of_junk_and_of_nothing_else(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quarantine, "MAX_ITEMS", 5)
    foreign, damaged = person("zoe").act("note-x", {}).blob, ACT[:-1]
    fill(register, (b"junk", NotSigned), (foreign, AnotherOrganisation), (ACT, WrongHash), (damaged, NotSigned))
    assert keep(register, b"stored among the acts", keep=False, kind=UnreadableBody)

    assert keep(register, ACT)
    assert not keep(register, foreign)

    assert {item.reason.code for item in register.quarantine.items()} == {
        "AnotherOrganisation", "WrongHash", "NotSigned", "UnreadableBody", "SentAway"
    }  # fmt: skip
    assert {register.quarantine.bytes_of(item.pk) for item in register.quarantine.items()} == {
        foreign, ACT, damaged, None
    }  # fmt: skip


def test_junk_gives_way_by_its_bytes_too_the_largest_first(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quarantine, "MAX_BYTES", 2 * len(ACT) + 1)
    fill(register, (b"small", NotSigned), (b"x" * len(ACT), NotSigned), (b"y" * len(ACT), NotSigned))

    assert keep(register, ACT)
    assert keep(register, ACT + b"x")

    left = [(item.reason.code, item.kept) for item in register.quarantine.items()]
    assert left == [("SentAway", True), ("SentAway", True), ("NotSigned", False)]


def test_many_are_counted_and_forgotten_by_code_by_source_or_as_junk(register: Register) -> None:
    kept = register.quarantine
    kept.put_all(RefusedOffer(b"%d" % number, NotSigned(), f"{number}.p7m", "share") for number in range(600))
    kept.put_all([RefusedOffer(ACT, WrongHash(name="x", detail="y"), "x.p7m", "stick")])
    kept.put_all([RefusedOffer(b"on the stick", NotSigned(), "y.p7m", "stick")])

    counted = {(item.code, item.source): (item.count, item.newest) for item in kept.alike()}
    assert counted == {
        ("NotSigned", "share"): (600, "599.p7m"),
        ("WrongHash", "stick"): (1, "x.p7m"),
        ("NotSigned", "stick"): (1, "y.p7m"),
    }
    assert len(kept.chosen("NotSigned")) == len(kept.chosen(junk=True)) == 601
    assert len(kept.chosen("NotSigned", "stick")) == 1
    assert kept.chosen("WrongHash", junk=True) == ()

    steps: list[tuple[int, int]] = []
    junk = kept.chosen(source="share", junk=True)
    assert kept.remove_all(junk, lambda done, total: steps.append((done, total))) == 600
    assert kept.remove_all(junk) == 0
    assert steps == [(512, 600), (600, 600)]
    assert kept.count() == 2
