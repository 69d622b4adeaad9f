"""``verify`` among hostile files: each file has its own verdict, and none stops the others."""

from __future__ import annotations

import resource
import signal
import zipfile
import zlib
from pathlib import Path

import pytest

from intake.domain.acts.kinds import REVISION
from intake.records.proof.rebuild import base_of
from intake.records.reading import claims
from intake.records.refusals import NotARecord
from intake.services.outside import process
from intake.trust.acts import verify_act
from tests import hostile_pdfs
from tests.commands.house import called, document

pytestmark = pytest.mark.own_readers

MEBIBYTE = 1 << 20


@pytest.fixture
def judge(decided):
    """Judges files by the acts beside them; gives the exit code and the answer for each."""
    house, _ = decided
    beside = ("--org", house.org, "--acts", house.root / "acts")

    def make(*paths):
        result = called("verify", *beside, *paths, "--json")
        return result.exit_code, document(result, "verify")["files"]

    return make


@pytest.fixture
def record(decided):
    house, _ = decided
    return house.root / "record.pdf"


@pytest.mark.attack("a PDF with a password among the files", refusal="UNREADABLE: NotARecord")
@pytest.mark.exhaustive
def test_a_file_with_a_password_is_unreadable_and_the_others_are_judged(judge, record, tmp_path):
    locked = tmp_path / "locked.pdf"
    locked.write_bytes(hostile_pdfs.locked(record.read_bytes()))
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(record.read_bytes()[:-1])

    code, found = judge(record, locked)
    worst, with_changed = judge(changed, locked)

    assert indications(found) == ["TOTAL-PASSED", "UNREADABLE"]
    assert "it says that a password protects it" in found[1]["said"]["text"]
    assert code == 3
    assert indications(with_changed) == ["TOTAL-FAILED", "UNREADABLE"]
    assert worst == 1


def test_the_word_for_a_password_in_a_whole_record_means_nothing(judge, record):
    assert b"/Encrypt" not in record.read_bytes()
    # A person may be called so; the record is shaped as one, and that decides.
    claims.check_open(record.read_bytes())

    with pytest.raises(NotARecord, match="password"):
        claims.check_open(record.read_bytes() + b"trailer<</Encrypt 5 0 R>>")


@pytest.mark.attack("a twin deflated twice or thrice, gigabytes in kilobytes", refusal="TOTAL-FAILED: FORMAT_FAILURE")
@pytest.mark.parametrize("layers", [2, pytest.param(3, marks=pytest.mark.exhaustive)])
def test_a_bomb_in_a_record_swallows_nothing(judge, record, tmp_path, layers):
    path = tmp_path / "bomb.pdf"
    path.write_bytes(hostile_pdfs.with_twin_bomb(base_of(record.read_bytes()), layers))

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    code, found = judge(path, record)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before

    assert indications(found) == ["TOTAL-FAILED", "TOTAL-PASSED"]
    assert found[0]["sub_indication"] == "FORMAT_FAILURE"
    assert code == 1
    assert grown * 1024 < 200 * MEBIBYTE


@pytest.mark.exhaustive
def test_the_bombs_are_bombs():
    """What is refused above is no damaged file: it does unpack, and does not stop."""
    bomb = hostile_pdfs.deflated_zeros(1 << 30, 2)

    inner = zlib.decompressobj().decompress(bomb)

    assert len(bomb) < 10_000
    assert len(zlib.decompressobj().decompress(inner, 64 * MEBIBYTE)) == 64 * MEBIBYTE


def counting(house) -> Path:
    """A signed act that counts: the revision that was decided."""
    files = sorted((house.root / "acts").glob("*.p7m"))
    return next(file for file in files if verify_act(file.read_bytes()).act.kind == REVISION.name)


@pytest.mark.attack("rubbish that begins like a signed act", refusal="UNREADABLE: BadEncoding")
@pytest.mark.exhaustive
def test_rubbish_for_acts_is_judged_file_by_file(judge, decided, tmp_path):
    house, _ = decided
    good = counting(house)
    rubbish = {
        "endless.p7m": b"\x30\x84\xff\xff\xff\xff",
        "indefinite.p7m": b"\x30\x80" * 10_000,
        "deep.p7m": b"\x30\x82\x0f\xff" * 1_000,
        "cut.p7m": good.read_bytes()[:100],
    }
    for name, data in rubbish.items():
        (tmp_path / name).write_bytes(data)

    code, found = judge(*(tmp_path / name for name in rubbish), good)

    assert indications(found) == ["UNREADABLE"] * 4 + ["TOTAL-PASSED"]
    assert code == 3


@pytest.mark.attack("a package that unpacks into gigabytes", refusal="TOTAL-FAILED: CompressionBomb")
@pytest.mark.exhaustive
def test_a_package_with_a_bomb_is_judged_beside_a_good_one(judge, decided, tmp_path):
    house, _ = decided
    bomb = tmp_path / "bomb.countersign"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", bytes(64 * MEBIBYTE))

    _, found = judge(bomb, house.root / "all.countersign")

    assert indications(found) == ["TOTAL-FAILED", "TOTAL-PASSED"]
    assert "unpack" in found[0]["said"]["text"] or "larger" in found[0]["said"]["text"]


@pytest.mark.parametrize("times", [1, pytest.param(10, marks=pytest.mark.exhaustive)])
def test_many_files_of_every_sort_have_as_many_verdicts(judge, decided, record, tmp_path, times):
    house, _ = decided
    locked = tmp_path / "locked.pdf"
    locked.write_bytes(hostile_pdfs.locked(record.read_bytes()))
    some = [record, locked, counting(house), house.root / "all.countersign", tmp_path / "none.pdf"]

    code, found = judge(*(some * times))

    expected = ["TOTAL-PASSED", "UNREADABLE", "TOTAL-PASSED", "TOTAL-PASSED", "UNREADABLE"]
    assert indications(found) == expected * times
    assert code == 3


@pytest.mark.kill
@pytest.mark.attack("a file that makes its reader crash, in a batch", refusal="UNREADABLE: ReaderStopped")
@pytest.mark.slow("real readers are started again")
@pytest.mark.exhaustive
def test_killing_a_reader_costs_the_file_it_reads(judge, record, monkeypatch):
    """Signal 11 to the real worker while it holds a real record."""
    killed = []
    real = process._Watch

    class Killing(real):  # type: ignore[misc, valid-type]  # the class as it is at run time
        def __init__(self, reader, *more):
            if not killed:
                killed.append(reader.pid)
                reader.send_signal(signal.SIGSEGV)
            super().__init__(reader, *more)

    monkeypatch.setattr(process, "_Watch", Killing)

    _, found = judge(record, record)

    assert sorted(indications(found)) == ["TOTAL-PASSED", "UNREADABLE"]
    assert any("signal 11" in item["said"]["text"] for item in found)


def indications(found):
    return [item["indication"] for item in found]
