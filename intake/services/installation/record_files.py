"""What a PDF proves, for folding a case outside the register's own transactions: read once, then remembered."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from intake.domain.case.seals import RecordFile, RecordFiles
from intake.records.proof import seals

Known = Callable[[str], RecordFile | None]


class RecordFileReader:
    """``known`` tells of a file what the register has read of it; anything else is read here."""

    MOST = 10_000
    """Files remembered at once, some hundred bytes each; then it begins from the start."""

    def __init__(self, known: Known = lambda _sha256: None) -> None:
        self._known = known
        self._read: dict[str, RecordFile] = {}

    def over(self, fetch: Callable[[str], bytes | None]) -> RecordFiles:
        """What ``fold_case`` is handed: the files are those that ``fetch`` gives, by SHA-256."""
        return partial(self._record_file, fetch)

    def _record_file(self, fetch: Callable[[str], bytes | None], sha256: str) -> RecordFile | None:
        found = self._read.get(sha256) or self._known(sha256)
        if found is None:
            data = fetch(sha256)
            if data is None:
                return None
            found = seals.record_file(data)
        if len(self._read) >= self.MOST:
            self._read.clear()
        self._read[sha256] = found
        return found
