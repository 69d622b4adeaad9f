"""Keeps what a person writes about a use case as it is given: there is no Save button, and nothing is lost with the window.

One batch is on its way at a time, and what is written meanwhile goes with the next. What could not be stored stays here, is said,
and is tried again with the next change.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from intake.domain.base.canonical import Json
from intake.domain.case.writing import Began
from intake.domain.terms.edits import TermsEdits
from ui.context import Context
from ui.jobs import JobLane, JobTask

if TYPE_CHECKING:
    from intake.services.installation.workspace import Session


@dataclass(slots=True)
class Batch:
    """Parts to keep, with what the changes of terms began from and how many there are; None where only words changed."""

    case: str
    parts: dict[str, Json] = field(default_factory=dict)
    began: Began | None = None
    changes: int | None = None
    begin_again: bool = False

    def then(self, later: Batch) -> Batch:
        """This one with a later one of the same case."""
        return Batch(
            self.case,
            self.parts | later.parts,
            later.began or self.began,
            self.changes if later.changes is None else later.changes,
            self.begin_again or later.begin_again,
        )

    def without(self, later: Batch) -> Batch:
        """What of it a later one of the same case does not say."""
        return Batch(
            self.case,
            {part: value for part, value in self.parts.items() if part not in later.parts},
            None if later.began else self.began,
            self.changes if later.changes is None else None,
            self.begin_again,
        )


def keep(_: JobTask, session: Session, batch: Batch) -> None:
    """Raises DiskFull, HomeReadOnly and their kin."""
    from intake.services.deciding import unsigned

    unsigned.keep(
        session.installation,
        session.person,
        batch.case,
        batch.parts,
        began=batch.began,
        changes=batch.changes,
        begin_again=batch.begin_again,
    )


class UnsignedKeeper(QObject):
    """What is written about one case. ``kept`` carries the case of what was stored, ``refused`` why something could not be."""

    kept = Signal(str)
    refused = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._case = ""
        self._parts: dict[str, Json] = {}
        self._edits = TermsEdits()
        self._waiting: Batch | None = None
        self._under_way: deque[Batch] = deque()
        self._left: dict[str, Batch] = {}
        """What could not be stored of other cases."""

    def open(self, case: str) -> None:
        """From now on it is about this case; nothing is known of it before ``read``."""
        if case != self._case:
            self.flush()
            self._case, self._parts, self._edits, self._waiting = case, {}, TermsEdits(), self._left.pop(case, None)

    def read(self, stored: Mapping[str, Json]) -> dict[str, Json]:
        """What is stored, as it was read a moment ago; gives it with what was written since."""
        self._parts = dict(stored)
        for batch in (*self._under_way, *((self._waiting,) if self._waiting else ())):
            if batch.case == self._case:
                self._put(batch.parts)
        return dict(self._parts)

    def know(self, edits: TermsEdits) -> None:
        """These changes of terms are what is stored."""
        self._edits = edits

    def words(self, part: str) -> str:
        """What was written there and is not signed."""
        found = self._parts.get(part)
        return found if isinstance(found, str) else ""

    def value(self, part: str) -> Json:
        return self._parts.get(part)

    def write(self, part: str, value: Json) -> None:
        """Keep words, or what is still to become a condition; nothing takes them away."""
        value = value or None
        if self._case and value != self._parts.get(part):
            self._give(Batch(self._case, {part: value}))

    def edit(self, edits: TermsEdits, began: Began, changes: int, *, begin_again: bool = False) -> None:
        """Keep the changes of terms as they are now."""
        before, now = self._edits.as_json(), edits.as_json()
        self._edits = edits
        parts: dict[str, Json] = {part: value for part, value in now.items() if before.get(part) != value}
        parts |= dict.fromkeys(before.keys() - now.keys())
        if self._case and (parts or begin_again):
            self._give(Batch(self._case, parts, began, changes, begin_again))

    def recount(self, began: Began, changes: int) -> None:
        """There are more or fewer changes than when they were kept, as other terms are in question now."""
        if self._case:
            self._give(Batch(self._case, {}, began, changes))

    @property
    def all_kept(self) -> bool:
        """Whether everything written so far, of every case, is stored."""
        return self._waiting is None and not self._under_way and not self._left

    def flush(self) -> None:
        """Hand over now what waits, of other cases as well."""
        left, self._left = self._left, {}
        for batch in (*left.values(), *((self._waiting,) if self._waiting else ())):
            self._send(batch)
        self._waiting = None

    def _give(self, batch: Batch) -> None:
        self._put(batch.parts)
        self._waiting = batch if self._waiting is None else self._waiting.then(batch)
        if not self._under_way:
            self.flush()

    def _put(self, parts: Mapping[str, Json]) -> None:
        for part, value in parts.items():
            if value is None:
                self._parts.pop(part, None)
            else:
                self._parts[part] = value

    def _send(self, batch: Batch) -> None:
        self._under_way.append(batch)
        handle = self._context.run(JobLane.REGISTER, keep, batch, owner=self, certain=True)
        handle.done.connect(self._on_done)
        handle.refused.connect(self._on_refused)
        handle.failed.connect(self._on_failed)

    def _on_done(self, _: object) -> None:
        case = self._under_way.popleft().case
        self.kept.emit(case)
        if not self._under_way:
            self.flush()

    def _on_refused(self, refusal: object) -> None:
        self._take_back()
        self.refused.emit(refusal)

    def _on_failed(self, _: object) -> None:
        self._take_back()

    def _take_back(self) -> None:
        batch = self._under_way.popleft()
        for later in self._under_way:
            # What was written after it may be stored in a moment: it must not come back over that.
            batch = batch.without(later) if later.case == batch.case else batch
        if batch.case == self._case:
            self._waiting = batch if self._waiting is None else batch.then(self._waiting)
        else:
            left = self._left.get(batch.case)
            self._left[batch.case] = batch if left is None else batch.then(left)
