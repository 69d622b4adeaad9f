"""A remark on a case. It decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds.description import ActKind
from intake.domain.acts.kinds.fields import Fields
from intake.domain.acts.kinds.forms import LineForm, TextForm
from intake.domain.base.canonical import Json
from intake.domain.base.names import is_id
from intake.domain.base.wording import Caption

_CALLED = Caption("CalledComment", "Comment")


@dataclass(frozen=True, slots=True)
class CommentBody:
    """``about`` is a question id, a boundary path, the id of a comment that this one answers, or empty for the case as a whole."""

    text: str
    about: str

    @property
    def answers(self) -> str:
        """The act id of the comment it answers; empty where it answers none."""
        return self.about if is_id(self.about) else ""

    def as_json(self) -> dict[str, Json]:
        return CommentKind.fields.write(self)


class CommentKind(ActKind[CommentBody]):
    name = "comment"
    called = _CALLED()
    moves = False
    fields = Fields({"text": TextForm(), "about": LineForm(optional=True)})

    def make(self, _act: Act, values: dict[str, Any]) -> CommentBody:
        return CommentBody(**values)

    def named(self, body: CommentBody) -> frozenset[str]:
        return frozenset({body.answers} - {""})

    def searched(self, body: CommentBody) -> str:
        return body.text


COMMENT = CommentKind()
