"""Who answers for a use case gives it to somebody else, who has to accept it by an act of their own (``take_over``)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds.description import ActKind, Effect, Signers
from intake.domain.acts.kinds.fields import Fields
from intake.domain.acts.kinds.forms import ChoiceForm, PersonIdForm, TextForm
from intake.domain.base.canonical import Json
from intake.domain.base.wording import Caption

_CALLED = Caption("CalledHandOver", "Hand-over")


class HandsAs(StrEnum):
    """As whom somebody hands a use case over."""

    OWNER = "owner"
    ADMINISTRATOR = "administrator"
    """Where nobody is there who answers for it. It takes two."""


@dataclass(frozen=True, slots=True)
class HandOverBody:
    """``successor`` is a person id."""

    by: HandsAs
    successor: str
    reason: str

    def as_json(self) -> dict[str, Json]:
        return HandOverKind.fields.write(self)


class HandOverKind(ActKind[HandOverBody]):
    name = "hand-over"
    called = _CALLED()
    effect = Effect.PASSES
    signers = Signers.HANDING
    fields = Fields({"by": ChoiceForm(tuple(HandsAs)), "successor": PersonIdForm(), "reason": TextForm()})

    def make(self, _act: Act, values: dict[str, Any]) -> HandOverBody:
        return HandOverBody(**values)

    def searched(self, body: HandOverBody) -> str:
        return body.reason


HAND_OVER = HandOverKind()
