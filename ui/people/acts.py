"""What is signed on the people page, as jobs for the keys lane. Each gives the ``Change`` it made, or nothing.

A new roster may change what other people's acts mean, so the cases it touches are judged anew in the same job.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.jobs import Task

if TYPE_CHECKING:
    from intake.services.installation.workspace import Seat
    from intake.services.organisation.people import Change


def list_person(task: Task, seat: Seat, passphrase: str, enrolment: str, roles: tuple[str, ...]) -> Change:
    from intake.domain.organisation.roster import Role
    from intake.services.organisation import people

    given = tuple(Role(role) for role in roles)
    return _judged(task, seat, people.list_person(seat.desk, seat.signer(passphrase), enrolment, given))


def grant_role(task: Task, seat: Seat, passphrase: str, person: str, role: str) -> Change:
    from intake.domain.organisation.roster import Role
    from intake.services.organisation import people

    return _judged(task, seat, people.grant_role(seat.desk, seat.signer(passphrase), person, Role(role)))


def end_role(task: Task, seat: Seat, passphrase: str, person: str, role: str) -> Change:
    from intake.domain.organisation.roster import Role
    from intake.services.organisation import people

    return _judged(task, seat, people.end_role(seat.desk, seat.signer(passphrase), person, Role(role)))


def cut_off(task: Task, seat: Seat, passphrase: str, certificate: str) -> Change:
    from intake.services.organisation import people

    return _judged(task, seat, people.cut_off_key(seat.desk, seat.signer(passphrase), certificate))


def endorse(task: Task, seat: Seat, passphrase: str, roster: str) -> Change:
    from intake.services.organisation import people

    return _judged(task, seat, people.endorse(seat.desk, seat.signer(passphrase), roster))


def settle(task: Task, seat: Seat, passphrase: str) -> Change:
    from intake.services.organisation import people

    return _judged(task, seat, people.settle_rivals(seat.desk, seat.signer(passphrase)))


def may_list(_: Task, seat: Seat, enrolment: str, roles: tuple[str, ...]) -> None:
    """This and its kin raise what stands against the change, before a passphrase is asked for."""
    from intake.domain.organisation.roster import Role
    from intake.services.organisation import people

    given = tuple(Role(role) for role in roles)
    people.require_publishable(seat.desk, people.to_list(seat.desk, seat.person, enrolment, given))


def may_grant(_: Task, seat: Seat, person: str, role: str) -> None:
    from intake.domain.organisation.roster import Role
    from intake.services.organisation import people

    people.require_publishable(seat.desk, people.to_grant(seat.desk, seat.person, person, Role(role)))


def may_end(_: Task, seat: Seat, person: str, role: str) -> None:
    from intake.domain.organisation.roster import Role
    from intake.services.organisation import people

    people.require_publishable(seat.desk, people.to_end(seat.desk, seat.person, person, Role(role)))


def may_cut_off(_: Task, seat: Seat, certificate: str) -> None:
    from intake.services.organisation import people

    people.require_publishable(seat.desk, people.to_cut_off(seat.desk, seat.person, certificate))


def may_endorse(_: Task, seat: Seat, roster: str) -> None:
    from intake.services.organisation import people

    people.require_endorsing(seat.desk, seat.person, roster)


def may_settle(_: Task, seat: Seat) -> None:
    from intake.services.organisation import people

    people.require_publishable(seat.desk, people.to_settle(seat.desk, seat.person))


def may_accept(_: Task, seat: Seat) -> None:
    from intake.services.organisation import people, playbooks

    people.require_publishable(seat.desk, playbooks.to_accept(seat.desk, seat.person, seat.desk.shelf.core))


def accept_playbook(task: Task, seat: Seat, passphrase: str) -> Change:
    from intake.services.organisation import playbooks

    return _judged(task, seat, playbooks.accept(seat.desk, seat.signer(passphrase), seat.desk.shelf.core))


def checkpoint(task: Task, seat: Seat, passphrase: str) -> None:
    from intake.services.organisation import people

    people.checkpoint(seat.desk, seat.signer(passphrase))
    seat.desk.register.rejudge(progress=task.progress)


def tell(task: Task, seat: Seat, passphrase: str, roster: str) -> None:
    from intake.services.organisation import covering

    covering.tell(seat.desk, seat.signer(passphrase), roster)
    seat.desk.register.rejudge(progress=task.progress)


def _judged(task: Task, seat: Seat, change: Change) -> Change:
    seat.desk.register.rejudge(progress=task.progress)
    return change
