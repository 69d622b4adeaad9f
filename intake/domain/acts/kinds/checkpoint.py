"""What the records team had seen at a moment. What a roster ends at a checkpoint still counts when that covers it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from intake.domain.acts.envelope import Act, Attachment
from intake.domain.acts.kinds.description import ActKind, Effect, Place
from intake.domain.acts.kinds.fields import Fields
from intake.domain.acts.kinds.forms import FileForm, OptionalForm
from intake.domain.base.canonical import Json
from intake.domain.base.wording import Caption

_CALLED = Caption("CalledCheckpoint", "Checkpoint")


@dataclass(frozen=True, slots=True)
class CheckpointBody:
    """``heads`` is the attached listing of stream heads, ``token`` an RFC 3161 token over it."""

    heads: Attachment
    token: Attachment | None

    def as_json(self) -> dict[str, Json]:
        return CheckpointKind.fields.write(self)


class CheckpointKind(ActKind[CheckpointBody]):
    name = "checkpoint"
    called = _CALLED()
    place = Place.ORGANISATION
    effect = Effect.RULES
    fields = Fields({"heads": FileForm(), "token": OptionalForm(FileForm())})

    def make(self, _act: Act, values: dict[str, Any]) -> CheckpointBody:
        return CheckpointBody(**values)

    def attached(self, body: CheckpointBody) -> tuple[Attachment, ...]:
        return (body.heads, body.token) if body.token else (body.heads,)


CHECKPOINT = CheckpointKind()
