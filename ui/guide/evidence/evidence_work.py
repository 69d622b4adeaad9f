"""The jobs for evidence: attaching, removing, putting back, saving a copy, and finding where a file is already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage

from intake.causes import cause
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import sentence
from intake.files import write_whole
from intake.reading import TooLong, read_file
from ui.guide.refusals import FileNotReadable
from ui.jobs import JobTask

if TYPE_CHECKING:
    from intake.services.filing.evidence import Taken
    from intake.services.filing.filing import DraftView
    from intake.services.installation.workspace import Session


@dataclass(frozen=True, slots=True)
class Attached:
    """The draft after attaching, the refusals of the files not taken, and the names of those attached here already.

    ``remarks`` say what lies in those taken and was not looked at.
    """

    view: DraftView
    refused: tuple[Refusal, ...] = ()
    again: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TakenOff:
    """A file that was removed, whole, so that it can be put back."""

    view: DraftView
    question: str
    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Which other use cases have a file of this draft: a sentence each, by SHA-256. ``limit`` is bytes of one file."""

    notes: Mapping[str, tuple[str, ...]]
    limit: int


def look_elsewhere(_: JobTask, session: Session, draft: str) -> Elsewhere:
    """Where the files of a draft are besides, by their digests alone: nothing is read."""
    from intake.services.filing import evidence

    notes = {
        sha256: tuple(f"{item.reference}, “{item.title}”" for item in found)
        for sha256, found in evidence.filed_elsewhere(session.installation, draft).items()
    }
    return Elsewhere(notes, evidence.MAX_FILE)


def attach_files(task: JobTask, session: Session, draft: str, question: str, paths: Sequence[Path]) -> Attached:
    """Attach what can be attached; each file that cannot is refused by itself."""
    from intake.services.filing import filing

    refused: list[Refusal] = []
    again: list[str] = []
    remarks: list[str] = []
    for number, path in enumerate(paths):
        task.progress(number, len(paths), path.name)
        task.check()
        try:
            taken = filing.attach(session.installation, draft, question, path.name, "", _read(path))
        except Refusal as refusal:
            refused.append(refusal)
        else:
            again += _again(taken, question, path.name)
            remarks += map(sentence, taken.remarks)
    return Attached(filing.view(session.installation, draft), tuple(refused), tuple(again), tuple(remarks))


def attach_picture(_: JobTask, session: Session, draft: str, question: str, name: str, picture: QImage) -> Attached:
    """Attach a pasted picture as PNG."""
    from intake.services.filing import filing

    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs ask for bytes, the binding takes text
    refused: tuple[Refusal, ...] = ()
    again: tuple[str, ...] = ()
    try:
        taken = filing.attach(session.installation, draft, question, name, "image/png", bytes(data.data()))
    except Refusal as refusal:
        refused = (refusal,)
    else:
        again = _again(taken, question, name)
    return Attached(filing.view(session.installation, draft), refused, again)


def take_off(_: JobTask, session: Session, draft: str, question: str, sha256: str) -> TakenOff:
    from intake.services.filing import evidence, filing

    found, data = evidence.attached(session.installation, draft, question, sha256)
    filing.detach(session.installation, draft, question, sha256)
    return TakenOff(filing.view(session.installation, draft), question, found.name, found.media_type, data)


def put_back(_: JobTask, session: Session, draft: str, taken: TakenOff) -> Attached:
    from intake.services.filing import filing

    filing.attach(session.installation, draft, taken.question, taken.name, taken.media_type, taken.data)
    return Attached(filing.view(session.installation, draft))


def save_copy(_: JobTask, session: Session, draft: str, sha256: str, target: Path) -> Path:
    """Write the file as it was attached, byte for byte. Raises NotWritten; it is not opened."""
    from intake.services.lists import files

    return write_whole(target, files.of_draft(session.installation, draft, sha256))


def _again(taken: Taken, question: str, name: str) -> tuple[str, ...]:
    """The name, when the same file was attached to the same question before."""
    return (name,) if any(twin.question == question for twin in taken.duplicates) else ()


def _read(path: Path) -> bytes:
    """The bytes of a file of a size that could be attached. Raises FileTooLarge or FileNotReadable."""
    from intake.services.filing import evidence

    try:
        return read_file(path, evidence.MAX_FILE)
    except TooLong as error:
        raise evidence.FileTooLarge(name=path.name, size=-(-error.size >> 20), limit=evidence.MAX_FILE >> 20) from None
    except (OSError, ValueError) as error:
        raise FileNotReadable(name=path.name, detail=cause(error, reading=True)) from None
