"""Where the person has been: back and forward, as in a browser. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Visit:
    place: str
    argument: object = None


class History:
    """The visits so far and the present one among them."""

    LONGEST = 100

    def __init__(self) -> None:
        self._visits: list[Visit] = []
        self._at = -1

    @property
    def current(self) -> Visit | None:
        return self._visits[self._at] if self._visits else None

    @property
    def can_go_back(self) -> bool:
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        return self._at < len(self._visits) - 1

    def visit(self, visit: Visit) -> None:
        """Go somewhere new; what was ahead is forgotten."""
        if visit == self.current:
            return
        del self._visits[self._at + 1 :]
        self._visits.append(visit)
        del self._visits[: -self.LONGEST]
        self._at = len(self._visits) - 1

    def back(self) -> Visit | None:
        if not self.can_go_back:
            return None
        self._at -= 1
        return self.current

    def forward(self) -> Visit | None:
        if not self.can_go_forward:
            return None
        self._at += 1
        return self.current
