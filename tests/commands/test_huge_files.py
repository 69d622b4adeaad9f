"""Files as large as the limits allow, among the acts to judge by: read only when an act that matters names them."""

from __future__ import annotations

import json
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest

from intake.commands import verifying
from intake.domain.acts.envelope import Attachment
from intake.domain.base.canonical import sha256
from intake.services.proving import anchors
from tests.commands.house import document, run
from tests.people import person
from tests.services.hostile import by_hand

HUGE = 256 << 20
NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(HUGE)


@pytest.fixture
def beside(decided, tmp_path: Path) -> Path:
    """The acts of an organisation, and twelve huge files of each ending, one of which a stranger's checkpoint names."""
    house, _ = decided
    for path in (house.root / "acts").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    for number in range(12):
        sparse(tmp_path / f"{sha256(bytes([number]))}.heads")
        sparse(tmp_path / f"{sha256(bytes([number]))}.people")
        sparse(tmp_path / f"{number}.heads")
    named = Attachment(sha256(b"\0"), HUGE, "application/json", "heads").as_json()
    stranger = by_hand(person("mallory").key, "checkpoint", {"heads": named, "token": None}, org=house.org, at=NOW)
    (tmp_path / f"{stranger.blob_id}.p7m").write_bytes(stranger.blob)
    return tmp_path


@pytest.mark.attack("huge files that no act names, among the acts to judge by", refusal="not read")
def test_they_take_no_memory(decided, beside: Path) -> None:
    house, _ = decided
    tracemalloc.start()
    try:
        anchor = anchors.anchor_of_files(house.org, sorted(beside.iterdir()))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert anchor.rosters.founded
    assert peak < 32 << 20


@pytest.mark.attack("huge files that no act names, among the acts to judge by", refusal="not read")
@pytest.mark.exhaustive
def test_the_record_is_judged_as_without_them(decided, beside: Path) -> None:
    house, _ = decided

    result = run("verify", house.root / "record.pdf", "--org", house.org, "--acts", beside, "--json")

    assert document(result, "verify")["indication"] == "TOTAL-PASSED"


def test_without_memory_a_command_refuses_in_words(decided, monkeypatch: pytest.MonkeyPatch) -> None:
    house, _ = decided

    def full(_: Path) -> None:
        raise MemoryError

    monkeypatch.setattr(verifying, "require_folder", full)

    result = run("verify", house.root / "record.pdf", "--org", house.org, "--acts", house.root, "--json", expect=3)

    assert json.loads(result.stdout)["refusal"]["code"] == "OutOfMemory"
