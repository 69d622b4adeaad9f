"""One submitted version of a use case. The first opens its case; each later one names what it replaces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from intake.domain.acts.envelope import OPENING, Act, Attachment, MalformedAct
from intake.domain.acts.kinds.description import ActKind, Effect, Place, Signers
from intake.domain.acts.kinds.fields import Fields
from intake.domain.acts.kinds.forms import (
    ActIdsForm,
    AnswersForm,
    ChoiceForm,
    DigestForm,
    FilesForm,
    LineForm,
    PersonIdForm,
)
from intake.domain.base import canonical
from intake.domain.base.canonical import Json
from intake.domain.base.wording import Caption, Wording
from intake.domain.terms.terms import GRANTABLE, Stage

_CALLED = Caption("CalledRevision", "Use case filed")
_REVISES_NOTHING = Wording(
    "RevisesNothing", "a first revision opens its case, and every later one names what it revises"
)

MAX_ANSWERS = 500


@dataclass(frozen=True, slots=True)
class RevisionBody:
    """``revises`` names the revisions it replaces; empty opens a case.

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
        return RevisionKind.fields.write(self)


class RevisionKind(ActKind[RevisionBody]):
    name = OPENING
    called = _CALLED()
    place = Place.OPENING
    effect = Effect.REVISES
    signers = Signers.OWN_CASE
    fields = Fields(
        {
            "revises": ActIdsForm(),
            "title": LineForm(),
            "unit": LineForm(),
            "owner": PersonIdForm(),
            "stage": ChoiceForm(GRANTABLE),
            "answers": AnswersForm(MAX_ANSWERS),
            "playbook": DigestForm(),
            "attachments": FilesForm(),
        }
    )

    def make(self, act: Act, values: dict[str, Any]) -> RevisionBody:
        made = RevisionBody(**values)
        if bool(made.revises) != bool(act.case):
            raise MalformedAct(detail=_REVISES_NOTHING())
        return made

    def attached(self, body: RevisionBody) -> tuple[Attachment, ...]:
        return body.attachments

    def files(self, body: RevisionBody) -> frozenset[str]:
        return super().files(body) | {body.playbook}

    def named(self, body: RevisionBody) -> frozenset[str]:
        return frozenset(body.revises)


REVISION = RevisionKind()
