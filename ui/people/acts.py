"""What is signed on the people page, as jobs for the keys lane. Each gives the ``RosterChange`` it made, or nothing.

A new roster may change what other people's acts mean, so the cases it touches are judged again in the same job.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.jobs import JobTask
from ui.signing_job import SeenOnOpening

if TYPE_CHECKING:
    from intake.domain.organisation.exchange_rule import Reading
    from intake.domain.organisation.roster import Roster
    from intake.services.installation.workspace import Session
    from intake.services.organisation.people import KnownHeads, RosterChange


def list_person(
    task: JobTask, session: Session, passphrase: str, enrolment: str, roles: tuple[str, ...]
) -> RosterChange:
    from intake.domain.organisation.roster import Role
    from intake.services.organisation import people

    given = tuple(Role(role) for role in roles)
    return _judged(
        task, session, people.list_person(session.installation, session.signer(passphrase), enrolment, given)
    )


def grant_role(task: JobTask, session: Session, passphrase: str, person: str, role: str) -> RosterChange:
    from intake.domain.organisation.roster import Role
    from intake.services.organisation import people

    return _judged(
        task, session, people.grant_role(session.installation, session.signer(passphrase), person, Role(role))
    )


def end_role(
    task: JobTask, session: Session, passphrase: str, person: str, role: str, known: KnownHeads
) -> RosterChange:
    from intake.domain.organisation.roster import Role
    from intake.services.organisation import people

    signer = session.signer(passphrase)
    return _judged(task, session, people.end_role(session.installation, signer, person, Role(role), known))


def cut_off(task: JobTask, session: Session, passphrase: str, certificate: str, known: KnownHeads) -> RosterChange:
    from intake.services.organisation import people

    signer = session.signer(passphrase)
    return _judged(task, session, people.cut_off_key(session.installation, signer, certificate, known))


def endorse(task: JobTask, session: Session, passphrase: str, roster: str) -> RosterChange:
    from intake.services.organisation import people

    return _judged(task, session, people.endorse(session.installation, session.signer(passphrase), roster))


def settle(task: JobTask, session: Session, passphrase: str, shown: Roster) -> RosterChange:
    from intake.services.organisation import people

    return _judged(task, session, people.settle_rivals(session.installation, session.signer(passphrase), shown))


def may_list(_: JobTask, session: Session, enrolment: str, roles: tuple[str, ...]) -> str:
    """This and its kin raise the refusal of the change, before a passphrase is asked for, and give what it makes of the offices."""
    from intake.domain.organisation.roster import Role
    from intake.services.organisation import people

    given = tuple(Role(role) for role in roles)
    return _publishable(session, people.to_list(session.installation, session.person, enrolment, given))


def may_grant(_: JobTask, session: Session, person: str, role: str) -> str:
    from intake.domain.organisation.roster import Role
    from intake.services.organisation import people

    return _publishable(session, people.to_grant(session.installation, session.person, person, Role(role)))


def may_end(_: JobTask, session: Session, person: str, role: str) -> SeenOnOpening:
    """This and the next give what is known when the sheet opens: what it says of acts that are not known is about that."""
    from intake.domain.organisation.roster import Role
    from intake.services.organisation import people

    warning = _publishable(session, people.to_end(session.installation, session.person, person, Role(role)))
    return SeenOnOpening(people.known_heads(session.installation), warning)


def may_cut_off(_: JobTask, session: Session, certificate: str) -> SeenOnOpening:
    from intake.services.organisation import people

    warning = _publishable(session, people.to_cut_off(session.installation, session.person, certificate))
    return SeenOnOpening(people.known_heads(session.installation), warning)


def _publishable(session: Session, document: Roster) -> str:
    """Raises as ``people.require_publishable``; gives what the version makes of the offices, in words."""
    from intake.domain.base.wording import words
    from intake.services.organisation import offices, people

    people.require_publishable(session.installation, document)
    return "\n".join(map(words, offices.warnings(session.installation, document)))


def may_endorse(_: JobTask, session: Session, roster: str) -> None:
    from intake.services.organisation import people

    people.require_endorsing(session.installation, session.person, roster)


def may_settle(_: JobTask, session: Session, _shown: Roster) -> None:
    from intake.services.organisation import people

    people.require_publishable(session.installation, people.to_settle(session.installation, session.person))


def may_accept(_: JobTask, session: Session) -> None:
    from intake.services.organisation import people, playbooks

    people.require_publishable(
        session.installation, playbooks.to_accept(session.installation, session.person, session.installation.shelf.core)
    )


def may_exchange(_: JobTask, session: Session, wanted: Reading) -> str:
    from intake.services.organisation import exchange_choice

    return _publishable(session, exchange_choice.to_choose(session.installation, session.person, wanted))


def choose_exchange(task: JobTask, session: Session, passphrase: str, wanted: Reading) -> RosterChange:
    from intake.services.organisation import exchange_choice

    return _judged(task, session, exchange_choice.choose(session.installation, session.signer(passphrase), wanted))


def accept_playbook(task: JobTask, session: Session, passphrase: str) -> RosterChange:
    from intake.services.organisation import playbooks

    return _judged(
        task,
        session,
        playbooks.accept(session.installation, session.signer(passphrase), session.installation.shelf.core),
    )


def checkpoint(task: JobTask, session: Session, passphrase: str) -> None:
    from intake.services.organisation import people

    people.checkpoint(session.installation, session.signer(passphrase))
    _rejudge(task, session)


def tell(task: JobTask, session: Session, passphrase: str, roster: str) -> None:
    from intake.services.organisation import covering

    covering.tell(session.installation, session.signer(passphrase), roster)
    _rejudge(task, session)


def _judged(task: JobTask, session: Session, change: RosterChange) -> RosterChange:
    _rejudge(task, session)
    return change


def _rejudge(task: JobTask, session: Session) -> None:
    from intake.services.upkeep import keeping

    keeping.rejudge(session.installation, progress=task.progress)
