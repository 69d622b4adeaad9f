"""The jobs of signing several use cases: sorting them out, opening the key, signing one after the other. They run on workers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.jobs import JobTask

if TYPE_CHECKING:
    from intake.services.deciding.several import SheetOfSeveral, SignedOne
    from intake.services.installation.installation import PersonWithKey
    from intake.services.installation.workspace import Session


@dataclass(frozen=True, slots=True)
class SortedOut:
    """What can be signed together and what cannot, with who signs it and what they attest."""

    sheet: SheetOfSeveral
    name: str
    fingerprint: str
    attestations: tuple[str, ...]


def sort_out(task: JobTask, session: Session, cases: tuple[str, ...]) -> SortedOut:
    """Raises NotListed."""
    from intake.services.deciding import deciding, several

    def told(done: int, total: int, title: str) -> None:
        task.check()
        task.progress(done, total, title)

    settings = session.settings
    sheet = several.sort_out(session.installation, settings.person, settings.key, cases, told)
    name = session.installation.rosters.name(settings.person)
    return SortedOut(sheet, name, settings.key, deciding.ATTESTATIONS)


def open_key(_: JobTask, session: Session, passphrase: str) -> PersonWithKey:
    """The person with the key, opened once for the whole sheet. Raises NoSuchKey, WrongPassphrase and their kin."""
    return session.signer(passphrase)


def give_each(
    task: JobTask, session: Session, signer: PersonWithKey, sheet: SheetOfSeveral, signed: list[SignedOne]
) -> None:
    """Sign each, and put what became of it into ``signed`` at once: whatever ends the job, what was signed is known.

    Cancelling ends it before the next use case.
    """
    from intake.services.deciding import several

    several.give_each(session.installation, signer, sheet.ready, signed.append, task.progress, task.is_cancelled)
