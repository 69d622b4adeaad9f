"""Judging the records of a list, one after the other: which hold, which do not, and why. What was found stays when it is stopped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from intake.domain.base.refusals import Refusal
from intake.services.deciding.records_at_hand import Judge, NoRecord, RecordFails, at_hand
from intake.services.lists.table_file import ListedCases, numbers_of
from intake.services.outside.refusals import ReaderNotStarted, ReadingCancelled

if TYPE_CHECKING:
    from intake.register.views.rows import CaseRow
    from intake.services.installation.installation import Installation
    from intake.services.lists.table_file import Progress


class CheckedAs(StrEnum):
    HOLDS = "holds"
    REMARK = "remark"  # it holds, and is not, or not surely, the record that stands now
    FAILED = "failed"
    MISSING = "missing"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class CheckedRecord:
    """``words`` is why it does not simply hold."""

    case: str
    reference: str
    title: str
    found: CheckedAs
    words: str


@dataclass(frozen=True, slots=True)
class RecordsChecked:
    """``look_at`` are the records that do not simply hold, in the order of the list. ``done`` is less than ``total`` when
    somebody stopped it.
    """

    counts: Mapping[CheckedAs, int]
    look_at: tuple[CheckedRecord, ...]
    done: int
    total: int

    @property
    def holding(self) -> int:
        return self._count(CheckedAs.HOLDS)

    @property
    def failing(self) -> int:
        """Those that nobody should rely on."""
        return self._count(CheckedAs.FAILED, CheckedAs.UNREADABLE)

    @property
    def unsure(self) -> int:
        return self._count(CheckedAs.REMARK, CheckedAs.MISSING)

    def _count(self, *sorts: CheckedAs) -> int:
        return sum(self.counts.get(sort, 0) for sort in sorts)


def check_records(
    installation: Installation,
    judge: Judge,
    listed: ListedCases,
    progress: Progress = lambda *_: None,
    stopped: Callable[[], bool] = lambda: False,
) -> RecordsChecked:
    """Judge the record of every listed case. Raises UnsearchableText, or ReaderNotStarted where no file can be judged."""
    numbers = numbers_of(installation, listed)
    counts: Counter[CheckedAs] = Counter()
    look_at: list[CheckedRecord] = []
    done = 0
    for rows in installation.register.whole_list.rows(numbers):
        for row in rows:
            progress(done, len(numbers), row.title)
            if stopped():
                return RecordsChecked(counts, tuple(look_at), done, len(numbers))
            try:
                found = _checked(installation, judge, row)
            except ReadingCancelled:
                return RecordsChecked(counts, tuple(look_at), done, len(numbers))
            counts[found.found] += 1
            done += 1
            if found.found is not CheckedAs.HOLDS:
                look_at.append(found)
    progress(done, len(numbers), "")
    # Cases that are gone since the list was asked for have no record to judge.
    return RecordsChecked(counts, tuple(look_at), done, done)


def _checked(installation: Installation, judge: Judge, row: CaseRow) -> CheckedRecord:
    def found(sort: CheckedAs, words: str) -> CheckedRecord:
        return CheckedRecord(row.case, row.reference, row.title, sort, words)

    try:
        record = at_hand(installation, row.case, judge)
    except (ReaderNotStarted, ReadingCancelled):
        raise
    except NoRecord as refusal:
        return found(CheckedAs.MISSING, refusal.what_happened)
    except RecordFails as refusal:
        return found(CheckedAs.FAILED, refusal.what_happened)
    except Refusal as refusal:
        return found(CheckedAs.UNREADABLE, refusal.what_happened)
    return found(CheckedAs.REMARK if record.words else CheckedAs.HOLDS, record.words)
