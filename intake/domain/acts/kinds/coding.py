"""Acts as bytes: what is signed, and what is read back from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from intake.domain.acts.envelope import FORMAT, Act, read_envelope
from intake.domain.acts.kinds import KINDS
from intake.domain.base import canonical
from intake.domain.base.canonical import Json


def encode(  # noqa: PLR0913 - an act has these fields
    *,
    org: str,
    kind: str,
    case: str,
    stream: str,
    seq: int,
    prev: str,
    after: tuple[str, ...],
    roster: str,
    person: str,
    signer: str,
    at: datetime,
    app: str,
    body: Mapping[str, Json],
) -> bytes:
    """The canonical JSON bytes to sign, checked by reading them back. Raises MalformedAct or NotCanonical."""
    encoded = canonical.dump(
        {
            "format": FORMAT,
            "org": org,
            "kind": kind,
            "case": case,
            "stream": stream,
            "seq": seq,
            "prev": prev,
            "after": sorted(after),
            "roster": roster,
            "person": person,
            "signer": signer,
            "at": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "app": app,
            "body": body,
        }
    )
    decode(encoded)
    return encoded


def decode(encoded: bytes) -> Act:
    """Read the content of a verified signature. Raises NotAnAct, MalformedAct or canonical.NotCanonical."""
    act = read_envelope(encoded)
    KINDS.place(act)
    return act
