"""Asking to be listed: the enrolment, and everybody who asked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from intake.domain.acts.kinds import ENROL
from intake.domain.acts.kinds.enrol import EnrolBody
from intake.domain.base.names import is_person_id
from intake.domain.base.refusals import Refusal
from intake.domain.organisation.changes import Newcomer
from intake.domain.organisation.roster import Role
from intake.services.installation.act_writer import ActWriter
from intake.services.installation.installation import Installation, PersonWithKey
from intake.services.organisation.refusals import PersonIdNotUsable
from intake.trust.acts import VerifiedAct
from intake.trust.encryption.reader_key import require_possession


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Somebody who asks to be listed. ``act`` is the id of the enrol act; ``fingerprint`` is compared by voice.

    ``reader`` is the certificate of the key that decrypts, ``possession`` the proof that it is theirs; empty for none.
    """

    act: str
    person: str
    name: str
    unit: str
    fingerprint: str
    certificate: bytes
    listed: bool
    reader: bytes = b""
    possession: bytes = b""
    waits_for: tuple[str, ...] = ()
    """The administrators who still have to endorse the version that lists this key, by name; where there is one."""


def enrol(installation: Installation, signer: PersonWithKey, *, name: str, unit: str) -> VerifiedAct:
    """Ask to be listed with this key. The act is stored here and can be sent as a file. Raises PersonIdNotUsable."""
    if not is_person_id(signer.person):
        raise PersonIdNotUsable(person=signer.person)
    writer = ActWriter(installation, signer)
    reader = signer.reader
    made = writer.write(
        ENROL,
        EnrolBody(
            name.strip(),
            unit.strip(),
            signer.key.certificate_der,
            reader.certificate_der if reader else b"",
            reader.prove(signer.key.fingerprint) if reader else b"",
        ),
    )
    writer.store()
    return made


def enrolments(installation: Installation) -> tuple[Enrolment, ...]:
    """Everybody who asked, those not listed yet first, then by name."""
    rosters = installation.rosters
    found = []
    for act in installation.register.queries.organisation_acts(ENROL.name):
        try:
            body = ENROL.read(act)
        except Refusal:
            continue  # it is in quarantine with its reason
        listed = any(item.roster.person_of_certificate(act.signer) for item in rosters.in_force)
        waits_for = () if listed else rosters.awaited_for(act.signer)
        asked = Enrolment(
            act.id,
            act.person,
            body.name,
            body.unit,
            act.signer,
            body.certificate,
            listed,
            body.reader,
            body.possession,
            waits_for,
        )
        found.append(asked)
    return tuple(sorted(found, key=lambda item: (item.listed, item.name, item.act)))


def asking_among(installation: Installation, acts: Collection[str]) -> tuple[str, ...]:
    """Which of these acts (ids) ask to be listed and wait for it here, in the order of ``enrolments``."""
    if not acts:
        return ()
    return tuple(item.act for item in enrolments(installation) if not item.listed and item.act in acts)


def newcomer(enrolment: Enrolment, roles: tuple[Role, ...]) -> Newcomer:
    if enrolment.reader:
        require_possession(enrolment.reader, enrolment.fingerprint, enrolment.possession)
    return Newcomer(
        enrolment.person, enrolment.name, enrolment.unit, enrolment.certificate, roles, reader=enrolment.reader
    )
