"""The table attack, refusal, test, and what keeps it from being complete."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.attacks.catalogue import ROWS, SECTIONS, Row
from tests.attacks.markers import Found, Try

_NAME, _REFUSAL = 58, 44


@dataclass(frozen=True, slots=True)
class Table:
    """``outcomes`` maps tests that ran to whether they passed; it is None when nothing was run."""

    found: Found
    outcomes: Mapping[str, bool] | None = None

    def problems(self) -> list[str]:
        """What makes the table wrong; nothing when it is whole."""
        tried = {item.attack for item in self.found.tries}
        known = [row for row in ROWS.values() if not row.room and row.name not in tried]
        early = [row for row in ROWS.values() if row.room and row.name in tried]
        return [
            *self.found.problems,
            *(f"no test tries: {row.name}" for row in known),
            *(f"a test tries it, so its room is built: {row.name} ({row.room})" for row in early),
            *(f"did not pass: {name}" for name in self._failed()),
        ]

    def unknown(self) -> list[str]:
        """Attacks the tests name and the catalogue does not, in the order of the tests."""
        return list(dict.fromkeys(item.attack for item in self.found.tries if item.attack not in ROWS))

    def lines(self) -> Iterator[str]:
        for section, rows in SECTIONS.items():
            yield ""
            yield f"{section:<{_NAME}} {'meets':<{_REFUSAL}} in"
            for row in rows:
                yield from self._row(row)
        yield ""
        yield self._sum()

    def _row(self, row: Row) -> Iterator[str]:
        if row.room:
            yield f"  {row.name:<{_NAME - 2}} not built yet: {row.room}"
            return
        name = row.name
        for item in self.found.tries:
            if item.attack == row.name:
                test = item.test.removeprefix("tests/") + self._note(item)
                yield f"  {name:<{_NAME - 2}} {item.refusal:<{_REFUSAL}} {test}"
                name = ""
        if name:
            yield f"  {name:<{_NAME - 2}} NO TEST"

    def _note(self, item: Try) -> str:
        if self.outcomes is None or self.outcomes.get(item.test):
            return ""
        return " (in a separate step)" if item.apart and item.test not in self.outcomes else " FAILED"

    def _failed(self) -> list[str]:
        if self.outcomes is None:
            return []
        tests = dict.fromkeys(item.test for item in self.found.tries if not item.apart)
        return [test for test in tests if not self.outcomes.get(test)]

    def _sum(self) -> str:
        tried = {item.attack for item in self.found.tries}
        built = [row for row in ROWS.values() if not row.room]
        failed = set(self._failed())
        held = [row for row in built if row.name in tried and not self._broken(row, failed)]
        rooms = Counter(row.room for row in ROWS.values() if row.room)
        waiting = ", ".join(f"{room} {count}" for room, count in rooms.most_common())
        here = [row for row in held if self.outcomes is None or self._ran(row)]
        said = f"{len(here)} {'have a test' if self.outcomes is None else 'refused here'}"
        if elsewhere := len(held) - len(here):
            said += f", {elsewhere} tried in other steps only"
        return f"{len(built)} attacks, {said}; {rooms.total()} rows not built yet: {waiting}."

    def _ran(self, row: Row) -> bool:
        """Whether a test that ran here tries an attack; what another step runs was not tried by this one."""
        return any(item.test in (self.outcomes or ()) for item in self.found.tries if item.attack == row.name)

    def _broken(self, row: Row, failed: set[str]) -> bool:
        return any(item.test in failed for item in self.found.tries if item.attack == row.name)
