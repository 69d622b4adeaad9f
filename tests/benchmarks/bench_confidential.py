"""Sending and fetching where nobody without a key reads anything, against the open exchange of the same acts."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from intake.domain.acts.kinds import COMMENT
from intake.domain.acts.kinds.comment import CommentBody
from intake.services.exchanging.folder_exchange import FolderExchange
from intake.services.exchanging.releasing import open_and_take
from intake.services.installation.act_writer import ActWriter
from tests.benchmarks.harness import Row, timed
from tests.people import person
from tests.services.confidential_offices import founded_confidentially
from tests.services.offices import Offices, founded

CASES = 400
PER_CASE = 25
TINY = {"CASES": 2, "PER_CASE": 3}

TEXT = "A sentence of a comment, as people write them in a case. " * 12


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        open_send, open_fetch, count = _measured(founded(Path(folder) / "open"), Path(folder) / "open share")
        share = Path(folder) / "closed share"
        share.mkdir()
        send, fetch, _ = _measured(founded_confidentially(Path(folder) / "closed", share), share)
    said = f"{count} acts"
    yield Row("send confidentially", "send openly", send / open_send, 1.3, f"{said}, {send:.1f} s")
    yield Row("fetch confidentially", "fetch openly", fetch / open_fetch, 1.3, f"{said}, {fetch:.1f} s")


def _measured(offices: Offices, share: Path) -> tuple[float, float, int]:
    """Seconds to send and to fetch, and how many acts that were; Dan has the keys before the acts come."""
    share.mkdir(exist_ok=True)
    ada, dan = offices.installations["ada"], offices.installations["dan"]
    cases = [offices.file() for _ in range(CASES)]
    for name in ("ada", "dan"):
        FolderExchange(offices.installations[name], share).run()
    open_and_take(dan, person("dan").reader)
    for case in cases:
        writer = ActWriter(ada, offices.signer("ada"))
        for _ in range(PER_CASE):
            writer.write(COMMENT, CommentBody(TEXT, ""), case=case)
        writer.store()
    sending, fetching = FolderExchange(ada, share), FolderExchange(dan, share)
    sent = timed(sending.run)
    fetched = timed(fetching.run)
    return sent, fetched, CASES * PER_CASE
