"""A remark on a case. It decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from intake.domain.acts import Act
from intake.domain.canonical import Json
from intake.domain.kinds.description import ActKind
from intake.domain.kinds.fields import Fields
from intake.domain.kinds.forms import LineForm, TextForm


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
