"""What one exchange made of what a carrier brought: added up batch by batch, for the report that a person reads."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from intake.domain.base.canonical import sha256
from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import together
from intake.exchange.entries import FileProblem
from intake.register.arrivals import Appended
from intake.register.refusals import QuarantineFull, WaitingRoomFull
from intake.register.store.quarantine import Quarantine, RefusedOffer
from intake.services.exchanging.left_out import LeftOut

_ASIDE = 200
_ASIDE_BYTES = 8 << 20
"""So many refused files, or bytes of them, are put aside in one transaction."""


class NoRoomToWait(Refusal):
    what = "{count} acts and files that wait for a roster which is not here were left where they are."
    why = "What may wait here is limited, so that nobody can fill your disk."
    next = "Fetch the roster that lists their signers or that they name, or have their signers listed, and fetch again."


@dataclass(slots=True)
class ImportTotals:
    """What the register made of the entries of one exchange, added up."""

    quarantine: Quarantine
    new: int = 0
    known: int = 0
    waiting: int = 0
    refused: int = 0
    enrolments: set[str] = field(default_factory=set)
    """Acts (ids) among what was offered by which somebody enrols, whether they are new here or not."""
    waited: set[str] = field(default_factory=set)
    """Acts (ids) that waited when they were stored; what came after them may have ended that."""
    cases: set[str] = field(default_factory=set)
    problems: list[FileProblem] = field(default_factory=list)
    not_kept: int = 0
    """Refused files for which quarantine had no room."""
    without_room: set[str] = field(default_factory=set)
    """Acts (blob ids) and files (SHA-256) that would have to wait and for which there was no room."""

    acts_not_kept: set[str] = field(default_factory=set)
    """Those of them that came as acts (blob ids)."""
    _aside: list[RefusedOffer] = field(default_factory=list)

    def set_aside(self, refused: RefusedOffer) -> None:
        """Keep what was refused in quarantine, with the next batch. A full one is asked once: what is not kept must cost no time."""
        if self.not_kept:
            self._not_kept(refused)
            return
        self._aside.append(refused)
        if len(self._aside) >= _ASIDE or sum(len(item.data) for item in self._aside) >= _ASIDE_BYTES:
            self.write_aside()

    def write_aside(self) -> None:
        """Write what is still to be put aside; where that fails, the carrier offers it again."""
        waiting, self._aside = self._aside, []
        if waiting:
            for item in waiting[self.quarantine.put_all(waiting) :]:
                self._not_kept(item)

    def _not_kept(self, refused: RefusedOffer) -> None:
        self.not_kept += 1
        if refused.as_act:
            self.acts_not_kept.add(sha256(refused.data))

    def count_remembered(self, left: LeftOut, not_kept: set[str]) -> None:
        """Add what was not read, because it found no place before: acts of ``not_kept`` in quarantine."""
        self.not_kept += len(not_kept & left.met - self.acts_not_kept)
        self.without_room |= left.met & (left.waiting.keys() | left.strangers)

    @property
    def notes(self) -> tuple[Reason, ...]:
        """What found no place here, and what to do about it, in sentences."""
        full = [QuarantineFull(count=self.not_kept)] if self.not_kept else []
        left = [NoRoomToWait(count=len(self.without_room))] if self.without_room else []
        return tuple(together(item.given, item.told("next")) for item in (*full, *left))

    def add(self, done: Appended) -> None:
        self.new += len(done.new) - len(done.waiting)
        self.known += len(done.known)
        self.waited |= set(done.waiting)
        # An enrolment waits for a person, and for nothing that could still arrive.
        self.waiting += sum(name not in self.enrolments for name in done.waiting)
        full = {item.id for item in done.refused if isinstance(item.refusal, WaitingRoomFull)}
        self.refused += len(done.refused) - len(full)
        self.without_room |= full | set(done.left)
        self.cases |= done.cases

    def settle(self, still: Collection[str]) -> None:
        """``still`` are the acts that wait now, after all of it came: the others that waited are simply new."""
        ended = self.waited.difference(still)
        self.waited -= ended
        self.waiting -= len(ended - self.enrolments)
        self.new += len(ended)

    def follow(self, later: ImportTotals) -> None:
        """Add what a second look at the same carrier gave."""
        self.new += later.new
        self.known += later.known
        self.waiting += later.waiting
        self.refused += later.refused
        self.enrolments |= later.enrolments
        self.waited |= later.waited
        self.cases |= later.cases
        self.not_kept = max(self.not_kept, later.not_kept)
        self.without_room = later.without_room
        told = {problem.where for problem in self.problems}
        self.problems += [problem for problem in later.problems if problem.where not in told]
