"""Entries to carry and folders to look into. Carriers judge bytes only, so acts here are any bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path

from intake.exchange.entries import Entry, EntryKind, FileProblem
from intake.exchange.folder.folder import FolderCarrier
from intake.exchange.refusals import CarrierStopped
from intake.exchange.report import SendReport

ORG = hashlib.sha256(b"organisation").hexdigest()


def act(number: int | str) -> Entry:
    return Entry.of(EntryKind.ACT, b"0\x82 signed act " + str(number).encode())


def blob(number: int | str, size: int = 0) -> Entry:
    return Entry.of(EntryKind.BLOB, f"evidence {number} ".encode().ljust(size, b"."))


def some(acts: int = 3, blobs: int = 2) -> list[Entry]:
    return [*(blob(n) for n in range(blobs)), *(act(n) for n in range(acts))]


def put(root: Path, where: str, data: bytes) -> Path:
    """A file in the organisation's folder, as another program would leave it."""
    path = root / ORG / where
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def fetched(carrier: FolderCarrier, known=None) -> tuple[set[Entry], list[FileProblem]]:
    found = list(carrier.fetch(known) if known else carrier.fetch())
    return {one for one in found if isinstance(one, Entry)}, [one for one in found if isinstance(one, FileProblem)]


def done_before(stopped: CarrierStopped) -> SendReport:
    """What was sent before it stopped."""
    assert isinstance(stopped.report, SendReport)
    return stopped.report


def kinds(problems: list[FileProblem]) -> list[str]:
    return sorted(problem.refusal.code for problem in problems)


def wrongly_named(root: Path) -> list[Path]:
    """Finished files whose content is not what their name promises. Must be empty, whatever happened."""
    wrong = []
    for path in root.rglob("*"):
        finished = path.is_file() and path.suffix != ".part"
        if finished and hashlib.sha256(path.read_bytes()).hexdigest() != path.name[:64]:
            wrong.append(path)
    return wrong
