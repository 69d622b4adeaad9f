"""Timestamp tokens (RFC 3161) as far as a signature needs them: that a token covers this signature, and its time.

Whether the token's own signature and its service are to be trusted is judged in ``intake.records`` with the policy of
the verifier.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from intake.trust import algorithms, der, refusals

MAX_BYTES: Final = 48 * 1024
"""The largest token read; real ones have 2 to 8 KiB."""

_SIGNED_DATA: Final = der.oid("1.2.840.113549.1.7.2")
_TST_INFO: Final = der.oid("1.2.840.113549.1.9.16.1.4")
_MOMENT: Final = re.compile(rb"\d{14}(?:\.\d{0,5}[1-9])?Z")


@dataclass(frozen=True, slots=True)
class Timestamp:
    """What a token claims: that something with digest ``imprint`` (by ``digest_algorithm``) existed ``at``."""

    at: datetime
    imprint: bytes
    digest_algorithm: str


def check(token: bytes, *, over: bytes) -> Timestamp:
    """Read ``token`` and see that it covers ``over``, the raw value of a signature.

    Raises BadTimestamp, DigestNotAccepted or a BadEncoding. The token's own signature is not verified.
    """
    size = len(token)
    if size > MAX_BYTES:
        raise refusals.BadTimestamp(detail=f"it has {size} bytes, the limit is {MAX_BYTES}")
    der.check(token, 0, size)
    try:
        timestamp, digest = _read(token)
    except refusals.UnexpectedStructure as error:
        raise refusals.BadTimestamp(detail=str(error.facts["detail"])) from None
    if digest.new(over).digest() != timestamp.imprint:
        raise refusals.BadTimestamp(detail="it covers something else")
    return timestamp


def _read(token: bytes) -> tuple[Timestamp, algorithms.DigestAlgorithm]:
    info = _info(token)
    at, end = der.enter(info, 0, len(info), der.SEQUENCE, "the statement")
    der.finish(end, len(info), "the statement")
    at = der.enter(info, at, end, der.INTEGER, "its version")[1]
    at = der.enter(info, at, end, der.OID, "its policy")[1]
    at, after = der.enter(info, at, end, der.SEQUENCE, "its imprint")
    stop = der.enter(info, at, after, der.SEQUENCE, "its digest algorithm")[1]
    digest = algorithms.DIGESTS.get(info[at:stop])
    if digest is None:
        raise refusals.DigestNotAccepted(oid="in the timestamp")
    start, stop = der.enter(info, stop, after, der.OCTET_STRING, "its digest")
    der.finish(stop, after, "its imprint")
    at = der.enter(info, after, end, der.INTEGER, "its serial number")[1]
    at, moment_end = der.enter(info, at, end, der.GENERALIZED_TIME, "its time")
    return Timestamp(_moment(info[at:moment_end]), info[start:stop], digest.name), digest


def _info(token: bytes) -> bytes:
    """The TSTInfo inside the token's SignedData."""
    size = len(token)
    at, end = der.enter(token, 0, size, der.SEQUENCE, "the token")
    der.finish(end, size, "the token")
    if not token.startswith(_SIGNED_DATA, at):
        raise refusals.UnexpectedStructure(detail="it is not a signed token")
    at, end = der.enter(token, at + len(_SIGNED_DATA), end, 0xA0, "its signed data")
    at, end = der.enter(token, at, end, der.SEQUENCE, "its signed data")
    at = der.enter(token, at, end, der.INTEGER, "its version")[1]
    at = der.enter(token, at, end, der.SET, "its digests")[1]
    at, end = der.enter(token, at, end, der.SEQUENCE, "its content")
    if not token.startswith(_TST_INFO, at):
        raise refusals.UnexpectedStructure(detail="it does not state a time")
    at, end = der.enter(token, at + len(_TST_INFO), end, 0xA0, "its content")
    start, stop = der.enter(token, at, end, der.OCTET_STRING, "its content")
    return token[start:stop]


def _moment(text: bytes) -> datetime:
    """GeneralizedTime in UTC with optional fractions and no trailing zeros (RFC 3161, section 2.4.2)."""
    if not _MOMENT.fullmatch(text):
        raise refusals.BadTimestamp(detail="its time is not written in the one exact form")
    form = "%Y%m%d%H%M%S.%fZ" if b"." in text else "%Y%m%d%H%M%SZ"
    try:
        return datetime.strptime(text.decode("ascii"), form).replace(tzinfo=UTC)
    except ValueError:
        raise refusals.BadTimestamp(detail="its time does not exist in the calendar") from None
