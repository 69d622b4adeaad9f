"""Files that seals name, each read once: what a PDF proves is remembered by its digest, in memory only."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from intake.domain.fold import Paper, Papers
from intake.records import seals


class PaperReader:
    """Shared by the register's projections and the desk. ``Fetch`` gives the bytes of a file, or None without them."""

    MOST = 10_000
    """Files remembered at once, some hundred bytes each; then it begins from the start."""

    def __init__(self) -> None:
        self._known: dict[str, Paper] = {}

    def over(self, fetch: Callable[[str], bytes | None]) -> Papers:
        """What ``fold_case`` is handed: the files are those that ``fetch`` gives."""
        return partial(self._paper, fetch)

    def _paper(self, fetch: Callable[[str], bytes | None], sha256: str) -> Paper | None:
        found = self._known.get(sha256)
        if found is None:
            data = fetch(sha256)
            if data is None:
                return None
            if len(self._known) >= self.MOST:
                self._known.clear()
            self._known[sha256] = found = seals.paper(data)
        return found
