"""What the body of each kind of act holds, read strictly.

Roster documents are large enough to have a file of their own, ``roster_document``. Reading a body says nothing about
whether its author had the right to write it.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from intake.domain import canonical
from intake.domain import terms as agreed
from intake.domain.acts import Act, Attachment, Kind, MalformedAct
from intake.domain.body_reader import MAX_TITLE, BodyReader, sure
from intake.domain.boundaries import FieldTables
from intake.domain.canonical import Json
from intake.domain.field_tables import FIELD_TABLES
from intake.domain.terms import GRANTABLE, NewerTerms, Stage, Terms

MAX_ANSWERS = 500


class Office(StrEnum):
    CIO = "cio"
    CISO = "ciso"

    @property
    def other(self) -> Office:
        return Office.CISO if self is Office.CIO else Office.CIO

    @property
    def label(self) -> str:
        return self.value.upper()


class Position(StrEnum):
    APPROVE = "approve"
    CHANGES = "changes"
    DECLINE = "decline"


@dataclass(frozen=True, slots=True)
class RevisionBody:
    """One submitted version of a use case. ``revises`` names the revisions it replaces; empty opens a case.

    ``answers`` are kept as filed (question id to JSON); only the playbook named by ``playbook`` gives them meaning. Its
    bytes are a blob of the roster that accepts it.
    """

    revises: tuple[str, ...]
    title: str
    unit: str
    owner: str
    stage: Stage
    answers: Mapping[str, Json] = field(hash=False)
    playbook: str
    attachments: tuple[Attachment, ...]

    @property
    def content_digest(self) -> str:
        """SHA-256 over answers, playbook and attachments: what both offices decide on."""
        return canonical.digest(
            {
                "answers": self.answers,
                "playbook": self.playbook,
                "attachments": [attachment.as_json() for attachment in self.attachments],
            }
        )

    def as_json(self) -> dict[str, Json]:
        return {
            "revises": list(self.revises),
            "title": self.title,
            "unit": self.unit,
            "owner": self.owner,
            "stage": self.stage.value,
            "answers": dict(self.answers),
            "playbook": self.playbook,
            "attachments": [attachment.as_json() for attachment in self.attachments],
        }


@dataclass(frozen=True, slots=True)
class OpinionBody:
    """One office's position on a revision. Who approves names terms: ``terms`` when they can be read here, else ``newer``.

    ``base`` is the digest of the unsigned record PDF, ``record`` the PDF with this signer's signature. An objection may
    do without an assessment, where the program of its signer cannot make one; then it has no record either.
    ``delegation`` is kept for a later kind; while it is not understood, an opinion that names one does not count.
    """

    revision: str
    office: Office
    position: Position
    terms: Terms | None
    playbook: str
    assessment: str
    base: str
    record: Attachment | None
    delegation: str
    attestations: tuple[str, ...]
    reason: str

    newer: NewerTerms | None = None

    @property
    def approved(self) -> Terms | NewerTerms | None:
        """What is approved, whether this version can read it or not."""
        return self.terms or self.newer

    @property
    def terms_digest(self) -> str:
        return self.approved.digest if self.approved else ""

    def as_json(self) -> dict[str, Json]:
        return {
            "revision": self.revision,
            "office": self.office.value,
            "position": self.position.value,
            "terms": self.approved.as_json() if self.approved else None,
            "terms_digest": self.terms_digest,
            "playbook": self.playbook,
            "assessment": self.assessment,
            "base": self.base,
            "record": self.record.as_json() if self.record else None,
            "delegation": self.delegation,
            "attestations": list(self.attestations),
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class WithdrawBody:
    """The case ends here. ``base`` and ``record`` are the record of the withdrawal, when one was made."""

    reason: str
    base: str = ""
    record: Attachment | None = None

    def as_json(self) -> dict[str, Json]:
        return {"reason": self.reason, "base": self.base, "record": self.record.as_json() if self.record else None}


@dataclass(frozen=True, slots=True)
class CommentBody:
    """``about`` is a question id, a boundary path, or empty for the case as a whole."""

    text: str
    about: str

    def as_json(self) -> dict[str, Json]:
        return {"text": self.text, "about": self.about}


@dataclass(frozen=True, slots=True)
class SealedBody:
    """The finished record of a pair: both opinions, the digest of the unsigned base, the PDF with both signatures."""

    opinions: tuple[str, ...]
    base: str
    record: Attachment

    def as_json(self) -> dict[str, Json]:
        return {"opinions": list(self.opinions), "base": self.base, "record": self.record.as_json()}


@dataclass(frozen=True, slots=True)
class CheckpointBody:
    """``heads`` is the attached listing of stream heads (``checkpoint``), ``token`` an RFC 3161 token over it."""

    heads: Attachment
    token: Attachment | None

    def as_json(self) -> dict[str, Json]:
        return {"heads": self.heads.as_json(), "token": self.token.as_json() if self.token else None}


@dataclass(frozen=True, slots=True)
class EndorseBody:
    roster: str

    def as_json(self) -> dict[str, Json]:
        return {"roster": self.roster}


@dataclass(frozen=True, slots=True)
class EnrolBody:
    """A person asks to be listed; the signature of the act proves that the key is theirs."""

    name: str
    unit: str
    certificate: bytes

    def as_json(self) -> dict[str, Json]:
        return {"name": self.name, "unit": self.unit, "certificate": base64.b64encode(self.certificate).decode()}


@dataclass(frozen=True, slots=True)
class TrainingBody:
    """A person has read chapters of a playbook and says so: their record of AI literacy.

    ``chapters`` maps a chapter's id to the digest of what was read, so that the record stays good for as long as the
    chapter says the same, whatever else changes in the playbook.
    """

    playbook: str
    chapters: Mapping[str, str] = field(hash=False)

    def as_json(self) -> dict[str, Json]:
        return {"playbook": self.playbook, "chapters": dict(self.chapters)}


Body: TypeAlias = (
    RevisionBody
    | OpinionBody
    | WithdrawBody
    | CommentBody
    | SealedBody
    | CheckpointBody
    | EndorseBody
    | EnrolBody
    | TrainingBody
)


def revision(act: Act) -> RevisionBody:
    body = BodyReader(act)
    listed = body.value("answers")
    if not isinstance(listed, Mapping) or len(listed) > MAX_ANSWERS:
        raise MalformedAct(detail="its answers are not a list of answers")
    made = RevisionBody(
        revises=body.ids("revises"),
        title=body.line("title", MAX_TITLE),
        unit=body.line("unit", MAX_TITLE),
        owner=body.person("owner"),
        stage=Stage(body.choice("stage", tuple(GRANTABLE))),
        answers=listed,
        playbook=body.id("playbook"),
        attachments=body.attachments("attachments"),
    )
    body.finished(made.as_json())
    if bool(made.revises) != bool(act.case):
        raise MalformedAct(detail="a first revision opens its case, and every later one names what it revises")
    return made


def opinion(act: Act, tables: FieldTables = FIELD_TABLES) -> OpinionBody:
    """``tables`` are what terms can be read by."""
    body = BodyReader(act)
    position = Position(body.choice("position", tuple(Position)))
    given = agreed.from_json(body.value("terms"), tables) if position is Position.APPROVE else None
    made = OpinionBody(
        revision=body.id("revision"),
        office=Office(body.choice("office", tuple(Office))),
        position=position,
        terms=given if isinstance(given, Terms) else None,
        newer=given if isinstance(given, NewerTerms) else None,
        playbook=body.id("playbook"),
        assessment=body.id("assessment", empty=position is not Position.APPROVE),
        base=body.id("base", empty=position is not Position.APPROVE),
        record=body.attachment("record", optional=position is not Position.APPROVE),
        delegation=body.id("delegation", empty=True),
        attestations=body.lines("attestations"),
        reason=body.text("reason", empty=position is Position.APPROVE),
    )
    body.finished(made.as_json())
    return made


def withdraw(act: Act) -> WithdrawBody:
    body = BodyReader(act)
    made = WithdrawBody(body.text("reason"), body.id("base", empty=True), body.attachment("record", optional=True))
    body.finished(made.as_json())
    return made


def comment(act: Act) -> CommentBody:
    body = BodyReader(act)
    made = CommentBody(body.text("text"), body.line("about", MAX_TITLE, empty=True))
    body.finished(made.as_json())
    return made


def sealed(act: Act) -> SealedBody:
    body = BodyReader(act)
    made = SealedBody(body.ids("opinions"), body.id("base"), sure(body.attachment("record")))
    body.finished(made.as_json())
    if len(made.opinions) != 2:
        raise MalformedAct(detail="a sealed record names the two opinions of its pair")
    return made


def checkpoint(act: Act) -> CheckpointBody:
    body = BodyReader(act)
    made = CheckpointBody(sure(body.attachment("heads")), body.attachment("token", optional=True))
    body.finished(made.as_json())
    return made


def endorse(act: Act) -> EndorseBody:
    body = BodyReader(act)
    made = EndorseBody(body.id("roster"))
    body.finished(made.as_json())
    return made


def enrol(act: Act) -> EnrolBody:
    body = BodyReader(act)
    encoded = body.line("certificate", 20_000)
    try:
        certificate = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise MalformedAct(detail="its certificate is not Base64") from None
    made = EnrolBody(body.line("name", MAX_TITLE), body.line("unit", MAX_TITLE, empty=True), certificate)
    body.finished(made.as_json())
    if canonical.sha256(certificate) != act.signer:
        raise MalformedAct(detail="it presents another certificate than the one it is signed with")
    return made


def training(act: Act) -> TrainingBody:
    body = BodyReader(act)
    made = TrainingBody(body.id("playbook"), body.digests("chapters"))
    body.finished(made.as_json())
    return made


_READERS: dict[str, Callable[[Act], Body]] = {
    Kind.REVISION: revision,
    Kind.WITHDRAW: withdraw,
    Kind.COMMENT: comment,
    Kind.SEALED: sealed,
    Kind.CHECKPOINT: checkpoint,
    Kind.ROSTER_ENDORSE: endorse,
    Kind.ENROL: enrol,
    Kind.TRAINING: training,
}


def read_body(act: Act, tables: FieldTables = FIELD_TABLES) -> Body | None:
    """The body of an act of a known kind other than a roster; None for a roster and for unknown kinds (rule R4).

    ``tables`` are what terms can be read by. Raises MalformedAct, UnreadableTerms or UnreadableBoundary.
    """
    if act.kind == Kind.OPINION:
        return opinion(act, tables)
    reader = _READERS.get(act.kind)
    return reader(act) if reader else None
