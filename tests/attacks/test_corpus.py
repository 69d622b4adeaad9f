"""Many foreign and damaged PDF files, each judged and shown: a verdict for every one, no traceback, no limit passed."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from intake.services.outside.limits import WorkerLimits
from intake.services.outside.pool import FOR_MANY, Pool
from intake.services.outside.refusals import ReadingFailed
from intake.services.proving import show
from intake.services.proving.anchors import anchor_of_files
from intake.services.proving.judge import File, judge_file
from intake.services.proving.judged import FileSort, Judged, Result
from tests.attacks import sdists
from tests.records.conftest import base, both, first, installation, keys, printer  # noqa: F401 - fixtures of signed records
from tests.services.test_outside import children
from tests.services.test_outside_hostile import Meter

MUTATIONS = 400

pytestmark = pytest.mark.exhaustive

Answer = tuple[Judged, str]
Try = Callable[[list[bytes]], list[Answer]]


@pytest.fixture(scope="module")
def try_all() -> Iterator[Try]:
    """Judges every file and shows its first page, on two workers with the real limits."""
    meter, processes = Meter(), children()
    anchor = anchor_of_files("ab" * 32, ())
    with Pool(FOR_MANY, used=meter) as pool:

        def answer(data: bytes) -> Answer:
            judged = judge_file(pool, File(FileSort.RECORD, Path("foreign.pdf"), data), anchor)
            try:
                drawn = show.draw(pool, data, 0, 300) if show.pages(pool, data).sizes else None
            except ReadingFailed as refusal:
                return judged, refusal.code
            return judged, "shown" if drawn else "empty"

        yield lambda files: pool.each(answer, files)
    assert meter.most <= WorkerLimits().memory
    assert children() <= processes


@pytest.mark.attack("every broken PDF others have met", refusal="a verdict that is not TOTAL-PASSED")
@pytest.mark.parametrize("source", sdists.SOURCES)
def test_every_foreign_file_has_a_verdict(try_all, source, capsys):
    # Without the files nothing was tried: NotFetched fails here, so that the step is never green without a corpus.
    files = [data for _, data in sdists.pdfs(sdists.sdist(source))]

    found = try_all(files)

    assert len(found) == len(files) >= 10
    assert all(judged.result in {Result.FAILED, Result.UNREADABLE, Result.INDETERMINATE} for judged, _ in found)
    assert all(judged.sentence and judged.next_step for judged, _ in found)
    with capsys.disabled():
        print(f"\n{source}: {len(files)} files", *_counted(found))


@pytest.mark.attack("a signed record with damage at random", refusal="TOTAL-FAILED or UNREADABLE")
def test_a_damaged_record_never_passes_and_never_stops_anything(try_all, both, capsys):  # noqa: F811
    draw = random.Random(8)
    files = [_damaged(both, draw) for _ in range(MUTATIONS)]

    found = try_all(files)

    assert {judged.result for judged, _ in found} <= {Result.FAILED, Result.UNREADABLE}
    with capsys.disabled():
        print(f"\ndamaged records: {len(files)} files", *_counted(found))


def _counted(found: list[Answer]) -> list[str]:
    verdicts = Counter(judged.result.value for judged, _ in found)
    return [f"{count} {name}" for name, count in sorted((verdicts + Counter(seen for _, seen in found)).items())]


def _damaged(pdf: bytes, draw: random.Random) -> bytes:
    """One to four changes of the kinds that make parsers stumble. At least one byte differs."""
    changed = pdf
    for _ in range(draw.randint(1, 4)):
        changed = draw.choice(_DAMAGES)(changed, draw)
    return changed if changed != pdf else pdf[:-1]


def _flip(pdf: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(pdf))
    return pdf[:at] + bytes([pdf[at] ^ (1 << draw.randrange(8))]) + pdf[at + 1 :]


def _cut(pdf: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(pdf))
    return pdf[:at] + pdf[at + draw.randint(1, 5_000) :]


def _repeat(pdf: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(pdf))
    return pdf[:at] + pdf[at : at + draw.randint(1, 5_000)] * draw.randint(2, 50) + pdf[at:]


def _renumber(pdf: bytes, draw: random.Random) -> bytes:
    """Another number in the place of one: lengths, offsets, references, counts."""
    numbers = list(re.finditer(rb"\b\d{1,10}\b", pdf))
    found = draw.choice(numbers)
    number = draw.choice([b"0", b"-1", b"1", b"2147483648", b"99999999999999999999", found.group() + b"0"])
    return pdf[: found.start()] + number + pdf[found.end() :]


def _rename(pdf: bytes, draw: random.Random) -> bytes:
    """Another name in the place of one: filters, types, keys."""
    found = draw.choice(list(re.finditer(rb"/[A-Za-z0-9]{2,20}", pdf)))
    names = [
        b"/FlateDecode",
        b"/LZWDecode",
        b"/JBIG2Decode",
        b"/Crypt",
        b"/Parent",
        b"/Kids",
        b"/Prev",
        b"/ObjStm",
        b"/",
    ]
    return pdf[: found.start()] + draw.choice(names) + pdf[found.end() :]


def _nest(pdf: bytes, draw: random.Random) -> bytes:
    at = draw.choice([found.start() for found in re.finditer(rb"<<|\[", pdf)])
    return pdf[:at] + draw.choice([b"<<", b"[", b"(", b"<</A "]) * draw.choice([10, 1_000, 100_000]) + pdf[at:]


_DAMAGES = (_flip, _cut, _repeat, _renumber, _rename, _nest)
