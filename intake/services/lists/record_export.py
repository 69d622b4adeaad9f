"""Copies of the records of a list in a new folder, with a manifest: a line for each, its SHA-256, and why where there is no copy.

What is handed out is what a record page would show: a file that fails its verdict, or that is about another use case, is named and
not copied. With the copies go the signed acts that prove them, and how to check both. The manifest comes last, so a folder without
one is not whole. One that somebody stopped says so in its name, and its manifest names what was left. ``sha256sum -c SHA256SUMS``
checks it without this app.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Sentence, words
from intake.domain.base.words import spoken
from intake.domain.case.phases import phase_on
from intake.files import not_written, write_whole
from intake.services.deciding.records_at_hand import Judge, at_hand
from intake.services.lists.csv_text import ENCODING_MARK, csv_line
from intake.services.lists.table_file import ListedCases, Progress, numbers_of
from intake.services.outside.refusals import ReaderNotStarted, ReadingCancelled
from intake.services.proving.proof import write_acts

if TYPE_CHECKING:
    from intake.register.views.rows import CaseRow
    from intake.services.installation.installation import Installation

_STOPPED = Sentence("RecordExportStopped", "Not copied: the copying was stopped before it.")
INCOMPLETE = " (incomplete)"
"""Behind the name of a folder that was stopped."""
MANIFEST, SUMS = "manifest.csv", "SHA256SUMS"
ACTS, CHECKING = "acts", "CHECKING.txt"

_OF = Sentence(
    "HandedOverOf", "These are records of the organisation with this id, in words “{words}”, which is below."
)
_COMPARE = Sentence("HandedOverCompare", "Take the id from a source you trust, and compare it with this one.")
_CHECK = Sentence(
    "HandedOverCheck",
    "Then each record is checked by this, with Countersign and without the register it came from, by the command below.",
)
_BESIDE = Sentence(
    "HandedOverBeside",
    "The folder “{folder}” holds the signed acts of these use cases and of the organisation. Whether a copy was changed since, "
    "“sha256sum -c {sums}” tells.",
)


@dataclass(frozen=True, slots=True)
class ExportedRecord:
    """One line of the manifest. ``phase`` is that of the day of the export. ``file`` is empty where there is no copy; ``words`` say why, or what the copy lacks."""

    row: CaseRow
    phase: str
    file: str
    sha256: str
    size: int
    words: str


@dataclass(frozen=True, slots=True)
class RecordsExported:
    """``folder`` is the new one. There are less lines than ``total`` when somebody stopped it."""

    folder: Path
    lines: tuple[ExportedRecord, ...]
    total: int

    @property
    def copied(self) -> int:
        return sum(bool(line.file) for line in self.lines)


def export_records(
    installation: Installation,
    judge: Judge,
    listed: ListedCases,
    into: Path,
    progress: Progress = lambda *_: None,
    stopped: Callable[[], bool] = lambda: False,
) -> RecordsExported:
    """Copy the record of every listed case into a new folder in ``into``. Raises UnsearchableText, NotWritten or ReaderNotStarted."""
    numbers = numbers_of(installation, listed)
    folder = into / f"Records {installation.clock():%Y-%m-%d %H.%M.%S}"
    with not_written(folder):
        folder.mkdir()
    lines: list[ExportedRecord] = []
    left: list[ExportedRecord] = []
    for row in (row for rows in installation.register.whole_list.rows(numbers) for row in rows):
        made = None
        if not left:
            progress(len(lines), len(numbers), row.title)
            made = None if stopped() else _copied(installation, judge, row, folder)
        if made is None:
            left.append(ExportedRecord(row, phase_on(row, installation.clock().date()), "", "", 0, words(_STOPPED())))
        else:
            lines.append(made)
    if left:
        whole = folder.with_name(folder.name + INCOMPLETE)
        with not_written(whole):
            folder = folder.rename(whole)
    else:
        progress(len(lines), len(numbers), "")
    _write_manifest(installation, folder, (*lines, *left))
    # Cases that are gone since the list was asked for have no record to copy.
    return RecordsExported(folder, tuple(lines), len(lines) + len(left))


def _write_manifest(installation: Installation, folder: Path, lines: Sequence[ExportedRecord]) -> None:
    copied = [line.row.case for line in lines if line.file]
    if copied:
        write_acts(installation, folder / ACTS, *copied)
        write_whole(folder / CHECKING, _checking(installation.register.org).encode())
    sums = (f"{line.sha256}  {line.file}\n".encode() for line in lines if line.file)
    write_whole(folder / SUMS, sums)
    write_whole(folder / MANIFEST, (ENCODING_MARK + csv_line(COLUMNS), *(_line(line) for line in lines)))


def _checking(org: str) -> str:
    """How to check what is in the folder, for somebody who has nothing else."""
    command = f"countersign verify --org {org} --acts {ACTS} RECORD.pdf"
    beside = words(_BESIDE(folder=ACTS, sums=SUMS))
    return "\n\n".join((words(_OF(words=spoken(org))), org, words(_COMPARE()), words(_CHECK()), command, beside, ""))


def _copied(installation: Installation, judge: Judge, row: CaseRow, folder: Path) -> ExportedRecord | None:
    """None where the reading was cancelled."""
    phase = phase_on(row, installation.clock().date())
    try:
        found = at_hand(installation, row.case, judge)
    except ReadingCancelled:
        return None
    except ReaderNotStarted:
        raise
    except Refusal as refusal:
        return ExportedRecord(row, phase, "", "", 0, refusal.what_happened)
    # A reference is made of letters, figures and hyphens. Two use cases have the same where somebody made it so, and who
    # can do that can make eight digits of two files the same as well.
    sha256 = found.attachment.sha256
    name = f"{row.reference} {sha256[:8]}.pdf"
    if (folder / name).exists():
        name = f"{row.reference} {sha256}.pdf"
    write_whole(folder / name, found.data, replace=False)
    return ExportedRecord(row, phase, name, found.attachment.sha256, len(found.data), found.words)


COLUMNS = (
    "file",
    "sha256",
    "size",
    "reference",
    "title",
    "unit",
    "tier",
    "phase",
    "decided",
    "expires",
    "note",
    "case",
)
"""The columns of the manifest, in the same codes and ISO days as a list that is written as a file."""


def _line(line: ExportedRecord) -> bytes:
    row = line.row
    decided, expires = (day.isoformat() if day else "" for day in (row.decided, row.expires))
    size = str(line.size) if line.file else ""
    return csv_line(
        (
            line.file, line.sha256, size, row.reference, row.title, row.unit, row.tier, line.phase, decided, expires,
            line.words, row.case,
        )
    )  # fmt: skip
