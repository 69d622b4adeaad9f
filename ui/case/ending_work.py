"""What is asked and signed where a use case ends or goes to somebody else, on a lane (``ui.case.ending``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ui.jobs import JobTask

if TYPE_CHECKING:
    from intake.services.installation.workspace import Session


def check_retiring(
    _: JobTask,
    session: Session,
    case: str,
    reason: str,
    left: Mapping[str, str],
    *_signed: object,
) -> str:
    """Nothing to say of its pages, for it has none. Raises the refusal before a passphrase is asked for."""
    from intake.domain.acts.kinds import RETIRE
    from intake.services.filing import retiring

    session.require_listed(RETIRE)
    retiring.require_retiring(session.installation, session.person, case)
    retiring.retirement(reason, left)
    return ""


def retire(
    _: JobTask,
    session: Session,
    passphrase: str,
    case: str,
    reason: str,
    left: Mapping[str, str],
    seen: tuple[str, ...],
) -> str:
    """Gives the act id. Raises CaseMoved, NotYoursToRetire, WrongPassphrase and their kin."""
    from intake.services.filing import retiring

    return retiring.retire(session.installation, session.signer(passphrase), case, reason, left, seen=seen).act


def check_acknowledging(_: JobTask, session: Session, case: str) -> str:
    """As ``check_retiring``."""
    from intake.domain.acts.kinds import ACKNOWLEDGED
    from intake.services.filing import retiring

    session.require_listed(ACKNOWLEDGED)
    retiring.require_acknowledging(session.installation, session.person, case)
    return ""


def acknowledge(_: JobTask, session: Session, passphrase: str, case: str) -> str:
    """Gives the act id. Raises NothingToAcknowledge, WrongPassphrase and their kin."""
    from intake.services.filing import retiring

    return retiring.acknowledge(session.installation, session.signer(passphrase), case)


def check_handing(_: JobTask, session: Session, case: str, successor: str, *_signed: object) -> str:
    """As ``check_retiring``."""
    from intake.domain.acts.kinds import HAND_OVER
    from intake.services.filing import handing

    session.require_listed(HAND_OVER)
    state, by = handing.require_handing(session.installation, session.person, case)
    handing.require_successor(session.installation, state, session.person, by, successor)
    return ""


def hand_over(
    _: JobTask, session: Session, passphrase: str, case: str, successor: str, reason: str, seen: tuple[str, ...]
) -> str:
    """Gives the act id. Raises CaseMoved, NotYoursToHandOver, WrongPassphrase and their kin."""
    from intake.services.filing import handing

    signer = session.signer(passphrase)
    return handing.hand_over(session.installation, signer, case, successor, reason, seen=seen).act


def check_taking(_: JobTask, session: Session, case: str, *_signed: object) -> str:
    """As ``check_retiring``."""
    from intake.domain.acts.kinds import TAKE_OVER
    from intake.services.filing import handing

    session.require_listed(TAKE_OVER)
    handing.require_taking(session.installation, session.person, case)
    return ""


def take_over(_: JobTask, session: Session, passphrase: str, case: str, seen: tuple[str, ...]) -> str:
    """Gives the act id. Raises CaseMoved, NothingToTakeOver, WrongPassphrase and their kin."""
    from intake.services.filing import handing

    return handing.take_over(session.installation, session.signer(passphrase), case, seen=seen)


def check_disowning(_: JobTask, session: Session, case: str, *_signed: object) -> str:
    """As ``check_retiring``."""
    from intake.domain.acts.kinds import DISOWN
    from intake.services.deciding import disowning

    session.require_listed(DISOWN)
    disowning.require_disowning(session.installation, session.person, case)
    return ""


def disown(
    _: JobTask,
    session: Session,
    passphrase: str,
    case: str,
    reason: str,
    named: tuple[str, ...],
    seen: tuple[str, ...],
) -> str:
    """Gives the id of the first act. Raises CaseMoved, NothingToDisown, WrongPassphrase and their kin."""
    from intake.services.deciding import disowning

    return disowning.disown(session.installation, session.signer(passphrase), case, reason, named, seen=seen).acts[0]


def leads_to(_: JobTask, session: Session, case: str, successor: str) -> str:
    """What handing the use case over to somebody leads to, in words; taking it over, where it is who looks. Raises as handing does."""
    from intake.domain.base.wording import words
    from intake.services.filing import handing

    installation, person = session.installation, session.person
    state, by = handing.require_handing(installation, person, case)
    handing.require_successor(installation, state, person, by, successor)
    return words(handing.leads_to(installation, state, person, by, successor))


def taking_leads_to(_: JobTask, session: Session, case: str) -> str:
    """What taking it over leads to, in words. Raises NothingToTakeOver."""
    from intake.domain.base.wording import words
    from intake.services.filing import handing

    state, _waiting = handing.require_taking(session.installation, session.person, case)
    return words(handing.taking_leads_to(session.installation, state, session.person))
