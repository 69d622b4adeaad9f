"""A remark on a case. It decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds.description import ActKind
from intake.domain.acts.kinds.fields import Fields
from intake.domain.acts.kinds.forms import LineForm, TextForm
from intake.domain.base.canonical import Json


@dataclass(frozen=True, slots=True)
class CommentBody:
    """``about`` is a question id, a boundary path, or empty for the case as a whole."""

    text: str
    about: str

    def as_json(self) -> dict[str, Json]:
        return CommentKind.fields.write(self)


class CommentKind(ActKind[CommentBody]):
    name = "comment"
    moves = False
    fields = Fields({"text": TextForm(), "about": LineForm(optional=True)})

    def make(self, _act: Act, values: dict[str, Any]) -> CommentBody:
        return CommentBody(**values)

    def searched(self, body: CommentBody) -> str:
        return body.text


COMMENT = CommentKind()
