"""The jobs of the paper lane for the record page: read a PDF, draw one page, take its text, judge it, write it somewhere.

Every file here is judged hostile: whatever opens one happens in the window's reader, another process. Its death is a
refusal in words, and cancelling the job ends it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from intake import reading
from intake.causes import cause
from intake.domain.base.refusals import Refusal
from intake.domain.case.naming import shown
from intake.domain.case.phases import phase_on
from intake.files import not_written, write_whole
from ui.context import Readers
from ui.jobs import JobCancelled, JobTask

if TYPE_CHECKING:
    from intake.services.installation.workspace import Session
    from intake.services.proving.verdicts import Picture, RecordVerdict, StatementJudged


class UnreadablePdf(Refusal):
    what = "“{name}” cannot be shown as a PDF."
    why = "It is damaged, protected by a password, or something else under that name."
    next = "What could be checked is beside it. Ask the sender for the file again if it should be a record."


class PdfNotRead(Refusal):
    what = "The file “{name}” cannot be read: {detail}."
    why = "Your computer did not hand it over."
    next = "Check that it is still there and that you may read it."


@dataclass(frozen=True, slots=True)
class OpenedRecord:
    """A PDF in memory. ``case`` is empty for a file from disk; ``pages`` are widths and heights in points.

    ``trouble`` says why no page can be shown, ``lacks`` what keeps it from being the sealed record. ``more`` pages follow those that are shown. ``standing`` is the row
    of the register: what is in force, which no file can say.
    """

    name: str
    data: bytes = field(repr=False)
    case: str = ""
    pages: tuple[tuple[float, float], ...] = ()
    more: int = 0
    trouble: Refusal | None = None
    lacks: str = ""
    earlier: bool = False
    """It is sealed, and what it decided is not in force now."""
    title: str = ""
    reference: str = ""
    standing: RecordStanding | None = None


@dataclass(frozen=True, slots=True)
class RecordStanding:
    """Of the register's row: phase and turn; whether the missing signature on the record is mine to add, and whether I may
    state what became of it.

    ``seen`` is what was ``shown`` of the use case then.
    """

    phase: str
    turn: tuple[str, ...]
    may_complete: bool
    may_state: bool
    seen: tuple[str, ...]


def open_case(task: JobTask, session: Session, readers: Readers, case: str) -> OpenedRecord:
    """The record of a use case. Raises NoRecord, RecordFails or NothingFiled."""
    from intake.services.deciding import recording, stating
    from intake.services.deciding.records_at_hand import at_hand
    from intake.services.lists import cases
    from intake.services.proving.judge import by_register

    # Before the record is judged, which takes a moment: what comes meanwhile is not in what is shown.
    state = session.installation.folded(case)
    with _ending_when_cancelled():
        found = at_hand(session.installation, case, by_register(readers.get(), task.is_cancelled))
    may_complete = recording.may_complete(session.installation, state, session.person)
    row = cases.one(session.installation, case)
    standing = None
    if row is not None:
        phase = phase_on(row, session.installation.clock().date())
        finished = not found.said or found.earlier
        may_state = finished and stating.may_state(session.installation, state, session.person, session.settings.key)
        standing = RecordStanding(phase, row.turn, may_complete, may_state, shown(state))
    opened = OpenedRecord(
        found.attachment.name,
        found.data,
        case,
        lacks=found.words,
        earlier=found.earlier,
        title=row.title if row else "",
        reference=row.reference if row else "",
        standing=standing,
    )
    return _looked_at(task, readers, opened)


def open_file(task: JobTask, _: Session, readers: Readers, path: Path) -> OpenedRecord:
    """A PDF from disk. Raises PdfNotRead or RecordTooLarge."""
    from intake.services.proving.verifying import MAX_PDF, RecordTooLarge

    try:
        data = reading.read_file(path, MAX_PDF)
    except reading.TooLong as error:
        raise RecordTooLarge(size=error.size >> 20) from None
    except (OSError, ValueError) as error:
        raise PdfNotRead(name=path.name, detail=cause(error, reading=True)) from error
    return _looked_at(task, readers, OpenedRecord(path.name, data))


def open_bytes(task: JobTask, _: Session, readers: Readers, data: bytes) -> OpenedRecord:
    """A PDF that is not signed yet: what ``trouble`` it has is in the answer."""
    return _looked_at(task, readers, OpenedRecord("pages.pdf", data))


def judge(task: JobTask, session: Session, readers: Readers, opened: OpenedRecord) -> RecordVerdict:
    """The verdict of this register about the file. Raises NotARecord, RecordTooLarge or a ReadingFailed."""
    from intake.services.proving.anchors import anchor_of_register
    from intake.services.proving.judge import verify_record

    with _ending_when_cancelled():
        return verify_record(readers.get(), opened.data, anchor_of_register(session.installation), task.is_cancelled)


def judge_stated(
    task: JobTask, session: Session, readers: Readers, opened: OpenedRecord, path: Path
) -> tuple[RecordVerdict, StatementJudged]:
    """The verdict with a statement of standing from disk, and that on the statement. Raises PdfNotRead, or as ``judge``."""
    from intake.services.proving.anchors import anchor_of_register
    from intake.services.proving.judge import verify_stated
    from intake.services.proving.statements import MAX_STATEMENT

    try:
        stated = reading.read_file(path, MAX_STATEMENT)
    except (OSError, ValueError) as error:
        raise PdfNotRead(name=path.name, detail=cause(error, reading=True)) from error
    anchor = anchor_of_register(session.installation)
    with _ending_when_cancelled():
        found = verify_stated(readers.get(), opened.data, stated, anchor, task.is_cancelled)
    return found.verdict, found.statement


def draw(task: JobTask, readers: Readers, opened: OpenedRecord, page: int, width: int) -> Picture:
    """One page, ``width`` pixels wide, with its signature appearances. Raises UnreadablePdf or a ReadingFailed."""
    from intake.services.proving import show

    with _ending_when_cancelled(), _named(opened.name):
        return show.draw(readers.get(), opened.data, page, width, task.is_cancelled)


def read(task: JobTask, readers: Readers, opened: OpenedRecord) -> tuple[str, ...]:
    """The text of every shown page, for reading aloud and for searching. Raises as ``draw``."""
    from intake.services.proving import show

    with _ending_when_cancelled(), _named(opened.name):
        return show.text(readers.get(), opened.data, len(opened.pages), task.is_cancelled, task.progress)


def save(_: JobTask, opened: OpenedRecord, path: Path) -> Path:
    """Write the file, whole or not at all. Raises NotWritten."""
    return write_whole(path, opened.data)


def copy_for_viewer(_: JobTask, opened: OpenedRecord, folder: Path) -> Path:
    """A copy for another program, in a separate folder: what that program changes is not the record."""
    name = "".join(char for char in opened.name if char.isalnum() or char in " .-_").strip(" .") or "record.pdf"
    place = folder / name
    with not_written(place):
        place = Path(tempfile.mkdtemp(dir=folder)) / (name if name.lower().endswith(".pdf") else f"{name}.pdf")
    return write_whole(place, opened.data, private=True)


def check_completing(_: JobTask, session: Session, case: str, *_signed: object) -> None:
    """Raises the refusal of ``complete`` before a passphrase is asked for."""
    from intake.services.deciding import recording

    recording.require_completing(session.installation, session.person, case)


def copy_to_complete(_: JobTask, session: Session, case: str) -> bytes:
    """The copy that the missing signature goes on. Raises as ``complete``."""
    from intake.services.deciding import recording

    return recording.copy_to_complete(session.installation, session.person, case)


def complete(_: JobTask, session: Session, passphrase: str, case: str, seen: tuple[str, ...]) -> str:
    """Add the missing signature of this office to the record, and seal it; gives the use case. Raises NothingToSign or CaseMoved."""
    from intake.services.deciding import recording

    recording.complete(session.installation, session.signer(passphrase), case, seen=seen)
    return case


def _looked_at(task: JobTask, readers: Readers, opened: OpenedRecord) -> OpenedRecord:
    from intake.services.outside.refusals import ReadingFailed
    from intake.services.proving import show

    try:
        with _ending_when_cancelled(), _named(opened.name):
            found = show.pages(readers.get(), opened.data, task.is_cancelled)
    except (UnreadablePdf, ReadingFailed) as refusal:
        return replace(opened, trouble=refusal)
    return replace(opened, pages=found.sizes, more=found.more)


@contextmanager
def _named(name: str) -> Iterator[None]:
    """What cannot be shown is refused by its name."""
    from intake.services.outside.refusals import FileRefused

    try:
        yield
    except FileRefused:
        raise UnreadablePdf(name=name) from None


@contextmanager
def _ending_when_cancelled() -> Iterator[None]:
    from intake.services.outside.refusals import ReadingCancelled

    try:
        yield
    except ReadingCancelled:
        raise JobCancelled from None
