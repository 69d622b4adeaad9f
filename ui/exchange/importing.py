"""Files that somebody brings: what each is by its content, and importing acts and packages one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from intake.causes import cause
from intake.domain.base.refusals import Refusal
from intake.reading import TooLong, read_file
from ui.jobs import JobTask
from ui.texts import Texts

if TYPE_CHECKING:
    from intake.services.exchanging.exchanging import ExchangeReport
    from intake.services.installation.workspace import Session

MAX_ACT_FILE = 4 << 20


class FileNotTaken(Refusal):
    what = "“{name}” could not be read: {detail}."
    why = "Only a file that can be read whole can be imported."
    next = "Check that it is still there and that you may open it, then try again."


class NotForHere(Refusal):
    what = "Countersign does not know what to do with “{name}”."
    why = "It takes packages (.countersign), signed acts (.p7m), records (.pdf) and ML-BOMs (.json)."
    next = "Choose one of those."


@dataclass(frozen=True, slots=True)
class Imported:
    """Files that were imported, their reports, and the refusals of those that were not, each with the file's name."""

    names: tuple[str, ...]
    reports: tuple[ExchangeReport, ...]
    refused: tuple[Refusal, ...]

    @property
    def cases(self) -> frozenset[str]:
        return frozenset().union(*(report.cases for report in self.reports))

    @property
    def asking(self) -> tuple[str, ...]:
        """Enrolments (act ids) in them that wait for somebody to compare a key."""
        return tuple(dict.fromkeys(act for report in self.reports for act in report.asking))


def import_files(task: JobTask, session: Session, paths: Sequence[Path]) -> Imported:
    """Import packages and acts one after the other; a bad one does not stop the others. What each is tells its content."""
    from intake.services.exchanging.bringing import BroughtSort, look_into
    from intake.services.exchanging.brought import import_file

    names: list[str] = []
    reports: list[ExchangeReport] = []
    refused: list[Refusal] = []
    for path in paths:
        task.check()
        try:
            if look_into(path).sort in {BroughtSort.RECORD, BroughtSort.BOM, BroughtSort.UNKNOWN}:
                raise NotForHere(name=path.name)
            reports.append(
                import_file(session.installation, path, _read, progress=task.progress, cancelled=task.is_cancelled)
            )
            names.append(path.name)
        except Refusal as refusal:
            refused.append(refusal)
    return Imported(tuple(names), tuple(reports), tuple(refused))


@dataclass(frozen=True, slots=True)
class Opened:
    """Files that somebody opened, by what they are. ``carried`` are acts and packages; ``joining`` is a package, and
    ``founding`` enrolments, for a register that belongs to nobody yet.
    """

    carried: tuple[Path, ...] = ()
    records: tuple[Path, ...] = ()
    boms: tuple[Path, ...] = ()
    others: tuple[Path, ...] = ()
    joining: Path | None = None
    founding: bool = False
    enrolments: bool = False


def look_at_files(_: JobTask, session: Session, paths: Sequence[Path]) -> Opened:
    """Sort files by what is in them, whatever their names end in."""
    from intake.services.exchanging import exchanging
    from intake.services.exchanging.bringing import BroughtSort, look_into

    found = [look_into(path) for path in paths]

    def those(*sorts: BroughtSort) -> tuple[Path, ...]:
        return tuple(item.path for item in found if item.sort in sorts)

    packages = those(BroughtSort.PACKAGE, BroughtSort.INVITATION)
    acts = those(BroughtSort.ACT, BroughtSort.ENROLMENT)
    fresh = not exchanging.has_organisation(session.installation)
    return Opened(
        (*acts, *packages),
        those(BroughtSort.RECORD),
        those(BroughtSort.BOM),
        those(BroughtSort.UNKNOWN),
        joining=packages[0] if fresh and packages else None,
        founding=fresh and bool(acts) and not packages,
        enrolments=bool(those(BroughtSort.ENROLMENT)),
    )


def _read(path: Path) -> bytes:
    try:
        return read_file(path, MAX_ACT_FILE)
    except TooLong:
        raise FileNotTaken(name=path.name, detail=ImportingTexts.tr("it is too large for a signed act")) from None
    except (OSError, ValueError) as error:
        raise FileNotTaken(name=path.name, detail=cause(error, reading=True)) from None


class ImportingTexts(Texts):
    pass
