"""The jobs of commitments on the page of a use case: reading what shows a report, and what is signed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from intake.causes import cause
from intake.domain.base.refusals import Refusal
from intake.reading import TooLong, read_file
from ui.jobs import JobTask

if TYPE_CHECKING:
    from intake.services.filing.committing import ReportFile
    from intake.services.installation.workspace import Session


class ReportFileUnreadable(Refusal):
    what = "“{name}” cannot be read: {detail}."
    why = "What a report rests on is signed with it, byte for byte."
    next = "Check that the file is there and not open elsewhere, then attach it again."


def read_files(_: JobTask, _session: object, chosen: object) -> tuple[ReportFile, ...]:
    """The bytes of files as they are now, which is what is signed. Raises ReportFileUnreadable or what ``evidence.judge`` does."""
    from intake.services.filing import evidence
    from intake.services.filing.committing import ReportFile

    assert isinstance(chosen, tuple)  # of paths
    paths: tuple[Path, ...] = chosen
    found = []
    for path in paths:
        try:
            data = read_file(path, evidence.MAX_FILE)
        except TooLong as error:
            size = -(-error.size >> 20)
            raise evidence.FileTooLarge(name=path.name, size=size, limit=evidence.MAX_FILE >> 20) from None
        except (OSError, ValueError) as error:
            raise ReportFileUnreadable(name=path.name, detail=cause(error, reading=True)) from None
        name, _media_type = evidence.judge(path.name, data)
        found.append(ReportFile(name, data))
    return tuple(found)


def check_reporting(_: JobTask, session: Session, case: str, name: str, *_signed: object) -> str:
    """Nothing to say of its pages, for it has none. Raises the refusal before a passphrase is asked for."""
    from intake.domain.acts.kinds import REPORT
    from intake.services.filing import committing

    session.require_listed(REPORT)
    committing.require_reporting(session.installation, session.person, case, name)
    return ""


def report(
    _: JobTask,
    session: Session,
    passphrase: str,
    case: str,
    name: str,
    text: str,
    files: tuple[ReportFile, ...],
    seen: tuple[str, ...],
) -> str:
    """Gives the act id. Raises CaseMoved, NotYoursToReport, WrongPassphrase and their kin."""
    from intake.services.filing import committing

    signer = session.signer(passphrase)
    return committing.report(session.installation, signer, case, name, text, files, seen=seen).act


def check_confirming(_: JobTask, session: Session, case: str, name: str, *_signed: object) -> str:
    """As ``check_reporting``, for who confirms."""
    from intake.domain.acts.kinds import CONFIRM
    from intake.services.filing import committing

    session.require_listed(CONFIRM)
    committing.require_answering(session.installation, session.person, case, name, confirming=True)
    return ""


def confirm(_: JobTask, session: Session, passphrase: str, case: str, name: str, seen: tuple[str, ...]) -> str:
    """Gives the act id. Raises CaseMoved, OtherOfficeAsked, OwnReport, WrongPassphrase and their kin."""
    from intake.services.filing import committing

    return committing.confirm(session.installation, session.signer(passphrase), case, name, seen=seen).act


def check_returning(_: JobTask, session: Session, case: str, name: str, *_signed: object) -> str:
    """As ``check_reporting``, for who sends a report back."""
    from intake.domain.acts.kinds import RETURN
    from intake.services.filing import committing

    session.require_listed(RETURN)
    committing.require_answering(session.installation, session.person, case, name, confirming=False)
    return ""


def send_back(
    _: JobTask, session: Session, passphrase: str, case: str, name: str, reason: str, seen: tuple[str, ...]
) -> str:
    """Gives the act id. Raises CaseMoved, OtherOfficeAsked, WrongPassphrase and their kin."""
    from intake.services.filing import committing

    signer = session.signer(passphrase)
    return committing.send_back(session.installation, signer, case, name, reason, seen=seen).act
