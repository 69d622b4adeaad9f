"""Hostile PDFs in the hands of the real parsers: the reader ends, within its limits, and says so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.records.proof.verdict import Indication, SubIndication
from intake.records.refusals import NotARecord
from intake.services.outside.limits import WorkerLimits
from intake.services.outside.pool import Pool
from intake.services.outside.refusals import FileRefused, ReaderStopped, TookTooLong, TookTooMuchMemory
from intake.services.proving import judge, show
from tests import hostile_pdfs
from tests.records.conftest import base, installation, keys, printer  # noqa: F401 - fixtures of records
from tests.services.anchoring import anchor_of_acts
from tests.services.test_outside import children

SECONDS = 30
MEBIBYTE = 1 << 20


class Meter:
    """The most address space any reader had while it was looked at; it limits nothing, the kernel does."""

    def __init__(self) -> None:
        self.most = 0

    def __call__(self, process: int) -> None:
        try:
            pages = int(Path(f"/proc/{process}/statm").read_text().split()[0])
        except (OSError, IndexError):
            return
        self.most = max(self.most, pages * 4096)


@pytest.fixture
def meter() -> Meter:
    return Meter()


@pytest.fixture
def pool(meter) -> Iterator[Pool]:
    before = children()
    with Pool(limits=WorkerLimits(seconds=SECONDS), used=meter) as made:
        yield made
    assert children() <= before


@pytest.mark.attack("a page deflated twice or thrice, gigabytes in kilobytes", refusal="ReaderStopped")
@pytest.mark.parametrize("layers", [2, pytest.param(3, marks=pytest.mark.exhaustive)])
def test_a_page_that_unpacks_into_gigabytes_is_not_shown(pool, meter, layers):
    bomb = hostile_pdfs.page_bomb(layers)

    with pytest.raises((ReaderStopped, TookTooMuchMemory)):
        show.draw(pool, bomb, 0, 800)

    assert len(bomb) < 10_000
    assert 200 * MEBIBYTE < meter.most <= WorkerLimits().memory
    # The next file is read as if nothing had been.
    assert show.pages(pool, bomb).sizes == ((612.0, 792.0),)


@pytest.mark.exhaustive
@pytest.mark.attack("a picture of 900 million pixels", refusal="it is drawn within the limit")
def test_a_huge_picture_stays_within_the_limit(pool, meter):
    drawn = show.draw(pool, hostile_pdfs.picture_bomb(2), 0, 200)

    assert drawn.width == 200
    assert meter.most <= WorkerLimits().memory


@pytest.mark.exhaustive
@pytest.mark.attack("forms that draw forms that draw forms", refusal="ReaderStopped or TookTooMuchMemory")
def test_forms_within_forms_are_given_up(pool, meter):
    with pytest.raises((ReaderStopped, TookTooMuchMemory, TookTooLong)):
        show.draw(pool, hostile_pdfs.nested_forms(), 0, 200)

    assert meter.most <= WorkerLimits().memory


@pytest.mark.attack("a page whose drawing takes hours", refusal="TookTooLong")
@pytest.mark.exhaustive
def test_a_page_that_takes_too_long_is_given_up():
    slow = hostile_pdfs.slow_page()

    with Pool(limits=WorkerLimits(seconds=3)) as pool, pytest.raises(TookTooLong):
        show.draw(pool, slow, 0, 2_000)


def test_a_locked_file_is_refused_and_not_stumbled_over(pool):
    locked = hostile_pdfs.locked(hostile_pdfs.page_bomb(2, size=64 * MEBIBYTE))

    with pytest.raises(FileRefused, match="cannot be shown"):
        show.pages(pool, locked)
    with pytest.raises(NotARecord, match="a password protects it"):
        judge.verify_record(pool, locked, anchor_of_acts("", ()))


@pytest.mark.attack("a twin of gigabytes in a record of the right shape", refusal="BrokenRecord, nothing is unpacked")
@pytest.mark.exhaustive
def test_a_twin_of_gigabytes_is_refused_packed(pool, meter, base):  # noqa: F811
    bomb = hostile_pdfs.with_twin_bomb(base, 2)

    verdict = judge.verify_record(pool, bomb, anchor_of_acts("", ()))

    assert (verdict.indication, verdict.sub_indication) == (Indication.FAILED, SubIndication.FORMAT_FAILURE)
    assert 0 < meter.most <= WorkerLimits().memory
