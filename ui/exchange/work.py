"""What the exchange lane does: send and fetch, write packages, look at folders and at what was refused."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import sentence, words
from intake.files import write_whole
from ui.formatting import moment_words, size_words
from ui.jobs import JobTask
from ui.texts import Texts
from ui.widgets.paged_model import Cell, PageOfRows, PageRequest, Row, page_of

if TYPE_CHECKING:
    from intake.services.exchanging.choosing import FolderLook
    from intake.services.exchanging.exchanging import ExchangeReport
    from intake.services.installation.workspace import Session
    from intake.services.lists.quarantine import Quarantined

SHOWN_BYTES = 4096
MANY_KINDS = 8


class NothingKept(Refusal):
    what = "The bytes of this file were not kept."
    why = "It was too large, or quarantine was full; its name, digest and reason are."
    next = "Ask the sender for it again if it matters."


class NotACase(Refusal):
    what = "There is no use case “{reference}” here."
    why = "A package of one use case needs one that this register knows."
    next = "Copy the reference from the register list, such as UC-7KQ2-91MD-4XTB."


@dataclass(slots=True)
class Carrier:
    """The one folder exchange of this program run, kept because it remembers what need not be read again.

    Made and touched on the exchange lane only.
    """

    folder: str = ""
    exchange: Any = None


@dataclass(frozen=True, slots=True)
class Ran:
    """One exchange with the folder; ``folder`` is empty when none is set, and then nothing was done.

    ``refusal`` is why one direction came to no end; ``report`` says what was done all the same.
    """

    folder: str
    at: datetime
    report: ExchangeReport | None
    refusal: Refusal | None = None


def run(task: JobTask, session: Session, carrier: Carrier) -> Ran:
    """Send and fetch through the folder of the settings. Raises HomeReadOnly and its kin."""
    from intake.services.exchanging.exchanging import report_of
    from intake.services.exchanging.folder_exchange import FolderExchange
    from intake.services.upkeep import keeping

    folder = session.settings.folder
    if not folder:
        # What an exchange does last has to be done without one, too: after an update every use case is folded again.
        keeping.rejudge(session.installation, progress=task.progress)
        return Ran("", datetime.now(UTC), None)
    if carrier.exchange is None or carrier.folder != folder:
        carrier.folder, carrier.exchange = folder, FolderExchange(session.installation, Path(folder))
    try:
        report = carrier.exchange.run(progress=task.progress, cancelled=task.is_cancelled)
    except Refusal as refusal:
        if (report := report_of(refusal)) is None:
            raise
        return Ran(folder, datetime.now(UTC), report, refusal)
    return Ran(folder, datetime.now(UTC), report)


def export(task: JobTask, session: Session, passphrase: str, target: Path, case: str = "") -> Path:
    """Write a signed package of everything, or of one case."""
    from intake.services.exchanging import exchanging

    exchanging.export_package(
        session.installation,
        session.signer(passphrase),
        target,
        cases=(case,) if case else (),
        replace=True,
        progress=task.progress,
        cancelled=task.is_cancelled,
    )
    return target


def find_case(_: JobTask, session: Session, reference: str) -> tuple[str, str, str]:
    """(case id, reference, title) of what people call by this name, or of a case id. Raises NotACase or SeveralCases."""
    from intake.services.lists import cases

    found = cases.the_one_called(session.installation, reference)
    if found is None:
        raise NotACase(reference=reference)
    return found.case, found.reference, found.title


def look_at_folder(_: JobTask, session: Session, path: Path) -> FolderLook:
    from intake.services.exchanging import choosing

    return choosing.look_at(session.installation, path)


def choose_folder(_: JobTask, session: Session, path: Path) -> Path:
    session.workspace.change_settings(folder=str(path))
    return path


def back_up(task: JobTask, session: Session, target: Path) -> Path:
    """A checked copy of the register, made while it is in use."""
    from intake.services.upkeep import keeping

    keeping.back_up(session.installation, target, progress=task.progress)
    return target


# ------------------------------------------------------------------------------------------------- what did not get in
def fetch_refused(_: JobTask, session: Session, request: PageRequest) -> PageOfRows:
    """Quarantine, newest first."""
    from intake.services.lists import quarantine

    after = request.after if isinstance(request.after, quarantine.QuarantineAnchor) else None
    page = quarantine.page(session.installation, after=after, skip=request.skip, limit=request.limit)
    rows = tuple(
        Row(
            str(item.pk),
            (
                Cell(words(item.reason), tip=words(item.reason)),
                Cell(item.name, quiet=True, tip=item.name),
                Cell(item.source, quiet=True, tip=item.source),
                Cell(moment_words(item.received), quiet=True),
                Cell(size_words(item.size), quiet=True),
            ),
        )
        for item in page.rows
    )
    return PageOfRows(rows, page.anchor, page.total)


def refused_item(_: JobTask, session: Session, pk: int) -> Quarantined | None:
    from intake.services.lists import quarantine

    return quarantine.one(session.installation, pk)


def refused_bytes(_: JobTask, session: Session, pk: int) -> bytes:
    """Raises NothingKept."""
    from intake.services.lists import quarantine

    data = quarantine.kept_bytes(session.installation, pk)
    if data is None:
        raise NothingKept
    return data


def save_refused(task: JobTask, session: Session, pk: int, target: Path) -> Path:
    """Write the kept bytes to a file. Raises NothingKept or NotWritten."""
    return write_whole(target, refused_bytes(task, session, pk))


def forget_refused(_: JobTask, session: Session, pk: int) -> int:
    from intake.services.lists import quarantine

    quarantine.forget(session.installation, pk)
    return pk


@dataclass(frozen=True, slots=True)
class ManyRefused:
    """Refused files that may be removed together: all that can be no act (``junk``), or those of one code or source."""

    items: tuple[int, ...]
    code: str = ""
    source: str = ""
    junk: bool = False


def many_refused(_: JobTask, session: Session) -> tuple[ManyRefused, ...]:
    """What may be removed together, the most first, and before all what can be no act."""
    from intake.services.lists import quarantine

    installation = session.installation
    counts: Counter[tuple[str, str]] = Counter()
    for item in quarantine.alike(installation):
        counts[item.code, ""] += item.count
        if item.source:
            counts["", item.source] += item.count
    junk = ManyRefused(quarantine.chosen(installation, junk=True), junk=True)
    kinds = (
        ManyRefused(quarantine.chosen(installation, code, source), code, source)
        for (code, source), _ in counts.most_common(MANY_KINDS)
    )
    return tuple(kind for kind in (junk, *kinds) if kind.items)


def forget_many_refused(task: JobTask, session: Session, items: tuple[int, ...]) -> int:
    """Forget these; gives how many of them were still here."""
    from intake.services.lists import quarantine

    return quarantine.forget_all(
        session.installation, items, lambda done, total: task.progress(done, total, ExchangeWorkTexts.tr("Removing"))
    )


def send_strangers_away(_: JobTask, session: Session) -> tuple[int, int]:
    """How many waiting acts of people whom no roster lists went into quarantine, and how many it had no room for."""
    from intake.services.lists import quarantine

    return quarantine.send_strangers_away(session.installation)


def fetch_waiting(task: JobTask, session: Session, request: PageRequest) -> PageOfRows:
    """What waits for something else: acts whose signer is not listed, and cases that lack an act or a file."""
    from intake.services.lists import notes

    rows = [
        Row(
            f"act:{item.act}",
            (
                Cell(_waiting_words(item.code)),
                Cell(item.person, quiet=True),
                Cell(item.kind, quiet=True),
                Cell(moment_words(item.at), quiet=True),
            ),
        )
        for item in notes.waiting_acts(session.installation)
    ]
    rows += [
        Row(
            note.case,
            (
                Cell(sentence(note.reason), tip=sentence(note.reason)),
                Cell(note.reference, quiet=True),
                Cell(note.title, quiet=True, tip=note.title),
                Cell(note.waits_for[:12], quiet=True, tip=note.waits_for),
            ),
        )
        for note in notes.waiting_cases(session.installation)
    ]
    return page_of(task, request, rows, lambda row: row)


def printable(data: bytes) -> str:
    """The first bytes of a file as people look at bytes: offset, hexadecimal, what can be printed."""
    lines = []
    for start in range(0, min(len(data), SHOWN_BYTES), 16):
        piece = data[start : start + 16]
        shown = "".join(chr(byte) if 32 <= byte < 127 else "·" for byte in piece)
        lines.append(f"{start:06x}  {piece.hex(' '):<47}  {shown}")
    return "\n".join(lines)


def _waiting_words(code: str) -> str:
    return {
        "UnknownSigner": ExchangeWorkTexts.tr("Signed with a key nobody has listed yet"),
        "UnknownRoster": ExchangeWorkTexts.tr("Names a roster that has not arrived"),
        "PeopleMissing": ExchangeWorkTexts.tr("Names a roster whose list of people has not arrived"),
        "LateRoster": ExchangeWorkTexts.tr("Names a roster that came too late to count"),
    }.get(code, code)


class ExchangeWorkTexts(Texts):
    pass
