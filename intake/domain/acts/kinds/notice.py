"""A note that carries the signed page on which an act says what it changes, for people who keep paper. It decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from intake.domain.acts.envelope import Act, Attachment
from intake.domain.acts.kinds.description import NOTE, ActKind
from intake.domain.acts.kinds.fields import Fields
from intake.domain.acts.kinds.forms import DigestForm, FileForm
from intake.domain.base.canonical import Json
from intake.domain.base.wording import Caption

_CALLED = Caption("CalledNotice", "Signed notice")


@dataclass(frozen=True, slots=True)
class NoticeBody:
    """``about`` is the act that the page is about, by the same author. ``revision`` is the one whose use case it names, ``changes``
    the SHA-256 of the record that the act changes, empty for none. ``base`` is the digest of the unsigned pages.
    """

    about: str
    revision: str
    changes: str
    base: str
    record: Attachment

    def as_json(self) -> dict[str, Json]:
        return NoticeKind.fields.write(self)


class NoticeKind(ActKind[NoticeBody]):
    name = f"{NOTE}notice"
    called = _CALLED()
    moves = False
    fields = Fields(
        {
            "about": DigestForm(),
            "revision": DigestForm(),
            "changes": DigestForm(optional=True),
            "base": DigestForm(),
            "record": FileForm(),
        }
    )

    def make(self, _act: Act, values: dict[str, Any]) -> NoticeBody:
        return NoticeBody(**values)

    def attached(self, body: NoticeBody) -> tuple[Attachment, ...]:
        return (body.record,)

    def named(self, body: NoticeBody) -> frozenset[str]:
        return frozenset({body.about, body.revision})


NOTICE = NoticeKind()
