"""What one office says of a revision. Two that approve the same terms are a decision; an objection counts at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from intake.domain.acts.envelope import Act, Attachment, MalformedAct
from intake.domain.acts.kinds.description import ActKind, Effect, Office, Signers
from intake.domain.acts.kinds.fields import Fields
from intake.domain.acts.kinds.forms import (
    AbsentForm,
    ChoiceForm,
    DigestForm,
    FieldForm,
    FileForm,
    LinesForm,
    OptionalForm,
    TextForm,
)
from intake.domain.acts.kinds.terms_form import TermsForm
from intake.domain.base.canonical import Json
from intake.domain.base.wording import Caption, Wording
from intake.domain.terms.terms import NewerTerms, Terms

_CALLED = Caption("CalledOpinion", "Opinion of an office")
_TERMS_DIGEST_DIFFERS = Wording(
    "TermsDigestDiffers", "its {kind} holds something this form does not have: the digest of other terms"
)


class Position(StrEnum):
    APPROVE = "approve"
    CHANGES = "changes"
    DECLINE = "decline"


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
        return OpinionKind.fields.write(self)


_APPROVAL: Mapping[str, FieldForm[Any]] = {
    "terms": TermsForm(),
    "terms_digest": DigestForm(),
    "assessment": DigestForm(),
    "base": DigestForm(),
    "record": FileForm(),
}
_OBJECTION: Mapping[str, FieldForm[Any]] = {
    "terms": AbsentForm(None, None),
    "terms_digest": AbsentForm("", ""),
    "reason": TextForm(),
}


class OpinionKind(ActKind[OpinionBody]):
    name = "opinion"
    called = _CALLED()
    effect = Effect.SPEAKS
    signers = Signers.OFFICE
    fields = Fields(
        {
            "revision": DigestForm(),
            "office": ChoiceForm(tuple(Office)),
            "position": ChoiceForm(tuple(Position)),
            "terms": OptionalForm(TermsForm()),
            "terms_digest": DigestForm(optional=True),
            "playbook": DigestForm(),
            "assessment": DigestForm(optional=True),
            "base": DigestForm(optional=True),
            "record": OptionalForm(FileForm()),
            "delegation": DigestForm(optional=True),
            "attestations": LinesForm(),
            "reason": TextForm(optional=True),
        },
        by="position",
        variants={Position.APPROVE: _APPROVAL, Position.CHANGES: _OBJECTION, Position.DECLINE: _OBJECTION},
        attributes={"terms": "approved"},
    )

    def make(self, act: Act, values: dict[str, Any]) -> OpinionBody:
        given, named = values.pop("terms"), values.pop("terms_digest")
        made = OpinionBody(
            **values,
            terms=given if isinstance(given, Terms) else None,
            newer=given if isinstance(given, NewerTerms) else None,
        )
        if named != made.terms_digest:
            raise MalformedAct(detail=_TERMS_DIGEST_DIFFERS(kind=act.kind))
        return made

    def objects(self, body: OpinionBody) -> bool:
        return body.position is not Position.APPROVE

    def office(self, body: OpinionBody) -> Office:
        return body.office

    def attached(self, body: OpinionBody) -> tuple[Attachment, ...]:
        return (body.record,) if body.record else ()

    def named(self, body: OpinionBody) -> frozenset[str]:
        return frozenset({body.revision})

    def searched(self, body: OpinionBody) -> str:
        return body.reason


OPINION = OpinionKind()
