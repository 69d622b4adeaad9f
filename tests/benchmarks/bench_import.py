"""Taking acts from a shared folder: how many a second, and what a second process would bring.

An act is verified (its signature and its form) and then stored and folded. Only the first can be done elsewhere: there is
one register with one writer. So this shows the whole import on one process, and verifying alone on one and on two.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from intake.domain.acts.kinds import COMMENT
from intake.domain.acts.kinds.comment import CommentBody
from intake.services.exchanging.folder_exchange import FolderExchange
from intake.services.installation.act_writer import ActWriter
from intake.trust.acts import verify_act
from tests.benchmarks.harness import Row
from tests.services.offices import Offices, founded

CASES = 40
PER_CASE = 25
BATCH = 100
TINY = {"CASES": 2, "PER_CASE": 3}

TEXT = "A sentence of a comment, as people write them in a case. " * 12


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        offices = founded(Path(folder) / "homes")
        share = Path(folder) / "share"
        share.mkdir()
        for _ in range(CASES):
            _discuss(offices, offices.file())
        FolderExchange(offices.installations["ada"], share).run()
        dan = offices.installations["dan"]
        start = time.perf_counter()
        report = FolderExchange(dan, share).run()
        whole = report.new / (time.perf_counter() - start)
        files = [path.read_bytes() for path in share.rglob("*.p7m")]
        start = time.perf_counter()
        _verify(files)
        one = len(files) / (time.perf_counter() - start)
        two = len(files) / _on_two(files)
    yield Row("import on one process", "verifying on one process", one / whole, None, f"{whole:.0f} acts/s")
    yield Row(
        "verifying on two processes", "verifying on one process", one / two, None, f"{two:.0f} acts/s, {one:.0f} on one"
    )


def _discuss(offices: Offices, case: str) -> None:
    writer = ActWriter(offices.installations["ada"], offices.signer("ada"))
    for _ in range(PER_CASE):
        writer.write(COMMENT, CommentBody(TEXT, ""), case=case)
    writer.store()


def _verify(files: Sequence[bytes]) -> int:
    """The signer's answer is kept where it was made: what comes back over the pipe is only that it is right."""
    return sum(verify_act(data).blob == data for data in files)


def _on_two(files: Sequence[bytes]) -> float:
    """Seconds on two processes that are already there."""
    batches = [files[start : start + BATCH] for start in range(0, len(files), BATCH)]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        list(pool.map(_verify, [batches[0][:1]] * 2))
        start = time.perf_counter()
        assert sum(pool.map(_verify, batches)) == len(files)
        return time.perf_counter() - start
