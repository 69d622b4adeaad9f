"""What a carrier offers and what finds no place here: remembered, so that nobody reads and verifies it with every exchange.

It is looked at again as soon as it could find a place: what waits, when the rosters say otherwise or when the room for it
has changed so that it would be let in; a file, when an act names it or there is room for it; what was refused, when
quarantine has room. The memory ends with the program.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from intake.exchange.entries import EntryKind
from intake.register.register import Register
from intake.register.room import WaitingPlace
from intake.register.views.projections import who_waits
from intake.trust.acts import VerifiedAct


@dataclass(slots=True)
class LeftOut:
    """Of one carrier. Acts by blob id, files by SHA-256."""

    waiting: dict[str, WaitingPlace] = field(default_factory=dict)
    """Acts that would have to wait, with the place that they need."""
    files: dict[str, int] = field(default_factory=dict)
    """Files that no act names, or only strangers and then without room, with their bytes."""
    strangers: set[str] = field(default_factory=set)
    """Those of ``files`` that strangers name."""
    refused: set[str] = field(default_factory=set)
    """Acts that were refused and that quarantine has no room for."""
    not_kept: bool = False
    """Whether there were refused acts or files that it had no room for."""
    met: set[str] = field(default_factory=set)
    """All of these that the carrier still has, by the look that is going on."""
    _holding: tuple[int, ...] = ()
    _rosters: object = None

    @property
    def seeking(self) -> bool:
        """Whether anything was left that a roster could let in."""
        return bool(self.waiting or self.strangers)

    def has(self, kind: EntryKind, name: str) -> bool:
        """Whether this need not be read."""
        found = name in self.files if kind is EntryKind.BLOB else name in self.waiting or name in self.refused
        if found:
            self.met.add(name)
        return found

    def leave_acts(self, acts: Iterable[VerifiedAct]) -> None:
        """These found no place to wait."""
        for item in acts:
            self.waiting[item.blob_id] = WaitingPlace.of(item)
            self.met.add(item.blob_id)

    def leave_files(self, sizes: Iterable[tuple[str, int]], *, strangers: bool) -> None:
        for name, size in sizes:
            self.files[name] = size
            self.met.add(name)
            if strangers:
                self.strangers.add(name)

    def leave_refused(self, acts: set[str]) -> None:
        """Quarantine is full, and these acts could not be kept either."""
        self.not_kept = True
        self.refused.update(acts)
        self.met.update(acts)

    def keep_again(self, register: Register) -> bool:
        """Whether quarantine has room again since something was not kept; then all of that is forgotten here."""
        if not self.not_kept or register.quarantine.full():
            return False
        self.refused.clear()
        self.not_kept = False
        return True

    def look_again(self, register: Register) -> None:
        """Forget what could find a place now."""
        self.met.clear()
        holding = register.receipts.holding()
        if holding != self._holding:
            self._look_again(register)
            self._holding = holding

    def settle(self) -> None:
        """The carrier was looked through to its end: forget what it has no more."""
        for names in (self.waiting, self.files):
            for name in names.keys() - self.met:
                del names[name]
        self.strangers &= self.files.keys()
        self.refused &= self.met

    def _look_again(self, register: Register) -> None:
        view = register.organisation()
        rosters = (who_waits(view), frozenset(view.bound))
        if rosters != self._rosters:
            self.waiting.clear()
            self._rosters = rosters
        places, files = register.waiting_room.with_place(self.waiting.values(), self.files)
        self.waiting = {name: wanted for name, wanted in self.waiting.items() if wanted not in places}
        for name in files:
            del self.files[name]
        self.strangers -= files
