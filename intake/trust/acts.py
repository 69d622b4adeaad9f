"""Signed acts: the JSON of ``intake.domain.acts.envelope`` inside one CMS signature, and back again.

A verified act says: these bytes, in the one exact form, were signed with the key of this certificate, and name it. That
is cryptography and form only, so the answer depends on the blob alone and may be kept by blob id. Whose certificate it
is, and whether the act counts, the fold decides.

Order of checks: size, form and signature of the CMS; then, and only then, the JSON; then that the act names the
certificate it was signed with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from intake.domain.acts import envelope
from intake.domain.acts.envelope import NOT_BEGUN_AS_ACT, Act
from intake.domain.acts.kinds import coding
from intake.domain.base import canonical
from intake.domain.base.canonical import Json
from intake.trust import cms, refusals
from intake.trust.keys import SigningKey


@dataclass(frozen=True, slots=True)
class VerifiedAct:
    """An act whose signature holds. ``blob`` is the signed file as received, ``blob_id`` its SHA-256.

    ``content`` is where in it the signed JSON is: offset and size, in bytes.
    """

    act: Act
    blob_id: str
    blob: bytes
    certificate_der: bytes
    content: tuple[int, int]


def sign_act(  # noqa: PLR0913 - an act has these fields
    key: SigningKey,
    *,
    org: str,
    kind: str,
    case: str,
    stream: str,
    seq: int,
    prev: str,
    after: Iterable[str],
    roster: str,
    person: str,
    at: datetime,
    app: str,
    body: Mapping[str, Json],
) -> VerifiedAct:
    """Write, sign and read back one act; what comes back was verified as anybody else's would be.

    Raises acts.MalformedAct or canonical.NotCanonical.
    """
    payload = coding.encode(
        org=org,
        kind=kind,
        case=case,
        stream=stream,
        seq=seq,
        prev=prev,
        after=tuple(after),
        roster=roster,
        person=person,
        signer=key.fingerprint,
        at=at,
        app=app,
        body=body,
    )
    return verify_act(cms.build(payload, key.digest.new(payload).digest(), key, at=None))


def verify_act(blob: bytes) -> VerifiedAct:
    """The act in ``blob``, a signed file of any origin.

    Raises a SignatureRefused, BadCertificate or UnsuitableKey for the signature, NotAnAct, MalformedAct or NotCanonical
    for the content, SignerNotNamed when they do not belong together; never anything but a Refusal.
    """
    signed = cms.read(blob)
    payload = signed.payload
    assert payload is not None
    if not payload.startswith(b"{"):
        raise envelope.NotAnAct(detail=NOT_BEGUN_AS_ACT())
    act = coding.decode(payload)
    if act.signer != signed.fingerprint:
        raise refusals.SignerNotNamed(named=act.signer[:16], found=signed.fingerprint[:16])
    content = signed.payload_at, len(payload)
    return VerifiedAct(act, canonical.sha256(blob), blob, signed.certificate_der, content)
