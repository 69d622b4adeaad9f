"""Acts that somebody signs by hand for a hostile test: right in form, with any key and any content."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime

from intake.domain.acts.kinds.enrol import EnrolBody
from intake.domain.base.canonical import Json
from intake.trust.acts import VerifiedAct, sign_act
from intake.trust.keys import SigningKey


def by_hand(
    key: SigningKey,
    kind: str,
    body: Mapping[str, Json],
    *,
    org: str,
    at: datetime,
    who: str = "mallory",
    case: str = "",
    roster: str = "",
) -> VerifiedAct:
    """The first act of a stream that nobody has seen."""
    return sign_act(
        key, org=org, kind=kind, case=case, stream=secrets.token_hex(16), seq=1, prev="", after=(), roster=roster,
        person=who, at=at, app="hostile", body=body,
    )  # fmt: skip


def enrolment(key: SigningKey, who: str, *, org: str, at: datetime) -> VerifiedAct:
    body = EnrolBody(who.title(), "", key.certificate_der).as_json()
    return by_hand(key, "enrol", body, org=org, at=at, who=who)
