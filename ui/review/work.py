"""The jobs of the review screen: looking, preparing, signing, commenting, saving files. They run on workers.

Each is a plain function of a session that gives frozen data; services are imported inside, so the start stays light.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from intake.domain.acts.envelope import Attachment
from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.refusals import Refusal
from intake.domain.guide.as_filed import readable
from intake.domain.playbook.answers import Answers
from intake.domain.terms.terms import Terms
from intake.files import write_whole
from ui.jobs import JobTask

if TYPE_CHECKING:
    from intake.services.deciding.deciding import Given, Prepared
    from intake.services.deciding.reviewing import CaseView
    from intake.services.deciding.unsigned import Unsigned
    from intake.services.installation.workspace import Session


class FileNotHere(Refusal):
    what = "This file has not arrived yet."
    why = "It is named in the revision, but its bytes are not in this register."
    next = "Fetch from the exchange again, or ask the owner for a package with everything."


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file of the revision; ``question`` is the label of the question it answers."""

    file: Attachment
    question: str
    here: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """Everything the review screen shows, read at once. ``names`` and ``roles`` are those of people by id.

    ``unsigned`` is what the person has written and not signed.
    """

    view: CaseView
    person: str
    name: str
    fingerprint: str
    owner: str
    names: Mapping[str, str]
    roles: Mapping[str, tuple[str, ...]]
    answers: Answers
    evidence: tuple[EvidenceFile, ...]
    today: date
    can_complete: bool
    unsigned: Unsigned

    @property
    def called(self) -> Mapping[str, str]:
        """What terms name, by id: people, questions whose evidence is waived, and commitments."""
        from intake.services.deciding.carried_terms import commitment_names

        return {**self.view.playbook.labels, **commitment_names(self.view.state), **self.names}


@dataclass(frozen=True, slots=True)
class Ready:
    """What will be signed, with who signs it and what they attest."""

    prepared: Prepared
    name: str
    fingerprint: str
    attestations: tuple[str, ...]


def look(_: JobTask, session: Session, case: str) -> Looked:
    """Raises NothingFiled or PlaybookMissing."""
    from intake.services.deciding import recording, reviewing, unsigned
    from intake.services.lists import people

    installation, settings = session.installation, session.settings
    view = reviewing.look(installation, case, settings.person)
    rosters, listed = installation.rosters, people.found(installation)
    answers = readable(view.revision.body)
    return Looked(
        view=view,
        person=settings.person,
        name=rosters.name(settings.person) if settings.person else "",
        fingerprint=settings.key,
        owner=rosters.name(view.revision.owner) if view.revision.owner else "",
        names={item.person: item.name for item in listed},
        roles={item.person: item.roles for item in listed},
        answers=answers,
        evidence=_evidence(session, view, answers),
        today=installation.clock().date(),
        can_complete=recording.may_complete(installation, view.state, settings.person),
        unsigned=unsigned.read(installation, settings.person, case),
    )


def prepare(_: JobTask, session: Session, case: str, position: str, given: Terms | None, reason: str) -> Ready:
    """Raises its refusal."""
    from intake.domain.acts.kinds import OPINION
    from intake.services.deciding import deciding

    settings = session.settings
    session.require_listed(OPINION)
    prepared = deciding.prepare(
        session.installation, settings.person, case, Position(position), given=given, reason=reason
    )
    return Ready(
        prepared,
        session.installation.rosters.name(settings.person),
        settings.key,
        deciding.ATTESTATIONS if prepared.position is Position.APPROVE else (),
    )


def give(_: JobTask, session: Session, passphrase: str, prepared: Prepared) -> Given:
    """Raises CaseMoved, WrongPassphrase and their kin."""
    from intake.services.deciding import deciding

    return deciding.give(session.installation, session.signer(passphrase), prepared)


def check_commenting(_: JobTask, session: Session, *_signed: object) -> None:
    """Raises NotListed, before a passphrase is asked for."""
    from intake.domain.acts.kinds import COMMENT

    session.require_listed(COMMENT)


def comment(_: JobTask, session: Session, passphrase: str, case: str, text: str, about: str = "") -> str:
    """Raises ReasonMissing for an empty one."""
    from intake.services.deciding import deciding

    return deciding.comment(session.installation, session.signer(passphrase), case, text, about=about).act.id


def check_resolving(_: JobTask, session: Session, case: str, remark: str, *_signed: object) -> None:
    """Raises its refusal before a passphrase is asked for."""
    from intake.domain.acts.kinds import RESOLVED
    from intake.services.deciding import remarks

    session.require_listed(RESOLVED)
    remarks.require_resolving(session.installation, session.person, case, remark)


def resolve(_: JobTask, session: Session, passphrase: str, case: str, remark: str, seen: tuple[str, ...]) -> str:
    """Sign that a remark is resolved, as it was ``seen``; gives the act id. Raises CaseMoved and its kin."""
    from intake.services.deciding import remarks

    return remarks.resolve(session.installation, session.signer(passphrase), case, remark, seen=seen).act.id


def save_file(_: JobTask, session: Session, sha256: str, place: Path) -> Path:
    """Write an attached file to where the person wants it. Raises FileNotHere or NotWritten."""
    from intake.services.lists import files

    data = files.filed(session.installation, sha256)
    if data is None:
        raise FileNotHere
    return write_whole(place, data)


def look_into(_: JobTask, session: Session, wanted: tuple[Attachment, ...]) -> dict[Attachment, str]:
    """What speaks against opening each of these files, empty for nothing; those that have not arrived are left out."""
    from intake.domain.base.wording import shown
    from intake.services.filing import evidence
    from intake.services.lists import files

    found = {}
    for item in wanted:
        data = files.filed(session.installation, item.sha256)
        if data is not None:
            doubt = evidence.doubt(item, data)
            found[item] = shown(doubt) if doubt else ""
    return found


def _evidence(session: Session, view: CaseView, answers: Answers) -> tuple[EvidenceFile, ...]:
    from intake.services.lists import files as listed

    labels = {
        item.sha256: question.label
        for question in view.playbook.questions
        if (answer := answers.get(question.id)) is not None
        for item in answer.files
    }
    files = view.revision.body.attachments
    here = listed.filed_here(session.installation, tuple(item.sha256 for item in files))
    return tuple(EvidenceFile(item, labels.get(item.sha256, ""), item.sha256 in here) for item in files)
