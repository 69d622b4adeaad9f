"""Giving access to a use case, as jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake.domain.base.refusals import Refusal
from ui.jobs import JobTask

if TYPE_CHECKING:
    from intake.services.confidential.readers import ReadersTold
    from intake.services.installation.workspace import Session


def can_give(session: Session, told: ReadersTold, case: str) -> bool:
    """Whether somebody who may read it has no key, and the person here could sign that they get it."""
    from intake.services.confidential import readers

    if not any(item.waits for item in told.readers):
        return False
    settings = session.settings
    if not session.installation.rosters.listed(settings.person, settings.key):
        return False
    try:
        readers.require_giving(session.installation, settings.person, case)
    except Refusal:
        return False
    return True


def check_giving(_: JobTask, session: Session, case: str) -> str:
    """Nothing to say. Raises OpenExchange, NotAReader and their kin before a passphrase is asked for."""
    from intake.domain.acts.kinds import ACCESS
    from intake.services.confidential import readers

    session.require_listed(ACCESS)
    readers.require_giving(session.installation, session.person, case)
    return ""


def give(_: JobTask, session: Session, passphrase: str, case: str) -> str:
    """Gives the use case. Raises WrongPassphrase and its kin; what somebody else gave meanwhile is not given again."""
    from intake.services.confidential import readers

    readers.give(session.installation, session.signer(passphrase), case)
    return case
