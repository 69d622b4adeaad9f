"""A person has read chapters of a playbook and says so: their record of AI literacy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds.description import ActKind, Effect, Place
from intake.domain.acts.kinds.fields import Fields
from intake.domain.acts.kinds.forms import DigestForm, NamedDigestsForm
from intake.domain.base.canonical import Json
from intake.domain.base.wording import Caption

_CALLED = Caption("CalledTraining", "Training record")


@dataclass(frozen=True, slots=True)
class TrainingBody:
    """``chapters`` maps a chapter's id to the digest of what was read, so that the record stays good for as long as the
    chapter says the same, whatever else changes in the playbook.
    """

    playbook: str
    chapters: Mapping[str, str] = field(hash=False)

    def as_json(self) -> dict[str, Json]:
        return TrainingKind.fields.write(self)


class TrainingKind(ActKind[TrainingBody]):
    name = "training"
    called = _CALLED()
    place = Place.ORGANISATION
    effect = Effect.PROVES
    fields = Fields({"playbook": DigestForm(), "chapters": NamedDigestsForm()})

    def make(self, _act: Act, values: dict[str, Any]) -> TrainingBody:
        return TrainingBody(**values)


TRAINING = TrainingKind()
