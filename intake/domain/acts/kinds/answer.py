"""What a boundary or a condition of a decision costs, said by the owner’s side instead of accepting it (rule R11).

It makes it the turn of both offices, and takes nothing back that they signed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds.description import ActKind, Effect, Signers
from intake.domain.acts.kinds.fields import Fields
from intake.domain.acts.kinds.forms import DigestForm, LineForm, TextForm
from intake.domain.base.canonical import Json
from intake.domain.base.wording import Caption

_CALLED = Caption("CalledAnswer", "Answer to a decision")


@dataclass(frozen=True, slots=True)
class AnswerBody:
    """``about`` is the path of a boundary field, ``stage``, or the digest of a condition; ``terms`` is a digest too."""

    revision: str
    terms: str
    about: str
    text: str

    def as_json(self) -> dict[str, Json]:
        return AnswerKind.fields.write(self)


class AnswerKind(ActKind[AnswerBody]):
    name = "answer"
    called = _CALLED()
    effect = Effect.ANSWERS
    signers = Signers.OWN_CASE
    fields = Fields({"revision": DigestForm(), "terms": DigestForm(), "about": LineForm(), "text": TextForm()})

    def make(self, _act: Act, values: dict[str, Any]) -> AnswerBody:
        return AnswerBody(**values)

    def objects(self, _body: AnswerBody) -> bool:
        return True

    def named(self, body: AnswerBody) -> frozenset[str]:
        return frozenset({body.revision})

    def searched(self, body: AnswerBody) -> str:
        return body.text


ANSWER = AnswerKind()
