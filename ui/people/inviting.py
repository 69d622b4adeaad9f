"""Writing an invitation: what is signed, as words and as jobs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl

from ui.jobs import JobTask
from ui.people.reading import Organisation
from ui.texts import Texts, filled
from ui.widgets.signing_sheet import SignedLine, Subject

if TYPE_CHECKING:
    from intake.services.exchanging.inviting import InvitationRead
    from intake.services.installation.workspace import Session


def subject(found: Organisation, return_to: str, file: str) -> Subject:
    return Subject(
        title=InvitingTexts.tr("Write an invitation"),
        consequence=InvitingTexts.tr(
            "It brings the rosters and this address, and no use case. Your signature says that an administrator wrote it."
        ),
        signer=found.me.name,
        fingerprint=found.me.fingerprint,
        lines=(
            SignedLine(InvitingTexts.tr("Organisation"), found.name),
            SignedLine(InvitingTexts.tr("Organisation in words"), found.words),
            SignedLine(InvitingTexts.tr("Send the enrolment to"), return_to),
            SignedLine(InvitingTexts.tr("File"), file),
        ),
        button=InvitingTexts.tr("Sign and write"),
    )


def letter(found: Organisation, file: str, return_to: str) -> str:
    """A text to send with the invitation. The ten words are not in it: what comes by the same way proves nothing."""
    return filled(
        InvitingTexts.tr(
            "You are invited to {organisation}.\n\n"
            "1. Start Countersign and drop “{file}” on its window, or choose “Join an organisation”.\n"
            "2. It shows ten words. I shall call you and read them to you; join only if they are the same.\n"
            "3. Make your key, and send the enrolment file to {return_to}.\n"
            "4. When I have the file, you read me the ten words of your key."
        ),
        organisation=found.name,
        file=file,
        return_to=return_to,
    )


def may_write(_: JobTask, session: Session, return_to: str, __: Path) -> None:
    """Raises the refusal of the invitation, before a passphrase is asked for."""
    from intake.services.exchanging import inviting

    inviting.require_inviting(session.installation, session.person, return_to)


def write(_: JobTask, session: Session, passphrase: str, return_to: str, target: Path) -> InvitationRead:
    from intake.services.exchanging import inviting

    # The dialog that asked where to save has asked whether to replace a file.
    return inviting.write_invitation(session.installation, session.signer(passphrase), target, return_to, replace=True)


def path_of(text: str) -> Path:
    """The file that somebody pasted: a path, or a file: address as some programs copy it."""
    address = QUrl(text)
    return Path(address.toLocalFile() if address.isLocalFile() else text).expanduser()


class InvitingTexts(Texts):
    pass
