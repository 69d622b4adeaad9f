"""Judging the records of a list, a few at a time: which hold, which do not, and why. What was found stays when it is stopped.

What was found can be written as a file: a line for every record that was judged, with the moment it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import words
from intake.files import write_whole
from intake.services.deciding.records_at_hand import Judge, NoRecord, RecordFails, at_hand
from intake.services.lists.csv_text import ENCODING_MARK, csv_line
from intake.services.lists.table_file import ListedCases, numbers_of
from intake.services.outside.refusals import ReaderNotStarted, ReadingCancelled

if TYPE_CHECKING:
    from intake.register.views.rows import CaseRow
    from intake.services.installation.installation import Installation
    from intake.services.lists.table_file import Progress


AT_ONCE = 4
"""Records that are judged before others get their turn: some seconds at most, where a file takes long."""


class CheckedAs(StrEnum):
    HOLDS = "holds"
    REMARK = "remark"  # it holds, and is not, or not surely, the record that stands now
    FAILED = "failed"
    MISSING = "missing"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class CheckedRecord:
    """``words`` is why it does not simply hold. ``sha256`` is that of the file, empty where there is none that can be used, and
    ``standing`` what became of what it says (a ``Standing``), empty where that was not asked.
    """

    case: str
    reference: str
    title: str
    found: CheckedAs
    words: str
    sha256: str
    at: datetime
    standing: str = ""


@dataclass(frozen=True, slots=True)
class RecordsChecked:
    """``records`` are those that were judged, in the order of the list; ``left`` are the numbers of those that were not yet."""

    records: tuple[CheckedRecord, ...]
    left: tuple[int, ...]

    @property
    def total(self) -> int:
        return len(self.records) + len(self.left)

    @property
    def done(self) -> int:
        return len(self.records)

    @property
    def look_at(self) -> tuple[CheckedRecord, ...]:
        """The records that do not simply hold."""
        return tuple(item for item in self.records if item.found is not CheckedAs.HOLDS)

    @property
    def counts(self) -> Mapping[CheckedAs, int]:
        return Counter(item.found for item in self.records)

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
        counts = self.counts
        return sum(counts.get(sort, 0) for sort in sorts)


def begin_check(installation: Installation, listed: ListedCases) -> RecordsChecked:
    """All that is to be judged, and nothing judged yet. Raises UnsearchableText."""
    return RecordsChecked((), tuple(numbers_of(installation, listed)))


def check_on(
    installation: Installation,
    judge: Judge,
    so_far: RecordsChecked,
    progress: Progress = lambda *_: None,
    stopped: Callable[[], bool] = lambda: False,
) -> RecordsChecked:
    """Judge the next few records. Raises ReaderNotStarted where no file can be judged.

    Thousands are judged bit by bit: between two bits what was found can be shown, and other work of the lane is done.
    """
    checked, left = list(so_far.records), list(so_far.left)
    step = left[:AT_ONCE]
    rows = {row.pk: row for found in installation.register.whole_list.rows(step) for row in found}
    for number in step:
        # A case that is gone since the list was asked for has no record to judge.
        if (row := rows.get(number)) is not None:
            progress(len(checked), so_far.total, row.title)
            if stopped():
                break
            try:
                checked.append(_checked(installation, judge, row))
            except ReadingCancelled:
                break
        left.remove(number)
    return RecordsChecked(tuple(checked), tuple(left))


def write_report(target: Path, found: RecordsChecked) -> int:
    """Write what was found as CSV, whole or not at all; gives how many lines. Raises NotWritten."""
    lines = (csv_line(read(item) for read in REPORT_COLUMNS.values()) for item in found.records)
    write_whole(target, (ENCODING_MARK + csv_line(REPORT_COLUMNS), *lines))
    return found.done


REPORT_COLUMNS: Mapping[str, Callable[[CheckedRecord], str]] = {
    "reference": lambda item: item.reference,
    "title": lambda item: item.title,
    "found": lambda item: item.found.value,
    "why": lambda item: item.words,
    "sha256": lambda item: item.sha256,
    "judged": lambda item: item.at.isoformat(),
    "standing": lambda item: item.standing,
    "case": lambda item: item.case,
}
"""Each column of the report: its name, and what is in it. ``found`` is a code, ``why`` a sentence in the language of the screens."""


def _checked(installation: Installation, judge: Judge, row: CaseRow) -> CheckedRecord:
    def found(sort: CheckedAs, why: str, sha256: str = "", standing: str = "") -> CheckedRecord:
        return CheckedRecord(row.case, row.reference, row.title, sort, why, sha256, installation.clock(), standing)

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
    ended = record.stands if record.stands is not None and not record.stands.holds else None
    # What is said of the decision says more than that it is not in force.
    why = words(ended.said) if ended is not None and (record.earlier or not record.words) else record.words
    standing = record.stands.stands.standing.value if record.stands else ""
    return found(CheckedAs.REMARK if why else CheckedAs.HOLDS, why, record.attachment.sha256, standing)
